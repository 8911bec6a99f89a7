import type { ReactNode } from "react";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { ConsoleNav, type NavItem } from "./console-nav";
import { FocusHeading } from "./focus-heading";
import { MenuDialog } from "./menu-dialog";
import { Notices, type ShellNotice } from "./notices";
import { SkipLink } from "./skip-link";
import { LetterMark } from "./wordmark";

export type ConsoleShellProps = Omit<AccountMenuProps, "user"> & {
  organization: { name: string };
  user: { name: string; email: string; role: string };
  /** Already without what this role may not read. */
  items: readonly NavItem[];
  notices?: readonly ShellNotice[];
  children: ReactNode;
};

/** The frame of every signed-in page: rail from 1024 px, a top bar with the same menu below. */
export function ConsoleShell({ organization, user, items, notices = [], children, ...account }: ConsoleShellProps) {
  return (
    <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <SkipLink />
      <FocusHeading />
      <header className="sticky top-0 z-30 flex min-h-14 items-center gap-3 border-b bg-surface px-4 lg:hidden">
        <MenuDialog description={`${organization.name}, ${user.role}`}>
          <ConsoleNav items={items} />
          <div className="-mx-2 border-t pt-3">
            <AccountMenu user={user} {...account} />
          </div>
        </MenuDialog>
        <LetterMark />
        <span className="min-w-0 truncate font-semibold">{organization.name}</span>
      </header>
      <header className="sticky top-0 hidden h-dvh flex-col border-e bg-surface lg:flex">
        <div className="flex items-center gap-2.5 px-4 pt-4 pb-3">
          <LetterMark className="size-7" />
          <div className="min-w-0">
            <p className="truncate font-semibold" title={organization.name}>
              {organization.name}
            </p>
            <p className="text-caption text-muted">{user.role}</p>
          </div>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-2 py-1">
          <ConsoleNav items={items} />
        </div>
        <div className="border-t p-2">
          <AccountMenu user={user} {...account} />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 pt-5 pb-16 outline-none sm:px-6 lg:px-10 lg:pt-8">
        <div className="mx-auto max-w-list">
          <Notices notices={notices} />
          {children}
        </div>
      </main>
    </div>
  );
}
