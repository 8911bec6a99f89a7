import "server-only";

/** In single quotes a shell changes nothing; a quote itself ends them, stands escaped, and begins them again. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

type Request = { method: string; url: string; body: unknown; ifMatch?: string | undefined };

/** The request for a shell, with the token in GATEHOUSE_SCIM_TOKEN: `export GATEHOUSE_SCIM_TOKEN=...` comes before it. */
export function curlOf({ method, url, body, ifMatch }: Request): string {
  const hasBody = body !== null && body !== undefined;
  return [
    `curl --globoff --request ${method} ${quoted(url)}`,
    // Double quotes: here the shell shall put the token in.
    '--header "Authorization: Bearer $GATEHOUSE_SCIM_TOKEN"',
    ...(ifMatch ? [`--header ${quoted(`If-Match: ${ifMatch}`)}`] : []),
    ...(hasBody ? [`--header ${quoted("Content-Type: application/scim+json")}`] : []),
    ...(hasBody ? [`--data-binary ${quoted(JSON.stringify(body, null, 2))}`] : []),
  ].join(" \\\n  ");
}
