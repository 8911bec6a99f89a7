import "server-only";
import { minutesAgo, now } from "./clock";
import { log } from "./log";
import { prisma } from "./prisma";

// Columns that change on mere use. Written at most once a minute, without an event; a failure never stops the use.
const quietly = (work: Promise<unknown>) =>
  work.catch((error: Error) => log().debug({ error: error.message }, "touch failed"));

export const touchSession = (hash: string) =>
  quietly(
    prisma().session.updateMany({ where: { hash, lastSeenAt: { lt: minutesAgo(1) } }, data: { lastSeenAt: now() } }),
  );

export const touchToken = (
  { orgId, id }: { orgId: string; id: string },
  use: { clientAddress: string | null; userAgent: string | null },
) =>
  quietly(
    prisma().token.updateMany({
      where: { orgId, id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minutesAgo(1) } }] },
      data: {
        lastUsedAt: now(),
        lastUsedAddress: use.clientAddress,
        lastUsedAgent: use.userAgent?.slice(0, 256) ?? null,
      },
    }),
  );
