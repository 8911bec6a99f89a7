import { type CertificateFault, type JudgedCertificate, readCertificates } from "./certificate";
import { checkEntityId, checkSsoUrl } from "./idp-address";
import type { MetadataFaultCode, MetadataFaultDetails } from "./metadata-faults";
import { readMetadataText } from "./metadata-text";
import { findMetadataWarnings, type MetadataWarning } from "./metadata-warnings";
import { metadata, postBinding, redirectBinding, xmldsig } from "./namespaces";
import { attribute, childrenNamed, descendants, type Element, is } from "./read-xml";
import { readTime } from "./time";

export type IdpMetadata = {
  entityId: string;
  ssoRedirectUrl: string | null;
  ssoPostUrl: string | null;
  certificates: JudgedCertificate[];
  /** What the identity provider says about signatures: whether it wants our requests signed. */
  signingClaims: { wantAuthnRequestsSigned: boolean };
  nameIdFormats: string[];
  validUntil: Date | null;
  warnings: MetadataWarning[];
};

export type MetadataFault = MetadataFaultDetails & { ok: false; code: MetadataFaultCode };
export type MetadataReading = { ok: true; facts: IdpMetadata } | MetadataFault;

type Options = {
  now: Date;
  /** What every entity ID of ours begins with. */
  ownEntityIdPrefix: string;
  allowHttpLoopback: boolean;
  /** The host the metadata came from, if it came from one. */
  metadataHost?: string;
};

/**
 * Reads SAML metadata of one identity provider, wherever it came from. Its own signature is not checked: trust comes
 * from TLS or from the owner who pasted it (sign-in.md 1.3). Nothing is kept of metadata that has a fault.
 */
export function readIdpMetadata(text: string, options: Options): MetadataReading {
  const read = readMetadataText(text);
  if (!read.ok) return read;
  const found = findIdp(read.root, options.ownEntityIdPrefix);
  if ("ok" in found) return found;
  const { entity, role } = found;
  const named = checkEntityId(attribute(entity, "entityID") ?? "", options.ownEntityIdPrefix);
  if (!named.ok) return named;
  const validUntil = findValidUntil(role);
  if (validUntil && options.now >= validUntil) return { ok: false, code: "GH-META-EXPIRED", date: validUntil };
  const addresses = findAddresses(role, options);
  if ("ok" in addresses) return addresses;
  const certificates = findCertificates(role, options.now);
  if ("ok" in certificates) return certificates;
  const facts = {
    entityId: named.entityId,
    ...addresses,
    certificates: certificates.judged,
    signingClaims: { wantAuthnRequestsSigned: isTrue(attribute(role, "WantAuthnRequestsSigned")) },
    nameIdFormats: childrenNamed(role, metadata, "NameIDFormat").map((format) => (format.textContent ?? "").trim()),
    validUntil,
  };
  const unreadable = certificates.unreadable;
  return { ok: true, facts: { ...facts, warnings: findMetadataWarnings(facts, { ...options, unreadable }) } };
}

const isTrue = (text: string | null) => text === "true" || text === "1";

/** The one entity with an identity-provider role, in an EntityDescriptor or in any depth of EntitiesDescriptor. */
function findIdp(root: Element, ownPrefix: string): { entity: Element; role: Element } | MetadataFault {
  const isMetadata = is(root, metadata, "EntityDescriptor") || is(root, metadata, "EntitiesDescriptor");
  const entities = isMetadata ? [...descendants(root)].filter((one) => is(one, metadata, "EntityDescriptor")) : [];
  const roles = entities.flatMap((entity) => {
    const [role] = childrenNamed(entity, metadata, "IDPSSODescriptor");
    return role ? [{ entity, role }] : [];
  });
  const [first] = roles;
  if (first && roles.length === 1) return first;
  if (first) return { ok: false, code: "GH-META-SEVERAL", count: roles.length };
  if (entities.some((entity) => attribute(entity, "entityID")?.startsWith(ownPrefix))) {
    return { ok: false, code: "GH-META-OURS" };
  }
  return { ok: false, code: "GH-META-NOT-IDP", variant: entities.length > 0 ? "application" : "other" };
}

/** The first Redirect and the first POST endpoint count (sign-in.md 1.3). */
function findAddresses(
  role: Element,
  options: Options,
): { ssoRedirectUrl: string | null; ssoPostUrl: string | null } | MetadataFault {
  const services = childrenNamed(role, metadata, "SingleSignOnService");
  const urls: (string | null)[] = [];
  for (const binding of [redirectBinding, postBinding]) {
    const service = services.find((one) => attribute(one, "Binding") === binding);
    const checked = service ? checkSsoUrl(attribute(service, "Location") ?? "", options) : null;
    if (checked && !checked.ok) return checked;
    urls.push(checked?.url ?? null);
  }
  const [ssoRedirectUrl = null, ssoPostUrl = null] = urls;
  return ssoRedirectUrl || ssoPostUrl ? { ssoRedirectUrl, ssoPostUrl } : { ok: false, code: "GH-META-BINDING" };
}

/** Keys for signing are those that say so and those that say nothing (SAML metadata 2.4.1.1). */
function findCertificates(
  role: Element,
  now: Date,
): { judged: JudgedCertificate[]; unreadable: number } | MetadataFault {
  const texts = childrenNamed(role, metadata, "KeyDescriptor")
    .filter((key) => (attribute(key, "use") ?? "signing") === "signing")
    .flatMap((key) => [...descendants(key)].filter((one) => is(one, xmldsig, "X509Certificate")))
    .map((one) => one.textContent ?? "");
  if (texts.length === 0) return { ok: false, code: "GH-META-NO-CERT" };
  const judged = new Map<string, JudgedCertificate>();
  const faults: CertificateFault[] = [];
  let unreadable = 0;
  for (const text of texts) {
    const reading = readCertificates(text, now);
    if (!reading.ok) faults.push(reading.fault);
    if (reading.certificates.length === 0) unreadable += 1;
    for (const one of reading.certificates) judged.set(one.sha256, one);
  }
  const [certificate] = faults;
  if (certificate && ![...judged.values()].some((one) => one.usable)) {
    const isKey = certificate.reason === "not-rsa" || certificate.reason === "key-too-short";
    return { ok: false, code: isKey ? "GH-META-KEY" : "GH-META-CERT", certificate };
  }
  return { judged: [...judged.values()], unreadable };
}

/** The earliest end of the role and of everything around it (SAML metadata 2.3). */
function findValidUntil(role: Element): Date | null {
  let earliest: Date | null = null;
  for (let node: Element | null = role; node; node = node.parentElement) {
    const until = readTime(attribute(node, "validUntil") ?? "");
    if (until && (!earliest || until < earliest)) earliest = until;
  }
  return earliest;
}
