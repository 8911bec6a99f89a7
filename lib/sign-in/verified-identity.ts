import "server-only";
import type { FailureCode } from "lib/exchanges/failures";
import { type AttributeMapping, mappedNames, sourcesOf } from "lib/protocol/saml/attribute-mapping";
import { type Profile, readProfile, subjectKey } from "lib/protocol/saml/attributes";
import type { SamlAnswer } from "lib/protocol/saml/guard";

/** What the guard verified of one response: sealed with the pending sign-in until the browser comes back for it. */
export type VerifiedIdentity = {
  nameId: string;
  nameIdFormat: string | null;
  /** The key of the identity: an address-shaped NameID without ASCII case, any other exactly. */
  subject: string;
  /** Normalized; null where none was sent. */
  email: string | null;
  /** Fields that were sent, one value each. */
  fields: Record<string, string>;
  /** Why the profile cannot be used, where it cannot. */
  fault: { code: FailureCode; detail: Record<string, unknown> } | null;
  /** Names of all attributes received, for the owner's eyes. */
  received: string[];
  /** Value lists that the second validator must have read alike. */
  compared: Record<string, string[]>;
  sessionEnds: string | null;
  /** Fingerprint of the certificate that verified. */
  certificate: string;
};

/** Jackson puts the NameID under this name, unless the provider itself sends an attribute of that name. */
export const nameIdentifierClaim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier";

/** The part of an answer that a sign-in goes on with. */
export function identityOf(answer: SamlAnswer, mapping: AttributeMapping): VerifiedIdentity {
  const reading = readProfile(answer, mapping);
  const names = new Set([...mappedNames(mapping), nameIdentifierClaim]);
  const compared = answer.attributes.filter(({ name }) => names.has(name)).map(({ name, values }) => [name, values]);
  return {
    nameId: answer.nameId.value,
    nameIdFormat: answer.nameId.format,
    subject: reading.ok ? reading.profile.subject.key : subjectKey(answer.nameId.value),
    email: reading.ok ? reading.profile.email : null,
    fields: reading.ok ? fieldsSent(answer, reading.profile, mapping) : {},
    fault: reading.ok
      ? null
      : { code: reading.refusal.code, detail: { received: reading.refusal.received, detail: reading.refusal.detail } },
    received: answer.attributes.map(({ name }) => name),
    // A Map's entries, because a name may be __proto__.
    compared: Object.fromEntries(compared) as Record<string, string[]>,
    sessionEnds: answer.sessionNotOnOrAfter?.toISOString() ?? null,
    certificate: answer.verifiedBy,
  };
}

/** Without the display name that the reader made up from the others: what is missing leaves the profile as it is. */
function fieldsSent(answer: SamlAnswer, profile: Profile, mapping: AttributeMapping): Record<string, string> {
  const displayNames = sourcesOf(mapping, "displayName");
  const isNamed = answer.attributes.some(
    ({ name, values }) => displayNames.includes(name) && values.some((value) => value.trim() !== ""),
  );
  const { firstName, lastName, userName, department, jobTitle } = profile;
  const displayName = isNamed ? profile.displayName : null;
  const fields = { firstName, lastName, displayName, userName, department, jobTitle };
  const sent = [...Object.entries(fields), ...profile.further.map(({ field, value }) => [field, value] as const)];
  return Object.fromEntries(sent.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
