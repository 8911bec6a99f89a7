"use client";
import { Tabs as RadixTabs } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-name";

export type Tab = { value: string; label: string; content: ReactNode };

export type TabsProps = {
  /** Names the tablist: "How will you give us the settings?" */
  label: string;
  tabs: readonly Tab[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
};

/** Ways to do one thing inside a page; arrow keys move. What was typed behind a tab stays there. */
export function Tabs({ label, tabs, value, defaultValue = tabs[0]?.value, onChange }: TabsProps) {
  return (
    <RadixTabs.Root
      value={value}
      defaultValue={value === undefined ? defaultValue : undefined}
      onValueChange={onChange}
    >
      <RadixTabs.List aria-label={label} className="flex flex-wrap gap-x-6 border-b">
        {tabs.map((tab) => (
          <RadixTabs.Trigger
            key={tab.value}
            value={tab.value}
            className={cn(
              "-mb-px flex min-h-10 items-center border-b-2 border-transparent font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-text pointer-coarse:min-h-11 forced-colors:border-[color:Canvas]",
              "data-[state=active]:border-accent data-[state=active]:text-text forced-colors:data-[state=active]:border-[color:Highlight]",
            )}
          >
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content
          key={tab.value}
          value={tab.value}
          forceMount
          className="pt-5 outline-offset-4 data-[state=inactive]:hidden"
        >
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
