import { typedText } from "lib/scope/typed-text";
import { z } from "zod";

/** The provider types of DF-4: the type chooses guide and presets only. */
export const providers = ["okta", "entra", "google", "onelogin", "jumpcloud", "keycloak", "custom"] as const;
export type Provider = (typeof providers)[number];

export const providerNames: Record<Provider, string> = {
  okta: "Okta",
  entra: "Microsoft Entra ID",
  google: "Google Workspace",
  onelogin: "OneLogin",
  jumpcloud: "JumpCloud",
  keycloak: "Keycloak",
  custom: "Custom SAML",
};

/** What the reader calls the provider in a sentence: "Sign in with {IdP}". */
export const providerWord = (provider: string): string =>
  provider === "custom" ? "your identity provider" : (providerNames[provider as Provider] ?? "your identity provider");

export const jitValues = ["everyone", "invited", "provisioned"] as const;

/** Where the identity provider's facts came from; only an address can be read again. */
const source = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("url"), url: z.string(), readAt: z.string() }),
  z.object({ kind: z.literal("xml"), readAt: z.string() }),
  z.object({ kind: z.literal("manual"), readAt: z.string() }),
]);

export const identityProvider = z.object({
  source,
  entityId: z.string(),
  ssoRedirectUrl: z.string().nullable(),
  ssoPostUrl: z.string().nullable(),
});
export type IdentityProvider = z.infer<typeof identityProvider>;

/** The document of one ConnectionVersion. Name, label, domains and certificates lie outside and apply at once. */
export const connectionSettings = z.object({
  identityProvider: identityProvider.nullable(),
  /** Attribute names per field, first present wins; empty = the default table of sign-in.md section 5. */
  mapping: z.record(z.string(), z.array(z.string())),
  options: z.object({
    jit: z.enum(jitValues),
    idpInitiated: z.boolean(),
    requireSignedAssertion: z.boolean(),
    toleranceSeconds: z.number().int().min(0).max(300),
    nameIdFormat: z.enum(["unspecified", "emailAddress", "persistent"]),
  }),
});
export type ConnectionSettings = z.infer<typeof connectionSettings>;

/** The defaults of behaviours.md section 6 (V-3, V-4, V-5, V-16). */
export const initialSettings = (provider: Provider): ConnectionSettings => ({
  identityProvider: null,
  mapping: {},
  options: {
    jit: "everyone",
    idpInitiated: true,
    requireSignedAssertion: provider === "okta",
    toleranceSeconds: 120,
    nameIdFormat: "unspecified",
  },
});

/** The addresses of a connection; they never change while it lives (DF-6). `appUrl` is the origin. */
export const connectionUrls = (appUrl: string, connectionId: string) => ({
  acsUrl: `${appUrl}/api/saml/${connectionId}/acs`,
  entityId: `${appUrl}/api/saml/${connectionId}/metadata`,
  spMetadataUrl: `${appUrl}/api/saml/${connectionId}/metadata`,
  signInUrl: `${appUrl}/sign-in/with/${connectionId}`,
});

/** So many an organization can have. */
export const connectionLimit = 20;

export const connectionName = z
  .string()
  .trim()
  .min(1, "Enter a name")
  .max(60, "Use at most 60 characters")
  .regex(/^[\p{L}\p{M}\p{N} _-]+$/u, "No special characters are allowed");

export const connectionLabel = typedText.min(1, "Enter a label").max(40, "Use at most 40 characters");

/** "Sign in with {name}", or the provider's word where the name is too long for a button (FX-8). */
export const defaultLabel = (name: string, provider: Provider): string =>
  name.length <= 27 ? `Sign in with ${name}` : `Sign in with ${providerWord(provider)}`;

const id = z.uuid();
const version = z.number().int();

/** An empty label means the default one. */
const label = z.union([z.literal(""), connectionLabel]);

/** Names of this organization's domains; the verb says which of them may be linked. */
const domains = z
  .array(z.string().max(253))
  .max(200)
  .transform((names) => [...new Set(names.map((name) => name.toLowerCase()))]);

export const createConnectionInput = z.object({
  name: connectionName,
  provider: z.enum(providers),
  label: label.default(""),
  domains: domains.default([]),
});
export type CreateConnection = z.infer<typeof createConnectionInput>;

/** What is absent stays; `domains` is the whole list that shall be linked. */
export const updateConnectionInput = z.object({
  connectionId: id,
  version,
  name: connectionName.optional(),
  provider: z.enum(providers).optional(),
  label: label.optional(),
  domains: domains.optional(),
});
export type UpdateConnection = z.infer<typeof updateConnectionInput>;

export const maxMetadataFile = 256 * 1024;

/** The four ways to give an identity provider's facts; paste and file are both `xml`. */
export const metadataInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("url"), url: typedText.pipe(z.string().min(1, "Enter the metadata URL").max(2_048)) }),
  z.object({
    kind: z.literal("xml"),
    xml: z
      .string()
      .min(1, "Paste the metadata or choose a file")
      .refine(
        (text) => new TextEncoder().encode(text).length <= maxMetadataFile,
        "This is too large to be one app's metadata.",
      ),
  }),
  z.object({
    kind: z.literal("manual"),
    /** May be empty for Okta's form of SSO URL (DF-14). */
    entityId: typedText.pipe(z.string().max(1_024, "Use at most 1024 characters")),
    ssoUrl: typedText.pipe(z.string().min(1, "Enter the SSO URL").max(2_048)),
    certificates: z.array(z.string().max(65_536, "This is too long for a certificate")).min(1).max(10),
  }),
]);
export type MetadataInput = z.infer<typeof metadataInput>;

export const readMetadataInput = z.object({ connectionId: id, metadata: metadataInput });
export type ReadMetadata = z.infer<typeof readMetadataInput>;

/** `reviewed` is the fingerprint of what the reader was shown; absent, what is read now is taken. */
export const saveDraftInput = z.object({
  connectionId: id,
  version,
  metadata: metadataInput,
  reviewed: z.string().optional(),
});
export type SaveDraft = z.infer<typeof saveDraftInput>;

export const updateOptionsInput = z.object({
  connectionId: id,
  version,
  jit: z.enum(jitValues).optional(),
  idpInitiated: z.boolean().optional(),
});
export type UpdateOptions = z.infer<typeof updateOptionsInput>;

export const connectionIdInput = z.object({ connectionId: id });
export type ConnectionIdInput = z.infer<typeof connectionIdInput>;

/** For activate, enable: the version seen, so that nobody puts in force what they did not look at. */
export const connectionVersionInput = z.object({ connectionId: id, version });
export type ConnectionVersionInput = z.infer<typeof connectionVersionInput>;

export const refreshMetadataInput = z.object({ connectionId: id, fingerprint: z.string().max(64) });
export type RefreshMetadata = z.infer<typeof refreshMetadataInput>;

export const addCertificateInput = z.object({
  connectionId: id,
  pem: z.string().min(1, "Paste the certificate").max(65_536, "This is too long for a certificate"),
});
export type AddCertificate = z.infer<typeof addCertificateInput>;

export const disableConnectionInput = z.object({
  connectionId: id,
  version,
  endSessions: z.boolean().default(false),
  pauseProvisioning: z.boolean().default(false),
});
export type DisableConnection = z.infer<typeof disableConnectionInput>;

export const deleteConnectionInput = z.object({
  connectionId: id,
  confirmation: z.string().trim(),
  users: z.enum(["manual", "deactivate"]).default("manual"),
});
export type DeleteConnection = z.infer<typeof deleteConnectionInput>;

/** `step` is the guide's own name for one of its steps. */
export const tickGuideInput = z.object({
  connectionId: id,
  step: z.string().regex(/^[a-z0-9-]{1,40}$/),
  done: z.boolean(),
});
export type TickGuide = z.infer<typeof tickGuideInput>;

/** Connection.guideTicks. */
export const guideTicks = z.array(z.string());

const manyOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()).filter((value) => values.includes(value as string)),
    z.array(z.enum(values)),
  );

export const connectionStatuses = ["draft", "active", "disabled"] as const;

/** The list's filters as search params; a bad value falls back without an error. */
export const connectionFilter = z.object({
  status: manyOf(connectionStatuses),
  provider: manyOf(providers),
  domain: z.preprocess(
    (given) => (typeof given === "string" ? given.toLowerCase() : ""),
    z.string().max(253).catch(""),
  ),
});
export type ConnectionFilter = z.infer<typeof connectionFilter>;

export type CertificateFacts = {
  sha256: string;
  subject: string;
  notBefore: Date;
  notAfter: Date;
  keyBits: number;
};

/** What was read of an identity provider, for review before it is saved. `leftOut` cannot be used, and says why. */
export type MetadataFacts = {
  kind: MetadataInput["kind"];
  url: string | null;
  host: string | null;
  entityId: string;
  ssoRedirectUrl: string | null;
  ssoPostUrl: string | null;
  certificates: CertificateFacts[];
  leftOut: (CertificateFacts & { why: string })[];
  wantsSignedRequests: boolean;
  warnings: string[];
  fingerprint: string;
};

/** What a refresh of the metadata would change, or has changed. */
export type RefreshPreview = {
  unchanged: boolean;
  added: CertificateFacts[];
  retired: CertificateFacts[];
  before: { ssoRedirectUrl: string | null; ssoPostUrl: string | null };
  after: { ssoRedirectUrl: string | null; ssoPostUrl: string | null };
  fingerprint: string;
};

/** Where a connection's name leads: a draft reopens at the first thing not done (AV-2). */
export function setUpHref({
  id,
  step,
}: {
  id: string;
  step: "domains" | "identity-provider" | "activate" | null;
}): string {
  const base = `/connections/${id}`;
  if (step === "domains") return `${base}/domains`;
  return step === null ? base : `${base}#${step}`;
}
