import { saml, samlp, xmldsig } from "./namespaces";
import { attribute, children, childrenNamed, descendants, type Element, is, plainText } from "./read-xml";
import { refuse } from "./refusal";

export type Envelope = { response: Element; assertion: Element };

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** Rules 19 to 22: one Response that succeeded and holds one assertion in clear, and nothing that wraps either. */
export function readEnvelope(root: Element): Envelope {
  checkRoot(root);
  checkStatus(root);
  checkChildren(root);
  const assertion = findAssertion(root);
  if (attribute(assertion, "Version") !== "2.0") refuse("GH-SAML-SHAPE", { detail: "Assertion without Version 2.0" });
  for (const element of [root, assertion]) {
    if (!attribute(element, "ID")) refuse("GH-SAML-XML-ID", { detail: `${element.localName} without ID` });
  }
  return { response: root, assertion };
}

function checkRoot(root: Element) {
  if (is(root, samlp, "Response") && attribute(root, "Version") === "2.0") return;
  const name = root.localName ?? "";
  const kinds: Record<string, string> = {
    "urn:oasis:names:tc:SAML:1.0:protocol": "this is SAML 1.1",
    "http://schemas.xmlsoap.org/ws/2005/02/trust": "this is WS-Federation",
    "http://docs.oasis-open.org/ws-sx/ws-trust/200512": "this is WS-Federation",
  };
  refuse("GH-SAML-NOT-RESPONSE", {
    received: name,
    detail: kinds[root.namespaceURI ?? ""] ?? `this is a ${name} of ${root.namespaceURI || "no namespace"}`,
  });
}

function checkStatus(response: Element) {
  const statuses = childrenNamed(response, samlp, "Status");
  const [code, ...others] = statuses.flatMap((status) => childrenNamed(status, samlp, "StatusCode"));
  if (statuses.length === 1 && code && others.length === 0 && attribute(code, "Value") === success) return;
  const [subCode] = code ? childrenNamed(code, samlp, "StatusCode") : [];
  const message = statuses.flatMap((status) => childrenNamed(status, samlp, "StatusMessage"))[0]?.textContent;
  const codes = [code, subCode].flatMap((one) => (one ? [attribute(one, "Value") ?? "none"] : []));
  refuse("GH-SAML-IDP-STATUS", {
    received: codes.join(", ") || `${statuses.length} Status elements`,
    ...(message && { detail: message.slice(0, 200) }),
  });
}

const allowed: [namespace: string, names: string[]][] = [
  [saml, ["Issuer", "Assertion", "EncryptedAssertion"]],
  [samlp, ["Extensions", "Status"]],
];

function checkChildren(response: Element) {
  for (const child of children(response)) {
    const known = allowed.some(([namespace, names]) => names.some((name) => is(child, namespace, name)));
    // A Signature of whatever namespace is judged by rule 24, which can say more about it.
    if (!known && child.localName !== "Signature") refuse("GH-SAML-SHAPE", { received: child.tagName });
  }
}

function findAssertion(response: Element): Element {
  const found: Element[] = [];
  for (const element of descendants(response)) {
    // By local name alone, because Jackson's reader drops namespaces.
    const name = element.localName ?? "";
    if (name === "Assertion" || name === "EncryptedAssertion" || name === "Response") found.push(element);
  }
  const [, only] = found;
  if (found.length !== 2 || !only || only.parentNode !== response || only.localName === "Response") {
    refuse("GH-SAML-ASSERTION-COUNT", { received: found.slice(1, 9).map(placeOf).join(", ") || "none" });
  }
  if (only.localName === "EncryptedAssertion") refuse("GH-SAML-ENCRYPTED");
  return only;
}

/** Rule 24: the signatures, each directly under what it signs. */
export function findSignatures({ response, assertion }: Envelope): {
  response: Element | null;
  assertion: Element | null;
} {
  for (const element of descendants(response)) {
    if (element.localName !== "Signature") continue;
    const inPlace = element.parentNode === response || element.parentNode === assertion;
    const isSignature = element.namespaceURI === xmldsig;
    if (inPlace !== isSignature) refuse("GH-SAML-SIGNATURE-PLACE", { received: placeOf(element) });
  }
  const under = (parent: Element) => {
    const [first = null, second] = childrenNamed(parent, xmldsig, "Signature");
    if (second) refuse("GH-SAML-SIGNATURE-PLACE", { received: `two under ${parent.localName}` });
    return first;
  };
  return { response: under(response), assertion: under(assertion) };
}

/** "Response/Extensions/Assertion": where an element stands. */
function placeOf(element: Element): string {
  const names: string[] = [];
  for (let node: Element | null = element; node; node = node.parentElement) names.unshift(node.localName ?? "");
  return names.join("/");
}

/** The text of the one child of this name; null if there is none, several, or one with elements inside. */
export function onlyText(parent: Element, name: string): string | null {
  const [only, second] = childrenNamed(parent, saml, name);
  return only && !second ? plainText(only) : null;
}
