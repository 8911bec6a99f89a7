import { saml } from "./namespaces";
import { attribute, childrenNamed, type Element, plainText } from "./read-xml";
import { refuse } from "./refusal";

export type SamlAttribute = {
  name: string;
  nameFormat: string | null;
  friendlyName: string | null;
  values: string[];
};

/** Rule 41, its first half: the statements that somebody signed in there. */
export function readAuthnStatements(assertion: Element): { statements: Element[]; contextClass: string | null } {
  const statements = childrenNamed(assertion, saml, "AuthnStatement");
  if (statements.length === 0) refuse("GH-SAML-AUTHN-STATEMENT", { received: "no AuthnStatement" });
  const [context] = statements.flatMap((one) => childrenNamed(one, saml, "AuthnContext"));
  const [contextClass] = context ? childrenNamed(context, saml, "AuthnContextClassRef") : [];
  return { statements, contextClass: contextClass ? plainText(contextClass) : null };
}

/** Rule 42: every attribute with its plain values. Those that decide something must come once and be plain text. */
export function readAttributes(assertion: Element, mappedNames: string[]): SamlAttribute[] {
  const mapped = new Set(mappedNames);
  const seen = new Set<string>();
  return childrenNamed(assertion, saml, "AttributeStatement")
    .flatMap((statement) => childrenNamed(statement, saml, "Attribute"))
    .map((element) => {
      const name = attribute(element, "Name");
      if (!name) return refuse("GH-SAML-ATTRIBUTE-TWICE", { received: "an Attribute without Name" });
      if (mapped.has(name) && seen.has(name)) refuse("GH-SAML-ATTRIBUTE-TWICE", { received: name });
      seen.add(name);
      const texts = childrenNamed(element, saml, "AttributeValue").map(plainText);
      // Unmapped ones may carry XML, as eduPersonTargetedID does.
      if (mapped.has(name) && texts.includes(null)) {
        refuse("GH-SAML-NAMEID", { received: `elements inside a value of ${name}` });
      }
      return {
        name,
        nameFormat: attribute(element, "NameFormat"),
        friendlyName: attribute(element, "FriendlyName"),
        values: texts.filter((text) => text !== null),
      };
    });
}
