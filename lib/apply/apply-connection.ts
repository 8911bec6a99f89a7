import "server-only";
import { absoluteUrl, env } from "lib/base/env";
import { activateConnection } from "lib/connections/activate-connection";
import { compareProvider } from "lib/connections/compare-provider";
import { createConnection } from "lib/connections/create-connection";
import { disableConnection } from "lib/connections/disable-connection";
import { enableConnection } from "lib/connections/enable-connection";
import type { ProviderReading } from "lib/connections/read-provider";
import { replaceProvider } from "lib/connections/replace-provider";
import { storeDraft } from "lib/connections/save-draft";
import { connectionUrls } from "lib/connections/schema";
import { updateConnection } from "lib/connections/update-connection";
import { updateOptions } from "lib/connections/update-options";
import type { OrgScope } from "lib/scope/scope";
import { type AppliedToken, applyProvisioning } from "./apply-provisioning";
import { demand } from "./demand";
import { type PresentConnection, readPresent } from "./read-present";
import type { DeclaredConnection } from "./schema";

export type AppliedConnection = {
  id: string;
  name: string;
  status: string;
  acsUrl: string;
  entityId: string;
  spMetadataUrl: string;
  signInUrl: string;
  scim: { baseUrl: string; tokens: AppliedToken[] };
};

/** One connection of the file: made or changed step by step, each only where it differs. */
export async function applyConnection(
  scope: OrgScope,
  declared: DeclaredConnection,
  reading: ProviderReading | null,
): Promise<AppliedConnection> {
  const what = `connection ${declared.name}`;
  const read = async () => (await readPresent(scope, declared.name)) as PresentConnection;
  let present = await readPresent(scope, declared.name);
  if (present) await applyNames(scope, declared, present, what);
  else {
    const { name, provider = "okta", label = "", domains = [] } = declared;
    demand(await createConnection(scope, { name, provider, label, domains }), what);
  }
  present = await read();
  if (reading) await applyProvider(scope, reading, present, what);
  const tokens = await applyProvisioning(scope, declared, await read(), what);
  await applyOptions(scope, declared, await read(), what);
  await applyStatus(scope, declared, await read(), what);

  const { id, name, status } = await read();
  const { acsUrl, entityId, signInUrl } = connectionUrls(env().APP_URL.origin, id);
  const scim = { baseUrl: absoluteUrl("/api/scim/v2"), tokens };
  return { id, name, status, acsUrl, entityId, spMetadataUrl: entityId, signInUrl, scim };
}

/** The name is what the file finds the connection by: another letter case of it renames nothing. */
async function applyNames(scope: OrgScope, declared: DeclaredConnection, present: PresentConnection, what: string) {
  const provider = declared.provider ?? present.providerType;
  const label = declared.label ?? present.label;
  const domains = [...new Set([...present.domains, ...(declared.domains ?? [])])];
  const same =
    provider === present.providerType && label === present.label && domains.length === present.domains.length;
  if (same) return;
  const { id: connectionId, version } = present;
  const input = { connectionId, version, provider: declared.provider, label, domains };
  demand(await updateConnection(scope, input), what);
}

async function applyProvider(scope: OrgScope, reading: ProviderReading, present: PresentConnection, what: string) {
  const { id: connectionId, version, provider, certificates, status } = present;
  if (provider && provider.entityId === reading.entityId && provider.source.kind === reading.kind) {
    const changes = compareProvider({ provider, certificates }, reading);
    const kept = certificates.filter(({ state }) => state !== "retired").length;
    if (changes.unchanged && (reading.kind !== "manual" || kept === reading.certificates.length)) return;
  }
  if (status === "draft") demand(await storeDraft(scope, { connectionId, version, facts: reading }), what);
  else demand(await replaceProvider(scope, { connectionId, reading }), what);
}

async function applyOptions(scope: OrgScope, declared: DeclaredConnection, present: PresentConnection, what: string) {
  const { options, id: connectionId, version } = present;
  const jit = declared.jit === undefined ? options.jit : declared.jit ? "everyone" : "provisioned";
  const idpInitiated = declared.idpInitiated ?? options.idpInitiated;
  if (jit === options.jit && idpInitiated === options.idpInitiated) return;
  demand(await updateOptions(scope, { connectionId, version, jit, idpInitiated }), what);
}

async function applyStatus(scope: OrgScope, { status }: DeclaredConnection, present: PresentConnection, what: string) {
  if (!status || status === present.status) return;
  const input = { connectionId: present.id, version: present.version };
  if (status === "disabled") {
    demand(await disableConnection(scope, { ...input, endSessions: false, pauseProvisioning: false }), what);
  } else if (present.status === "disabled") demand(await enableConnection(scope, input), what);
  else demand(await activateConnection(scope, input), what);
}
