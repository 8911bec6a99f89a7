import "server-only";
import type { Call, CallDetail } from "lib/exchanges/find-call";
import { endpointOf } from "./operation-of";

type Asked = Pick<Call, "method" | "path" | "requestBody" | "operation" | "detail" | "status">;

const changing = ["POST", "PUT", "PATCH", "DELETE"];

/** True for a request that wanted to change people or groups, by itself or in bulk. */
export function isChange({ method, path, operation }: Pick<Call, "method" | "path" | "operation">): boolean {
  const [endpoint] = endpointOf(path ?? "");
  return changing.includes(method ?? "") && ["users", "groups", "bulk"].includes(endpoint) && operation !== "search";
}

/** Why a recorded request cannot be tried again, in a sentence; null where it can. */
export function whyNotReplayed(call: Asked, storesPasswords: boolean): string | null {
  const { method, requestBody, operation } = call;
  const { cut, secrets = [] } = call.detail as CallDetail;
  if (operation === "bulk") return "A bulk request is tried operation by operation: open one of its operations.";
  if (!isChange(call)) return "Only requests that change people or groups are tried again.";
  if (method !== "DELETE" && requestBody === null) return "It was refused before its body was read, so none was kept.";
  if (cut) return "Its body was too long to be kept whole.";
  const isPassword = (name: string) => /(^|[.:])password$/i.test(name);
  if (secrets.some((name) => !isPassword(name))) return `It holds a secret that is not kept: ${secrets.join(", ")}.`;
  // On create a password is dropped in any case, and elsewhere too unless the directory stores them.
  if (secrets.length > 0 && method !== "POST" && storesPasswords) return "It holds a password, which is not kept.";
  return null;
}
