// What a filter means, written once more from RFC 7644 3.4.2.2 and scim.md section 4: on the tree as it was sent, slow
// and plain, with nothing of the kernel's.
import { domainToASCII } from "node:url";
import type { SentFilter, SentTerm } from "./scim-filters";
import { enterpriseUrn } from "./scim-records";

type Value = unknown;
type Resource = Record<string, Value>;

const labelled = ["value", "display", "type", "primary", "$ref"];
const enterprise: Record<string, string[]> = {
  ...{ employeenumber: [], costcenter: [], organization: [], division: [], department: [] },
  manager: ["value", "$ref", "displayname"],
};
const core: Record<string, string[]> = {
  ...{ id: [], externalid: [], username: [], displayname: [], nickname: [], profileurl: [], title: [], usertype: [] },
  ...{ preferredlanguage: [], locale: [], timezone: [], active: [] },
  name: ["formatted", "familyname", "givenname", "middlename", "honorificprefix", "honorificsuffix"],
  meta: ["resourcetype", "created", "lastmodified", "location", "version"],
  ...{ emails: labelled, phonenumbers: labelled, ims: labelled, photos: labelled, roles: labelled },
  ...{ entitlements: labelled, x509certificates: labelled, groups: ["value", "display", "type", "$ref"] },
  members: ["value", "display", "type", "$ref"],
  addresses: ["formatted", "streetaddress", "locality", "region", "postalcode", "country", "type", "primary"],
};
const caseExact = [
  ...["id", "externalid", "groups.value", "manager.value", "x509certificates.value"],
  ...["meta.resourcetype", "meta.location", "meta.version", "groups.$ref", "manager.$ref"],
  ...["emails.$ref", "phonenumbers.$ref", "ims.$ref", "photos.$ref", "roles.$ref", "entitlements.$ref"],
  ...["x509certificates.$ref", "members.value", "members.$ref"],
];

type Attribute = { known: boolean; enterprise: boolean; path: string[] };

function resolve(sent: string): Attribute {
  const whole = sent.toLowerCase().replace(/^urn:ietf:params:scim:schemas:core:2\.0:user:/, "");
  const urn = enterpriseUrn.toLowerCase();
  if (whole === urn) return { known: true, enterprise: true, path: [] };
  const path = whole
    .replace(`${urn}:`, "")
    .replace(/^email(?=\.|$)/, "emails")
    .split(".");
  const [name = "", sub] = path;
  const isEnterprise = whole.startsWith(`${urn}:`) || Object.hasOwn(enterprise, name);
  const table = isEnterprise ? enterprise : core;
  const known = Object.hasOwn(table, name) && (sub === undefined || (table[name] ?? []).includes(sub));
  return { known, enterprise: isEnterprise, path };
}

const isRecord = (value: Value): value is Resource =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function step(values: Value[], name: string): Value[] {
  return values.filter(isRecord).flatMap((value) => {
    const key = Object.keys(value).find((one) => one.toLowerCase() === name);
    return key === undefined ? [] : (value[key] as Value);
  });
}

const present = (value: Value, exact = false): boolean => {
  if (value === null || value === undefined) return false;
  if (typeof value === "string") return (exact ? value : value.trim()) !== "";
  return typeof value !== "object" || Object.values(value).some((one) => present(one));
};

const hasLetter = (character: string) => /^\p{ASCII}+$/u.test(character);
const lower = (text: string) =>
  [...text.trim().normalize("NFC")]
    .map((one) => (!hasLetter(one) && /\p{ASCII}/u.test(one.toLowerCase()) ? one : one.toLowerCase()))
    .join("")
    .normalize("NFC");
const addressKey = (text: string) => {
  const [, local = "", domain = ""] = /^(.*@)(.*)$/su.exec(lower(text)) ?? ["", lower(text), ""];
  return local + (domainToASCII(domain) || domain);
};

/** A comparison of one stored value; the literal is what JSON says. */
function compares(path: string, operator: string, stored: Value, literal: Value): boolean {
  if (typeof stored === "object" || stored === undefined || !present(stored, caseExact.includes(path))) return false;
  if (path === "active" || path.endsWith(".primary")) return String(literal).trim().toLowerCase() === String(stored);
  const isPart = ["co", "sw", "ew"].includes(operator);
  const isDate = path === "meta.created" || path === "meta.lastmodified";
  const keyOf = (text: string): string => {
    if (isDate)
      return String(Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) || !text.includes("T") ? text : `${text}Z`) + 1e15);
    if (caseExact.includes(path)) return text;
    return path === "username" || path === "emails.value" ? addressKey(text) : lower(text);
  };
  const left = keyOf(String(stored));
  if (isPart) {
    // A part keeps its blanks and is no whole address.
    const part = caseExact.includes(path) ? String(literal) : lower(`|${literal}|`).slice(1, -1);
    if (operator === "co") return left.includes(part);
    return operator === "sw" ? left.startsWith(part) : left.endsWith(part);
  }
  const order = isDate
    ? Number(left) - Number(keyOf(String(literal)))
    : Buffer.compare(Buffer.from(left), Buffer.from(keyOf(String(literal))));
  if (operator === "eq") return order === 0;
  if (operator === "gt") return order > 0;
  if (operator === "ge") return order >= 0;
  return operator === "lt" ? order < 0 : order <= 0;
}

/** A term that denies says so; the rest of it then fits what must not be there. */
function readTerm({ operator, literal }: SentTerm, exact: boolean) {
  const op = operator.toLowerCase();
  if (op === "pr") return { denies: false, op };
  const value: Value = JSON.parse(literal === "1e400" ? '"Infinity"' : literal);
  const empty = value === null || (typeof value === "string" && (exact ? value : value.trim()) === "");
  if ((op === "eq" || op === "ne") && empty) return { denies: op === "eq", op: "pr" };
  return { denies: op === "ne", op: op === "ne" ? "eq" : op, value };
}

function fitsTerm(term: SentTerm, attribute: Attribute, values: Value[], fits: "as sent" | "without not"): boolean {
  const { known, path } = attribute;
  const [name = "", sub] = path;
  const isComplex = sub === undefined && ((attribute.enterprise ? enterprise : core)[name] ?? []).length > 0;
  const meant = isComplex ? [name, "value"] : path;
  const exact = (names: string[]) => caseExact.includes(names.join("."));
  const { denies, op, value } = readTerm(term, exact(meant));
  const found =
    op === "pr"
      ? values.some((one) => present(one, exact(path)))
      : (isComplex ? step(values, "value") : values).some((one) => compares(meant.join("."), op, one, value));
  const result = known && found;
  return denies && fits === "as sent" ? !result : result;
}

/** Whether the resource, as GET answers it, fits the filter as it was sent. */
export function fitsReference(filter: SentFilter, resource: Resource, within?: string): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => fitsReference(term, resource, within));
    case "or":
      return filter.terms.some((term) => fitsReference(term, resource, within));
    case "not":
      return !fitsReference(filter.term, resource, within);
    case "element": {
      const list = resolve(filter.list);
      const [name = ""] = list.path;
      const elements = list.known ? step([resource], name).filter(isRecord) : [];
      const { term, sub } = filter;
      if (!sub) return elements.some((one) => fitsReference(term, one, name));
      const fitting = elements.filter((one) => fitsReference(term, one, name));
      const subName = sub.name.toLowerCase();
      const attribute = { known: (core[name] ?? []).includes(subName), enterprise: false, path: [name, subName] };
      const holds = fitting.some((one) => fitsTerm(sub, attribute, step([one], subName), "without not"));
      const { denies } = readTerm(sub, caseExact.includes(`${name}.${subName}`));
      return denies ? !holds : holds;
    }
    default: {
      if (within !== undefined) {
        const sub = filter.name.toLowerCase();
        const attribute = { known: (core[within] ?? []).includes(sub), enterprise: false, path: [within, sub] };
        return fitsTerm(filter, attribute, step([resource], sub), "as sent");
      }
      const attribute = resolve(filter.name);
      const root = attribute.enterprise ? step([resource], enterpriseUrn.toLowerCase()) : [resource];
      const values = attribute.path.reduce(step, root as Value[]);
      return fitsTerm(filter, attribute, values, "as sent");
    }
  }
}
