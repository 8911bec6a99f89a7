import { EventList } from "components/audit/event-list";
import { CallStatus } from "components/provisioning/call-status";
import { ChangeCard } from "components/provisioning/change-card";
import { ExplanationCard } from "components/provisioning/explanation-card";
import { AnswerCard, RequestCard } from "components/provisioning/message-cards";
import { TryAgain } from "components/provisioning/try-again";
import { Card } from "components/ui/card";
import { PageHeader } from "components/ui/page-header";
import { actionInWords, listEventsOf } from "lib/audit/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { findCallPage } from "lib/provisioning/find-call-page";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { replayExchangeAction } from "../actions";

export const metadata: Metadata = { title: "SCIM request" };

export default async function CallPage({ params }: { params: Promise<{ callId: string }> }) {
  const scope = await pageScope("activity:read");
  const [found, time] = await Promise.all([findCallPage(scope, pageId((await params).callId)), pageTime()]);
  if (!found) notFound();
  const { call, told, isChange, ...links } = found;
  const events = may(scope, "audit:read") ? await listEventsOf(scope, call) : [];
  return (
    <>
      <PageHeader
        title={told.title}
        crumbs={[{ href: "/provisioning", label: "Provisioning" }]}
        badges={<CallStatus status={call.status} />}
        description={call.person && !told.title.includes(call.person) ? <bdi>{call.person}</bdi> : undefined}
      />
      <div className="flex max-w-form flex-col gap-6">
        <ExplanationCard {...told} />
        {isChange && call.outcome === "succeeded" && <ChangeCard {...told} {...links} />}
        {isChange && (
          <TryAgain
            exchangeId={call.id}
            notReplayed={found.notReplayed}
            apply={told.apply}
            replay={may(scope, "directory:replay") ? replayExchangeAction : undefined}
          />
        )}
        <RequestCard call={call} told={told} connection={links.connection} time={time} />
        <AnswerCard status={call.status} durationMs={call.durationMs} body={told.answerBody} />
        {events.length > 0 && (
          <Card title="Audit events">
            <EventList events={events.map((event) => ({ ...event, words: actionInWords(event.action) }))} time={time} />
          </Card>
        )}
      </div>
    </>
  );
}
