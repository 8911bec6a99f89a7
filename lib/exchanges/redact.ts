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

/** Found anywhere in a name: URN keys, paths and names of the customer's own hold it in the middle. */
const secretKey = /password|secret|token|ssn|authorization|api_?key/i;

/** A SCIM body fit to be kept: values of secret-like keys are cut, whatever their depth; a PATCH's path counts too. */
export function redactScimBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(redactScimBody);
  if (typeof body !== "object" || body === null) return body;
  const entries = Object.entries(body);
  const isSecretPath = entries.some(([key, value]) => /^path$/i.test(key) && secretKey.test(String(value)));
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (secretKey.test(key) || (isSecretPath && /^value$/i.test(key))) return [key, cut];
      return [key, redactScimBody(value)];
    }),
  );
}
