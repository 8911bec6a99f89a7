import { Badge } from "components/ui/badge";
import { FactList } from "components/ui/fact-list";
import { Mono } from "components/ui/mono";
import { Notice } from "components/ui/notice";
import { Time } from "components/ui/time";
import type { MetadataFacts } from "lib/connections/schema";

type WhatWeReadProps = { facts: MetadataFacts; time: { now: Date; locale: string } };

/** The facts found in what was given, for review before Save. */
export function WhatWeRead({ facts, time }: WhatWeReadProps) {
  return (
    <section aria-label="What we read" className="flex min-w-0 flex-col gap-4 rounded-card border bg-sunken p-4">
      <h3 className="font-semibold">What we read</h3>
      <FactList
        facts={[
          ...(facts.host ? [{ name: "Read from", value: facts.host, mono: true }] : []),
          { name: "Entity ID", value: facts.entityId, mono: true },
          ...(facts.ssoRedirectUrl ? [{ name: "SSO URL (Redirect)", value: facts.ssoRedirectUrl, mono: true }] : []),
          ...(facts.ssoPostUrl ? [{ name: "SSO URL (POST)", value: facts.ssoPostUrl, mono: true }] : []),
          {
            name: facts.certificates.length === 1 ? "Certificate" : "Certificates",
            value: (
              <ul className="flex flex-col gap-2">
                {facts.certificates.map((certificate) => (
                  <li key={certificate.sha256}>
                    valid until <Time at={certificate.notAfter} form="date" {...time} />
                    <span className="block text-small text-muted">
                      {certificate.subject} · RSA {certificate.keyBits} · <Mono>{certificate.sha256}</Mono>
                    </span>
                  </li>
                ))}
                {facts.leftOut.map((certificate) => (
                  <li key={certificate.sha256}>
                    <Badge tone="warn">Left out</Badge> {certificate.why}
                  </li>
                ))}
              </ul>
            ),
          },
          { name: "Renewal", value: facts.url ? "Can be read again from its address" : "Cannot refresh: no address" },
        ]}
      />
      {facts.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
    </section>
  );
}
