import { z } from "zod";

/** Search parameters of lists: what is bad falls back to the default, so that an old or broken address still opens. */
const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const all = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** What is typed into a search box; PostgreSQL knows no NUL. */
export const searchText = z.preprocess(
  first,
  z
    .string()
    .trim()
    .max(200)
    .refine((text) => !text.includes("\u0000"))
    .catch("")
    .default(""),
);

export const onceOf = <T extends z.ZodType>(schema: T) => z.preprocess(first, schema);

/** A filter that may be given several times; values that are none are left out. */
export const manyOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => all(value).filter((one) => item.safeParse(one).success), z.array(item));

export const optionalDay = onceOf(z.iso.date().optional().catch(undefined));

const sizes = z.union([z.literal(25), z.literal(50), z.literal(100)]);

/** Rows a page and the cursors of its neighbours. */
export const pageParams = (size: 25 | 50 | 100) => ({
  size: onceOf(z.coerce.number().pipe(sizes).catch(size)),
  after: onceOf(z.string().max(500).optional().catch(undefined)),
  before: onceOf(z.string().max(500).optional().catch(undefined)),
});
