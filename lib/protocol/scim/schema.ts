import { foldName } from "./fold";
import { enterpriseUrn, groupUrn, userUrn } from "./messages";

export type ResourceType = "User" | "Group";

/** One attribute as RFC 7643 section 7 describes it; /Schemas answers these very objects. */
export type Attribute = {
  name: string;
  type: "string" | "boolean" | "dateTime" | "reference" | "binary" | "complex";
  multiValued: boolean;
  description: string;
  required: boolean;
  caseExact: boolean;
  mutability: "readOnly" | "readWrite" | "writeOnly" | "immutable";
  returned: "always" | "default" | "never";
  uniqueness: "none" | "server";
  canonicalValues?: readonly string[];
  referenceTypes?: readonly string[];
  subAttributes?: readonly Attribute[];
};

const text = (name: string, description: string, different: Partial<Attribute> = {}): Attribute => ({
  name,
  type: "string",
  multiValued: false,
  description,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  ...different,
});

const complex = (name: string, description: string, subAttributes: Attribute[], different: Partial<Attribute> = {}) =>
  text(name, description, { type: "complex", subAttributes, ...different });

const flag = (name: string, description: string) => text(name, description, { type: "boolean" });

const reference = (description: string, referenceTypes: string[], different: Partial<Attribute> = {}) =>
  text("$ref", description, { type: "reference", referenceTypes, caseExact: true, ...different });

const readOnly = { mutability: "readOnly" } as const;

/** A list of RFC 7643 2.4: value, display, type, primary, $ref. */
const list = (name: string, description: string, canonicalValues: string[], value: Partial<Attribute> = {}) =>
  complex(
    name,
    description,
    [
      text("value", "The value itself.", value),
      text("display", "A name for people to read."),
      text("type", "What this value is for.", canonicalValues.length > 0 ? { canonicalValues } : {}),
      flag("primary", "Whether this is the preferred value; at most one is."),
      reference("Where the value is described.", ["external"]),
    ],
    { multiValued: true },
  );

const userAttributes: readonly Attribute[] = [
  text("userName", "The name that the identity provider knows this person by; unique in the directory.", {
    required: true,
    uniqueness: "server",
  }),
  complex("name", "The parts of the person's name.", [
    text("formatted", "The whole name, ready for display."),
    text("familyName", "Last name."),
    text("givenName", "First name."),
    text("middleName", "Middle names."),
    text("honorificPrefix", "Title before the name."),
    text("honorificSuffix", "Suffix after the name."),
  ]),
  text("displayName", "The name shown; built from first and last name, else userName, where none is sent."),
  text("nickName", "What the person is called casually."),
  text("profileUrl", "Address of the person's profile page.", { type: "reference", referenceTypes: ["external"] }),
  text("title", "Job title."),
  text("userType", "Relation to the organization, such as Employee."),
  text("preferredLanguage", "Preferred language, such as en-US."),
  text("locale", "Locale for dates and numbers."),
  text("timezone", "Time zone, such as Europe/Berlin."),
  flag("active", "Whether the person may sign in."),
  text("password", "Accepted and never returned.", { mutability: "writeOnly", returned: "never", caseExact: true }),
  list("emails", "E-mail addresses; the primary one, else that of type work, is used for sign-in.", [
    "work",
    "home",
    "other",
  ]),
  list("phoneNumbers", "Telephone numbers, as sent.", ["work", "home", "mobile", "fax", "pager", "other"]),
  list("ims", "Instant messaging addresses.", []),
  list("photos", "Addresses of pictures.", ["photo", "thumbnail"], { type: "reference", referenceTypes: ["external"] }),
  complex(
    "addresses",
    "Postal addresses.",
    [
      text("formatted", "The whole address."),
      text("streetAddress", "Street and number."),
      text("locality", "City."),
      text("region", "State or region."),
      text("postalCode", "Postal code."),
      text("country", "Country."),
      text("type", "What this address is for.", { canonicalValues: ["work", "home", "other"] }),
      flag("primary", "Whether this is the preferred address; at most one is."),
    ],
    { multiValued: true },
  ),
  complex(
    "groups",
    "The groups of this directory that the person is a member of.",
    [
      text("value", "The group's id.", { ...readOnly, caseExact: true }),
      reference("The group's address.", ["Group"], readOnly),
      text("display", "The group's name.", readOnly),
      text("type", "Always direct.", { ...readOnly, canonicalValues: ["direct"] }),
    ],
    { ...readOnly, multiValued: true },
  ),
  list("entitlements", "Entitlements, kept and shown; they grant nothing.", []),
  list("roles", "Roles, kept and shown; they grant nothing.", []),
  list("x509Certificates", "Certificates of the person, in base64.", [], { type: "binary", caseExact: true }),
];

const enterpriseAttributes: readonly Attribute[] = [
  text("employeeNumber", "Number or other identifier of the employee."),
  text("costCenter", "Cost centre."),
  text("organization", "Organization."),
  text("division", "Division."),
  text("department", "Department."),
  complex("manager", "The person's manager.", [
    text("value", "The id of the manager's user.", { caseExact: true }),
    reference("The address of the manager's user.", ["User"]),
    text("displayName", "The manager's name."),
  ]),
];

const groupAttributes: readonly Attribute[] = [
  text("displayName", "The group's name; unique in the directory.", { required: true, uniqueness: "server" }),
  complex(
    "members",
    "Users and groups that belong to the group.",
    [
      text("value", "The member's id.", { mutability: "immutable", caseExact: true }),
      reference("The member's address.", ["User", "Group"], { mutability: "immutable" }),
      text("display", "The member's name.", readOnly),
      text("type", "User or Group.", { mutability: "immutable", canonicalValues: ["User", "Group"] }),
    ],
    { multiValued: true },
  ),
];

/** RFC 7643 3.1: attributes of every resource, which belong to no schema. */
const commonAttributes: readonly Attribute[] = [
  text("id", "The id given by this server.", {
    ...readOnly,
    caseExact: true,
    returned: "always",
    uniqueness: "server",
  }),
  text("externalId", "The client's own label.", { caseExact: true }),
  complex(
    "meta",
    "Facts about the record.",
    [
      text("resourceType", "User or Group.", { ...readOnly, caseExact: true }),
      text("created", "When it was created.", { ...readOnly, type: "dateTime" }),
      text("lastModified", "When it was last changed.", { ...readOnly, type: "dateTime" }),
      text("location", "Its address.", { ...readOnly, type: "reference", caseExact: true }),
      text("version", "Its version, as in ETag.", { ...readOnly, caseExact: true }),
    ],
    readOnly,
  ),
];

export const schemas = [
  { id: userUrn, name: "User", description: "A person.", attributes: userAttributes },
  { id: groupUrn, name: "Group", description: "A group of people.", attributes: groupAttributes },
  {
    id: enterpriseUrn,
    name: "EnterpriseUser",
    description: "What an employer knows about a person.",
    attributes: enterpriseAttributes,
  },
] as const;

const byName = (attributes: readonly Attribute[]) => new Map(attributes.map((one) => [foldName(one.name), one]));

const core = {
  User: byName([...userAttributes, ...commonAttributes]),
  Group: byName([...groupAttributes, ...commonAttributes]),
};
const enterprise = byName(enterpriseAttributes);
const subAttributes = new Map(
  [...userAttributes, ...enterpriseAttributes, ...groupAttributes, ...commonAttributes].map((one) => [
    one,
    byName(one.subAttributes ?? []),
  ]),
);

export const coreUrn = { User: userUrn, Group: groupUrn } as const;

/** An attribute of the core schema, or with the enterprise URN of that extension, in any letter case. */
export const findAttribute = (resource: ResourceType, urn: string | undefined, name: string): Attribute | undefined => {
  if (urn === undefined) return core[resource].get(foldName(name));
  return resource === "User" && urn === enterpriseUrn ? enterprise.get(foldName(name)) : undefined;
};

export const findSubAttribute = (attribute: Attribute, name: string): Attribute | undefined =>
  subAttributes.get(attribute)?.get(foldName(name));

/** Clients send `department` and `manager` without their URN too; no core attribute has such a name. */
export const isPlainEnterprise = (resource: ResourceType, name: string): boolean =>
  resource === "User" && enterprise.has(foldName(name));
