import { setTimeout as pause } from "node:timers/promises";
import { findHalves } from "./find-halves";
import { compareLedger, openLedger } from "./ledger";
import { makeGroup, provision, readDirectory } from "./provisioning-load";
import { expect, figure, scenario, seeded } from "./scenario";

const breaks = ["immediate", "kill -9", "immediate", "kill -9", "immediate"] as const;
const awayMs = 10_000;

scenario(
  "R-05 PostgreSQL ended five times, by kill -9 too: no acknowledged write is lost, every refusal says when to come back",
  async ({ rig, client }) => {
    const ledger = openLedger();
    const groupId = await makeGroup(client);
    const load = { client, ledger, domain: rig.domain, groupId };
    const running = provision(load, { writes: 2_700, perSecond: 30, random: seeded(5) });
    const recoveries: number[] = [];
    for (const how of breaks) {
      await pause(3_000);
      await rig.breakDatabase(how);
      const startedAgain = pause(awayMs).then(() => rig.startDatabaseAgain());
      await pause(1_000);
      for (const { url } of rig.replicas) {
        expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
        expect((await fetch(`${url}/api/health/ready`)).status).toBe(503);
      }
      await startedAgain;
      const backAt = performance.now();
      for (const { url } of rig.replicas) {
        while ((await fetch(`${url}/api/health/ready`)).status !== 200) await pause(50);
      }
      while ((await client("GET", `/Groups/${groupId}?excludedAttributes=members`)).status !== 200) await pause(50);
      recoveries.push(Math.round(performance.now() - backAt));
    }
    const tally = await running;
    const { found, memberIds } = await readDirectory(client, groupId);
    const { faults, acknowledged, unanswered } = compareLedger(ledger, found, memberIds);
    const halves = await findHalves(rig.database, rig.orgId);
    const slowest = Math.max(...tally.refusals.map(({ ms }) => ms));
    figure("breaks", breaks.join(", "));
    figure("answers", JSON.stringify(Object.fromEntries(tally.answers)));
    figure("users acknowledged", acknowledged);
    figure("unanswered creates", unanswered);
    figure("slowest refusal ms", Math.round(slowest));
    figure("recovered after ms", recoveries.join(", "));
    expect(faults).toEqual([]);
    expect(halves).toEqual([]);
    const others = [...tally.answers.keys()].filter((status) => ![200, 201, 204, 429, 503].includes(Number(status)));
    expect(others, "in the gap only whole-second waits").toEqual([]);
    expect(tally.refusals.length).toBeGreaterThan(0);
    expect(tally.refusals.map(({ retryAfter }) => retryAfter).filter((wait) => !/^\d+$/.test(wait ?? ""))).toEqual([]);
    expect(slowest).toBeLessThan(5_000);
    expect(Math.max(...recoveries)).toBeLessThanOrEqual(10_000);
    expect(rig.replicas.map(({ child }) => child.exitCode)).toEqual([null, null]);
  },
);
