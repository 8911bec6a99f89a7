import { demandKeyFits, readRequiredName } from "./describe-user";
import { dropPasswords } from "./drop-passwords";
import { foldKey } from "./fold";
import { isObject, type Json, type JsonObject, own } from "./json";
import { checkLimits } from "./limits";
import { attempt, type Result, refuse, shown } from "./messages";
import { readBody } from "./read-body";
import { isNotSet } from "./values";

export type GroupInput = {
  displayName: string;
  displayNameKey: string;
  /** undefined: not sent. A PUT keeps what is stored then. */
  externalId: string | undefined;
  /** Ids, each once, in the order sent; undefined: not sent. A PUT keeps the members then. */
  members: string[] | undefined;
  /** Everything else that was accepted. */
  document: JsonObject;
};

export const mostMembers = 100_000;

/** Refuses an empty or overlong group name; answers it with its key. */
export function readGroupName(value: Json): Pick<GroupInput, "displayName" | "displayNameKey"> {
  if (typeof value === "object" && value !== null) {
    refuse("invalidValue", `displayName must be a text; '${shown(value)}' was sent.`);
  }
  const displayName = readRequiredName(value === null ? "" : String(value), "displayName");
  return { displayName, displayNameKey: foldKey(displayName) };
}

/** The ids of a member list: objects with `value`, or plain ids; one stands for a list of one. */
export function readMembers(sent: Json): string[] {
  const list = isNotSet(sent) ? [] : Array.isArray(sent) ? sent : [sent];
  if (list.length > mostMembers) refuseMembers();
  return [...new Set(list.flatMap(readMember))];
}

export const refuseMembers = (): never =>
  refuse("tooMany", `A request can name ${mostMembers.toLocaleString("en")} members at most.`, 413);

const labels = new Set(["value", "type", "primary", "display", "operation"]);

function readMember(sent: Json): string[] {
  const value = isObject(sent) ? memberValue(sent) : sent;
  if (typeof value === "string" || typeof value === "number") return value === "" ? [] : [String(value)];
  if (isNotSet(value ?? null) && isObject(sent)) {
    // An element that holds nothing but labels is no member.
    const rest = Object.entries(sent).filter(([name, inner]) => !labels.has(name.toLowerCase()) && !isNotSet(inner));
    if (rest.length === 0) return [];
  }
  return refuse("invalidValue", `Each member needs a value, the id of a user or group; '${shown(sent)}' was sent.`);
}

function memberValue(member: JsonObject): Json | undefined {
  const exact = own(member, "value");
  if (exact !== undefined) return exact;
  return Object.entries(member).find(([name]) => name.toLowerCase() === "value")?.[1];
}

/** Refuses attributes of a group beyond name, externalId and members that are too large; drops passwords. */
export function checkGroup(externalId: string | undefined, document: JsonObject): void {
  demandKeyFits(externalId ?? "", "externalId");
  checkLimits("Group", document);
  dropPasswords(document);
}

/** Reads the body of POST or PUT, which ask for the same; what is undefined in the answer a PUT keeps. */
export function readGroup(body: JsonObject): Result<GroupInput> {
  return attempt(() => {
    const { document, members } = readBody("Group", body);
    const named = readGroupName(own(document, "displayName") ?? null);
    const externalId = own(document, "externalId");
    delete document.displayName;
    delete document.externalId;
    const label = typeof externalId === "string" ? externalId : undefined;
    checkGroup(label, document);
    return { ...named, externalId: label, members: members === undefined ? undefined : readMembers(members), document };
  });
}
