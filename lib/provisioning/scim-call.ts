import "server-only";
import type { DirectoryOptions } from "lib/directories/schema";
import type { Operation } from "lib/exchanges/schema";
import type { JsonObject } from "lib/protocol/scim/json";
import type { OrgScope } from "lib/scope/scope";
import type { TokenForm } from "lib/tokens/schema";

/** The directory that the token named. */
export type CallDirectory = { id: string; connectionId: string; connectionName: string; options: DirectoryOptions };

/** One SCIM request after every check of scim.md section 1. */
export type ScimCall = {
  scope: OrgScope;
  directory: CallDirectory;
  method: string;
  /** As it was sent, with its query: for the log. */
  path: string;
  /** The endpoint's own segment: an id, a URN or a name; empty for a collection. */
  id: string;
  query: URLSearchParams;
  body: JsonObject;
  ifMatch: string | null;
  ifNoneMatch: string | null;
  tokenId: string;
  tokenName: string;
  /** The last characters of the token, for its mask. */
  tokenTail: string;
  /** How the token was written; another form than "Bearer T" is remarked on in the log. */
  tokenForm: TokenForm;
  startedAt: number;
  /** Work under way past this moment is rolled back: Okta closes its socket at 60 s. */
  deadline: number;
  /** Asks again whether the token still opens the directory, for work of many parts; a fault where it does not. */
  readmit?: () => Promise<void>;
  /** Of an operation: the reference of the bulk request that it came in. */
  bulkReference?: string;
  /** Counts further points in the directory's rate: a filter that no index answers costs ten. */
  charge: (points: number) => void;
};

export type ScimAnswer = {
  status: number;
  /** An object, or JSON text that PostgreSQL made. */
  body?: object | string;
  /** In place of the body in the log: a list keeps its ids only. */
  logged?: object;
  location?: string;
  version?: number;
  /** The request in words: "Deactivated Ann Lee". */
  summary: string;
  /** Where the form of the request does not say what it is. */
  operation?: Operation;
  person?: string | null;
  userId?: string | null;
  /** Further facts of the log: hints, skipped members, the difference. */
  detail?: Record<string, unknown>;
};

export type ScimHandler = (call: ScimCall) => Promise<ScimAnswer>;
