import "server-only";
import { done, write } from "lib/audit/write";
import { sha256 } from "lib/base/crypto";
import type { FormAnswer, FormRequest } from "lib/scope/form";
import { resolveSession } from "lib/users/resolve-session";

/** Ends this browser's session. The identity provider's own session goes on, which the next page says. */
export async function signOut(form: FormRequest): Promise<FormAnswer> {
  const cookie = form.cookie("session");
  const session = await resolveSession(cookie ?? undefined);
  if (cookie && session) {
    const scope = form.scopeFor(session.orgId, {
      kind: "user",
      id: session.userId,
      name: session.name,
      email: session.email,
      sessionHash: session.hash,
      provedAt: session.createdAt,
    });
    await write(scope, async (tx) => {
      const { count } = await tx.session.deleteMany({ where: { hash: sha256(cookie) } });
      return done("session.ended", { kind: "user", id: session.userId, name: session.name }, { sessions: count });
    });
  }
  const through = session?.connectionId ? "?through=connection" : "";
  return { to: `/sign-in/signed-out${through}`, cookies: [{ name: "session", value: null }] };
}
