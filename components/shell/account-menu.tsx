"use client";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "components/ui/menu";
import { ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import { useRef } from "react";
import type { Theme } from "./theme";
import { ThemeMenu } from "./theme-menu";

export type AccountMenuProps = {
  user: { name: string; email: string };
  theme: Theme;
  setTheme: (theme: Theme) => Promise<void>;
  /** A route that ends the session by POST. */
  signOutAction: string;
};

/** Who is signed in; Account, Theme, Sign out. */
export function AccountMenu({ user, theme, setTheme, signOutAction }: AccountMenuProps) {
  const signOut = useRef<HTMLFormElement>(null);
  return (
    <>
      {/* Outside the menu, which is taken away the moment an item is chosen. */}
      <form ref={signOut} method="post" action={signOutAction} hidden />
      <Menu
        side="top"
        align="start"
        trigger={
          <button
            type="button"
            aria-label="Account menu"
            className="flex w-full min-w-0 items-center gap-2.5 rounded-control border border-transparent p-2 text-start hover:bg-hover data-[state=open]:bg-hover"
          >
            <Initials name={user.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="block truncate text-caption text-muted">{user.email}</span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-subtle" strokeWidth={1.75} />
          </button>
        }
      >
        <div className="max-w-64 px-2 py-1.5">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-small text-muted">{user.email}</p>
        </div>
        <MenuSeparator />
        <MenuLink href="/account" icon={UserRound}>
          Account
        </MenuLink>
        <MenuSeparator />
        <ThemeMenu theme={theme} setTheme={setTheme} />
        <MenuSeparator />
        <MenuItem icon={LogOut} onSelect={() => signOut.current?.requestSubmit()}>
          Sign out
        </MenuItem>
      </Menu>
    </>
  );
}

function Initials({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
  return (
    <span
      aria-hidden
      className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-caption font-semibold text-accent-text"
    >
      {letters.toUpperCase()}
    </span>
  );
}
