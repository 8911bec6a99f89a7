import { Mono } from "components/ui/mono";
import { Notice } from "components/ui/notice";
import { Time } from "components/ui/time";
import type { DomainCheck } from "lib/domains/schema";

/** The last look-up in words: when, whom it asked, what stood there. */
export function LastCheck({ check, time }: { check: DomainCheck; time: { now: Date; locale: string } }) {
  return (
    <Notice tone={check.outcome === "found" ? "ok" : "warn"} title={check.sentence}>
      <div className="flex flex-col gap-2 text-small text-muted">
        <p>
          <Time at={check.at} {...time} />, asked {check.servers.join(", ")} for <Mono>{check.host}</Mono>.
        </p>
        {check.records.length > 0 && (
          <ul className="flex flex-col gap-1">
            {check.records.map((record) => (
              <li key={record}>
                <Mono>{record}</Mono>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Notice>
  );
}
