import { expect, figure, person, scenario } from "./scenario";
import { scimClient } from "./scim-client";

const withinMs = 1_000;

scenario(
  "R-09 a deactivation on one replica ends the session, and a revoked token is dead, on the other within a second",
  async ({ rig, direct }) => {
    const [one, other] = direct;
    const made = await one("POST", "/Users", person(`ann@${rig.domain}`));
    const [user] = await rig.database.rows<{ id: string }>(
      'SELECT "userId" AS id FROM "DirectoryUser" WHERE "orgId" = $1 AND id = $2',
      [rig.orgId, made.body.id],
    );
    const cookie = `gatehouse.session=${await rig.database.insertSession(rig.orgId, String(user?.id))}`;
    const [, second] = rig.replicas;
    const account = () => fetch(`${second.url}/account`, { headers: { cookie }, redirect: "manual" });
    expect((await account()).status).toBe(200);
    const deactivated = await one("PUT", `/Users/${made.body.id}`, person(`ann@${rig.domain}`, { active: false }));
    expect(deactivated.status).toBe(200);
    const deactivatedAt = performance.now();
    expect((await account()).status).not.toBe(200);
    figure("session dead after ms", Math.round(performance.now() - deactivatedAt));

    expect((await other("GET", "/Users?count=1")).status).toBe(200);
    await rig.database.revokeToken(rig.orgId, "okta");
    const revokedAt = performance.now();
    const late = scimClient(`${second.url}/api/scim/v2`, rig.token);
    expect(await late("GET", "/Users?count=1")).toMatchObject({ status: 401 });
    figure("token dead after ms", Math.round(performance.now() - revokedAt));
    expect(performance.now() - revokedAt).toBeLessThan(withinMs);
  },
);
