import { randomToken } from "lib/base/crypto";
import { askForReset } from "lib/sign-in/use-link";
import { requestResetInput } from "lib/users/schema";
import { expect, test, vi } from "vitest";
import { makeOrganization } from "vitest/fixtures";
import { withoutDatabase } from "vitest/move-database";
import { getAuth, makeProvider, postToAcs, respond, startFlow } from "vitest/sign-in";
import { goRoute } from "./go-route";
import { publicForm } from "./public-form";
import { metadataRoute } from "./saml-route";

vi.mock("next/server", () => ({ after: () => undefined }));

test("R-22: without its database every public route answers 503 with Retry-After 30 in under 5 s, and nobody is signed out", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const flow = await startFlow(`ada@${org.domain}`);
  const said = { nameId: "ada", attributes: { email: `ada@${org.domain}` } };
  const fields = { SAMLResponse: respond(connection, flow, said), RelayState: flow.relayState };
  const signedIn = new Map([["gatehouse.session", randomToken()]]);
  const connectionId = connection.id;
  const reset = publicForm(requestResetInput, askForReset);
  const routes: Record<string, () => Promise<Response>> = {
    session: () => getAuth("/api/auth/session", signedIn),
    callback: () => getAuth("/api/auth/callback/saml?state=x&code=y", new Map(flow.cookies)),
    acs: () => postToAcs(connectionId, fields),
    metadata: () => metadataRoute(new Request("http://localhost:3000/"), { params: Promise.resolve({ connectionId }) }),
    go: () => goRoute(new Request("http://localhost:3000/"), { params: Promise.resolve({ pendingId: connectionId }) }),
    form: () =>
      reset(
        new Request("http://localhost:3000/reset/continue", {
          method: "POST",
          headers: { origin: "http://localhost:3000" },
          body: new URLSearchParams({ email: `ada@${org.domain}` }),
        }),
        { params: Promise.resolve(undefined) },
      ),
  };
  await withoutDatabase(async () => {
    for (const [name, ask] of Object.entries(routes)) {
      const began = performance.now();
      const answer = await ask();
      expect([answer.status, answer.headers.get("retry-after")], name).toEqual([503, "30"]);
      expect(performance.now() - began, name).toBeLessThan(5_000);
      expect(await answer.text(), name).toContain("cannot reach its database");
    }
  });
  expect(signedIn.size).toBe(1);
}, 60_000);
