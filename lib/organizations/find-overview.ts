import "server-only";
import { actionInWords, listLatestEvents } from "lib/audit/queries";
import { minutesAgo } from "lib/base/clock";
import { db } from "lib/base/db";
import { type ConnectionRow, listConnections } from "lib/connections/queries";
import { listDomains } from "lib/domains/queries";
import { countFailures } from "lib/exchanges/queries";
import { may, type OrgScope } from "lib/scope/scope";
import { isSetUpDone, setUpChecklist } from "./set-up-checklist";

const failureDays = 7;

/** The start page: what is left to set up, how each connection does, which domains need work, what changed last. */
export async function findOverview(scope: OrgScope) {
  const seesActivity = may(scope, "activity:read");
  const [connections, domains, arrivals, failures, events] = await Promise.all([
    listConnections(scope),
    listDomains(scope),
    findArrivals(scope),
    countFailures(scope, minutesAgo(failureDays * 24 * 60)),
    may(scope, "audit:read") ? listLatestEvents(scope, 5) : null,
  ]);
  const checklist = setUpChecklist({
    domains: domains.map(({ id, status }) => ({ id, verified: status !== "pending" })),
    connection: furthest(connections, arrivals),
    mayCreate: may(scope, "connection:create"),
  });
  return {
    checklist,
    isSetUp: isSetUpDone(checklist),
    connections: connections.map((connection) => ({
      ...connection,
      failures: seesActivity ? (failures.get(connection.id) ?? 0) : null,
    })),
    domains: domains.filter(({ status }) => status !== "verified"),
    events: events?.map((event) => ({ ...event, words: actionInWords(event.action) })) ?? null,
  };
}

type Arrivals = { signedIn: Set<string>; provisioned: Set<string> };

/** The connections through which somebody signed in, and those whose directory has somebody. */
async function findArrivals({ orgId }: OrgScope): Promise<Arrivals> {
  const [identities, directories] = await Promise.all([
    db.identity.groupBy({ by: ["connectionId"], where: { orgId, lastUsedAt: { not: null } } }),
    db.directory.findMany({ where: { orgId, users: { some: { orgId } } }, select: { connectionId: true } }),
  ]);
  const idsOf = (rows: { connectionId: string }[]) => new Set(rows.map(({ connectionId }) => connectionId));
  return { signedIn: idsOf(identities), provisioned: idsOf(directories) };
}

/** The connection with most of the set-up done; of equals the first by name. */
function furthest(connections: readonly ConnectionRow[], { signedIn, provisioned }: Arrivals) {
  const [best] = connections
    .map(({ id, provider, status, certificate, provisioning, lastSignInAt }) => {
      const signed = signedIn.has(id) || lastSignInAt !== null;
      return {
        id,
        provider,
        active: status !== "draft",
        settled: certificate !== null && certificate.daysLeft >= 0,
        arrived: signed || provisioned.has(id),
        signedIn: signed,
        provisions: provisioning.state !== "off",
      };
    })
    .sort((a, b) => stepsDone(b) - stepsDone(a));
  return best ?? null;
}

const stepsDone = (facts: Record<string, unknown>) => Object.values(facts).filter((fact) => fact === true).length;
