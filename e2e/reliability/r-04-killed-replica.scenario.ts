import { setTimeout as pause } from "node:timers/promises";
import { findHalves } from "./find-halves";
import { compareLedger, openLedger } from "./ledger";
import { makeGroup, provision, readDirectory } from "./provisioning-load";
import { expect, figure, percentile, scenario, seeded } from "./scenario";

const writes = 2_000;
const kills = 10;

scenario(
  "R-04 kill -9 of a replica ten times in a provisioning run loses no acknowledged write and leaves none half",
  async ({ rig, client }) => {
    const ledger = openLedger();
    const groupId = await makeGroup(client);
    const random = seeded(4);
    const load = { client, ledger, domain: rig.domain, groupId };
    const running = provision(load, { writes, perSecond: 30, random });
    const dice = seeded(40);
    for (let kill = 0; kill < kills; kill++) {
      await pause(500 + dice() * 2_500);
      await rig.replaceReplica(kill % rig.replicas.length);
    }
    const tally = await running;
    const { found, memberIds } = await readDirectory(client, groupId);
    const { faults, acknowledged, unanswered } = compareLedger(ledger, found, memberIds);
    const halves = await findHalves(rig.database, rig.orgId);
    figure("kills", kills);
    figure("answers", JSON.stringify(Object.fromEntries(tally.answers)));
    figure("users acknowledged", acknowledged);
    figure("unanswered creates", unanswered);
    figure("p99 ms of acknowledged writes", percentile(tally.ms, 0.99));
    expect(faults).toEqual([]);
    expect(halves).toEqual([]);
    // A caller sees resets, 502 of the balancer, and whole-second waits while one replica carries all; nothing else.
    const others = [...tally.answers.keys()].filter(
      (status) => ![200, 201, 204, 429, 502, 503, "broken"].includes(status),
    );
    expect(others).toEqual([]);
    expect(tally.answers.get("broken") ?? tally.answers.get(502) ?? 0, "the kills must hit something").toBeGreaterThan(
      0,
    );
    expect(percentile(tally.ms, 0.99)).toBeLessThan(2_000);
  },
);
