import { prisma } from "lib/base/prisma";
import { jackson } from "lib/connections/jackson";
import { expect, test, vi } from "vitest";
import { liveRoute, readyRoute } from "./probe-route";

const partOf = async () => {
  const answer = await readyRoute();
  return answer.status === 200 ? "ready" : (await answer.json()).part;
};

test("ready says yes only while database, migrations and sign-in stand, else names the part", async () => {
  await jackson();
  expect(await partOf()).toBe("ready");
  await prisma().$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL`;
  expect(await partOf()).toBe("migrations");
  await prisma().$executeRaw`UPDATE _prisma_migrations SET finished_at = now()`;
  await prisma()
    .$executeRaw`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    VALUES ('newer', 'x', '99990101000000_newer', now(), now(), 1)`;
  expect(await partOf()).toBe("migrations");
  await prisma().$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'newer'`;
  expect(await partOf()).toBe("ready");
  vi.stubGlobal("gatehouseTraffic", { servers: new Set(), isEnding: true, sawForwarded: false });
  expect(await partOf()).toBe("stopping");
  vi.unstubAllGlobals();
  expect((await liveRoute()).status).toBe(200);
});
