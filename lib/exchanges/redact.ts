import "server-only";

const cut = "[removed]";

/** How much of one message is kept: a response's cap is 256 KiB, and a log is no archive. */
const longest = 64 * 1024;

/**
 * A decoded SAML message fit to be kept: signature values and encrypted parts are cut, so that a stored copy can be
 * posted nowhere. Works on any text, well-formed or not, without a parser.
 */
export function redactSamlXml(xml: string): string {
  const shown = xml.replace(
    /(<(?:[\w.-]{1,64}:)?(SignatureValue|CipherValue)(?:\s[^<>]{0,2000})?>)[^<]*(?=<|$)/g,
    `$1${cut}`,
  );
  return shown.length > longest ? `${shown.slice(0, longest)}\n${cut}: the rest of ${shown.length} characters` : shown;
}

const secretKey = /^(password|secret|token|authorization|api_?key|client_?secret)$/i;

/** A SCIM body fit to be kept: values of secret-like keys are cut, whatever their depth; a PATCH's path counts too. */
export function redactScimBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(redactScimBody);
  if (typeof body !== "object" || body === null) return body;
  const names = (body as { path?: unknown }).path;
  const isSecretPath = typeof names === "string" && secretKey.test(names.slice(names.lastIndexOf(":") + 1));
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (secretKey.test(key) || (isSecretPath && key === "value")) return [key, cut];
      return [key, redactScimBody(value)];
    }),
  );
}
