import "server-only";

type Facts = Record<string, string | number>;

/**
 * What may be refused and what the reader is told: cause, then cure. The status is what a machine caller gets.
 * `field` names the form field under which the sentence stands.
 */
const refusals = {
  not_found: { status: 404, text: () => "This no longer exists, or belongs to another organization." },
  stale_version: {
    status: 409,
    text: ({ by }: Facts) =>
      `${by ? `${by} changed this meanwhile` : "This was changed meanwhile"}. Reload to see it; what you typed stays in the fields.`,
  },
  name_taken: { status: 409, field: "name", text: () => "Name is already used" },
  email_taken: {
    status: 409,
    field: "email",
    text: () => "A person with this address is already in your organization.",
  },
  slug_taken: { status: 409, field: "slug", text: () => "This short name is already used." },
  last_owner: {
    status: 409,
    text: ({ organization }: Facts) => `${organization} needs at least one owner. Make another person owner first.`,
  },
  managed_by_idp: {
    status: 403,
    text: ({ provider, what = "person" }: Facts) => `This ${what} is managed by ${provider}. Change it there.`,
  },
  not_deactivated: { status: 409, text: () => "Deactivate this person first; then they can be deleted." },
  still_synchronized: {
    status: 409,
    text: ({ connection, what = "person" }: Facts) =>
      `Provisioning of ${connection} is on, so its next push would make this ${what} managed again. Switch it off first.`,
  },
  owners_only: { status: 403, text: () => "Only owners change owners." },
  by_hand_owners_only: {
    status: 403,
    text: ({ provider }: Facts) =>
      `Only owners add people by hand while provisioning is on. Assign the person in ${provider}, or ask an owner.`,
  },
  wrong_password: { status: 403, field: "currentPassword", text: () => "This is not your present password." },
  own_address: { status: 400, field: "password", text: () => "Choose something other than your e-mail address." },
  // domains
  domain_known: { status: 409, field: "name", text: () => "This domain is already in your list." },
  domain_invalid: { status: 400, field: "name", text: () => "Not a valid domain" },
  domain_mail_provider: { status: 400, field: "name", text: () => "This domain belongs to a mail provider" },
  domain_elsewhere: { status: 409, text: () => "This domain is verified elsewhere" },
  domain_not_verified: { status: 409, field: "domains", text: () => "Domain is not verified" },
  domain_used: {
    status: 409,
    field: "domains",
    text: ({ connection }: Facts) => `Domain is already used by ${connection}`,
  },
  domain_linked: { status: 409, text: ({ connection }: Facts) => `Linked to ${connection}. Unlink it there first.` },
  confirmation_differs: { status: 400, field: "confirmation", text: ({ name }: Facts) => `Type ${name} to confirm` },
  // connections
  connection_limit: { status: 409, text: () => "An organization can have 20 connections." },
  settings_incomplete: { status: 409, text: ({ missing }: Facts) => `Not yet complete: ${missing}.` },
  domain_unverified: { status: 409, text: () => "Domain is not verified" },
  metadata_fault: { status: 400, field: "metadata", text: ({ text }: Facts) => String(text) },
  certificate_fault: { status: 400, field: "certificates", text: ({ text }: Facts) => String(text) },
  field_fault: { status: 400, text: ({ text }: Facts) => String(text) },
  metadata_other_provider: {
    status: 409,
    text: ({ before, after }: Facts) =>
      `The metadata now names another identity provider (${after} instead of ${before}). Nothing was changed. If this is the right one, make a new connection for it.`,
  },
  no_metadata_url: {
    status: 409,
    text: () => "These settings did not come from a metadata URL, so there is no address to read again.",
  },
  certificate_known: { status: 409, field: "pem", text: () => "This certificate is trusted already." },
  metadata_changed: {
    status: 409,
    text: () => "The metadata changed since you looked at it. Nothing was saved. Read it again and review it.",
  },
  wrong_state: { status: 409, text: ({ state }: Facts) => `This connection is ${state}; reload the page.` },
  // directories and tokens
  token_limit: { status: 409, text: () => "A directory can have 5 live tokens. Revoke one first." },
  token_over: { status: 409, text: ({ how }: Facts) => `This token ${how}. Generate a new one instead.` },
  token_replaced: {
    status: 409,
    text: ({ tail }: Facts) => `This token was rotated already. Rotate the one that took its place (…${tail}).`,
  },
  overlap_limit: {
    status: 409,
    text: () => "5 replaced tokens of this directory still work. Revoke one of them, or end this one at once.",
  },
  scim_needs_domain: {
    status: 409,
    text: () => "Link a verified domain first: only people with an address of it can be provisioned.",
  },
  record_taken: { status: 409, text: () => "Another record of this directory has this name." },
  not_replayable: { status: 409, text: ({ why }: Facts) => `This request cannot be tried again. ${why}` },
  // groups
  role_from_group: {
    status: 409,
    field: "role",
    text: ({ group }: Facts) =>
      `The group ${group} gives this person their role. Change what it gives, or take the person out of it.`,
  },
  effect_changed: {
    status: 409,
    text: () =>
      "Meanwhile this would change other people's roles than you were shown. Nothing was saved. See them again.",
  },
  unknown_people: {
    status: 404,
    text: ({ count }: Facts) =>
      count === 1
        ? "One of these people is not in your organization any more. Nobody was added; search again."
        : `${count} of these people are not in your organization any more. Nobody was added; search again.`,
  },
  // links
  link_used: { status: 404, text: () => "This link was already used." },
  link_expired: { status: 404, text: () => "This link has expired. Ask for a new one." },
  link_unknown: { status: 404, text: () => "This link is not known here. Ask for a new one." },
  user_deactivated: { status: 403, text: () => "This account is deactivated." },
} as const satisfies Record<string, { status: number; field?: string; text: (facts: Facts) => string }>;

export type Reason = keyof typeof refusals;
/** `fields`: sentences for several fields of the form at once. */
export type Refused<R extends Reason = Reason> = {
  ok: false;
  reason: R;
  facts: Facts;
  fields?: Record<string, string>;
};
export type Accepted<V> = { ok: true; value: V };
export type Outcome<V = unknown> = Accepted<V> | Refused;

/** What may happen is returned, not thrown. */
export const refused = <R extends Reason>(
  reason: R,
  facts: Facts = {},
  fields?: Record<string, string>,
): Refused<R> => ({ ok: false, reason, facts, ...(fields ? { fields } : {}) });
export const accepted = <V>(value: V): Accepted<V> => ({ ok: true, value });

/** The sentence, status and field of a refusal. A fact named `field` wins over the table's. */
export function explainRefusal({ reason, facts }: Refused): { status: number; field?: string; message: string } {
  const row: { status: number; field?: string; text: (facts: Facts) => string } = refusals[reason];
  const field = typeof facts.field === "string" ? facts.field : row.field;
  return { status: row.status, ...(field ? { field } : {}), message: row.text(facts) };
}

/** Unique constraints that people or races can run into -> the reason told. */
export const uniqueReasons: Record<string, Reason> = {
  User_orgId_emailLower_key: "email_taken",
  Connection_orgId_nameLower_key: "name_taken",
  Domain_orgId_name_key: "domain_known",
  DomainClaim_pkey: "domain_elsewhere",
  Organization_slug_key: "slug_taken",
  DirectoryUser_orgId_userId_key: "record_taken",
  DirectoryUser_orgId_directoryId_userNameKey_key: "record_taken",
  DirectoryUser_orgId_directoryId_externalId_key: "record_taken",
  DirectoryUser_orgId_directoryId_workEmailKey_key: "record_taken",
  Group_orgId_localNameKey_key: "name_taken",
  Group_orgId_directoryId_displayNameKey_key: "record_taken",
  Group_orgId_directoryId_externalId_key: "record_taken",
};
