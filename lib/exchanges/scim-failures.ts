import "server-only";
import type { Failure } from "./failure";
import { anywhere, inOktaScim } from "./okta-scim-paths";

const failure = (cause: string, cure: Pick<Failure, "okta" | "other">): Failure => ({
  publicCode: null,
  cause: () => cause,
  ...cure,
});

const retry = "Okta waits for a person with what was refused: press Retry once the cause is gone";
const client = anywhere("Nothing to set here: the request itself is one that this server does not take.");

/** Why a SCIM request was refused and what to do where; its answer's own sentence stands in the log beside it. */
export const scimFailures = {
  "GH-SCIM-TOKEN": failure(
    "The token did not open the directory: it was cut off or altered on its way into the form.",
    inOktaScim(
      "integration",
      "paste the whole token again, or make a new one in Gatehouse and paste that",
      "Paste the whole token again",
    ),
  ),
  "GH-SCIM-TOKEN-ENDED": failure(
    "The token was right once and has ended: it was revoked, has expired, or its directory is gone.",
    inOktaScim(
      "integration",
      "paste a new token, made in Gatehouse on the connection's Provisioning tab",
      "Make a new token on the connection's Provisioning tab and paste it at the provider",
    ),
  ),
  "GH-SCIM-OFF": failure(
    "Provisioning is switched off or paused for this connection, so nothing is taken in.",
    anywhere("Switch SCIM provisioning on, or enable the connection, on its Provisioning tab."),
  ),
  "GH-SCIM-LAST-OWNER": failure(
    "It would have taken away the last active owner, and nobody could administer this organization any more.",
    anywhere("Make another person an owner under Users, then let the provider send it again."),
  ),
  "GH-SCIM-DOMAIN": failure(
    "Only people with addresses of domains that are verified and linked to this connection can be provisioned.",
    anywhere(
      "If the domain is yours, add and verify it under Domains and link it to this connection. Else correct the person's e-mail at the provider.",
    ),
  ),
  "GH-SCIM-NO-EMAIL": failure(
    "No e-mail address came, neither as emails nor as the userName.",
    inOktaScim("username", "choose Email, or map emails to user.email under To App", "Map emails to the work e-mail"),
  ),
  "GH-SCIM-REQUIRED": failure(
    "An attribute that every person or group must have was missing or empty.",
    inOktaScim("mappings", "map the attribute that the sentence names", "Map the attribute that the sentence names"),
  ),
  "GH-SCIM-MEMBER": failure(
    "The group names members that this directory never had: they are not assigned to the app, or their own push failed.",
    inOktaScim(
      "assignments",
      "assign the missing people first, then push the group again",
      "Provision the people first",
    ),
  ),
  "GH-SCIM-VALUE": failure(
    "A value was not of the kind that its attribute takes.",
    inOktaScim(
      "mappings",
      "correct the mapping that the sentence names",
      "Correct the mapping that the sentence names",
    ),
  ),
  "GH-SCIM-EXISTS": failure(
    "A person or group of this name, e-mail or external id is in this directory already.",
    inOktaScim(
      "tasks",
      "if it is the same person, import or match them instead of creating; else give one of them another username",
      "Match the existing record instead of creating it again",
    ),
  ),
  "GH-SCIM-OTHER-PERSON": failure(
    "The values belong to somebody else of this organization, so it cannot be said who is meant.",
    anywhere("Send userName and e-mail of one and the same person, or change the other person's address under Users."),
  ),
  "GH-SCIM-NOT-FOUND": failure(
    "This directory has no record of that id: it was deleted, or belongs to another app.",
    inOktaScim(
      "assignments",
      "remove the assignment and assign the person again, so that Okta creates a new link",
      "Let the provider create the record again",
    ),
  ),
  "GH-SCIM-VERSION": failure(
    "The record was changed in between, and the request was meant for its earlier version.",
    inOktaScim("tasks", retry, "Read the record again, then send the change"),
  ),
  "GH-SCIM-READ-ONLY": failure("It would change an attribute that is not the provider's to change.", client),
  "GH-SCIM-SYNTAX": failure("The body was not what the protocol asks for, so nothing of it was read.", client),
  "GH-SCIM-FILTER": failure("The filter or path was not one that the protocol knows.", client),
  "GH-SCIM-TOO-LARGE": failure(
    "It held more than one request may hold.",
    inOktaScim("pushGroups", "push smaller groups", "Send it in smaller parts"),
  ),
  "GH-SCIM-ENDPOINT": failure(
    "There is nothing at this address, or not by this method.",
    inOktaScim(
      "integration",
      "compare the SCIM connector base URL with the one on the connection's Provisioning tab",
      "Compare the base URL with the one on the connection's Provisioning tab",
    ),
  ),
  "GH-SCIM-RATE": failure(
    "More requests came at once than one directory may send. Okta waits and tries again by itself.",
    anywhere("Nothing to do, unless it goes on: then raise SCIM_RATE of this installation."),
  ),
  "GH-SCIM-UNAVAILABLE": failure(
    "The database could not be reached or was too slow. Nothing was changed, and the provider was told to try again.",
    inOktaScim("tasks", retry, "Let the provider try again"),
  ),
  "GH-SCIM-SERVER": failure(
    "Something went wrong on our side, and nothing was changed.",
    inOktaScim("tasks", retry, "Let the provider try again"),
  ),
  "GH-SCIM-REFUSED": failure("The request is one that this server does not carry out.", client),
} as const satisfies Record<string, Failure>;

export type ScimFailureCode = keyof typeof scimFailures;

type Rule = [status: number, scimType: string | null, words: RegExp | null, code: ScimFailureCode];

/** First match counts; null = any. */
const rules: Rule[] = [
  [401, null, /cut off or altered|cut or altered/, "GH-SCIM-TOKEN"],
  [401, null, null, "GH-SCIM-TOKEN-ENDED"],
  [403, null, /switched off|paused/, "GH-SCIM-OFF"],
  [403, null, /only active owner/, "GH-SCIM-LAST-OWNER"],
  [404, null, /endpoint/, "GH-SCIM-ENDPOINT"],
  [404, null, null, "GH-SCIM-NOT-FOUND"],
  [405, null, null, "GH-SCIM-ENDPOINT"],
  [501, null, null, "GH-SCIM-REFUSED"],
  [409, null, /of this organization|Send both of one person/, "GH-SCIM-OTHER-PERSON"],
  [409, null, null, "GH-SCIM-EXISTS"],
  [412, null, null, "GH-SCIM-VERSION"],
  [413, null, null, "GH-SCIM-TOO-LARGE"],
  [415, null, null, "GH-SCIM-SYNTAX"],
  [429, null, /database/, "GH-SCIM-UNAVAILABLE"],
  [429, null, null, "GH-SCIM-RATE"],
  [503, null, null, "GH-SCIM-UNAVAILABLE"],
  [500, null, null, "GH-SCIM-SERVER"],
  [400, "invalidSyntax", null, "GH-SCIM-SYNTAX"],
  [400, "invalidFilter", null, "GH-SCIM-FILTER"],
  [400, "invalidPath", null, "GH-SCIM-FILTER"],
  [400, "noTarget", null, "GH-SCIM-FILTER"],
  [400, "mutability", null, "GH-SCIM-READ-ONLY"],
  [400, "tooMany", null, "GH-SCIM-TOO-LARGE"],
  [400, "invalidValue", /verified domain of this connection/, "GH-SCIM-DOMAIN"],
  [400, "invalidValue", /No e-mail address/, "GH-SCIM-NO-EMAIL"],
  [400, "invalidValue", /unknown in this directory/, "GH-SCIM-MEMBER"],
  [400, "invalidValue", / is required/, "GH-SCIM-REQUIRED"],
  [400, null, null, "GH-SCIM-VALUE"],
];

/** The row of this table that an answer of ours stands under. */
export function scimFailureCode(status: number, scimType: string | null, sentence: string): ScimFailureCode {
  const found = rules.find(
    ([its, type, words]) => its === status && (type === null || type === scimType) && (!words || words.test(sentence)),
  );
  return found?.[3] ?? "GH-SCIM-REFUSED";
}
