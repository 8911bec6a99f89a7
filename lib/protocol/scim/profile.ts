import { elementsOf, preferredElement } from "./describe-user";
import { foldKey } from "./fold";
import { isObject, type JsonObject, own } from "./json";
import { enterpriseUrn } from "./messages";

const plainFields = ["nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone"] as const;
const addressFields = ["streetAddress", "locality", "region", "postalCode", "country"] as const;
const enterpriseFields = ["employeeNumber", "costCenter", "organization", "division", "department"] as const;

export type ProfileField =
  | (typeof plainFields | typeof addressFields | typeof enterpriseFields)[number]
  | ("userName" | "displayName" | "givenName" | "familyName" | "managerDisplayName")
  | ("email" | "secondEmail" | "primaryPhone" | "mobilePhone");

const textAt = (object: unknown, name: string): string => {
  const value = isObject(object) ? own(object, name) : undefined;
  return typeof value === "string" ? value : "";
};

const isOfType = (type: string) => (element: JsonObject) => foldKey(textAt(element, "type")) === type;

function phonesOf(document: JsonObject) {
  const phones = elementsOf(document, "phoneNumbers").filter((phone) => !isOfType("fax")(phone));
  const landlines = phones.filter((phone) => !isOfType("mobile")(phone) || own(phone, "primary") === true);
  const primary = preferredElement(landlines);
  const others = phones.filter((phone) => phone !== primary);
  return { primary, mobile: others.find(isOfType("mobile")) ?? others[0] };
}

/** The profile fields that a directory sent, for people to read; fields without a value are left out. */
export function profileOf(document: JsonObject): Partial<Record<ProfileField, string>> {
  const emails = elementsOf(document, "emails");
  const email = preferredElement(emails);
  const phones = phonesOf(document);
  const address = preferredElement(elementsOf(document, "addresses"));
  const enterprise = own(document, enterpriseUrn);
  const all: [ProfileField, string][] = [
    ["userName", textAt(document, "userName")],
    ["displayName", textAt(document, "displayName")],
    ["givenName", textAt(own(document, "name"), "givenName")],
    ["familyName", textAt(own(document, "name"), "familyName")],
    ...plainFields.map((name): [ProfileField, string] => [name, textAt(document, name)]),
    ["email", textAt(email, "value")],
    [
      "secondEmail",
      textAt(
        emails.find((one) => one !== email),
        "value",
      ),
    ],
    ["primaryPhone", textAt(phones.primary, "value")],
    ["mobilePhone", textAt(phones.mobile, "value")],
    ...addressFields.map((name): [ProfileField, string] => [name, textAt(address, name)]),
    ...enterpriseFields.map((name): [ProfileField, string] => [name, textAt(enterprise, name)]),
    ["managerDisplayName", textAt(isObject(enterprise) ? own(enterprise, "manager") : undefined, "displayName")],
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== ""));
}
