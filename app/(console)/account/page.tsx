import { PasswordCard } from "components/account/password-card";
import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { PageHeader } from "components/ui/page-header";
import { IdentitiesCard } from "components/users/identities-card";
import { ProfileFacts } from "components/users/profile-facts";
import { SessionsCard } from "components/users/sessions-card";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { findOwnPage } from "lib/users/find-user-page";
import { roleNames } from "lib/users/schema";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { changePasswordAction, endOwnSessionAction } from "./actions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const scope = await pageScope("account:read");
  const [page, time] = await Promise.all([findOwnPage(scope), pageTime()]);
  if (!page) notFound();
  const { user } = page;
  return (
    <>
      <PageHeader title="Account" description="You, how you sign in, and where you are signed in." />
      <div className="flex max-w-form flex-col gap-6">
        <Card
          title="Profile"
          description={
            page.managed ? `Managed by ${page.provider}: change it there.` : "Ask an owner or admin to change it."
          }
        >
          <FactList
            facts={[
              { name: "Name", value: user.name },
              { name: "E-mail", value: user.email },
              { name: "Role", value: roleNames[user.role] },
            ]}
          />
        </Card>
        <ProfileFacts groups={page.profile} managedBy={page.managed ? page.provider : null} />
        {user.hasPassword && !user.passwordSynced && <PasswordCard change={changePasswordAction} />}
        <IdentitiesCard
          userId={user.id}
          identities={user.identities}
          hasPassword={user.hasPassword}
          passwordFrom={user.passwordSynced ? page.provider : null}
          linkConnections={false}
          time={time}
        />
        <SessionsCard userId={user.id} sessions={page.sessions} end={endOwnSessionAction} time={time} />
      </div>
    </>
  );
}
