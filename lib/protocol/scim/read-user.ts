import { builtDisplayName, describeUser, type EmailSource, type UserRecord } from "./describe-user";
import { type JsonObject, own } from "./json";
import { attempt, type Result } from "./messages";
import { readBody } from "./read-body";

export type UserInput = UserRecord & { password?: string };

const kept = ["active", "externalId"] as const;

/**
 * Reads the body of POST (`create`) or PUT (`replace`, with the document as it stands). A PUT clears what it leaves
 * out, except active and externalId. The password comes back apart: it belongs into no record, log or answer.
 */
export function readUser(
  body: JsonObject,
  mode: "create",
  current?: undefined,
  source?: EmailSource,
): Result<UserInput>;
export function readUser(
  body: JsonObject,
  mode: "replace",
  current: JsonObject,
  source?: EmailSource,
): Result<UserInput>;
export function readUser(
  body: JsonObject,
  mode: "create" | "replace",
  current?: JsonObject,
  source?: EmailSource,
): Result<UserInput> {
  const read = attempt(() => {
    const { document, password } = readBody("User", body);
    settleDisplayName(document, mode === "replace" ? current : undefined);
    for (const name of kept) {
      const value = current && own(current, name);
      if (!Object.hasOwn(document, name) && value !== undefined) document[name] = value;
    }
    if (!Object.hasOwn(document, "active")) document.active = true;
    const userName = own(document, "userName");
    if (typeof userName === "string") document.userName = userName.trim();
    return { document, password };
  });
  if (!read.ok) return read;
  const described = describeUser(read.value.document, source);
  if (!described.ok || read.value.password === undefined) return described;
  return { ok: true, value: { ...described.value, password: read.value.password } };
}

/** Okta sends back what GET showed; a name that we built must go on following the first and last name. */
function settleDisplayName(document: JsonObject, current: JsonObject | undefined): void {
  const sent = own(document, "displayName");
  if (typeof sent !== "string") return;
  const builtBefore = current && own(current, "displayName") === undefined && sent === builtDisplayName(current);
  if (sent.trim() === "" || builtBefore) delete document.displayName;
}
