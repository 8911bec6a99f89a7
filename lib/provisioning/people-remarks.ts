import "server-only";
import { firstIdAt } from "lib/base/crypto";
import { readSql } from "lib/base/db";
import { foldAddress } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import { daysAgo, type Seen } from "./log-remarks";

type Asserted = { email?: string | null; firstName?: string; lastName?: string };

type SignedIn = {
  at: Date;
  nameId: string | null;
  asserted: Asserted | null;
  name: string;
  recordId: string | null;
  userName: string | null;
  userNameKey: string | null;
  externalId: string | null;
  workEmailKey: string | null;
  version: number | null;
  givenName: string | null;
  familyName: string | null;
};

const lookBackDays = 30;

/** The people of the newest 200 sign-ins of a connection, beside what its directory says of them. */
const readSignedIn = ({ orgId }: OrgScope, connectionId: string, directoryId: string) => readSql<SignedIn>`
  SELECT DISTINCT ON (s."userId") s.at, s.detail->>'nameId' AS "nameId", s.detail->'profile' AS asserted, u.name,
         d.id AS "recordId", d."userName", d."userNameKey", d."externalId", d."workEmailKey", d.version,
         d.document->'name'->>'givenName' AS "givenName", d.document->'name'->>'familyName' AS "familyName"
    FROM (SELECT e."userId", e.at, e.detail FROM "Exchange" e
           WHERE e."orgId" = ${orgId}::uuid AND e."connectionId" = ${connectionId}::uuid AND e.kind = 'sso'
             AND e.outcome = 'succeeded' AND e."userId" IS NOT NULL
             AND e.id >= ${firstIdAt(daysAgo(lookBackDays))}::uuid
           ORDER BY e.id DESC LIMIT 200) s
    JOIN "User" u ON u."orgId" = ${orgId}::uuid AND u.id = s."userId" AND u.status = 'active'
    LEFT JOIN "DirectoryUser" d ON d."orgId" = u."orgId" AND d."userId" = u.id AND d."directoryId" = ${directoryId}::uuid
   ORDER BY s."userId", s.at DESC`;

/** What sign-ins say of the people whom the directory provisions. */
export async function findPeopleRemarks(
  scope: OrgScope,
  directory: { id: string; connectionId: string },
): Promise<Seen[]> {
  const people = await readSignedIn(scope, directory.connectionId, directory.id);
  const records = people.filter(({ recordId }) => recordId !== null);
  const strangers = people.filter(({ recordId }) => recordId === null);
  const [renamed] = records.filter(isNamedOtherwise);
  const outdated = records.filter((person) => person.version === 1 && differences(person).length > 0);
  const [stale] = outdated;
  return [
    ...(renamed
      ? [
          {
            code: "user_name_unlike_name_id" as const,
            seen: `${renamed.name}: NameID ${renamed.nameId}, userName ${renamed.userName}.`,
            at: renamed.at,
          },
        ]
      : []),
    ...(stale
      ? [
          {
            code: "never_updated" as const,
            seen: `${named(outdated)}: ${differences(stale).join("; ")}.`,
            at: stale.at,
          },
        ]
      : []),
    ...(strangers[0]
      ? [{ code: "never_provisioned" as const, seen: `${named(strangers)}.`, at: strangers[0].at }]
      : []),
  ];
}

/** A NameID may also be the externalId: both are stable, and both match. */
const isNamedOtherwise = ({ nameId, userNameKey, externalId }: SignedIn): boolean =>
  nameId !== null && foldAddress(nameId) !== userNameKey && nameId !== externalId;

/** What a sign-in asserts and the record holds otherwise. */
function differences({ asserted, givenName, familyName, workEmailKey }: SignedIn): string[] {
  const { email, firstName, lastName } = asserted ?? {};
  const differ = (what: string, saml: string | null | undefined, scim: string | null) =>
    saml && saml !== (scim ?? "") ? [`${what} ${saml} at sign-in, ${scim || "none"} by SCIM`] : [];
  return [
    ...differ("first name", firstName, givenName),
    ...differ("last name", lastName, familyName),
    ...(email ? differ("e-mail", foldAddress(email), workEmailKey) : []),
  ];
}

const mostNamed = 3;

function named(people: readonly { name: string }[]): string {
  const names = people.slice(0, mostNamed).map(({ name }) => name);
  const more = people.length - names.length;
  return new Intl.ListFormat("en").format(more > 0 ? [...names, `${more} more`] : names);
}
