import { setTimeout as pause } from "node:timers/promises";
import { oktaApp } from "../fake-okta/scim.mjs";
import { expect, figure, scenario } from "./scenario";

scenario(
  "R-22 Okta deactivates while PostgreSQL is away: 429, never a success, and its own retry ends the access",
  async ({ rig }) => {
    const waits: number[] = [];
    const okta = oktaApp({
      baseUrl: rig.scimUrl,
      token: rig.token,
      kind: "aiw",
      // Okta waits as long as Retry-After says; here only until the database is back.
      sleep: async (ms: number) => {
        waits.push(ms);
        if (waits.length === 2) await rig.startDatabaseAgain();
        await pause(100);
      },
    });
    await okta.assign({ userName: `ann@${rig.domain}`, givenName: "Ann", familyName: "Lee" });
    await rig.breakDatabase("immediate");
    await okta.unassign(`ann@${rig.domain}`);
    const statuses = okta.calls.map(({ status }: { status: number }) => status);
    const [row] = await rig.database.rows<{ status: string }>(
      'SELECT status FROM "User" WHERE "orgId" = $1 AND "emailLower" = $2',
      [rig.orgId, `ann@${rig.domain}`],
    );
    figure("Okta's calls", statuses.join(" "));
    figure("waits ms", waits.join(" "));
    expect(row?.status).toBe("deactivated");
    expect(statuses).toContain(429);
    expect(waits.every((ms) => ms === 30_000)).toBe(true);
  },
);
