import { createServer } from "node:net";
import { env } from "lib/base/env";
import { afterEach } from "vitest";
import { changeSettings } from "./settings";

const processWide = globalThis as { gatehousePool?: unknown; gatehousePrisma?: unknown };
const { DATABASE_URL } = env();
let opened: typeof processWide | null = null;

/** From now on, until the test ends, this process finds its database at another address. */
function moveDatabase(address: string) {
  opened ??= { ...processWide };
  processWide.gatehousePool = undefined;
  processWide.gatehousePrisma = undefined;
  changeSettings({ DATABASE_URL: address });
}

afterEach(() => {
  if (!opened) return;
  Object.assign(processWide, { gatehousePool: opened.gatehousePool, gatehousePrisma: opened.gatehousePrisma });
  opened = null;
  changeSettings({ DATABASE_URL });
});

/** Runs `work` twice without the database: at an address that refuses, and at one that accepts and never answers. */
export async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as { port: number };
  try {
    for (const address of ["postgres://a:b@127.0.0.1:1/x", `postgres://a:b@127.0.0.1:${port}/x`]) {
      moveDatabase(address);
      await work();
    }
  } finally {
    silent.close();
  }
}
