import "server-only";
import { absoluteUrl } from "lib/base/env";
import { log } from "lib/base/log";
import { isSetUp } from "lib/organizations/resolve-organization";
import { setupToken } from "lib/organizations/setup-token";

/**
 * While there is no organization, prints where to make the first. A plain line, so that no LOG_LEVEL hides it: the
 * token stands nowhere else.
 */
export async function announceSetUp(): Promise<void> {
  try {
    if (await isSetUp()) return;
    process.stdout.write(`\nThere is no organization yet. Make the first one here:\n  ${setUpUrl()}\n\n`);
  } catch (error) {
    log().warn({ error: (error as Error).message }, "could not look for the first organization");
  }
}

const setUpUrl = () => absoluteUrl(`/setup?token=${setupToken()}`);
