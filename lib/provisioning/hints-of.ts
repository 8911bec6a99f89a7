import "server-only";
import type { RemarkCode } from "lib/exchanges/remarks";
import type { Dialect, Operation } from "lib/exchanges/schema";
import { isAddress } from "lib/protocol/scim/fold";
import { isObject, type Json, type JsonObject } from "lib/protocol/scim/json";
import type { TokenForm } from "lib/tokens/schema";
import { endpointOf } from "./operation-of";
import { queryOf } from "./without-secrets";

type Asked = { method: string; path: string; body: JsonObject; tokenForm?: TokenForm };

/** What one request shows of the provider's settings: codes of lib/exchanges/remarks.ts. */
export function hintsOf(asked: Asked, operation: Operation, dialect: Dialect): RemarkCode[] {
  const { tokenForm = "bearer" } = asked;
  return [
    ...(tokenForm === "bare" ? (["token_bare"] as const) : []),
    ...(tokenForm === "doubled" ? (["token_doubled"] as const) : []),
    ...(dialect.startsWith("okta") ? ofSearches(asked, operation) : []),
    ...ofPeople(asked, operation),
  ];
}

const parameter = (path: string, name: string): string | null => {
  return [...new URLSearchParams(queryOf(path))].find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
};

/** Okta looks for people by its unique identifier field alone, and reads groups on page by page only to import them. */
function ofSearches({ path }: Asked, operation: Operation): RemarkCode[] {
  const [endpoint] = endpointOf(path);
  if (operation === "list" && endpoint === "groups" && Number(parameter(path, "startindex") ?? 1) > 1) {
    return ["import_groups"];
  }
  if (operation !== "search" || endpoint !== "users") return [];
  const attribute = /^\s*([\w:.$-]+)\s+eq\b/i.exec(parameter(path, "filter") ?? "")?.[1]?.toLowerCase();
  const other = attribute !== undefined && !/(^|:)(username|id)$/.test(attribute);
  return other ? ["other_identifier"] : [];
}

function ofPeople({ method, path, body }: Asked, operation: Operation): RemarkCode[] {
  const [endpoint] = endpointOf(path);
  if (endpoint !== "users" || !["POST", "PUT", "PATCH"].includes(method)) return [];
  const created = operation === "create" || operation === "link";
  const name = isObject(body.name) ? body.name : {};
  return [
    ...(created && !isText(name.givenName) ? (["given_name_missing"] as const) : []),
    ...(created && !isText(name.familyName) ? (["family_name_missing"] as const) : []),
    ...(method !== "PATCH" && hasTwoAddresses(body) ? (["user_name_unlike_email"] as const) : []),
    ...(method !== "POST" && sendsPassword(body) ? (["password_outside_create"] as const) : []),
  ];
}

const isText = (value: Json | undefined): boolean => typeof value === "string" && value.trim() !== "";

function hasTwoAddresses({ userName, emails }: JsonObject): boolean {
  if (typeof userName !== "string" || !isAddress(userName) || !Array.isArray(emails)) return false;
  const sent = emails.filter(isObject);
  const work = sent.find(({ primary }) => primary === true) ?? sent.find(({ type }) => type === "work") ?? sent[0];
  return typeof work?.value === "string" && work.value.trim().toLowerCase() !== userName.trim().toLowerCase();
}

const isPassword = (name: string) => /(^|[.:])password$/i.test(name);

function sendsPassword(body: JsonObject): boolean {
  if (Object.keys(body).some(isPassword)) return true;
  const operations = Object.entries(body).find(([name]) => /^operations$/i.test(name))?.[1];
  if (!Array.isArray(operations)) return false;
  return operations
    .filter(isObject)
    .some(({ path, value }) =>
      typeof path === "string" ? isPassword(path) : isObject(value) && Object.keys(value).some(isPassword),
    );
}
