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
  signInUrl: `${appUrl}/sign-in/with/${connectionId}`,
});

export const connectionName = z
  .string()
  .trim()
  .min(1, "Enter a name")
  .max(60, "Use at most 60 characters")
  .regex(/^[\p{L}\p{M}\p{N} _-]+$/u, "No special characters are allowed");

export const connectionLabel = z.string().trim().min(1, "Enter a label").max(40, "Use at most 40 characters");
