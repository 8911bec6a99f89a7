import { appRoutes } from "./app-routes";
import { expect, test } from "./fixtures";

const id = "01890000-0000-7000-8000-000000000000";

/** Addresses that no folder answers: pages of Next's own making, which must be no gap in the policy. */
const elsewhere = [
  "/no-such-page",
  "/api",
  "/api/",
  "/api/unknown",
  "/api/auth",
  "/api/saml/x",
  "/scimitar",
  "/scim-2",
  "/sign-in/go",
  "/sign-in/go/",
  "/sign-in/go/a/b",
  "/_next/unknown",
  "/favicon.ico",
  "/%00",
  "/..%2f..%2fapi",
];

test("every HTML and JSON answer, signed in or not, has a policy, and only public metadata may be kept", async ({
  org,
  database,
  installation,
}) => {
  test.setTimeout(120_000);
  const { id: orgId, owner } = await org();
  const user = await database.userByEmail(orgId, owner.email);
  const session = `gatehouse.session=${await database.insertSession(orgId, user?.id ?? "")}`;
  const paths = [...appRoutes.map(({ pattern }) => pattern.replace(/\[[.\w]+\]/g, id)), ...elsewhere];
  for (const path of paths) {
    for (const cookie of ["", session]) {
      const answer = await fetch(installation.url + path, { headers: cookie ? { cookie } : {}, redirect: "manual" });
      const { headers, status } = answer;
      const what = `${path} ${status} ${cookie ? "signed in" : "signed out"}`;
      await answer.body?.cancel();
      expect(status, what).toBeLessThan(500);
      expect(headers.get("x-powered-by"), what).toBeNull();
      expect(headers.get("access-control-allow-origin"), what).toBeNull();
      expect(headers.get("x-content-type-options"), what).toBe("nosniff");
      expect(headers.get("referrer-policy"), what).toMatch(/^(same-origin|no-referrer)$/);
      expect(headers.get("cross-origin-opener-policy"), what).toBe("same-origin");
      if (!/html|json/.test(headers.get("content-type") ?? "")) continue;
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy, what).toContain("frame-ancestors 'none'");
      expect(policy, what).toContain("base-uri 'none'");
      expect(policy, what).toMatch(/default-src '(self|none)'/);
      expect(policy.match(/script-src[^;]*/)?.[0] ?? "", what).not.toContain("unsafe");
      expect(headers.get("cache-control"), what).toContain("no-store");
    }
  }
});

/** A nonce, a cookie's value and its end, a sign-in's id. */
const random = /nonce-[^']+|(?<=^gatehouse\.[\w-]+=)[^;]+|Expires=[^;]+|(?<=go\/)[0-9a-f-]{36}/g;

test("L-06: at the first step known and unknown people get the same answer but for what is random", async ({
  org,
  database,
  installation,
}) => {
  const [linked, loose] = [await org(), await org({ connections: [{ status: "draft" }] })];
  for (const { id: orgId, domain, owner } of [linked, loose]) {
    await database.insertUser(orgId, { email: `ann@${domain}`, name: "Ann Lee", role: "member" });
    const shapes: string[] = [];
    for (const email of [owner.email, `ann@${domain}`, `nobody@${domain}`]) {
      const answer = await fetch(`${installation.url}/sign-in/continue`, {
        method: "POST",
        redirect: "manual",
        headers: { origin: installation.url },
        body: new URLSearchParams({ email }),
      });
      const shape = [...answer.headers]
        .filter(([name]) => name !== "date" && name !== "x-request-id")
        .map(([name, value]) => `${name}: ${value.replace(random, "")}`);
      shapes.push([answer.status, await answer.text(), ...shape.sort()].join("\n"));
    }
    expect(new Set(shapes).size, shapes.join("\n\n")).toBe(1);
  }
});
