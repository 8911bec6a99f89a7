import "server-only";
import { minutesAgo, now } from "lib/base/clock";
import { seal, sha256, unseal } from "lib/base/crypto";
import type { PasswordUser } from "lib/users/schema";

/** The proof that a password fitted in several organizations, kept by the browser for 5 minutes. */
export const choiceCookieName = "choice";
const choiceMinutes = 5;

type Choice = { at: string; users: { orgId: string; id: string; organization: string; name: string; proof: string }[] };

export const choiceCookie = (users: PasswordUser[]) => {
  const choice: Choice = {
    at: now().toISOString(),
    users: users.map(({ orgId, id, organization, name, passwordHash }) => ({
      orgId,
      id,
      organization,
      name,
      proof: sha256(passwordHash),
    })),
  };
  return {
    name: choiceCookieName,
    value: seal(JSON.stringify(choice), choiceCookieName),
    maxAge: choiceMinutes * 60,
  };
};

/** The organizations to choose between; empty where there is no valid proof. */
export function readChoice(value: string | null | undefined): Choice["users"] {
  if (!value) return [];
  try {
    const choice = JSON.parse(unseal(value, choiceCookieName)) as Choice;
    return new Date(choice.at) > minutesAgo(choiceMinutes) ? choice.users : [];
  } catch {
    return [];
  }
}
