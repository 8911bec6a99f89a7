import { test as base, expect } from "@playwright/test";
import { type Rig, startRig } from "./rig";
import { type ScimClient, scimClient } from "./scim-client";

export { expect };

type Fixtures = {
  rig: Rig;
  /** Through the proxy, as a provider would. */
  client: ScimClient;
  /** To the two replicas past the proxy. */
  direct: [ScimClient, ScimClient];
};

/** A scenario: its rig is started for it alone and ended after it, also where it fails. */
export const scenario = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright demands the pattern.
  rig: async ({}, use) => {
    const rig = await startRig();
    await use(rig);
    await rig.stop();
  },
  client: async ({ rig }, use) => use(scimClient(rig.scimUrl, rig.token)),
  direct: async ({ rig }, use) => {
    const [one, other] = rig.replicas;
    await use([scimClient(`${one.url}/api/scim/v2`, rig.token), scimClient(`${other.url}/api/scim/v2`, rig.token)]);
  },
});

/** A line of the verdict. */
export const figure = (name: string, value: string | number) =>
  base.info().annotations.push({ type: name, description: String(value) });

/** The same numbers in each run: 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export const percentile = (values: number[], share: number): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

export const person = (userName: string, more: Record<string, unknown> = {}) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName,
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [{ value: userName, type: "work", primary: true }],
  active: true,
  ...more,
});
