import { z } from "zod";

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const day = z.iso.date();

/** The audit log's search parameters: bad values fall back to none. `reference` is the number people quote. */
export const auditFilter = z.object({
  action: z.preprocess(one, z.string().max(100).catch("").default("")),
  actor: z.preprocess(one, z.string().max(100).catch("").default("")),
  target: z.preprocess(one, z.string().max(100).catch("").default("")),
  from: z.preprocess(one, day.optional().catch(undefined)),
  to: z.preprocess(one, day.optional().catch(undefined)),
  q: z.preprocess(one, z.string().trim().max(200).catch("").default("")),
  size: z.preprocess(
    one,
    z.coerce
      .number()
      .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
      .catch(50),
  ),
  after: z.preprocess(one, z.string().max(500).optional().catch(undefined)),
  before: z.preprocess(one, z.string().max(500).optional().catch(undefined)),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** Who acted, in words. */
export const actorKindNames: Record<string, string> = {
  user: "Person",
  directory: "SCIM",
  idp: "Identity provider",
  link: "Sign-in page",
  job: "Gatehouse",
  cli: "Operator",
};
