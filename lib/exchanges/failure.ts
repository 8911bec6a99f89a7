import "server-only";
import type { PublicCode } from "./public-texts";

/** Expected and received values, times, names: kept with the exchange, never shown to the person who signs in. */
export type Detail = Record<string, unknown>;

export type Failure = {
  /** What the person is told; null where the answer is a plain status and nothing is recorded. */
  publicCode: PublicCode | null;
  cause: (detail: Detail) => string;
  /** In Okta's own words, with the click path. */
  okta: (detail: Detail) => string;
  /** For every other provider. */
  other: (detail: Detail) => string;
};
