import { ConvertEverybody } from "components/directories/convert-everybody";
import { DirectoryOptions } from "components/directories/directory-options";
import { GenericScimGuide } from "components/directories/generic-scim-guide";
import { NewToken } from "components/directories/new-token";
import { OktaScimGuide } from "components/directories/okta-scim-guide";
import { PasswordSwitch } from "components/directories/password-switch";
import { ProvisioningSwitch } from "components/directories/provisioning-switch";
import { ScimValues } from "components/directories/scim-values";
import { StateCard } from "components/directories/state-card";
import { TokensCard } from "components/directories/tokens-card";
import { RoleMapping } from "components/groups/role-mapping";
import { RemarksCard } from "components/provisioning/remarks-card";
import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { readConnection } from "lib/connections/queries";
import { providerWord } from "lib/connections/schema";
import { readProvisioning } from "lib/directories/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { listMappings } from "lib/groups/queries";
import { findRemarks } from "lib/provisioning/find-remarks";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findGroupsAction, mapRoleAction, previewRoleAction } from "../../../groups/actions";
import { dismissRemarkAction } from "../../../provisioning/actions";
import {
  convertEverybodyAction,
  createTokenAction,
  disableDirectoryAction,
  enableDirectoryAction,
  revokeTokenAction,
  rotateTokenAction,
  tickGuideAction,
  updateDirectoryAction,
} from "../../actions";

export const metadata: Metadata = { title: "Provisioning" };

export default async function ProvisioningPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const scope = await pageScope("directory:read");
  const id = pageId((await params).connectionId);
  const [page, connection, remarks, time] = await Promise.all([
    readProvisioning(scope, id),
    readConnection(scope, id),
    may(scope, "activity:read") ? findRemarks(scope, id) : [],
    pageTime(),
  ]);
  if (!page || !connection) notFound();
  const { directory, baseUrl, domains, users, groups } = page;
  const mapping = directory && (await listMappings(scope, directory.id));
  const on = directory?.enabled ?? false;
  const idp = { baseUrl, okta: page.provider === "okta", provider: providerWord(page.provider) };
  const settings = directory && {
    connectionId: id,
    version: directory.version,
    options: page.options,
    provider: idp.provider,
    mayEdit: may(scope, "directory:update"),
    save: updateDirectoryAction,
  };
  const guide = {
    connectionId: id,
    baseUrl,
    urls: connection.urls,
    ticks: connection.ticks,
    tick: may(scope, "connection:update") ? tickGuideAction : undefined,
    domain: domains[0] ?? "a linked domain",
  };
  const steps = idp.okta ? <OktaScimGuide {...guide} /> : <GenericScimGuide {...guide} provider={idp.provider} />;
  // Until the provider has called, its own steps are what the reader needs next.
  const stepsFirst = page.state === "waiting";
  return (
    <div className="flex flex-col gap-6">
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Card>
            <ProvisioningSwitch
              {...idp}
              connection={page}
              enabled={on}
              users={users}
              groups={groups}
              storedPasswords={page.storedPasswords}
              domains={domains}
              jit={connection.settings.options.jit}
              mayEdit={may(scope, "directory:update")}
              enable={enableDirectoryAction}
              disable={disableDirectoryAction}
            />
          </Card>
          {directory && (
            <StateCard
              connectionId={id}
              provider={idp.provider}
              state={page.state}
              paused={on && directory.paused}
              lastCallAt={page.lastCallAt}
              users={users}
              groups={groups}
              log={may(scope, "activity:read") ? page : null}
              time={time}
            />
          )}
        </div>
        <ScimValues
          {...idp}
          connectionId={id}
          shortName={page.shortName}
          domains={domains}
          warnings={page.baseUrlWarnings}
        />
      </div>
      {directory && !on && (
        <ConvertEverybody
          connection={page}
          users={page.managed}
          groups={groups}
          provider={idp.provider}
          convert={may(scope, "directory:update") ? convertEverybodyAction : undefined}
        />
      )}
      {directory && (
        <RemarksCard
          directoryId={directory.id}
          provider={idp.provider}
          remarks={remarks}
          dismiss={may(scope, "directory:dismiss") ? dismissRemarkAction : undefined}
          time={time}
        />
      )}
      {directory && may(scope, "token:read") && (
        <TokensCard
          tokens={page.tokens}
          idp={idp}
          add={
            may(scope, "token:create") ? (
              <NewToken {...idp} directoryId={directory.id} live={page.standing} create={createTokenAction} />
            ) : (
              <ForbiddenAction needs="Owner" size="small">
                Generate new token
              </ForbiddenAction>
            )
          }
          acts={may(scope, "token:rotate") ? { rotate: rotateTokenAction, revoke: revokeTokenAction } : null}
          time={time}
        />
      )}
      {on && stepsFirst && steps}
      {directory && mapping && (
        <RoleMapping
          {...mapping}
          directoryId={directory.id}
          provider={idp.provider}
          map={
            may(scope, "group:map-role")
              ? { preview: previewRoleAction, save: mapRoleAction, findGroups: findGroupsAction }
              : undefined
          }
        />
      )}
      {settings && (
        <>
          <Card title="Passwords">
            <PasswordSwitch {...settings} stored={page.storedPasswords} />
          </Card>
          <DirectoryOptions {...settings} />
        </>
      )}
      {on && !stepsFirst && steps}
    </div>
  );
}
