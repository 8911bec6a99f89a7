import "server-only";
import { done, write } from "lib/audit/write";
import { limiterKey } from "lib/base/client-address";
import { sha256 } from "lib/base/crypto";
import { countUse, giveBack } from "lib/base/limit";
import { verifyNothing, verifyPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import type { Actor } from "lib/scope/scope";
import { findPasswordUsers } from "lib/users/resolve-password-users";
import type { PasswordUser } from "lib/users/schema";
import { openSession } from "lib/users/steps";
import { addressCookieName, readAddressCookie } from "./address-cookie";
import { choiceCookie, choiceCookieName, readChoice } from "./choice-cookie";
import type { ChooseForm, PasswordForm } from "./schema";

const wrong: FormAnswer = { to: "/sign-in/password?error=wrong" };
const startAgain: FormAnswer = { to: "/sign-in" };

/**
 * The password step. Candidates are the active people with the typed address in whichever organizations; their hashes
 * are checked side by side, a missing one costs a dummy check. Wrong, unknown and not allowed end alike, in one time:
 * the audit events of a failure are written once the answer is out.
 */
export async function signInWithPassword(form: FormRequest, { password }: PasswordForm): Promise<FormAnswer> {
  const typed = readAddressCookie(form.cookie(addressCookieName));
  if (!typed) return startAgain;
  const client = limiterKey(form.request.clientAddress);
  await countUse("passwordByClient", `${typed.email}|${client}`);
  // One password tried at many addresses; a right one is given back, since a whole office may share an address.
  await countUse("passwordByClientAlone", client);
  await countUse("passwordByAccount", typed.email);

  const candidates = await findPasswordUsers(typed.email);
  const verdicts = await Promise.all(
    candidates.length
      ? candidates.map((user) => verifyPassword(user.passwordHash, password))
      : [verifyNothing(password)],
  );
  const fitting = candidates.filter((_, position) => verdicts[position]);
  if (fitting.length > 0) await giveBack("passwordByClientAlone", client);
  if (fitting.length > 1) return { to: "/sign-in/choose", cookies: [choiceCookie(fitting)] };
  const [user] = fitting;
  if (!user) return { ...wrong, afterwards: () => recordFailure(form, candidates) };
  return open(form, { ...user, proof: sha256(user.passwordHash) }, typed.next);
}

/** The choice after the proof: opens the session in that organization, if the person may still sign in there. */
export async function chooseOrganization(form: FormRequest, { organization }: ChooseForm): Promise<FormAnswer> {
  const chosen = readChoice(form.cookie(choiceCookieName)).find((user) => user.orgId === organization);
  if (!chosen) return startAgain;
  const typed = readAddressCookie(form.cookie(addressCookieName));
  return open(form, chosen, typed?.next ?? null);
}

/** `proof`: the digest of the stored hash that the password fitted. */
type Chosen = { orgId: string; id: string; name: string; proof: string };

const actorOf = (user: Omit<Chosen, "proof">): Actor => ({ kind: "link", id: user.id, name: user.name });

async function open(form: FormRequest, user: Chosen, next: string | null): Promise<FormAnswer> {
  const scope = form.scopeFor(user.orgId, actorOf(user));
  const formerCookie = form.cookie("session");
  const result = await write(scope, async (tx) => {
    const session = await openSession(tx, scope, { userId: user.id, method: "password", formerCookie });
    const target = { kind: "user", id: user.id, name: user.name } as const;
    if (!session) return refused("user_deactivated");
    // The row is locked by now: a change of password meanwhile has ended what the old one proved.
    const where = { orgId: user.orgId, id: user.id };
    const { passwordHash } = await tx.user.findFirstOrThrow({ where, select: { passwordHash: true } });
    if (sha256(passwordHash ?? "") !== user.proof) return refused("wrong_password");
    return done("sign_in.password_succeeded", target, { method: "password" }, { session });
  });
  if (!result.ok) return wrong;
  return {
    to: next ?? "/",
    cookies: [
      { name: "session", value: result.value.session },
      { name: addressCookieName, value: null },
      { name: choiceCookieName, value: null },
    ],
  };
}

async function recordFailure(form: FormRequest, candidates: PasswordUser[]) {
  for (const user of candidates) {
    await write(form.scopeFor(user.orgId, actorOf(user)), async () =>
      done("sign_in.password_failed", { kind: "user", id: user.id, name: user.name }, { reason: "wrong password" }),
    );
  }
}
