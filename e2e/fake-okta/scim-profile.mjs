import { randomBytes } from "node:crypto";

/**
 * @typedef {{
 *   userName: string, givenName?: string, familyName?: string, middleName?: string, honorificPrefix?: string,
 *   displayName?: string, nickName?: string, profileUrl?: string, title?: string, userType?: string,
 *   preferredLanguage?: string, locale?: string, timezone?: string,
 *   email?: string, secondEmail?: string, primaryPhone?: string, mobilePhone?: string,
 *   streetAddress?: string, city?: string, state?: string, zipCode?: string, countryCode?: string,
 *   employeeNumber?: string, costCenter?: string, organization?: string, division?: string, department?: string,
 *   manager?: string, custom?: Record<string, Record<string, unknown>>,
 * }} Person An app user's profile in Okta, in Okta's own words. custom: extension URN -> its attributes.
 * @typedef {Record<string, unknown>} Resource
 */

export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patchUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** Ids as Okta makes them: 20 characters, a kind in front (00u users, exk apps). @param {string} prefix */
export const randomOktaId = (prefix) =>
  prefix +
  randomBytes(32)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, 20 - prefix.length);

/** @param {Record<string, unknown>} object Without what is not set: Okta leaves unmapped attributes out. */
const present = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** @param {Record<string, unknown>} object */
const orNothing = (object) => (Object.keys(present(object)).length ? present(object) : undefined);

/** The SCIM attributes of a profile, by Okta's default mapping. @param {Person} person @returns {Resource} */
export function scimAttributes(person) {
  const emails = [
    { primary: true, value: person.email ?? person.userName, type: "work" },
    ...(person.secondEmail ? [{ primary: false, value: person.secondEmail, type: "secondary" }] : []),
  ];
  const phones = [
    ...(person.primaryPhone ? [{ primary: true, value: person.primaryPhone, type: "work" }] : []),
    ...(person.mobilePhone ? [{ primary: false, value: person.mobilePhone, type: "mobile" }] : []),
  ];
  const address = orNothing({
    streetAddress: person.streetAddress,
    locality: person.city,
    region: person.state,
    postalCode: person.zipCode,
    country: person.countryCode,
  });
  const enterprise = orNothing({
    employeeNumber: person.employeeNumber,
    costCenter: person.costCenter,
    organization: person.organization,
    division: person.division,
    department: person.department,
    manager: person.manager === undefined ? undefined : { displayName: person.manager },
  });
  return present({
    userName: person.userName,
    name: present({
      givenName: person.givenName,
      familyName: person.familyName,
      middleName: person.middleName,
      honorificPrefix: person.honorificPrefix,
    }),
    // Without an address of its own nothing is sent, unless the username is one (Application username format Email).
    emails: person.email || person.userName.includes("@") ? emails : undefined,
    displayName: person.displayName,
    nickName: person.nickName,
    profileUrl: person.profileUrl,
    title: person.title,
    userType: person.userType,
    preferredLanguage: person.preferredLanguage,
    locale: person.locale ?? "en-US",
    timezone: person.timezone,
    phoneNumbers: phones.length ? phones : undefined,
    addresses: address && [{ primary: true, type: "work", ...address }],
    [enterpriseUrn]: enterprise,
    ...person.custom,
  });
}

/** Which URNs a body names. @param {Resource} attributes */
const schemasOf = (attributes) => [userUrn, ...Object.keys(attributes).filter((name) => name.startsWith("urn:"))];

/** The body of a create. Okta always sends a password, even with Sync Password off. @param {Person} person @param {string} externalId */
export function createBody(person, externalId) {
  const attributes = scimAttributes(person);
  const password = randomBytes(6).toString("hex");
  return { schemas: schemasOf(attributes), ...attributes, externalId, groups: [], password, active: true };
}

/**
 * What an update sends: the resource as the server showed it, Okta's attributes laid over it, id, meta and groups
 * included. What the server does not show is thereby lost, which is why it has to show everything.
 * @param {Resource} shown
 * @param {Resource} changes
 */
export function mergedBody(shown, changes) {
  const merged = { ...shown };
  for (const [name, value] of Object.entries(changes)) {
    const both = isObject(value) && isObject(merged[name]);
    merged[name] = both ? { .../** @type {object} */ (merged[name]), .../** @type {object} */ (value) } : value;
  }
  const known = Array.isArray(shown.schemas) ? shown.schemas : [];
  merged.schemas = [...new Set([...known, ...schemasOf(changes)])];
  return merged;
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {Record<string, unknown>[]} operations */
export const patchBody = (operations) => ({ schemas: [patchUrn], Operations: operations });
