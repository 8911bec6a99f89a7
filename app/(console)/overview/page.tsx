import { EventList } from "components/audit/event-list";
import { ConnectionHealth } from "components/overview/connection-health";
import { DomainsToDo } from "components/overview/domains-to-do";
import { SetupChecklist } from "components/overview/setup-checklist";
import { Card } from "components/ui/card";
import { Notice } from "components/ui/notice";
import { PageHeader } from "components/ui/page-header";
import { TextLink } from "components/ui/text-link";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { hasUnnamedProxy } from "lib/gates/start-process";
import { findOverview } from "lib/organizations/find-overview";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const scope = await pageScope("overview:read");
  const [{ checklist, isSetUp, connections, domains, events }, time] = await Promise.all([
    findOverview(scope),
    pageTime(),
  ]);
  return (
    <>
      <PageHeader title="Overview" />
      <div className="flex flex-col gap-6">
        {hasUnnamedProxy() && (
          <Notice tone="warn">
            A request came through a proxy, but TRUST_PROXY is 0, so logs and limits see the proxy's address. Ask the
            operator to set TRUST_PROXY to the number of proxies in front.
          </Notice>
        )}
        <SetupChecklist steps={checklist} isSetUp={isSetUp} />
        {connections.length > 0 && (
          <section aria-labelledby="connections" className="flex flex-col gap-3">
            <h2 id="connections" className="text-title font-semibold">
              Connections
            </h2>
            <div className="grid gap-6 md:grid-cols-2">
              {connections.map((connection) => (
                <ConnectionHealth key={connection.id} connection={connection} time={time} />
              ))}
            </div>
          </section>
        )}
        {domains.length > 0 && <DomainsToDo domains={domains} />}
        {events && events.length > 0 && (
          <Card title="Latest events" actions={<TextLink href="/audit">Open the audit log</TextLink>}>
            <EventList events={events} time={time} />
          </Card>
        )}
      </div>
    </>
  );
}
