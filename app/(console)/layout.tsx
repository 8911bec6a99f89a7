import { ConsoleShell } from "components/shell/console-shell";
import { readTheme, themeCookie } from "components/shell/theme";
import { ActionRunner } from "components/ui/action-runner";
import { signedIn, signedInPage } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import { findNotices } from "lib/tokens/find-notices";
import { readSignInAgain } from "lib/users/queries";
import { roleNames } from "lib/users/schema";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { setTheme } from "../set-theme";
import { confirmIdentityAction } from "./confirm-identity";
import { accountOnly, navigation } from "./navigation";

/** "{Page} · {Organization} · Gatehouse". */
export async function generateMetadata(): Promise<Metadata> {
  const organization = (await signedIn())?.session.organization;
  return organization ? { title: { template: `%s · ${organization} · Gatehouse`, default: organization } } : {};
}

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { scope, session } = await signedInPage();
  const items = navigation.filter(({ action }) => may(scope, action));
  const [theme, signInAgain, notices] = await Promise.all([
    cookies(),
    readSignInAgain(scope, session),
    findNotices(scope),
  ]);
  return (
    <ConsoleShell
      organization={{ name: session.organization }}
      user={{ name: session.name, email: session.email, role: roleNames[session.role] }}
      items={items.length > 0 ? items : accountOnly}
      notices={notices}
      theme={readTheme(theme.get(themeCookie)?.value)}
      setTheme={setTheme}
      signOutAction="/sign-out"
    >
      <ActionRunner confirmIdentity={confirmIdentityAction} signInAgain={signInAgain}>
        {children}
      </ActionRunner>
    </ConsoleShell>
  );
}
