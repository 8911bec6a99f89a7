"use client";
import { MenuChoice } from "components/ui/menu";
import { Monitor, Moon, Sun } from "lucide-react";
import { useOptimistic, useTransition } from "react";
import type { Theme } from "./theme";

const options = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
] as const;

export type ThemeMenuProps = { theme: Theme; setTheme: (theme: Theme) => Promise<void> };

/** Light, Dark, System: shown at once, kept by the server in a cookie. */
export function ThemeMenu({ theme, setTheme }: ThemeMenuProps) {
  const [shown, show] = useOptimistic(theme);
  const [, start] = useTransition();

  function choose(next: Theme) {
    document.documentElement.dataset.theme = next;
    start(async () => {
      show(next);
      await setTheme(next);
    });
  }

  return <MenuChoice label="Theme" value={shown} options={options} onChange={choose} />;
}
