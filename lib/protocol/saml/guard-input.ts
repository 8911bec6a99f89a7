import type { TrustedCertificate } from "./signature";

export type Expected = {
  acsUrl: string;
  /** Ours, of this connection. */
  entityId: string;
  idpEntityId: string;
  /** Current and next; retired ones are not given. */
  certificates: TrustedCertificate[];
  /** The ID of our request, or null for an answer that nobody asked for. */
  requestId: string | null;
  requestSentAt: Date | null;
};

export type GuardOptions = {
  requireSignedAssertion: boolean;
  toleranceSeconds: number;
  /** Attribute names that decide something, `mappedNames` of attributes.ts. */
  mappedNames: string[];
  /** Other connections of the organization, to name the one an answer belongs to. */
  otherIssuers?: { entityId: string; name: string }[];
};

export type GuardInput = { samlResponse: string; expected: Expected; options: GuardOptions; now: Date };
