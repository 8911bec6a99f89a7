import { CertificatePill, ConnectionBadge } from "components/connections/connection-badges";
import type { ConnectionRow } from "components/connections/connections-table";
import { ProviderMark } from "components/connections/provider-mark";
import { FactList } from "components/ui/fact-list";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { setUpHref } from "lib/connections/schema";

type ConnectionHealthProps = {
  connection: Omit<ConnectionRow, "provisioning"> & {
    provisioning: { state: string; lastCallAt: Date | null };
    /** Refused sign-ins of 7 days; null: this reader may not see them. */
    failures: number | null;
  };
  time: { now: Date; locale: string };
};

/** One connection at a glance: certificate, last sign-in, failures, last SCIM call. */
export function ConnectionHealth({ connection, time }: ConnectionHealthProps) {
  const { id, name, provider, status, certificate, domains, lastSignInAt, failures, provisioning } = connection;
  const title = `connection-${id}`;
  return (
    <section aria-labelledby={title} className="flex min-w-0 flex-col gap-4 rounded-card border bg-surface p-4 sm:p-5">
      <div className="flex min-w-0 items-start gap-3">
        <ProviderMark provider={provider} />
        <div className="min-w-0 flex-1">
          <h3 id={title} className="text-title font-semibold [overflow-wrap:anywhere]">
            <TextLink quiet href={setUpHref(connection)} className="text-text">
              <bdi>{name}</bdi>
            </TextLink>
          </h3>
          <p className="text-small text-muted [overflow-wrap:anywhere]">
            {domains.length > 0 ? domains.map((domain) => domain.name).join(", ") : "No domain linked"}
          </p>
        </div>
        <ConnectionBadge status={status} />
      </div>
      <FactList
        className="text-small"
        facts={[
          { name: "Certificate", value: certificate ? <CertificatePill certificate={certificate} /> : "None yet" },
          { name: "Last sign-in", value: lastSignInAt ? <Time at={lastSignInAt} {...time} /> : "None yet" },
          ...(failures === null
            ? []
            : [
                {
                  name: "Failures, 7 days",
                  value:
                    failures === 0 ? (
                      "None"
                    ) : (
                      <TextLink href={`/activity?connection=${id}&outcome=failed`}>
                        {new Intl.NumberFormat(time.locale).format(failures)}
                      </TextLink>
                    ),
                },
              ]),
          { name: "Last SCIM call", value: <LastCall {...provisioning} id={id} time={time} /> },
        ]}
      />
    </section>
  );
}

type LastCallProps = { id: string; state: string; lastCallAt: Date | null; time: ConnectionHealthProps["time"] };

function LastCall({ id, state, lastCallAt, time }: LastCallProps) {
  const href = `/connections/${id}/provisioning`;
  if (state === "off") return <TextLink href={href}>Provisioning is off</TextLink>;
  if (!lastCallAt) return <TextLink href={href}>Waiting for first call</TextLink>;
  return <Time at={lastCallAt} {...time} />;
}
