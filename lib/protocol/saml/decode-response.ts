import { inflateRawSync } from "node:zlib";
import { refuse } from "./refusal";
import { responseLimits, scanXml, type XmlFault } from "./scan";

const largestResponse = 256 * 1024;

/** Rules 12 to 16: from the form value to XML that a parser may see. Throws `Refused`. */
export function decodeResponse(samlResponse: string): string {
  const bytes = decodeBase64(samlResponse);
  if (bytes.length > largestResponse) refuse("GH-SAML-TOO-LARGE", { received: `${bytes.length} bytes` });
  // Jackson removes them too, so both read the same bytes; the scan follows, because removal can join what it parts.
  const xml = decodeUtf8(bytes).replace(/&#xd;/gi, "");
  const fault = scanXml(xml, responseLimits);
  if (fault) refuse(codes[fault.kind], { detail: `${fault.what} at offset ${fault.offset}, line ${fault.line}` });
  return xml;
}

const codes = {
  character: "GH-SAML-ENCODING",
  declaration: "GH-SAML-ENCODING",
  forbidden: "GH-SAML-XML-FORBIDDEN",
  entity: "GH-SAML-XML-ENTITY",
  limit: "GH-SAML-XML-LIMIT",
  invalid: "GH-SAML-XML-INVALID",
} as const satisfies Record<XmlFault["kind"], string>;

/** RFC 4648 4, strict: no foreign characters, padding where it belongs, no stray bits; white space may fold it. */
function decodeBase64(text: string): Buffer {
  const folded = text.replace(/[\t\n\r ]+/g, "");
  const bad = /[^A-Za-z0-9+/]/.exec(folded.replace(/={1,2}$/, ""));
  if (bad) refuse("GH-SAML-BASE64", { detail: `position ${bad.index + 1}` });
  const bytes = Buffer.from(folded, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== folded) {
    refuse("GH-SAML-BASE64", { detail: `position ${folded.length}, the end` });
  }
  return bytes;
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("GH-SAML-ENCODING", {
      detail: isDeflated(bytes) ? "deflated: the IdP used the Redirect binding for its answer" : "not UTF-8",
    });
  }
}

function isDeflated(bytes: Buffer): boolean {
  try {
    return inflateRawSync(bytes, { maxOutputLength: 2 * largestResponse })
      .toString("utf8")
      .trimStart()
      .startsWith("<");
  } catch {
    return false;
  }
}
