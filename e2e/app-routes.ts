import { readdirSync } from "node:fs";
import { root } from "./server";

/** A page or a route handler of the app, by its address as the folders spell it: `/users/[userId]`. */
export type AppRoute = { kind: "page" | "route"; pattern: string; console: boolean };

/** Every address that the app folder answers. */
export const appRoutes: AppRoute[] = readdirSync(`${root}app`, { recursive: true, encoding: "utf8" })
  .flatMap((file): AppRoute[] => {
    const [, folder = "", kind] = /^(?:(.*)\/)?(page\.tsx|route\.ts)$/.exec(file) ?? [];
    if (!kind) return [];
    const steps = folder.split("/").filter((step) => step !== "" && !/^\(.*\)$/.test(step));
    const pattern = `/${steps.join("/")}`;
    return [{ kind: kind === "page.tsx" ? "page" : "route", pattern, console: folder.startsWith("(console)") }];
  })
  .sort((one, other) => one.pattern.localeCompare(other.pattern));
