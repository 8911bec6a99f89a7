import "server-only";
import { minutesAgo } from "lib/base/clock";
import { firstIdAt } from "lib/base/crypto";
import { readSql } from "lib/base/db";
import type { RemarkCode } from "lib/exchanges/remarks";
import type { OrgScope } from "lib/scope/scope";
import { queryOf } from "./without-secrets";

/** What was seen, in a sentence, and when last. */
export type Seen = { code: RemarkCode; seen: string; at: Date | null };

const dayMinutes = 24 * 60;
export const daysAgo = (days: number): Date => minutesAgo(days * dayMinutes);
const lookBackDays = 7;

type Hinted = { code: RemarkCode; calls: number; at: Date; person: string | null; path: string };

/** What single calls showed within 7 days, from the newest 2,000 of them that showed something. */
const readHints = ({ orgId }: OrgScope, directoryId: string): Promise<Hinted[]> => readSql<Hinted>`
  SELECT h.code, count(*)::int AS calls, max(e.at) AS at,
         (array_agg(e.person ORDER BY e.id DESC))[1] AS person, (array_agg(e.path ORDER BY e.id DESC))[1] AS path
    FROM (SELECT x.id, x.at, x.person, x.path, x.detail FROM "Exchange" x
           WHERE x."orgId" = ${orgId}::uuid AND x."directoryId" = ${directoryId}::uuid AND x.kind = 'scim'
             AND x.detail ? 'hints' AND x.id >= ${firstIdAt(daysAgo(lookBackDays))}::uuid
           ORDER BY x.id DESC LIMIT 2000) e, jsonb_array_elements_text(e.detail->'hints') h(code)
   GROUP BY h.code`;

type Made = { calls: number; given: number; family: number; email: number; at: Date | null };

/** The newest creates, and how many lacked what. */
async function readCreates({ orgId }: OrgScope, directoryId: string): Promise<Made> {
  const [made] = await readSql<Made>`
    SELECT count(*)::int AS calls, max(e.at) AS at,
           (count(*) FILTER (WHERE e.hints ? 'given_name_missing'))::int AS given,
           (count(*) FILTER (WHERE e.hints ? 'family_name_missing'))::int AS family,
           (count(*) FILTER (WHERE e.hints ? 'no_email'))::int AS email
      FROM (SELECT x.at, x.detail->'hints' AS hints FROM "Exchange" x
             WHERE x."orgId" = ${orgId}::uuid AND x.operation IN ('create', 'link')
               AND x."directoryId" = ${directoryId}::uuid AND x.id >= ${firstIdAt(daysAgo(lookBackDays))}::uuid
             ORDER BY x.id DESC LIMIT 50) e`;
  return made ?? { calls: 0, given: 0, family: 0, email: 0, at: null };
}

type Listed = { at: Date; path: string; okta: boolean };

const readLists = ({ orgId }: OrgScope, directoryId: string): Promise<Listed[]> => readSql<Listed>`
  SELECT e.at, e.path, e.dialect LIKE 'okta%' AS okta FROM "Exchange" e
   WHERE e."orgId" = ${orgId}::uuid AND e.operation = 'list' AND e."directoryId" = ${directoryId}::uuid
     AND e.id >= ${firstIdAt(daysAgo(lookBackDays))}::uuid
   ORDER BY e.id DESC LIMIT 200`;

/** What the newest call says of the token's form: an older one may be put right since. */
async function readTokenForm({ orgId }: OrgScope, directoryId: string): Promise<string | null> {
  const [last] = await readSql<{ form: string | null }>`
    SELECT e.detail->>'token' AS form FROM "Exchange" e
     WHERE e."orgId" = ${orgId}::uuid AND e."directoryId" = ${directoryId}::uuid AND e.status <> 401
     ORDER BY e.id DESC LIMIT 1`;
  return last?.form ?? null;
}

const readRateRefusals = ({ orgId }: OrgScope, directoryId: string) => readSql<{ calls: number; at: Date | null }>`
  SELECT count(*)::int AS calls, max(r.at) AS at
    FROM (SELECT e.at, e.code, e."directoryId" FROM "Exchange" e
           WHERE e."orgId" = ${orgId}::uuid AND e.kind = 'scim' AND e.outcome = 'failed'
             AND e.id >= ${firstIdAt(daysAgo(lookBackDays))}::uuid
           ORDER BY e.id DESC LIMIT 2000) r
   WHERE r.code = 'GH-SCIM-RATE' AND r."directoryId" = ${directoryId}::uuid`;

/** What the log of one directory shows of its provider's settings; each read is bounded, and led by an index. */
export async function findLogRemarks(
  scope: OrgScope,
  directory: { id: string; storesPasswords: boolean },
): Promise<Seen[]> {
  const [hints, creates, lists, tokenForm, [refusals]] = await Promise.all([
    readHints(scope, directory.id),
    readCreates(scope, directory.id),
    readLists(scope, directory.id),
    readTokenForm(scope, directory.id),
    readRateRefusals(scope, directory.id),
  ]);
  const hinted = (code: RemarkCode, words: (hint: Hinted) => string): Seen[] =>
    hints.filter((hint) => hint.code === code).map((hint) => ({ code, seen: words(hint), at: hint.at }));
  const imports = hinted("import_groups", ({ calls }) => `All groups were read on, page by page: ${times(calls)}.`);
  return [
    ...(imports.length ? imports : importsOf(lists)),
    ...hinted("other_identifier", ({ path }) => `Okta searched ${filterOf(path)}.`),
    ...hinted("user_name_no_address", ({ calls, person }) => `The userName ${person ?? "sent"} came: ${times(calls)}.`),
    ...hinted(
      "user_name_unlike_email",
      ({ calls, person }) => `${person ?? "A person"} came with another e-mail: ${times(calls)}.`,
    ),
    ...missing("given_name_missing", creates.given, creates),
    ...missing("family_name_missing", creates.family, creates),
    ...missing("no_email", creates.email, creates),
    ...(tokenForm === "bare"
      ? hinted("token_bare", ({ calls }) => `The last call came so; ${times(calls)} in 7 days.`)
      : []),
    ...(tokenForm === "doubled"
      ? hinted("token_doubled", ({ calls }) => `The last call came so; ${times(calls)} in 7 days.`)
      : []),
    ...(directory.storesPasswords
      ? []
      : hinted("password_outside_create", ({ calls }) => `A change carried a password: ${times(calls)}.`)),
    ...(refusals?.calls
      ? [{ code: "rate_limited" as const, seen: `Put off: ${times(refusals.calls)}.`, at: refusals.at }]
      : []),
  ];
}

const times = (calls: number): string => (calls === 1 ? "once" : `${calls.toLocaleString("en")} times`);

function filterOf(path: string): string {
  return (
    [...new URLSearchParams(queryOf(path))].find(([name]) => name.toLowerCase() === "filter")?.[1] ??
    "by another attribute"
  );
}

/** One person without a last name is a person; several creates in a row are a mapping that is missing. */
const fewestMissing = 3;

const missing = (code: RemarkCode, count: number, { calls, at }: Made): Seen[] =>
  count >= fewestMissing && count * 2 >= calls
    ? [{ code, seen: `It was missing in ${count} of the last ${calls} people created.`, at }]
    : [];

const testMs = 60_000;

/** Okta's test of the credentials reads one or two people, then groups; an import reads all people, then groups. */
function importsOf(lists: Listed[]): Seen[] {
  const isTest = ({ path }: Listed) => /\/users\/?\?/i.test(path) && /[?&]count=[12](&|$)/i.test(path);
  const isGroups = ({ path, okta }: Listed) => okta && /\/groups(\/|\?|$)/i.test(path);
  const tests = lists.filter(isTest);
  const imports = lists.filter(
    (list) => isGroups(list) && !tests.some(({ at }) => at <= list.at && list.at.getTime() - at.getTime() < testMs),
  );
  const [last] = imports;
  if (!last || imports.length < 2) return [];
  return [
    {
      code: "import_groups",
      seen: `All groups were read without a test before it: ${times(imports.length)}.`,
      at: last.at,
    },
  ];
}
