import "server-only";
import type { SignedIn } from "lib/sign-in/open-session";
import { resolveSession } from "lib/users/resolve-session";
import type { Adapter, AdapterUser } from "next-auth/adapters";

const refuse = (step: string) => async () => {
  throw new Error(`next-auth must not ${step} here`);
};

/** next-auth knows one id, our key is two. */
const adapterUser = (orgId: string, { userId, name, email }: SignedIn): AdapterUser => ({
  id: `${orgId}/${userId}`,
  name,
  email,
  emailVerified: null,
});

/** What a callback has found out by the time next-auth asks for it. */
export type Outcome = {
  /** Who was found; null before that and after a refusal. */
  signedIn: () => { orgId: string; user: SignedIn } | null;
  /** Makes the session: its clear token and its end. */
  openSession: () => Promise<{ token: string; expires: Date }>;
};

/**
 * next-auth's storage for one request. It finds, makes and links nobody by itself: who signs in was decided before, so
 * the account that it asks for is that person or none. Session reads look at our own row.
 */
export const sessionAdapter = (outcome: Outcome | null): Adapter => ({
  createUser: refuse("create people"),
  updateUser: refuse("change people"),
  linkAccount: refuse("link identities"),
  updateSession: async () => null,
  deleteSession: async () => null,
  getUser: async () => null,
  getUserByEmail: async () => null,
  getUserByAccount: async () => {
    const found = outcome?.signedIn();
    return found ? adapterUser(found.orgId, found.user) : null;
  },
  createSession: async ({ userId }) => {
    if (!outcome) return refuse("open sessions")();
    const { token, expires } = await outcome.openSession();
    return { sessionToken: token, userId, expires };
  },
  getSessionAndUser: async (token) => {
    const session = await resolveSession(token);
    if (!session) return null;
    const { orgId, userId, name, email, expiresAt } = session;
    const user = adapterUser(orgId, { userId, name, email });
    return { session: { sessionToken: token, userId: user.id, expires: expiresAt }, user };
  },
});
