import { applyChanges } from "./apply-change";
import { describeUser, type EmailSource } from "./describe-user";
import { copyJson, isObject, type JsonObject, own } from "./json";
import { attempt, type Result } from "./messages";
import { readOperations } from "./patch-operations";
import type { UserInput } from "./read-user";
import { findAttribute } from "./schema";
import { hasContent, mergeElements } from "./values";

/**
 * Applies the operations of a PATCH body in order to a copy of the document and checks the outcome once: whole or not
 * at all. `present` is the user as GET would answer: read-only values in it may be sent again.
 */
export function applyUserPatch(
  document: JsonObject,
  body: JsonObject,
  present: JsonObject = {},
  source?: EmailSource,
): Result<UserInput> {
  const patched = attempt(() => {
    const copy = copyJson(document);
    const password = applyChanges("User", copy, readOperations("User", body), present);
    settle(copy);
    return { copy, password };
  });
  if (!patched.ok) return patched;
  const described = describeUser(patched.value.copy, source);
  if (!described.ok || patched.value.password === undefined) return described;
  return { ok: true, value: { ...described.value, password: patched.value.password } };
}

/** Changes by path can leave equal elements, elements that hold nothing but labels, or blanks around names. */
function settle(document: JsonObject): void {
  for (const [name, value] of Object.entries(document)) {
    if (!findAttribute("User", undefined, name)?.multiValued || !Array.isArray(value)) continue;
    const list = mergeElements([], value.filter(isObject).filter(hasContent), name);
    if (list.length > 0) document[name] = list;
    else delete document[name];
  }
  const { userName, displayName } = { userName: own(document, "userName"), displayName: own(document, "displayName") };
  if (typeof userName === "string") document.userName = userName.trim();
  if (typeof displayName === "string" && displayName.trim() === "") delete document.displayName;
}
