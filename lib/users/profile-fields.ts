import "server-only";

export type ProfileField = { label: string; value: string; mono?: boolean };

type Json = unknown;
type Document = Record<string, Json>;

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const labels: Record<string, string> = {
  userName: "userName",
  displayName: "Display name",
  nickName: "Nickname",
  profileUrl: "Profile URL",
  title: "Title",
  jobTitle: "Job title",
  userType: "User type",
  preferredLanguage: "Preferred language",
  locale: "Locale",
  timezone: "Time zone",
  employeeNumber: "Employee number",
  costCenter: "Cost center",
  organization: "Organization",
  division: "Division",
  department: "Department",
  emails: "E-mail",
  phoneNumbers: "Phone",
  addresses: "Address",
  ims: "Instant messaging",
  photos: "Photo",
  entitlements: "Entitlement",
  roles: "Role in the directory",
  x509Certificates: "Certificate",
  manager: "Manager",
  name: "Name",
};

const nameLabels: Record<string, string> = {
  formatted: "Full name",
  givenName: "First name",
  familyName: "Last name",
  middleName: "Middle name",
  honorificPrefix: "Title before the name",
  honorificSuffix: "Title after the name",
};

const isObject = (value: Json): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: Json): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

const addressParts = ["formatted", "streetAddress", "locality", "region", "postalCode", "country"];

/** One element of a multi-valued attribute in a line: "ada@acme.com (work, primary)". */
function element(value: Json): string {
  if (!isObject(value)) return text(value);
  const main = value.value ?? (addressParts.flatMap((part) => text(value[part]) || []).join(", ") || value.display);
  const marks = [text(value.type), value.primary === true ? "primary" : ""].filter(Boolean).join(", ");
  return `${text(main)}${marks ? ` (${marks})` : ""}`;
}

function rows(name: string, value: Json): ProfileField[] {
  const label = labels[name] ?? name;
  if (Array.isArray(value)) return value.map((one) => ({ label, value: element(one) }));
  if (name === "manager" && isObject(value)) {
    return [{ label, value: [text(value.displayName), text(value.value)].filter(Boolean).join(" · ") }];
  }
  if (name === "name" && isObject(value)) {
    return Object.entries(value).map(([part, one]) => ({ label: nameLabels[part] ?? part, value: text(one) }));
  }
  if (isObject(value)) return Object.entries(value).flatMap(([part, one]) => rows(part, one));
  return [{ label, value: text(value) }];
}

const hidden = new Set(["schemas", "id", "meta", "groups", "active", "externalId", "password"]);

/**
 * Every field that the directory sent (all of the stored document, custom extensions included), or that the last
 * sign-in sent, as label and text for the user page (FD-8, FX-4).
 */
export function profileFields(document: Json, assertion: Json): ProfileField[] {
  const source = isObject(document) ? document : isObject(assertion) ? assertion : {};
  return Object.entries(source)
    .filter(([name, value]) => !hidden.has(name) && value !== null && value !== "")
    .flatMap(([name, value]) => (name === enterprise && isObject(value) ? rows("", value) : rows(name, value)))
    .filter(({ value }) => value !== "");
}
