import { manyOf, onceOf, pageParams, searchText } from "lib/scope/list-params";
import { typedText } from "lib/scope/typed-text";
import { z } from "zod";

/** What a group can give, the highest first; never owner, which only an owner gives to a person (scim.md section 6). */
export const givenRoles = ["admin", "viewer", "member"] as const;
export type GivenRole = (typeof givenRoles)[number];
export const givenRoleNames = { admin: "Admin", viewer: "Viewer", member: "Member" } as const;

/** As the database has it, whose column also knows owner. */
export const givenRoleOf = (role: string | null): GivenRole | null => givenRoles.find((one) => one === role) ?? null;

export const groupName = typedText
  .min(1, "Enter a name")
  .max(256, "Use at most 256 characters")
  .refine((text) => text === "" || /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), "Use a name that can be read");

const description = z
  .string()
  .trim()
  .max(1_000, "Use at most 1,000 characters")
  .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), "This contains a character that cannot be typed");

export const createGroupInput = z.object({ name: groupName, description: description.default("") });
export type CreateGroup = z.infer<typeof createGroupInput>;

/** What is left out stays. */
export const updateGroupInput = z.object({
  groupId: z.uuid(),
  version: z.int(),
  name: groupName.optional(),
  description: description.optional(),
  followSignIn: z.boolean().optional(),
});
export type UpdateGroup = z.infer<typeof updateGroupInput>;

const mostAtOnce = 1_000;
const people = z.array(z.uuid()).max(mostAtOnce, "Choose at most 1,000 people at once").default([]);
export const changeLocalMembersInput = z
  .object({ groupId: z.uuid(), add: people, remove: people })
  .refine(({ add, remove }) => add.length + remove.length > 0, "Choose at least one person");
export type ChangeLocalMembers = z.infer<typeof changeLocalMembersInput>;

/** `rolesChanged`: how many people's roles change, as it was shown; another number now is refused. */
export const deleteGroupInput = z.object({ groupId: z.uuid(), version: z.int(), rolesChanged: z.int().min(0) });
export type DeleteGroup = z.infer<typeof deleteGroupInput>;

export const mapRoleInput = deleteGroupInput.extend({ role: z.enum(givenRoles).nullable() });
export type MapRole = z.infer<typeof mapRoleInput>;

/** What would become of the members' roles if the group gave this one; null: none, as if it were deleted. */
export const previewRoleInput = z.object({
  groupId: z.uuid(),
  role: z.enum(givenRoles).nullable(),
  after: z.string().max(500).optional(),
});
export type PreviewRole = z.infer<typeof previewRoleInput>;

const pair = { groupId: z.uuid(), localGroupId: z.uuid() };
/** What would happen if a pushed group took the place of the local one of its name. */
export const previewLinkInput = z.object({ ...pair, after: z.string().max(500).optional() });
export type PreviewLink = z.infer<typeof previewLinkInput>;

/** `shown`: how many people it touches, as the preview said; other numbers now are refused. */
const many = z.int().min(0);
export const linkGroupInput = z.object({
  ...pair,
  shown: z.object({ gained: many, lost: many, rolesChanged: many }),
});
export type LinkGroup = z.infer<typeof linkGroupInput>;

export const convertGroupInput = z.object({ groupId: z.uuid() });
export type ConvertGroup = z.infer<typeof convertGroupInput>;

/** People to add: those of the group are told apart. */
export const findPeopleInput = z.object({ groupId: z.uuid(), q: searchText });
export type FindPeople = z.infer<typeof findPeopleInput>;

/** Groups of a directory to map, by a part of their name. */
export const findGroupsInput = z.object({ directoryId: z.uuid(), q: searchText });
export type FindGroups = z.infer<typeof findGroupsInput>;

export const groupSources = ["synced", "local"] as const;
export const groupSourceNames = { synced: "Synced", local: "Local" } as const;
export const roleFilterNames = { ...givenRoleNames, none: "None" } as const;

/** The groups list's search parameters. */
export const groupFilter = z.object({
  q: searchText,
  source: manyOf(z.enum(groupSources)),
  connection: manyOf(z.uuid()),
  role: manyOf(z.enum([...givenRoles, "none"])),
  sort: onceOf(z.enum(["name", "-name"]).catch("name").default("name")),
  ...pageParams(25),
});
export type GroupFilter = z.infer<typeof groupFilter>;

/** The same of a group's members. */
export const memberFilter = z.object({ q: searchText, ...pageParams(25) });
export type MemberFilter = z.infer<typeof memberFilter>;
