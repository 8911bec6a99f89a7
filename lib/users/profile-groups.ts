import "server-only";
import { enterpriseUrn } from "lib/protocol/scim/messages";

export type ProfileField = { label: string; value: string };
/** Fields that are read together; `urn` names an extension of the customer's own. */
export type ProfileGroup = { title: string; urn?: string; fields: ProfileField[] };

type Json = unknown;
type Document = Record<string, Json>;

/** Attribute -> label, in the order in which they are read; all others follow under their own name. */
const groups: [title: string, labels: Record<string, string>][] = [
  ["Name", { userName: "userName", displayName: "Display name", name: "Name", nickName: "Nickname" }],
  [
    "Contact",
    {
      emails: "E-mail",
      phoneNumbers: "Phone",
      addresses: "Address",
      ims: "Instant messaging",
      profileUrl: "Profile URL",
      photos: "Photo",
    },
  ],
  [
    "Work",
    {
      title: "Title",
      jobTitle: "Job title",
      userType: "User type",
      employeeNumber: "Employee number",
      department: "Department",
      division: "Division",
      organization: "Organization",
      costCenter: "Cost center",
      manager: "Manager",
    },
  ],
  ["Language and time", { preferredLanguage: "Preferred language", locale: "Locale", timezone: "Time zone" }],
  ["In the directory", { roles: "Role there", entitlements: "Entitlement", x509Certificates: "Certificates" }],
];

const nameLabels: Record<string, string> = {
  formatted: "Full name",
  givenName: "First name",
  familyName: "Last name",
  middleName: "Middle name",
  honorificPrefix: "Title before the name",
  honorificSuffix: "Title after the name",
};

const hidden = new Set(["schemas", "id", "meta", "groups", "active", "externalId", "password"]);

const isObject = (value: Json): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: Json): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

const addressParts = ["formatted", "streetAddress", "locality", "region", "postalCode", "country"];

/** One element of a multi-valued attribute in a line: "ada@acme.com (work, primary)". */
function element(value: Json): string {
  if (!isObject(value)) return text(value);
  const parts = addressParts.flatMap((part) => text(value[part]) || []).join(", ");
  const main = text(value.value) || parts || text(value.display) || text(value.$ref);
  const marks = [text(value.type), value.primary === true ? "primary" : ""].filter(Boolean).join(", ");
  return `${main || text(value)}${marks ? ` (${marks})` : ""}`;
}

function fieldsOf(name: string, label: string, value: Json): ProfileField[] {
  // A certificate is a page of letters; how many there are says what a reader wants to know.
  if (name === "x509Certificates" && Array.isArray(value)) return [{ label, value: String(value.length) }];
  if (Array.isArray(value)) return value.map((one) => ({ label, value: element(one) }));
  if (!isObject(value)) return [{ label, value: text(value) }];
  if (name === "manager") return [{ label, value: text(value.displayName) || text(value.value) }];
  if (name === "name") {
    const order = [...Object.keys(nameLabels), ...Object.keys(value).filter((part) => !(part in nameLabels))];
    return order.map((part) => ({ label: nameLabels[part] ?? part, value: text(value[part]) }));
  }
  return Object.entries(value).flatMap(([part, inner]) => fieldsOf(part, `${label}.${part}`, inner));
}

/**
 * Every attribute that the directory sent (the whole stored document: core, enterprise, extensions of the customer's
 * own, names that no schema knows), or what is known without one, in groups for the user page (FD-8, FX-4).
 */
export function profileGroups(document: Json, profile: Json): ProfileGroup[] {
  const source = isObject(document) ? document : isObject(profile) ? profile : {};
  const enterprise = isObject(source[enterpriseUrn]) ? source[enterpriseUrn] : {};
  const known = new Set([enterpriseUrn, ...hidden, ...groups.flatMap(([, labels]) => Object.keys(labels))]);
  const others = (container: Document) => Object.entries(container).filter(([name]) => !known.has(name));
  const isExtension = ([name, value]: [string, Json]) => name.includes(":") && isObject(value);
  const plain = ([name, value]: [string, Json]) => fieldsOf(name, name, value);
  return [
    ...groups.map(([title, labels]) => ({
      title,
      fields: Object.entries(labels).flatMap(([name, label]) => [
        ...fieldsOf(name, label, source[name]),
        ...fieldsOf(name, label, enterprise[name]),
      ]),
    })),
    {
      title: "Further attributes",
      fields: [...others(source).filter((entry) => !isExtension(entry)), ...others(enterprise)].flatMap(plain),
    },
    ...others(source)
      .filter(isExtension)
      .map(([urn, value]) => ({ title: "Extension", urn, fields: Object.entries(value as Document).flatMap(plain) })),
  ]
    .map((group) => ({ ...group, fields: group.fields.filter(({ value }) => value !== "") }))
    .filter(({ fields }) => fields.length > 0);
}
