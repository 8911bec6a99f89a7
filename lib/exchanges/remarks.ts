import "server-only";
import { anywhere, inOktaScim, oktaScim } from "./okta-scim-paths";

/** What stands out, where it is set, and what to do; `okta` and `other` as in failures. */
export type Remark = { title: string; why: string; okta: () => string; other: () => string };

/**
 * Everything that Gatehouse remarks on beside success and failure: of one request in the log, and of a directory as a
 * card on its connection (scim.md section 10).
 */
export const remarks = {
  import_groups: {
    title: "Import Groups is on",
    why: "Okta reads every group here, one page after another. That does no harm, and is of no use either.",
    ...inOktaScim("integration", "untick Import Groups", "Switch the import of groups off"),
  },
  other_identifier: {
    title: "People are looked for by another attribute than userName",
    why: "Gatehouse finds them, but a person whose attribute changes is created a second time or not found.",
    ...inOktaScim(
      "integration",
      "set Unique identifier field for users to userName",
      "Match people by userName at the provider",
    ),
  },
  user_name_no_address: {
    title: "The userName is not an e-mail address",
    why: "It works while an e-mail is sent beside it, but it is not what the person types to sign in.",
    ...inOktaScim("username", "choose Email", "Send the e-mail address as userName"),
  },
  user_name_unlike_email: {
    title: "userName and work e-mail are two addresses",
    why: "A person then has two names: the one they type to sign in is the e-mail.",
    ...inOktaScim("username", "choose Email", "Send the same address as userName and work e-mail"),
  },
  user_name_unlike_name_id: {
    title: "SAML and SCIM name people differently",
    why: "The NameID of a sign-in and the userName of the provisioned record should be one value, so that a renamed person stays the same.",
    ...inOktaScim(
      "username",
      "choose the same format for the SAML sign-in and for provisioning, best Email",
      "Send the same value as NameID and as userName",
    ),
  },
  given_name_missing: {
    title: "No first name is sent",
    why: "People then stand here without it, and attributes that are not mapped are never updated.",
    ...inOktaScim("mappings", "map givenName to user.firstName", "Map name.givenName"),
  },
  family_name_missing: {
    title: "No last name is sent",
    why: "People then stand here without it, and attributes that are not mapped are never updated.",
    ...inOktaScim("mappings", "map familyName to user.lastName", "Map name.familyName"),
  },
  no_email: {
    title: "No e-mail address is sent",
    why: "The userName was taken for it, which ends to work with the first userName that is no address.",
    ...inOktaScim("mappings", "map email to user.email", "Map emails to the work e-mail"),
  },
  never_updated: {
    title: "People are created, but never updated",
    why: "Their sign-ins bring other names than their records hold: Update User Attributes is off, or the mappings differ.",
    okta: () =>
      `In Okta open ${oktaScim.toApp}: tick Update User Attributes. Then compare the mappings of provisioning with the Attribute Statements of the SAML settings.`,
    other: () => "Let the provider send changes of people, and send the same values by SAML and by SCIM.",
  },
  token_bare: {
    title: 'The token comes without "Bearer"',
    why: "That works here. Other servers refuse it.",
    ...inOktaScim(
      "integration",
      'type "Bearer " before the token, if the field takes it',
      'Send "Bearer" before the token',
    ),
  },
  token_doubled: {
    title: '"Bearer" comes twice',
    why: "That works here. Other servers refuse it.",
    ...inOktaScim("integration", 'paste the token without "Bearer": Okta adds it', "Paste the token alone"),
  },
  password_outside_create: {
    title: "Sync Password is on",
    why: "Passwords are sent here with changes, and each one is dropped: this directory does not store them.",
    okta: () =>
      `In Okta open ${oktaScim.toApp}: untick Sync Password. Or switch Synchronize passwords on, on the connection's Provisioning tab.`,
    other: () => "Stop sending passwords, or switch Synchronize passwords on, on the connection's Provisioning tab.",
  },
  nobody_assigned: {
    title: "The credentials were tested, but nobody came",
    why: "Calls arrive and the token works, yet no person was created: nobody is assigned to the app, or Create Users is off.",
    okta: () =>
      `In Okta open ${oktaScim.toApp}: tick Create Users. Then open ${oktaScim.assignments}; people assigned before that need Provision User there.`,
    other: () => "Assign people to the app, and let the provider create them.",
  },
  no_group_push: {
    title: "People come, groups do not",
    why: "Groups give roles here, but no group was pushed for 7 days while people were. Assignments send users; Push Groups sends groups.",
    ...inOktaScim("pushGroups", "choose the groups and press Push now", "Let the provider push the groups"),
  },
  never_provisioned: {
    title: "People sign in who were never provisioned",
    why: "They came by just-in-time creation: when they leave, nothing is sent, and their access stays until somebody ends it here.",
    ...inOktaScim("assignments", "assign them to this app with provisioning on", "Provision them at the provider"),
  },
  nothing_received: {
    title: "Nothing came for 7 days",
    why: "The provider calls only when something changes. If people changed, it does not reach us.",
    ...inOktaScim("integration", "press Test Connector Configuration", "Test the connection at the provider"),
  },
  token_ends: {
    title: "A token ends soon",
    why: "From that moment every call is refused, and leavers keep their access.",
    okta: () => `Rotate the token under Tokens on this page, then paste the new one in Okta: ${oktaScim.integration}.`,
    other: () => "Rotate the token under Tokens on this page, then paste the new one at the provider.",
  },
  rate_limited: {
    title: "Calls were put off",
    why: "More came at once than one directory may send. Okta tries again by itself, so it is only slow.",
    ...anywhere("Nothing to do, unless it happens every day: then raise SCIM_RATE of this installation."),
  },
  blocked: {
    title: "The person is blocked here",
    why: "The provider says active, and that is stored; the block holds until somebody lifts it here.",
    ...anywhere("Lift the block on the person's page under Users, if they shall come in again."),
  },
  members_gone: {
    title: "Members were skipped",
    why: "The group names people whose records were deleted. The others are in, so that one deleted person does not block the group.",
    ...inOktaScim("assignments", "assign the missing people again, then push the group", "Provision the people again"),
  },
  name_clash: {
    title: "A local group has this name too",
    why: "Both stand, each with its own members. The role that the local group gives is not the pushed one's.",
    ...anywhere("Open the group under Groups: link the local group to it, or rename the local one."),
  },
} as const satisfies Record<string, Remark>;

export type RemarkCode = keyof typeof remarks;

export const isRemark = (code: string): code is RemarkCode => Object.hasOwn(remarks, code);

/** The remark as it is read at a provider: "okta", "entra", ... */
export function explainRemark(code: RemarkCode, provider: string): { title: string; why: string; cure: string } {
  const { title, why, okta, other } = remarks[code];
  return { title, why, cure: provider === "okta" ? okta() : other() };
}
