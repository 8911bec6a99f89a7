import "server-only";
import { now } from "lib/base/clock";
import { sha256 } from "lib/base/crypto";
import { env } from "lib/base/env";
import { type FetchFault, fetchPublicUrl } from "lib/base/fetch-public-url";
import { countUse } from "lib/base/limit";
import { accepted, refused } from "lib/base/refusals";
import { type JudgedCertificate, readCertificates } from "lib/protocol/saml/certificate";
import { checkEntityId, checkSsoUrl, oktaEntityIdFromSsoUrl } from "lib/protocol/saml/idp-address";
import { readIdpMetadata } from "lib/protocol/saml/idp-metadata";
import {
  certificateSentence,
  type MetadataFaultCode,
  type MetadataFaultDetails,
  metadataFaults,
} from "lib/protocol/saml/metadata-faults";
import { findMetadataWarnings, warningSentence } from "lib/protocol/saml/metadata-warnings";
import type { OrgScope } from "lib/scope/scope";
import { type MetadataFacts, type MetadataInput, providerWord } from "./schema";

export type ReadCertificate = { pem: string } & MetadataFacts["certificates"][number];
/** The facts with the certificates' PEM, ready to be stored. */
export type ProviderReading = Omit<MetadataFacts, "certificates"> & { certificates: ReadCertificate[] };

type Given<K extends MetadataInput["kind"]> = Extract<MetadataInput, { kind: K }>;

/**
 * Reads the identity provider's facts from where the owner says they are, by the one reader of metadata, and stores
 * nothing. Every fault is a sentence for the field it belongs to.
 */
export async function readProvider(scope: OrgScope, provider: string, input: MetadataInput) {
  if (input.kind === "manual") return readManual(provider, input);
  if (input.kind === "xml") return readDocument(provider, input, input.xml, null);
  await countUse("metadataFetch", scope.orgId);
  const fetched = await fetchPublicUrl(input.url);
  if (!fetched.ok) return fetchRefusal(fetched.fault, fetched.host);
  return readDocument(provider, input, new TextDecoder().decode(fetched.bytes), fetched.host);
}

const rules = () => ({
  now: now(),
  ownEntityIdPrefix: `${env().APP_URL.origin}/api/saml/`,
  allowHttpLoopback: ["localhost", "127.0.0.1", "[::1]"].includes(env().APP_URL.hostname),
});

function readDocument(provider: string, input: Given<"url" | "xml">, text: string, host: string | null) {
  const reading = readIdpMetadata(text, { ...rules(), ...(host ? { metadataHost: host } : {}) });
  if (!reading.ok) {
    const { ok: _, code, ...details } = reading;
    return faultRefusal(code, { ...details, provider: providerWord(provider) }, `metadata.${input.kind}`);
  }
  const { certificates, warnings, signingClaims, ...facts } = reading.facts;
  return accepted(
    readingOf(
      { kind: input.kind, url: input.kind === "url" ? input.url : null, host },
      { ...facts, certificates, wantsSignedRequests: signingClaims.wantAuthnRequestsSigned },
      warnings.map(warningSentence),
    ),
  );
}

/** By hand: each wrong field has its own sentence, all at once (DF-14). */
function readManual(provider: string, input: Given<"manual">) {
  const fields: Record<string, string> = {};
  const fault = (field: string, code: MetadataFaultCode, details: MetadataFaultDetails) => {
    fields[`metadata.${field}`] = faultText(code, details);
  };
  const sso = checkSsoUrl(input.ssoUrl, rules());
  if (!sso.ok) fault("ssoUrl", sso.code, sso);
  const fromOkta = provider === "okta" ? oktaEntityIdFromSsoUrl(input.ssoUrl) : null;
  const entity = checkEntityId(input.entityId || (fromOkta ?? ""), rules().ownEntityIdPrefix);
  if (!entity.ok) fault("entityId", entity.code, { ...entity, provider: providerWord(provider) });
  const certificates = new Map<string, JudgedCertificate>();
  for (const text of input.certificates.filter((given, at) => given.trim() !== "" || at === 0)) {
    const reading = readCertificates(text, now());
    if (reading.ok) for (const one of reading.certificates) certificates.set(one.sha256, one);
    else fields["metadata.certificates"] = `Invalid certificate. ${certificateSentence(reading.fault)}`;
  }
  const [text] = Object.values(fields);
  if (text || !sso.ok || !entity.ok) return refused("metadata_fault", { text: text ?? "" }, fields);
  const facts = {
    entityId: entity.entityId,
    ssoRedirectUrl: sso.url,
    ssoPostUrl: null,
    certificates: [...certificates.values()],
    wantsSignedRequests: false,
  };
  const warnings = findMetadataWarnings(facts, { now: now(), unreadable: 0 });
  return accepted(readingOf({ kind: "manual", url: null, host: null }, facts, warnings.map(warningSentence)));
}

type Facts = {
  entityId: string;
  ssoRedirectUrl: string | null;
  ssoPostUrl: string | null;
  certificates: JudgedCertificate[];
  wantsSignedRequests: boolean;
};

function readingOf(
  source: Pick<MetadataFacts, "kind" | "url" | "host">,
  { entityId, ssoRedirectUrl, ssoPostUrl, wantsSignedRequests, certificates }: Facts,
  warnings: string[],
): ProviderReading {
  const usable = certificates.filter((one) => one.usable).map(described);
  const parts = [entityId, ssoRedirectUrl, ssoPostUrl, usable.map(({ sha256 }) => sha256).sort()];
  return {
    ...source,
    entityId,
    ssoRedirectUrl,
    ssoPostUrl,
    wantsSignedRequests,
    certificates: usable,
    leftOut: certificates.flatMap((one) => (one.why ? { ...described(one), why: certificateSentence(one.why) } : [])),
    warnings,
    // Of what was read, not of the bytes: signed metadata differs at every reading.
    fingerprint: sha256(JSON.stringify(parts)),
  };
}

export const described = ({
  pem,
  sha256,
  subject,
  notBefore,
  notAfter,
  keyBits,
}: JudgedCertificate): ReadCertificate => ({
  pem,
  sha256,
  subject,
  notBefore,
  notAfter,
  keyBits: keyBits ?? 0,
});

const faultText = (code: MetadataFaultCode, details: MetadataFaultDetails) => {
  const { heading, sentence } = metadataFaults[code];
  return `${heading}. ${sentence(details)}`;
};

const faultRefusal = (code: MetadataFaultCode, details: MetadataFaultDetails, field: string) =>
  refused("metadata_fault", { text: faultText(code, details), code, field });

/** What the fetch saw -> the fault of the table in sign-in.md 1.3. */
function fetchRefusal(fault: FetchFault, host: string | null) {
  const [code, variant] = fetchFaults[`${fault.kind} ${fault.detail}`] ?? ["GH-META-URL"];
  const details = { ...(host ? { host } : {}), ...(variant ? { variant } : {}) };
  return faultRefusal(code, details, "metadata.url");
}

const fetchFaults: Record<string, [MetadataFaultCode, string?]> = {
  "url port": ["GH-META-URL", "user-or-port"],
  "url user": ["GH-META-URL", "user-or-port"],
  "unreachable unknown": ["GH-META-UNREACHABLE"],
  "unreachable silent": ["GH-META-UNREACHABLE", "silent"],
  "unreachable tls": ["GH-META-UNREACHABLE", "tls"],
  "unreachable missing": ["GH-META-UNREACHABLE", "nothing-there"],
  "unreachable sign_in": ["GH-META-UNREACHABLE", "sign-in"],
  "unreachable refused": ["GH-META-UNREACHABLE"],
  "too_large size": ["GH-META-TOO-LARGE"],
  "too_large time": ["GH-META-TOO-LARGE", "slow"],
};
