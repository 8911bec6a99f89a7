import { onceOf, pageParams, searchText } from "lib/scope/list-params";
import { z } from "zod";

/** The groups list's search parameters. */
export const groupFilter = z.object({
  q: searchText,
  sort: onceOf(z.enum(["name", "-name"]).catch("name").default("name")),
  ...pageParams(25),
});
export type GroupFilter = z.infer<typeof groupFilter>;
