import { saml } from "./namespaces";
import { children, childrenNamed, type Element, is, plainText } from "./read-xml";
import { refuse } from "./refusal";

const known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

/** Rules 37 and 38: the one Conditions element, every restriction of which names us, and no condition we do not know. */
export function readConditions(assertion: Element, entityId: string): Element {
  const [conditions, second] = childrenNamed(assertion, saml, "Conditions");
  if (!conditions || second) {
    return refuse("GH-SAML-AUDIENCE", { expected: entityId, received: second ? "two Conditions" : "no Conditions" });
  }
  const restrictions = childrenNamed(conditions, saml, "AudienceRestriction");
  if (restrictions.length === 0) refuse("GH-SAML-AUDIENCE", { expected: entityId, received: "no AudienceRestriction" });
  for (const restriction of restrictions) {
    // SAML core 2.5.1.4: audiences within a restriction are alternatives, restrictions must all be met.
    const audiences = childrenNamed(restriction, saml, "Audience").map(plainText);
    if (!audiences.includes(entityId)) {
      refuse("GH-SAML-AUDIENCE", { expected: entityId, received: audiences.join(", ") || "no Audience" });
    }
  }
  for (const condition of children(conditions)) {
    if (!known.some((name) => is(condition, saml, name))) refuse("GH-SAML-CONDITION", { received: condition.tagName });
  }
  return conditions;
}
