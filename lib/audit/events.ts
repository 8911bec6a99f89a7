import "server-only";

/** before and after of what changed, without secrets. */
export type Change = { before?: Record<string, unknown>; after?: Record<string, unknown> };

/** A local group that a directory's group took the place of: its members then, the role that went over. */
export type LinkedLocal = { id: string; displayName: string; role: string | null; members: number };

/** The closed list of what can happen here: name -> what its event carries. */
export type EventPayloads = {
  "organization.created": { name: string; slug: string };
  "organization.updated": Change;
  "user.invited": { email: string; role: string; connection?: string | null };
  "user.invitation_resent": { email: string };
  "user.invitation_accepted": { email: string };
  "user.created": { email: string; role: string; source: string };
  "user.updated": Change;
  "user.role_changed": { before: string; after: string };
  "user.deactivated": { sessionsEnded: number; linksEnded: number };
  "user.reactivated": Record<string, never>;
  "user.blocked": { sessionsEnded: number };
  "user.unblocked": Record<string, never>;
  "user.deleted": { email: string; userName?: string };
  "user.converted": { users: string[]; passwordsErased: number };
  "user.erased": { dueAt: string };
  "user.password_set": { sessionsEnded: number; how: string };
  "user.password_reset_requested": { mailed: boolean };
  "user.recovery_link_made": { expiresAt: string };
  "identity.unlinked": { connection: string; nameId: string; sessionsEnded: number };
  "session.ended": { sessions: number };
  "sign_in.password_succeeded": { method: string };
  "sign_in.password_failed": { reason: string };
  "sso.login.succeeded": { connection: string; nameId: string };
  "sso.login.failed": { connection: string | null; code: string };
  "sso.user_matched": { connection: string; created: boolean; linked: boolean; changes: Change };
  "domain.added": { name: string };
  "domain.verified": { name: string; by: string };
  "domain.not_verified": { name: string; found: string };
  "domain.conflict": { name: string };
  "domain.asserted_elsewhere": { name: string };
  "domain.removed": { name: string };
  "connection.created": { name: string; provider: string; domains: string[] };
  "connection.draft_saved": Change;
  "connection.domains_changed": { linked: string[]; unlinked: string[] };
  "connection.activated": { version: number };
  "connection.updated": Change & { linked?: string[]; unlinked?: string[] };
  "connection.metadata_refreshed": { added: string[]; retired: string[]; changes: Change };
  "connection.certificate_added": { sha256: string; notAfter: string };
  "connection.disabled": { sessionsEnded: number; provisioningPaused: boolean };
  "connection.enabled": Record<string, never>;
  "connection.deleted": {
    name: string;
    fate: string;
    users: number;
    identities: number;
    sessionsEnded: number;
    groups: number;
    tokens: number;
  };
  "connection.guide_ticked": { step: string; done: boolean };
  "directory.enabled": { jit: string; token?: string };
  "directory.disabled": { users: number; groups: number; passwordsErased: number };
  "directory.updated": Change & { passwordsErased?: number; erasuresCancelled?: number };
  "directory.converted": { users: number; groups: number; passwordsErased: number };
  "directory.remark_dismissed": { remark: string; dismissed: boolean };
  "token.created": { name: string; tail: string; expiresAt: string | null };
  "token.rotated": { name: string; tail: string; replaced: string; overlapEnds: string; expiresAt: string | null };
  "token.revoked": { name: string; tail: string };
  "token.end_announced": { name: string; tail: string; endsAt: string; days: number; owners: number };
  "token.disuse_announced": { name: string; tail: string; lastUsedAt: string | null; owners: number };
  "scim.user_created": {
    userName: string;
    linked: boolean;
    active: boolean;
    blocked: boolean;
    identitiesMoved: number;
  };
  "scim.user_updated": Change & { identitiesMoved?: number; password?: "changed"; sessionsEnded?: number };
  "scim.user_deactivated": Change & {
    sessionsEnded: number;
    linksEnded: number;
    released?: boolean;
    groupsLeft?: number;
    password?: "changed";
  };
  "scim.user_reactivated": Change & { blocked: boolean; role: string; password?: "changed"; sessionsEnded?: number };
  "scim.user_removed": { userName: string; sessionsEnded: number; linksEnded: number; eraseAt: string | null };
  "scim.last_owner_refused": { mailed: number };
  "group.created": { displayName: string; members: number; linked?: LinkedLocal; rolesChanged?: number };
  "group.changed": Change & {
    added: number;
    removed: number;
    rolesChanged?: number;
    linked?: LinkedLocal;
    taken?: { members: number };
  };
  "group.removed": { displayName: string; rolesChanged?: number };
  "group.linked": { displayName: string; linked: LinkedLocal; gained: number; lost: number; rolesChanged: number };
  "group.converted": { connection: string; members: number; name: string };
  "group.deleted": { displayName: string; members: number; rolesChanged: number };
  "group.role_mapped": { before: string | null; after: string | null; rolesChanged: number };
  "list.exported": { format: string; filter: Record<string, unknown>; rows: number };
};

export type EventName = keyof EventPayloads;

/** The action in words, for the audit log: "{actor} {words} {target}". */
export const eventWords: Record<EventName, string> = {
  "organization.created": "created the organization",
  "organization.updated": "changed the settings of",
  "user.invited": "invited",
  "user.invitation_resent": "sent the invitation again to",
  "user.invitation_accepted": "accepted the invitation as",
  "user.created": "added",
  "user.updated": "changed the profile of",
  "user.role_changed": "changed the role of",
  "user.deactivated": "deactivated",
  "user.reactivated": "reactivated",
  "user.blocked": "blocked",
  "user.unblocked": "unblocked",
  "user.deleted": "deleted",
  "user.converted": "converted to manual",
  "user.erased": "erased",
  "user.password_set": "set the password of",
  "user.password_reset_requested": "asked for a password reset for",
  "user.recovery_link_made": "made a recovery link for",
  "identity.unlinked": "unlinked an identity of",
  "session.ended": "ended sessions of",
  "sign_in.password_succeeded": "signed in with a password as",
  "sign_in.password_failed": "could not sign in with a password as",
  "sso.login.succeeded": "signed in through a connection as",
  "sso.login.failed": "was refused at the connection",
  "sso.user_matched": "matched a sign-in to",
  "domain.added": "added the domain",
  "domain.verified": "verified the domain",
  "domain.not_verified": "looked for the proof of the domain",
  "domain.conflict": "refused another organization the domain",
  "domain.asserted_elsewhere": "refused another organization a sign-in with an address of",
  "domain.removed": "removed the domain",
  "connection.created": "created the connection",
  "connection.draft_saved": "saved settings of the connection",
  "connection.domains_changed": "changed the domains of the connection",
  "connection.activated": "activated the connection",
  "connection.updated": "changed the connection",
  "connection.metadata_refreshed": "refreshed the metadata of the connection",
  "connection.certificate_added": "added a certificate to the connection",
  "connection.disabled": "disabled the connection",
  "connection.enabled": "enabled the connection",
  "connection.deleted": "deleted the connection",
  "connection.guide_ticked": "ticked a step of the guide for the connection",
  "directory.enabled": "switched on provisioning for",
  "directory.disabled": "switched off provisioning for",
  "directory.updated": "changed the provisioning settings of",
  "directory.converted": "converted to manual everybody of",
  "directory.remark_dismissed": "put away or brought back a remark on the provisioning of",
  "token.created": "created the SCIM token",
  "token.rotated": "rotated the SCIM token",
  "token.revoked": "revoked the SCIM token",
  "token.end_announced": "told the owners of the coming end of the SCIM token",
  "token.disuse_announced": "told the owners that nobody uses the SCIM token",
  "scim.user_created": "provisioned",
  "scim.user_updated": "updated",
  "scim.user_deactivated": "deactivated",
  "scim.user_reactivated": "reactivated",
  "scim.user_removed": "removed",
  "scim.last_owner_refused": "could not take the access of the only owner",
  "group.created": "created the group",
  "group.changed": "changed the group",
  "group.removed": "removed the group",
  "group.linked": "linked a local group to the group",
  "group.converted": "made a local group of",
  "group.deleted": "deleted the group",
  "group.role_mapped": "changed the role given by the group",
  "list.exported": "exported the list",
};

export type TargetKind =
  | "organization"
  | "user"
  | "domain"
  | "connection"
  | "directory"
  | "token"
  | "group"
  | "session"
  | "list";

export type Target = { kind: TargetKind; id: string; name: string };

/** Events that tell of an attempt that changed nothing. */
export const refusedEvents: ReadonlySet<EventName> = new Set([
  "sso.login.failed",
  "sign_in.password_failed",
  "domain.not_verified",
  "domain.conflict",
  "domain.asserted_elsewhere",
  "scim.last_owner_refused",
]);
