import { foldName } from "./fold";
import { enterpriseUrn } from "./messages";
import {
  type Attribute,
  coreUrn,
  findAttribute,
  findSubAttribute,
  isPlainEnterprise,
  type ResourceType,
} from "./schema";

/** Where a name of a request points: `attribute` is undefined where the schema does not know it. */
export type Location = {
  /** The extension; undefined for the core schema. */
  urn?: string;
  /** Canonical spelling; undefined where the URN alone was named. */
  name?: string;
  attribute?: Attribute;
  sub?: string;
  subAttribute?: Attribute;
};

// Entra's older clients leave out the colon before User.
const misspeltEnterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0user";

const namePattern = /^[A-Za-z_$][\w$-]*$/;

function splitUrn(resource: ResourceType, text: string, extensions: readonly string[]): { urn?: string; rest: string } {
  if (!text.includes(":")) return { rest: text };
  const key = foldName(text);
  const known: [string, string | undefined][] = [
    [foldName(coreUrn[resource]), undefined],
    ...(resource === "User"
      ? [
          [foldName(enterpriseUrn), enterpriseUrn] as [string, string],
          [misspeltEnterpriseUrn, enterpriseUrn] as [string, string],
        ]
      : []),
    ...extensions.map((urn) => [foldName(urn), urn] as [string, string]).sort(([a], [b]) => b.length - a.length),
  ];
  for (const [prefix, urn] of known) {
    if (key === prefix) return { urn: urn ?? coreUrn[resource], rest: "" };
    const rest = key.startsWith(`${prefix}:`) ? text.slice(prefix.length + 1) : ":";
    // What has a further colon is below a URN of its own that begins alike.
    if (!rest.includes(":")) return { urn, rest };
  }
  const colon = text.lastIndexOf(":");
  return { urn: text.slice(0, colon), rest: text.slice(colon + 1) };
}

/**
 * Resolves `userName`, `name.givenName`, `emails.value`, `department` and the same behind a URN, in any letter case.
 * `extensions` are further URNs that the record holds or the request names. Undefined where the spelling is none.
 */
export function locate(resource: ResourceType, text: string, extensions: readonly string[] = []): Location | undefined {
  const split = splitUrn(resource, text, extensions);
  if (split.rest === "") return split.urn && !text.endsWith(":") ? { urn: split.urn } : undefined;
  const [name = "", sub, ...more] = split.rest.split(".");
  if (more.length > 0 || !namePattern.test(name) || (sub !== undefined && !namePattern.test(sub))) return undefined;
  const urn = split.urn ?? (isPlainEnterprise(resource, name) ? enterpriseUrn : undefined);
  const attribute = findAttribute(resource, urn, name);
  const subAttribute = attribute && sub !== undefined ? findSubAttribute(attribute, sub) : undefined;
  return {
    ...(urn === undefined ? {} : { urn }),
    name: attribute?.name ?? name,
    ...(attribute ? { attribute } : {}),
    ...(sub === undefined ? {} : { sub: subAttribute?.name ?? sub }),
    ...(subAttribute ? { subAttribute } : {}),
  };
}
