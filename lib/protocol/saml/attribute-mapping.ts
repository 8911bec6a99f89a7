/** Per field the attribute names in order, first present wins; a field left out or empty has its default. */
export type AttributeMapping = Record<string, string[]>;

export const profileFields = [
  "email",
  "firstName",
  "lastName",
  "displayName",
  "userName",
  "department",
  "jobTitle",
  "groups",
] as const;
export type ProfileField = (typeof profileFields)[number];

/** In a list of sources: the NameID itself. */
export const nameIdSource = "NameID";

const claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

/** The table of sign-in.md section 5; `subject` is the identity key. */
export const defaultMapping: Record<ProfileField | "subject", string[]> = {
  subject: [nameIdSource],
  email: ["email", "mail", `${claims}emailaddress`, "urn:oid:0.9.2342.19200300.100.1.3", nameIdSource],
  firstName: ["firstName", "givenName", `${claims}givenname`, "urn:oid:2.5.4.42"],
  lastName: ["lastName", "sn", "surname", `${claims}surname`, "urn:oid:2.5.4.4"],
  displayName: ["displayName", `${claims}name`, "urn:oid:2.16.840.1.113730.3.1.241"],
  userName: [`${claims}upn`, "login"],
  department: ["department"],
  jobTitle: ["jobtitle", "title", "urn:oid:2.5.4.12"],
  groups: [
    "groups",
    "memberOf",
    "http://schemas.xmlsoap.org/claims/Group",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
  ],
};

const mostFurtherFields = 25;

/** Fields an owner added beyond the table, in their order. */
export const furtherFields = (mapping: AttributeMapping): string[] =>
  Object.keys(mapping)
    .filter((field) => !Object.hasOwn(defaultMapping, field))
    .slice(0, mostFurtherFields);

/** The attribute names (and perhaps `NameID`) that fill a field, in order. */
export function sourcesOf(mapping: AttributeMapping, field: string): string[] {
  const own = Object.hasOwn(mapping, field) ? mapping[field] : undefined;
  if (own && own.length > 0) return own;
  return Object.hasOwn(defaultMapping, field) ? defaultMapping[field as ProfileField] : [];
}

/** Every attribute name that decides something: the guard refuses any of them that comes twice (rule 42). */
export function mappedNames(mapping: AttributeMapping): string[] {
  const fields = [...Object.keys(defaultMapping), ...furtherFields(mapping)];
  return [...new Set(fields.flatMap((field) => sourcesOf(mapping, field)))].filter((name) => name !== nameIdSource);
}
