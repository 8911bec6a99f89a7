import "server-only";

/** A caller's fault, thrown: the edge's translator turns it into that edge's answer. */
const statuses = {
  bad_origin: 403,
  bad_request: 400,
  forbidden: 403,
  managed_by_idp: 403,
  not_found: 404,
  rate_limited: 429,
  reauthentication_required: 403,
  signed_out: 401,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statuses;

export class AppError extends Error {
  readonly status: number;
  constructor(
    readonly code: ErrorCode,
    /** inDoubt: the database broke off while it committed, so the change is there as a whole or not at all. */
    readonly facts: { retryAfter?: number; needs?: string; inDoubt?: true } = {},
  ) {
    super(code);
    this.status = statuses[code];
  }
}
