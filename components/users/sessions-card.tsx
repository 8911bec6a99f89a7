"use client";
import { useRun } from "components/ui/action-runner";
import { Badge } from "components/ui/badge";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Notice } from "components/ui/notice";
import { Table } from "components/ui/table";
import { Time } from "components/ui/time";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { deviceInWords, type EndSession, methodNames } from "lib/users/schema";
import { useRouter } from "next/navigation";
import { useState } from "react";

export type SessionRow = {
  id: string;
  method: string;
  clientAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** The session that looks at this page. */
  own: boolean;
};

type SessionsCardProps = {
  userId: string;
  sessions: readonly SessionRow[];
  /** sessionId null: all but the own one. Absent: this reader may not. */
  end?: (input: EndSession) => Promise<ActionResult<unknown>>;
  time: { now: Date; locale: string };
};

/** Where a person is signed in, with the way to end it. */
export function SessionsCard({ userId, sessions, end, time }: SessionsCardProps) {
  const run = useRun();
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);

  async function press(sessionId: string | null) {
    if (!end) return;
    const result = await run(() => end({ userId, sessionId }));
    setRefusal(result.ok ? null : result.message);
    if (result.ok) toastDone(sessionId ? "Session ended" : "Sessions ended");
    router.refresh();
  }

  const others = sessions.filter(({ own }) => !own).length;
  return (
    <Card
      title="Sessions"
      actions={
        end &&
        others > 0 && (
          <Button size="small" onClick={() => press(null)}>
            End all {others === sessions.length ? "" : "other "}sessions
          </Button>
        )
      }
    >
      {refusal && (
        <Notice tone="danger" role="alert">
          {refusal}
        </Notice>
      )}
      {sessions.length === 0 ? (
        <p className="text-muted">Not signed in anywhere.</p>
      ) : (
        <Table
          caption="Sessions"
          rows={sessions}
          rowKey={(session) => session.id}
          columns={[
            {
              head: "Device",
              cell: (session) => (
                <>
                  <span className="flex flex-wrap items-center gap-2">
                    {deviceInWords(session.userAgent)}
                    {session.own && <Badge tone="ok">This device</Badge>}
                  </span>
                  <span className="block font-normal text-muted">
                    {methodNames[session.method] ?? session.method}, from{" "}
                    {session.clientAddress ?? "an unknown address"}
                  </span>
                </>
              ),
            },
            { head: "Since", cell: (session) => <Time at={session.createdAt} {...time} /> },
            { head: "Last seen", cell: (session) => <Time at={session.lastSeenAt} {...time} /> },
          ]}
          actions={
            end &&
            ((session) => (
              <Button size="small" onClick={() => press(session.id)}>
                End session
              </Button>
            ))
          }
        />
      )}
    </Card>
  );
}
