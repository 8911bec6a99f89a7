"use client";
import { Button } from "components/ui/button";
import { Notice, type NoticeProps } from "components/ui/notice";
import { useState } from "react";

export type ShellNotice = Pick<NoticeProps, "tone" | "action"> & { id: string; text: string };

const urgency: Record<ShellNotice["tone"], number> = { danger: 0, warn: 1, info: 2, neutral: 3, ok: 4 };

/** What the whole organization should know now: the two most urgent, the rest on demand. */
export function Notices({ notices }: { notices: readonly ShellNotice[] }) {
  const [all, setAll] = useState(false);
  if (notices.length === 0) return null;
  const ranked = [...notices].sort((a, b) => urgency[a.tone] - urgency[b.tone]);
  const shown = all ? ranked : ranked.slice(0, 2);
  return (
    <section aria-label="Notices" className="mb-6 flex flex-col gap-2">
      {shown.map(({ id, tone, text, action }) => (
        <Notice key={id} tone={tone} action={action}>
          {text}
        </Notice>
      ))}
      {shown.length < notices.length && (
        <Button variant="quiet" size="small" className="self-start" onClick={() => setAll(true)}>
          Show {notices.length - shown.length} more
        </Button>
      )}
    </section>
  );
}
