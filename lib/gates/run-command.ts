import "server-only";
import { readFile } from "node:fs/promises";
import { applyDeclaration } from "lib/apply/apply-declaration";
import { DeclarationError } from "lib/apply/demand";
import { declaration } from "lib/apply/schema";
import { newId, newReference } from "lib/base/crypto";
import { isUnavailable } from "lib/base/db";
import { explainRefusal } from "lib/base/refusals";
import { findOrganizationBySlug } from "lib/organizations/resolve-organization";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import { mintScope } from "lib/scope/mint-scope";
import type { OrgScope } from "lib/scope/scope";
import { recoverOwner } from "lib/users/recover-owner";

/** The operator acts with an owner's rights; audit events say "cli". */
const operatorScope = (orgId: string): OrgScope =>
  mintScope({
    orgId,
    role: "owner",
    actor: { kind: "cli", id: "cli", name: "Command line" },
    request: { reference: newReference(), clientAddress: null, userAgent: "gatehouse command line" },
  });

/** What went wrong, for standard error; the command then exits with 1. */
class CommandError extends Error {}

const commands: Record<string, (words: string[]) => Promise<string>> = { apply, recover };

/**
 * Runs one command of `bin/gatehouse.mjs` that needs verbs: its result goes to standard output, everything else to
 * standard error. Answers the exit code.
 */
export async function runCommand(argv: string[]): Promise<number> {
  const [name = "", ...words] = argv;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new CommandError(`unknown command "${name}"`);
    process.stdout.write(`${await command(words)}\n`);
    return 0;
  } catch (error) {
    const known = error instanceof CommandError || error instanceof DeclarationError;
    const text = known
      ? error.message
      : isUnavailable(error)
        ? "Gatehouse cannot reach its database."
        : ((error as Error).stack ?? String(error));
    process.stderr.write(`${text}\n`);
    return 1;
  }
}

/** apply FILE: makes what the file declares and answers it as JSON. */
async function apply([file]: string[]): Promise<string> {
  if (!file) throw new CommandError("usage: gatehouse apply FILE.json");
  const text = await readFile(file, "utf8").catch(() => {
    throw new CommandError(`${file} cannot be read`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const parsed = declaration.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "file"}: ${message}`);
    throw new CommandError(problems.join("\n"));
  }
  const applied = await applyDeclaration(parsed.data, (orgId) => operatorScope(orgId ?? newId()));
  return JSON.stringify(applied, null, 2);
}

/** recover --org SLUG --owner EMAIL: a link that sets a new password for an owner, once, within 15 minutes. */
async function recover(words: string[]): Promise<string> {
  const option = (name: string) => words[words.indexOf(`--${name}`) + 1];
  const [slug, owner] = words.includes("--org") && words.includes("--owner") ? [option("org"), option("owner")] : [];
  if (!slug || !owner) throw new CommandError("usage: gatehouse recover --org SLUG --owner EMAIL");
  const organization = await findOrganizationBySlug(slug);
  if (!organization) throw new CommandError(`there is no organization with the short name "${slug}"`);
  const address = normalizeEmail(owner);
  if (!address.ok) throw new CommandError(`${owner} is not an e-mail address`);
  const result = await recoverOwner(operatorScope(organization.id), { email: address.email });
  if (result.ok) return result.value.url;
  throw new CommandError(
    result.reason === "not_found"
      ? `${owner} is no active owner of ${organization.name}`
      : explainRefusal(result).message,
  );
}
