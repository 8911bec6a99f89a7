import "server-only";
import type { AttributeRef, Filter } from "lib/protocol/scim/filter";
import { enterpriseUrn } from "lib/protocol/scim/messages";
import type { ResourceType } from "lib/protocol/scim/schema";
import { cutKey } from "lib/users/profile-steps";
import { Prisma } from "prisma/client/client";
import {
  type Compiled,
  commonColumns,
  compareText,
  constant,
  exactly,
  filledColumn,
  flagColumn,
  idColumn,
  keyColumn,
  type Leaf,
  nothing,
  nullableColumn,
  unknown,
} from "./filter-columns";
import { isId } from "./stored-user";
import { longestAccountName } from "./user-rows";

type Place = { orgId: string; directoryId: string };

/** Compiles a parsed filter for the table alias `d` of a directory's records; names the classes of scim.md section 4. */
export function compileFilter(resource: ResourceType, place: Place, filter: Filter): Compiled {
  return compile(filter, resource === "User" ? userLeaves(place) : groupLeaves(place));
}

type Leaves = { leaf: (ref: AttributeRef) => Leaf | undefined; element: (ref: AttributeRef, term: Filter) => Compiled };

function compile(filter: Filter, leaves: Leaves): Compiled {
  switch (filter.kind) {
    case "and":
    case "or": {
      const terms = filter.terms.map((term) => compile(term, leaves));
      return filter.kind === "and" ? allOf(terms) : anyOf(terms);
    }
    case "not": {
      const term = compile(filter.term, leaves);
      return term.exact && term.sql ? { ...term, sql: Prisma.sql`NOT (${term.sql})`, indexed: false } : unknown;
    }
    case "element":
      return filter.attribute.known ? leaves.element(filter.attribute, filter.term) : nothing;
    default: {
      if (!filter.attribute.known) return nothing;
      const comparison = filter.kind === "compare" ? { operator: filter.operator, value: filter.value } : null;
      // PostgreSQL holds no NUL, so no record does.
      if (comparison && String(comparison.value).includes("\u0000")) return nothing;
      return leaves.leaf(filter.attribute)?.(comparison) ?? unknown;
    }
  }
}

function allOf(terms: Compiled[]): Compiled {
  const said = terms.flatMap(({ sql }) => sql ?? []);
  return {
    sql: said.length > 0 ? Prisma.sql`(${Prisma.join(said, " AND ")})` : null,
    exact: terms.every(({ exact }) => exact),
    indexed: terms.some(({ indexed }) => indexed),
  };
}

function anyOf(terms: Compiled[]): Compiled {
  const said = terms.flatMap(({ sql }) => sql ?? []);
  if (said.length < terms.length) return unknown;
  return {
    sql: Prisma.sql`(${Prisma.join(said, " OR ")})`,
    exact: terms.every(({ exact }) => exact),
    indexed: terms.every(({ indexed }) => indexed),
  };
}

/**
 * Rows of another table that name the record. As an array they are read once, by their own index, and then looked up:
 * before a table's first ANALYZE a join may be planned as a product of the two.
 */
const named = (rows: Prisma.Sql, indexed: boolean) => exactly(Prisma.sql`d.id = ANY(ARRAY(${rows}))`, indexed);

function userLeaves({ orgId, directoryId }: Place): Leaves {
  const email = (condition: Prisma.Sql, indexed: boolean) =>
    named(
      Prisma.sql`SELECT e."directoryUserId" FROM "DirectoryUserEmail" e
                  WHERE e."orgId" = ${orgId}::uuid AND e."directoryId" = ${directoryId}::uuid AND ${condition}`,
      indexed,
    );
  const member = (condition: Prisma.Sql, indexed: boolean) =>
    named(
      Prisma.sql`SELECT m."directoryUserId" FROM "GroupMember" m
                   JOIN "Group" g ON g."orgId" = m."orgId" AND g.id = m."groupId"
                  WHERE g."orgId" = ${orgId}::uuid AND g."directoryId" = ${directoryId}::uuid AND ${condition}`,
      indexed,
    );
  const ofEmail = within(emailLeaves, email);
  const ofGroup = within(groupOfUserLeaves, member);
  const table: Record<string, Leaf> = {
    ...commonColumns,
    "meta.resourceType": constant("User"),
    userName: keyColumn(Prisma.sql`d."userNameKey"`),
    active: flagColumn(Prisma.sql`d.active`),
    displayName: displayNameLeaf,
    [`${enterpriseUrn}:department`]: beginningOf(Prisma.sql`u."departmentLower"`),
    [`${enterpriseUrn}:manager.displayName`]: beginningOf(Prisma.sql`u."managerLower"`),
    ...ofEmail.table,
    emails: (comparison) => (comparison ? null : email(Prisma.sql`TRUE`, false)),
    ...ofGroup.table,
    groups: (comparison) => (comparison ? null : member(Prisma.sql`TRUE`, false)),
  };
  return {
    leaf: ({ path }) => ownLeaf(table, path),
    element: ({ path }, term) =>
      path === "emails" ? ofEmail.element(term) : path === "groups" ? ofGroup.element(term) : unknown,
  };
}

function groupLeaves({ orgId }: Place): Leaves {
  const members = (user: Prisma.Sql, child: Prisma.Sql, indexed: boolean) =>
    named(
      Prisma.sql`SELECT m."groupId" FROM "GroupMember" m WHERE m."orgId" = ${orgId}::uuid AND ${user}
                 UNION ALL
                 SELECT n."groupId" FROM "GroupNesting" n WHERE n."orgId" = ${orgId}::uuid AND ${child}`,
      indexed,
    );
  const value: Leaf = (comparison) => {
    if (!comparison) return members(Prisma.sql`TRUE`, Prisma.sql`TRUE`, false);
    if (comparison.operator !== "eq") return null;
    const id = String(comparison.value);
    if (!isId(id)) return nothing;
    return members(Prisma.sql`m."directoryUserId" = ${id}::uuid`, Prisma.sql`n."childId" = ${id}::uuid`, true);
  };
  const table: Record<string, Leaf> = {
    ...commonColumns,
    "meta.resourceType": constant("Group"),
    displayName: keyColumn(Prisma.sql`d."displayNameKey"`),
    "members.value": value,
    members: (comparison) => (comparison ? null : value(null)),
  };
  return {
    leaf: ({ path }) => ownLeaf(table, path),
    // One term about the element's value says the same with and without brackets.
    element: ({ path }, term) =>
      path === "members" && term.kind === "compare" && term.attribute.path === "members.value"
        ? (value({ operator: term.operator, value: term.value }) ?? unknown)
        : unknown,
  };
}

const ownLeaf = (table: Record<string, Leaf>, path: string) => (Object.hasOwn(table, path) ? table[path] : undefined);

/** The account's name is cut and folded for lists: it leads to the candidates, the kernel decides. */
const displayNameLeaf: Leaf = (comparison) => {
  if (comparison?.operator === "co" || comparison?.operator === "ew") {
    // What a cut name no longer holds cannot be told from it.
    const fits = compareText(Prisma.sql`u."nameLower"`, comparison);
    return { sql: Prisma.sql`(${fits} OR length(u.name) >= ${longestAccountName})`, exact: false, indexed: false };
  }
  if (!comparison || (comparison.operator !== "eq" && comparison.operator !== "sw")) return null;
  // NFC makes one character of four at most, so that this much of the folded name is never cut.
  const value = [...String(comparison.value)].slice(0, longestAccountName / 4 - 4).join("");
  const operator = comparison.operator === "eq" && value === comparison.value ? "eq" : "sw";
  return { sql: compareText(Prisma.sql`u."nameLower"`, { operator, value }), exact: false, indexed: operator === "eq" };
};

/** A column of the account that holds the beginning of a value (FD-11): it leads to the candidates, the kernel decides. */
const beginningOf =
  (column: Prisma.Sql): Leaf =>
  (comparison) => {
    if (comparison?.operator !== "eq" && comparison?.operator !== "sw") return null;
    const value = cutKey(String(comparison.value));
    return { sql: compareText(column, { operator: "sw", value }), exact: false, indexed: false };
  };

const emailLeaves: Record<string, Leaf> = {
  "emails.value": filledColumn(Prisma.sql`e."valueKey"`),
  "emails.type": nullableColumn(Prisma.sql`e."typeKey"`),
  // An e-mail without `primary` is neither true nor false; the column knows true only.
  "emails.primary": (comparison) => (comparison?.value === true ? exactly(Prisma.sql`e."primary"`, false) : null),
};

const groupOfUserLeaves: Record<string, Leaf> = {
  "groups.value": idColumn(Prisma.sql`g.id`),
  "groups.display": keyColumn(Prisma.sql`g."displayNameKey"`),
};

/** Conditions on one row of another table, by themselves and together inside brackets. */
function within(rows: Record<string, Leaf>, wrap: (condition: Prisma.Sql, indexed: boolean) => Compiled) {
  const leaf = ({ path }: AttributeRef) => ownLeaf(rows, path);
  const wrapped = ({ sql, exact, indexed }: Compiled): Compiled => (sql ? { ...wrap(sql, indexed), exact } : unknown);
  const table = Object.fromEntries(
    Object.entries(rows).map(([path, row]): [string, Leaf] => [
      path,
      (comparison) => {
        const compiled = row(comparison);
        return compiled && wrapped(compiled);
      },
    ]),
  );
  const element = (term: Filter) => wrapped(compile(term, { leaf, element: () => unknown }));
  return { table, element };
}
