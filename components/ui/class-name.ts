import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The names of tailwind.config.ts, so that a later class of the same kind wins over an earlier one.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["caption", "small", "body", "title", "heading", "display"],
      radius: ["control", "card", "dialog"],
      shadow: ["float"],
      spacing: ["control", "control-small"],
    },
  },
});

/** Joins class names; what the caller adds wins over what the component has. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
