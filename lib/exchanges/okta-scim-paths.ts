import "server-only";

const provisioning = "Applications > your app > Provisioning";

/** Menu paths of provisioning in Okta's own words. */
export const oktaScim = {
  integration: `${provisioning} > Integration > Edit`,
  toApp: `${provisioning} > To App > Edit`,
  mappings: `${provisioning} > To App > Attribute Mappings`,
  username: "Applications > your app > Sign On > Settings > Edit > Application username format",
  assignments: "Applications > your app > Assignments > Assign",
  pushGroups: "Applications > your app > Push Groups",
  tasks: "Dashboard > Tasks",
} as const;

/** A cure at a place of Okta, and in general words. */
export const inOktaScim = (place: keyof typeof oktaScim, act: string, other: string) => ({
  okta: () => `In Okta open ${oktaScim[place]}: ${act}.`,
  other: () => `${other}.`,
});

/** Where only Gatehouse or nobody has something to do. */
export const anywhere = (text: string) => ({ okta: () => text, other: () => text });
