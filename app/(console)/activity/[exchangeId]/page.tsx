import { AttemptCard } from "components/activity/attempt-card";
import { FailureCard } from "components/activity/failure-card";
import { OutcomeBadge } from "components/activity/outcome-badge";
import { EventList } from "components/audit/event-list";
import { Card } from "components/ui/card";
import { CodeBlock } from "components/ui/mono";
import { Notice } from "components/ui/notice";
import { PageHeader } from "components/ui/page-header";
import { actionInWords, listEventsOf } from "lib/audit/queries";
import { readConnection } from "lib/connections/queries";
import { describeSignIn } from "lib/exchanges/describe-sign-in";
import { readSignIn } from "lib/exchanges/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Sign-in attempt" };

export default async function AttemptPage({ params }: { params: Promise<{ exchangeId: string }> }) {
  const scope = await pageScope("activity:read");
  const [row, time] = await Promise.all([readSignIn(scope, pageId((await params).exchangeId)), pageTime()]);
  if (!row) notFound();
  const [connection, events] = await Promise.all([
    row.connectionId ? readConnection(scope, row.connectionId) : null,
    listEventsOf(scope, row),
  ]);
  const { failure, ...told } = describeSignIn(row, connection?.provider ?? "custom", time.now);
  return (
    <>
      <PageHeader
        title={row.person ?? "Unknown person"}
        crumbs={[{ href: "/activity", label: "Sign-in activity" }]}
        badges={<OutcomeBadge outcome={told.outcome} />}
      />
      <div className="flex max-w-form flex-col gap-6">
        {failure && <FailureCard failure={failure} {...told} connection={connection} />}
        {told.outcome === "unanswered" && (
          <Notice tone="neutral" title="Nothing came back">
            The person was sent to the identity provider, and no answer has come: they may have closed the page, or not
            be assigned to the app. {told.record}
          </Notice>
        )}
        <AttemptCard attempt={{ ...row, ...told, connection }} time={time} />
        {events.length > 0 && (
          <Card title="Audit events">
            <EventList events={events.map((event) => ({ ...event, words: actionInWords(event.action) }))} time={time} />
          </Card>
        )}
        {typeof row.requestBody === "string" && (
          <details>
            <summary className="cursor-pointer py-1 text-small text-muted">
              The answer as it came, signatures removed
            </summary>
            <div className="mt-3">
              <CodeBlock label="SAML response">{row.requestBody}</CodeBlock>
            </div>
          </details>
        )}
      </div>
    </>
  );
}
