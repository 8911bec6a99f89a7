"use client";
import { Button } from "components/ui/button";
import { Notice, type NoticeProps } from "components/ui/notice";
import { useState } from "react";

export type ShellNotice = Pick<NoticeProps, "tone" | "action"> & { id: string; text: string };

/** What the whole organization should know now: two at most, the rest on demand. */
export function Notices({ notices }: { notices: readonly ShellNotice[] }) {
  const [all, setAll] = useState(false);
  if (notices.length === 0) return null;
  const shown = all ? notices : notices.slice(0, 2);
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
