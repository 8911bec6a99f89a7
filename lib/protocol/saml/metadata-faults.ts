import type { CertificateFault } from "./certificate";

/** Whatever a sentence may have to name. */
export type MetadataFaultDetails = {
  host?: string;
  line?: number;
  count?: number;
  date?: Date;
  certificate?: CertificateFault;
  /** Which of several sentences of one code applies. */
  variant?: string;
  /** The reader's word for the identity provider, "Okta". */
  provider?: string;
};

type Row = { heading: string; sentence: (details: MetadataFaultDetails) => string };

const pasteIt = "You can paste the XML.";

/** Every way in which identity-provider settings can be wrong: what the administrator reads (sign-in.md 1.3). */
export const metadataFaults = {
  "GH-META-URL": {
    heading: "Invalid metadata URL",
    sentence: ({ variant }) =>
      variant === "user-or-port" ? "Remove the user name and the port." : "Use an https address.",
  },
  "GH-META-UNREACHABLE": {
    heading: "Metadata URL not accessible",
    sentence: ({ variant, host = "The host" }) => {
      if (variant === "silent") return `${host} did not answer within 8 seconds. Is a firewall in the way? ${pasteIt}`;
      if (variant === "tls") return `The TLS certificate of ${host} is not trusted.`;
      if (variant === "sign-in") return "This address asks for a sign-in.";
      if (variant === "nothing-there") {
        return "There is nothing at this address: the app was deleted, or the link is cut off. Copy Metadata URL again from Sign On.";
      }
      return "Check the spelling. If the host is inside your network, paste the XML, or ask the operator to allow the host.";
    },
  },
  "GH-META-TOO-LARGE": {
    heading: "Metadata too large",
    sentence: ({ variant }) =>
      variant === "slow"
        ? `The whole answer took longer than 8 seconds. ${pasteIt}`
        : "This is too large to be one app's metadata.",
  },
  "GH-META-HTML": {
    heading: "This URL returned a web page, not SAML metadata",
    sentence: () => "In Okta copy Metadata URL, not the page of View SAML setup instructions.",
  },
  "GH-META-XML": {
    heading: "This is not metadata",
    sentence: ({ line = 1 }) => `Line ${line} is not valid XML: was the end cut off?`,
  },
  "GH-META-FORBIDDEN": {
    heading: "This is not metadata",
    sentence: ({ line = 1 }) => `Metadata with a DOCTYPE is refused. It stands on line ${line}.`,
  },
  "GH-META-NOT-IDP": {
    heading: "This is not identity provider metadata",
    sentence: ({ variant }) =>
      variant === "application"
        ? "This is metadata of an application, not of an identity provider."
        : "This XML describes no identity provider. Copy the metadata again.",
  },
  "GH-META-OURS": {
    heading: "This is not identity provider metadata",
    sentence: ({ provider = "your identity provider" }) =>
      `This is Gatehouse's own metadata. It belongs in ${provider}; we need that of ${provider}.`,
  },
  "GH-META-SEVERAL": {
    heading: "Several identity providers",
    sentence: ({ count = 2 }) => `This file describes ${count} identity providers. Give the one of your app.`,
  },
  "GH-META-ENTITY-ID": {
    heading: "Invalid Entity ID",
    sentence: ({ variant }) => entityIdSentences[variant ?? "empty"] ?? entityIdSentences.empty ?? "",
  },
  "GH-META-NO-CERT": {
    heading: "Invalid certificate",
    sentence: () => "No signing certificate inside.",
  },
  "GH-META-CERT": {
    heading: "Invalid certificate",
    sentence: ({ certificate }) => {
      const fault = certificate ?? { reason: "not-a-certificate" };
      return fault.reason === "expired" ? `${certificateSentence(fault)} ${renewal}` : certificateSentence(fault);
    },
  },
  "GH-META-KEY": {
    heading: "Invalid certificate",
    sentence: ({ certificate }) =>
      `${certificateSentence(certificate ?? { reason: "key-too-short", keyBits: 0 })} ${renewal}`,
  },
  "GH-META-EXPIRED": {
    heading: "Invalid certificate",
    sentence: ({ date }) => `It expired${date ? ` on ${dayOf(date)}` : ""}. ${renewal}`,
  },
  "GH-META-SSO-URL": {
    heading: "Invalid SSO URL",
    sentence: ({ variant }) =>
      variant === "user"
        ? "Remove the user name from the sign-in address."
        : "The sign-in address must start with https://.",
  },
  "GH-META-BINDING": {
    heading: "No usable sign-in address",
    sentence: () =>
      "The identity provider offers neither the Redirect nor the POST binding for sign-in. Switch one on there.",
  },
} as const satisfies Record<string, Row>;

export type MetadataFaultCode = keyof typeof metadataFaults;

const entityIdSentences: Record<string, string> = {
  empty: "Enter the Issuer.",
  "too-long": "The Entity ID is longer than 1,024 characters.",
  blanks: "The Entity ID holds blanks.",
  ours: "This is Gatehouse's own Entity ID. Give the Issuer of your identity provider.",
};

/** DF-15: what is wrong with a certificate, in one sentence with its cure. */
export function certificateSentence(fault: CertificateFault): string {
  switch (fault.reason) {
    case "empty":
      return "Enter the certificate.";
    case "private-key":
      return "This is a private key. Never paste it anywhere; give the certificate.";
    case "cut-off":
      return "The certificate is cut off: copy it again with the lines BEGIN CERTIFICATE and END CERTIFICATE.";
    case "not-a-certificate":
      return "This is not a certificate.";
    case "expired":
      return `It expired on ${dayOf(fault.date)}.`;
    case "not-yet-valid":
      return `Not valid before ${dayOf(fault.date)}.`;
    case "key-too-short":
      return "RSA key shorter than 2048 bits.";
    case "not-rsa":
      return `The key is ${fault.keyType}. Gatehouse needs an RSA key of 2048 bits or more.`;
  }
}

const renewal =
  "In Okta: Sign On > SAML Signing Certificates > generate and activate a new one, then read the metadata again.";

const day = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

/** "3 May 2026": a day in UTC, as the dates in a certificate are meant. */
export const dayOf = (date: Date) => new Intl.DateTimeFormat("en-GB", day).format(date);
