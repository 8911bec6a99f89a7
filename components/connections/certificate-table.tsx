import { Badge, type Tone } from "components/ui/badge";
import { Mono } from "components/ui/mono";
import { Table } from "components/ui/table";
import { Time } from "components/ui/time";

export type CertificateRow = {
  sha256: string;
  subject: string;
  notBefore: Date;
  notAfter: Date;
  keyBits: number;
  source: string;
  state: "current" | "next" | "retired";
  lastUsedAt: Date | null;
};

type CertificateTableProps = { certificates: readonly CertificateRow[]; time: { now: Date; locale: string } };

function stateOf({ state, notAfter }: CertificateRow, now: Date): { tone: Tone; word: string } {
  if (state === "retired") return { tone: "neutral", word: "Retired" };
  if (notAfter <= now) return { tone: "danger", word: "Expired" };
  return state === "next" ? { tone: "info", word: "Next" } : { tone: "ok", word: "Current" };
}

/** Which certificates are trusted, until when, and which one signed last. */
export function CertificateTable({ certificates, time }: CertificateTableProps) {
  if (certificates.length === 0) return <p className="text-muted">No certificate yet.</p>;
  return (
    <Table
      caption="Certificates"
      rows={certificates}
      rowKey={(certificate) => certificate.sha256}
      columns={[
        {
          head: "Certificate",
          className: "sm:w-1/2",
          cell: (certificate) => (
            <span className="flex min-w-0 flex-col gap-0.5">
              <bdi>{certificate.subject}</bdi>
              <span className="text-caption font-normal text-subtle">
                RSA {certificate.keyBits}, {certificate.source === "manual" ? "added by hand" : "from the metadata"},
                SHA-256 <Mono>{certificate.sha256}</Mono>
              </span>
            </span>
          ),
        },
        {
          head: "State",
          cell: (certificate) => {
            const { tone, word } = stateOf(certificate, time.now);
            return <Badge tone={tone}>{word}</Badge>;
          },
        },
        { head: "Valid until", cell: ({ notAfter }) => <Time at={notAfter} form="date" {...time} /> },
        {
          head: "Last used",
          cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} {...time} /> : "Not yet"),
        },
      ]}
    />
  );
}
