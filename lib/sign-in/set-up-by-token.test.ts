import { prisma } from "lib/base/prisma";
import { setupToken } from "lib/organizations/setup-token";
import { resolveSession } from "lib/users/resolve-session";
import { expect, test } from "vitest";
import { cookieOf, formOf } from "vitest/form";
import { setUpByToken } from "./set-up-by-token";

const input = {
  organization: "Acme Corp.",
  name: "First Owner",
  email: "Owner@Acme.example",
  password: "correct horse battery",
};

test("first run: only with the token of the log, only once, and of ten at once one wins", async () => {
  const wrong = setUpByToken(formOf(), { ...input, token: "guessed" });
  await expect(wrong).rejects.toMatchObject({ code: "not_found" });
  expect(await prisma().organization.count()).toBe(0);

  const token = setupToken();
  const tries = Array.from({ length: 10 }, () => setUpByToken(formOf(), { ...input, token }).catch(() => null));
  const won = (await Promise.all(tries)).flatMap((answer) => answer ?? []);
  expect(won).toHaveLength(1);
  expect(await prisma().organization.findMany()).toMatchObject([{ name: "Acme Corp.", slug: "acme-corp" }]);
  const session = await resolveSession(won[0] ? (cookieOf(won[0], "session") ?? "") : "");
  expect(session).toMatchObject({ role: "owner", email: "owner@acme.example", method: "setup" });

  await expect(setUpByToken(formOf(), { ...input, token })).rejects.toMatchObject({ code: "not_found" });
});
