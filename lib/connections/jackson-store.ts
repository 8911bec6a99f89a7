import "server-only";
import { now } from "lib/base/clock";
import { prisma } from "lib/base/prisma";

type Encrypted = { value: string; iv?: string; tag?: string };
type Index = { name: string; value: string };

const storeKey = (namespace: string, key: string) => `${namespace}:${key}`;
const indexKey = (namespace: string, { name, value }: Index) => `${namespace}:${name}:${value}`;

const live = () => ({ OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }] });
const select = { value: true, iv: true, tag: true } as const;

const plain = (row: { value: string; iv: string | null; tag: string | null }): Encrypted => ({
  value: row.value,
  ...(row.iv && row.tag ? { iv: row.iv, tag: row.tag } : {}),
});

/** A request under way and the code that ends it are used up by being read (sign-in.md section 11). */
const takenOnce = new Set(["oauth:session", "oauth:code"]);

async function take(key: string): Promise<Encrypted | null> {
  try {
    // Prisma sends one DELETE ... RETURNING: of any number at once, one gets the row.
    return plain(await prisma().jacksonStore.delete({ where: { key, ...live() }, select }));
  } catch (error) {
    if ((error as { code?: string }).code === "P2025") return null;
    throw error;
  }
}

/**
 * Jackson's nine storage methods on our own tables. Values come encrypted; keys come as digests. Expiry is checked at
 * each read. A look-up by index returns all records, so that many connections of one entity ID cannot push one out.
 */
export const jacksonStore = {
  async get(namespace: string, key: string): Promise<Encrypted | null> {
    if (takenOnce.has(namespace)) return take(storeKey(namespace, key));
    const row = await prisma().jacksonStore.findFirst({ where: { key: storeKey(namespace, key), ...live() }, select });
    return row && plain(row);
  },

  async getAll(namespace: string) {
    const rows = await prisma().jacksonStore.findMany({
      where: { namespace, ...live() },
      orderBy: { createdAt: "desc" },
      select,
    });
    return { data: rows.map(plain) };
  },

  async getByIndex(namespace: string, index: Index) {
    const rows = await prisma().jacksonStore.findMany({
      where: { indexes: { some: { key: indexKey(namespace, index) } }, ...live() },
      select,
    });
    return { data: rows.map(plain) };
  },

  async getCount(namespace: string, index?: Index): Promise<number> {
    const indexes = index && { some: { key: indexKey(namespace, index) } };
    return prisma().jacksonStore.count({ where: { namespace, ...live(), ...(indexes ? { indexes } : {}) } });
  },

  async put(namespace: string, key: string, sealed: Encrypted, seconds = 0, ...indexes: Index[]): Promise<void> {
    const own = storeKey(namespace, key);
    const data = {
      namespace,
      value: sealed.value,
      iv: sealed.iv ?? null,
      tag: sealed.tag ?? null,
      expiresAt: seconds > 0 ? new Date(now().getTime() + seconds * 1_000) : null,
      modifiedAt: now(),
    };
    await prisma().$transaction([
      prisma().jacksonStore.upsert({ where: { key: own }, create: { key: own, ...data }, update: data }),
      prisma().jacksonIndex.deleteMany({ where: { storeKey: own } }),
      prisma().jacksonIndex.createMany({
        data: indexes.map((index) => ({ key: indexKey(namespace, index), storeKey: own })),
        skipDuplicates: true,
      }),
    ]);
  },

  async delete(namespace: string, key: string): Promise<void> {
    await prisma().jacksonStore.deleteMany({ where: { key: storeKey(namespace, key) } });
  },

  async deleteMany(namespace: string, keys: string[]): Promise<void> {
    await prisma().jacksonStore.deleteMany({ where: { key: { in: keys.map((key) => storeKey(namespace, key)) } } });
  },

  // The pool is ours and outlives Jackson.
  async close(): Promise<void> {},

  getStats: (): Record<string, number> => ({}),
};

/** Notes that the connection's record in Jackson now mirrors these settings. A projection, so no event. */
export async function noteRecord(
  { orgId, id }: { orgId: string; id: string },
  record: { clientId: string; fingerprint: string },
): Promise<void> {
  await prisma().connection.updateMany({
    where: { orgId, id },
    data: { jacksonClientId: record.clientId, jacksonFingerprint: record.fingerprint },
  });
}
