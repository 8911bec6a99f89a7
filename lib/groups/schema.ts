import { z } from "zod";

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The groups list's search parameters: bad values fall back to the default. */
export const groupFilter = z.object({
  q: z.preprocess(one, z.string().trim().max(200).catch("").default("")),
  sort: z.preprocess(one, z.enum(["name", "-name"]).catch("name").default("name")),
  size: z.preprocess(
    one,
    z.coerce
      .number()
      .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
      .catch(25),
  ),
  after: z.preprocess(one, z.string().max(500).optional().catch(undefined)),
  before: z.preprocess(one, z.string().max(500).optional().catch(undefined)),
});
export type GroupFilter = z.infer<typeof groupFilter>;
