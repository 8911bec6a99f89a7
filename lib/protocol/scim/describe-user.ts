import { dropPasswords } from "./drop-passwords";
import { checkIdentifier, foldAddress, foldKey, isAddress } from "./fold";
import { isObject, type JsonObject, own } from "./json";
import { checkLimits } from "./limits";
import { attempt, type Result, refuse, shown } from "./messages";

/** `valueKey` is empty and `typeKey` null where nothing is said. */
export type UserEmail = { value: string; valueKey: string; typeKey: string | null; primary: boolean };

/** What columns, look-ups and people need of a user's document, which holds everything that was accepted. */
export type UserRecord = {
  document: JsonObject;
  userName: string;
  userNameKey: string;
  externalId: string | null;
  active: boolean;
  /** As sent; `emailFrom` tells whether userName had to stand in because no e-mail was sent. */
  workEmail: string;
  workEmailKey: string;
  emailFrom: "emails" | "userName";
  emails: UserEmail[];
  givenName: string;
  familyName: string;
  displayName: string;
};

export const longestName = 256;
// Longer keys do not fit into an index of PostgreSQL.
const longestKey = 2_048;

const textOf = (object: JsonObject | undefined, name: string): string => {
  const value = object && own(object, name);
  return typeof value === "string" ? value : "";
};

const namesOf = (document: JsonObject) => {
  const name = own(document, "name");
  const parts = isObject(name) ? name : undefined;
  return { givenName: textOf(parts, "givenName"), familyName: textOf(parts, "familyName") };
};

/** First and last name, else userName. */
export function builtDisplayName(document: JsonObject): string {
  const { givenName, familyName } = namesOf(document);
  return [givenName.trim(), familyName.trim()].filter(Boolean).join(" ") || textOf(document, "userName");
}

/** Primary first, else type work, else the first: the rule for e-mails, phones and addresses alike. */
export function preferredElement(list: readonly JsonObject[]): JsonObject | undefined {
  return (
    list.find((element) => own(element, "primary") === true) ??
    list.find((element) => foldKey(textOf(element, "type")) === "work") ??
    list[0]
  );
}

export function elementsOf(document: JsonObject, name: string): JsonObject[] {
  const list = own(document, name);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Refuses an empty or overlong userName or group displayName; answers it trimmed. */
export function readRequiredName(value: string, name: string): string {
  const trimmed = value.trim();
  if (trimmed === "") refuse("invalidValue", `${name} is required.`);
  if ([...trimmed].length > longestName) refuse("invalidValue", `${name} is longer than ${longestName} characters.`);
  return trimmed;
}

export function demandKeyFits(key: string, name: string): void {
  if (new TextEncoder().encode(key).length > longestKey) {
    refuse("invalidValue", `${name} is longer than ${longestKey.toLocaleString("en")} bytes.`);
  }
}

function identifier(value: string, name: string): string {
  const checked = checkIdentifier(value, name);
  return checked.ok ? checked.value : refuse("invalidValue", checked.fault.detail);
}

const noEmail = "No e-mail address was sent. Set Application username format to Email, or map emails to user.email.";

/** Which value is the work e-mail (V-17): the preferred e-mail, else userName; or userName first where it is an address. */
export type EmailSource = "email" | "userName";

function workEmailOf(
  document: JsonObject,
  userName: string,
  source: EmailSource,
): Pick<UserRecord, "workEmail" | "emailFrom"> {
  const preferred = preferredElement(
    elementsOf(document, "emails").filter((email) => textOf(email, "value").trim() !== ""),
  );
  if (!preferred) {
    return isAddress(userName) ? { workEmail: userName, emailFrom: "userName" } : refuse("invalidValue", noEmail);
  }
  const workEmail = textOf(preferred, "value").trim();
  if (source === "userName" && isAddress(userName)) return { workEmail: userName, emailFrom: "emails" };
  if (!isAddress(workEmail)) {
    refuse("invalidValue", `'${shown(workEmail)}' is not an e-mail address. Map emails to user.email.`);
  }
  return { workEmail, emailFrom: "emails" };
}

/** Checks a whole document (required, identifiers, limits) and reads its facts. */
export function describeUser(document: JsonObject, source: EmailSource = "email"): Result<UserRecord> {
  return attempt(() => {
    const userName = identifier(readRequiredName(textOf(document, "userName"), "userName"), "userName");
    const emails = elementsOf(document, "emails").map((email) => {
      const value = identifier(textOf(email, "value"), "emails.value");
      const valueKey = foldAddress(value);
      demandKeyFits(valueKey, "emails.value");
      return {
        value,
        valueKey,
        typeKey: foldKey(textOf(email, "type")) || null,
        primary: own(email, "primary") === true,
      };
    });
    const externalId = textOf(document, "externalId") || null;
    demandKeyFits(externalId ?? "", "externalId");
    checkLimits("User", document);
    dropPasswords(document);
    const { workEmail, emailFrom } = workEmailOf(document, userName, source);
    return {
      document,
      userName,
      userNameKey: foldAddress(userName),
      externalId,
      active: own(document, "active") !== false,
      workEmail,
      workEmailKey: foldAddress(workEmail),
      emailFrom,
      emails,
      ...namesOf(document),
      displayName: textOf(document, "displayName").trim() || builtDisplayName(document),
    };
  });
}
