import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { Notice } from "components/ui/notice";
import { PageHeader } from "components/ui/page-header";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { ConvertUsers } from "components/users/convert-users";
import { IdentitiesCard } from "components/users/identities-card";
import { ProfileFacts } from "components/users/profile-facts";
import { ProfileForm } from "components/users/profile-form";
import { RoleForm } from "components/users/role-form";
import { SessionsCard } from "components/users/sessions-card";
import { UserActions } from "components/users/user-actions";
import { SourceBadge, StatusBadge } from "components/users/user-badges";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { findUserPage } from "lib/users/find-user-page";
import { roles } from "lib/users/schema";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import {
  blockUserAction,
  changeRoleAction,
  convertUsersAction,
  deactivateUserAction,
  deleteUserAction,
  endSessionAction,
  reactivateUserAction,
  resendInvitationAction,
  unblockUserAction,
  unlinkIdentityAction,
  updateProfileAction,
} from "../actions";

export const metadata: Metadata = { title: "User" };

export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const scope = await pageScope("user:read");
  const [page, time] = await Promise.all([findUserPage(scope, (await params).userId), pageTime()]);
  if (!page) notFound();
  const { user, rights } = page;

  return (
    <>
      <PageHeader
        title={user.name}
        crumbs={[{ href: "/users", label: "Users" }]}
        badges={
          <>
            <StatusBadge status={user.status} blocked={user.blockedAt !== null} blockedByName={user.blockedByName} />
            <SourceBadge source={user.source} provider={user.connection?.provider} synchronized={page.synchronized} />
          </>
        }
        actions={
          <UserActions
            user={{
              id: user.id,
              name: user.name,
              status: user.status,
              managed: page.managed,
              blocked: user.blockedAt !== null,
            }}
            provider={page.provider}
            sessions={user.sessions.length}
            refused={rights.refused}
            deactivate={deactivateUserAction}
            reactivate={reactivateUserAction}
            block={blockUserAction}
            unblock={unblockUserAction}
            resend={resendInvitationAction}
            remove={deleteUserAction}
          />
        }
      />
      <div className="flex max-w-form flex-col gap-6 xl:max-w-none">
        {page.standing && (
          <Notice
            tone="warn"
            action={
              page.convertible &&
              !rights.refused && (
                <ConvertUsers
                  people={[{ id: user.id, name: user.name }]}
                  provider={page.provider}
                  convert={convertUsersAction}
                />
              )
            }
          >
            {page.standing}
          </Notice>
        )}
        <div className="grid items-start gap-6 xl:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-6">
            <ProfileForm
              user={{
                id: user.id,
                version: user.version,
                email: user.email,
                firstName: user.firstName ?? "",
                lastName: user.lastName ?? "",
              }}
              locked={page.managed ? `Managed by ${page.provider}` : rights.refused}
              save={updateProfileAction}
            />
            <ProfileFacts groups={page.profile} managedBy={page.managed ? page.provider : null} />
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            <RoleForm
              userId={user.id}
              role={user.role}
              roles={rights.owner ? roles : roles.filter((role) => role !== "owner")}
              refused={rights.refused}
              givers={page.give}
              change={changeRoleAction}
            />
            <Card title="Account">
              <FactList
                facts={[
                  { name: "Added", value: <Time at={user.createdAt} {...time} /> },
                  {
                    name: "Last sign-in",
                    value: user.lastSignInAt ? <Time at={user.lastSignInAt} {...time} /> : "Never signed in",
                  },
                  ...(user.connection
                    ? [
                        {
                          name: "Connection",
                          value: (
                            <TextLink href={`/connections/${user.connection.id}`}>{user.connection.name}</TextLink>
                          ),
                        },
                      ]
                    : []),
                  ...(user.directoryUser
                    ? [
                        { name: "SCIM id", value: user.directoryUser.id, mono: true },
                        { name: "externalId", value: user.directoryUser.externalId, mono: true },
                        { name: "Last update", value: <Time at={user.directoryUser.updatedAt} {...time} /> },
                      ]
                    : []),
                ]}
              />
            </Card>
            <Card title="Groups">
              {page.groups.length === 0 ? (
                <p className="text-muted">In no group.</p>
              ) : (
                <ul className="flex flex-wrap gap-x-4 gap-y-1">
                  {page.groups.map((group) => (
                    <li key={group.id} className="min-w-0">
                      <TextLink href={`/groups/${group.id}`} className="[overflow-wrap:anywhere]">
                        {group.displayName}
                      </TextLink>
                      <span className="text-small text-subtle"> {group.directoryId ? "synced" : "local"}</span>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </div>
        </div>
        <IdentitiesCard
          userId={user.id}
          identities={user.identities}
          hasPassword={user.hasPassword}
          passwordFrom={user.passwordSynced ? page.provider : null}
          linkConnections
          unlink={rights.refused ? undefined : unlinkIdentityAction}
          time={time}
        />
        <SessionsCard
          userId={user.id}
          sessions={page.sessions}
          end={rights.refused ? undefined : endSessionAction}
          time={time}
        />
      </div>
    </>
  );
}
