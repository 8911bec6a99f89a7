import type { DirectoryOptions } from "lib/directories/schema";
import { capital } from "./words";

/** A setting of a directory with two ways; the first one is the default. */
export type Choice = {
  name: Exclude<keyof DirectoryOptions, "eraseDays" | "listLocalGroups" | "synchronizePasswords">;
  label: string;
  ways: readonly { value: string; label: string; help: string }[];
};

/** Every choice in words: what changes for whom (behaviours.md section 6). */
export const choicesOf = (provider: string): readonly Choice[] => [
  {
    name: "existingPeople",
    label: `When ${provider} pushes somebody who is here already`,
    ways: [
      {
        value: "link",
        label: "Link the account",
        help: `Role, groups and history stay; the profile becomes ${provider}'s, and a password ends unless it is an owner's.`,
      },
      {
        value: "refuse",
        label: "Refuse the push",
        help: `${capital(provider)} is told so; the person here stays as they are.`,
      },
    ],
  },
  {
    name: "emailFrom",
    label: "Work e-mail of a person",
    ways: [
      { value: "email", label: "The primary e-mail", help: "userName stands in where none is sent." },
      {
        value: "userName",
        label: "userName, where it is an address",
        help: "People sign in and get mail by it; other e-mails are only kept and shown.",
      },
    ],
  },
  {
    name: "deactivated",
    label: `When ${provider} deactivates somebody`,
    ways: [
      {
        value: "keep",
        label: "Keep role and groups",
        help: "Access ends at once; whoever is activated again has both as before.",
      },
      {
        value: "release",
        label: "Release from role and groups",
        help: "Access ends at once; the person also leaves local groups, falls back to Member, and the users list leaves them out until you ask for them.",
      },
    ],
  },
  {
    name: "deleted",
    label: `When ${provider} deletes somebody`,
    ways: [
      {
        value: "detach",
        label: "Keep the account, deactivated",
        help: "It leaves all groups; a later push of the same person takes it up again as Member.",
      },
      {
        value: "erase",
        label: "Erase the personal data later",
        help: "It waits, deactivated, and is erased after the days below unless it is pushed again; audit events keep the name.",
      },
    ],
  },
  {
    name: "sameName",
    label: `When ${provider} pushes a group of a local group's name`,
    ways: [
      { value: "ask", label: "Keep both and ask", help: "The pushed one is marked until an owner links or renames." },
      {
        value: "link",
        label: "Link at once",
        help: `The local group becomes ${provider}'s with the role that it gives; its members are those pushed.`,
      },
    ],
  },
];
