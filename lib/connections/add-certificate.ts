import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import { readCertificates } from "lib/protocol/saml/certificate";
import { certificateSentence } from "lib/protocol/saml/metadata-faults";
import type { OrgScope } from "lib/scope/scope";
import { described } from "./read-provider";
import type { AddCertificate } from "./schema";
import { lockConnection, touchConnection, trustCertificate } from "./steps";

/** Trusts a pasted certificate beside the present ones, so that a change of key at the provider fails no sign-in (DF-41). */
export const addCertificate = async (scope: OrgScope, { connectionId, pem }: AddCertificate) => {
  const fault = (sentence: string) =>
    refused("certificate_fault", { text: `Invalid certificate. ${sentence}`, field: "pem" });
  const reading = readCertificates(pem, now());
  if (!reading.ok) return fault(certificateSentence(reading.fault));
  const [first, ...others] = reading.certificates;
  if (!first || others.length > 0) return fault("These are several. Add one at a time.");
  const certificate = described(first);
  return write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    if (connection.liveNumber === null) return refused("wrong_state", { state: connection.status });
    const { sha256, notAfter } = certificate;
    const known = await tx.certificate.count({
      where: { orgId: scope.orgId, connectionId, sha256, state: { in: ["current", "next"] } },
    });
    if (known > 0) return refused("certificate_known");
    await trustCertificate(tx, scope, connectionId, { ...certificate, source: "manual" });
    await touchConnection(tx, scope, connectionId);
    const payload = { sha256, notAfter: notAfter.toISOString() };
    return done("connection.certificate_added", connection.target, payload, { sha256, notAfter });
  });
};
