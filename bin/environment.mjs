// Everything that a command finds in its surroundings: settings, secrets of a clone, the database.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSettings } from "./bundle.mjs";
import { root } from "./root.mjs";

export const dataFolder = join(root, ".data");
const isLoopback = (/** @type {string} */ url) =>
  URL.canParse(url) && ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);

/** What Gatehouse has to say beside a command's own output. @param {string} text */
export const notice = (text) => process.stderr.write(`${text}\n`);

/**
 * Reads .env, fills what a clone on loopback may leave out, starts the embedded database where DATABASE_URL is unset,
 * and writes everything into `process.env`, where the product reads it.
 * @returns {Promise<{databaseUrl: string, stop: () => Promise<boolean>}>}
 */
export async function prepareEnvironment() {
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  const { env } = process;
  env.APP_URL ||= "http://localhost:3000";
  env.PORT ||= "3000";
  const embedded = !env.DATABASE_URL;
  if (embedded && isLoopback(env.APP_URL)) fillSecrets();
  // The shell's HOSTNAME is the machine's name; Next would listen on it.
  env.HOSTNAME = env.HOST || (isLoopback(env.APP_URL) ? loopbackOf(env.APP_URL) : "0.0.0.0");
  env.NEXTAUTH_URL = env.APP_URL;
  Object.assign(env, {
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
    DO_NOT_TRACK: "1",
    NEXT_MANUAL_SIG_HANDLE: "true",
  });
  const { parseEnv } = await loadSettings();
  parseEnv({ ...env, DATABASE_URL: env.DATABASE_URL || "postgresql://embedded" });
  if (!embedded) return { databaseUrl: String(env.DATABASE_URL), stop: async () => true };
  const { startDatabase } = await import("./database.mjs");
  const { url, folder, stop } = await startDatabase({ dataFolder });
  if (!folder.startsWith(dataFolder)) notice(`Data of the embedded PostgreSQL: ${folder}`);
  env.DATABASE_URL = url;
  return { databaseUrl: url, stop };
}

const loopbackOf = (/** @type {string} */ url) => (new URL(url).hostname === "[::1]" ? "::1" : "127.0.0.1");

/** Secrets of a clone on loopback, made once beside its data. */
function fillSecrets() {
  const { env } = process;
  if (env.NEXTAUTH_SECRET && env.ENCRYPTION_KEY) return;
  const file = join(dataFolder, "secrets.json");
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    const made = {
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      ENCRYPTION_KEY: `k1:${randomBytes(32).toString("base64")}`,
    };
    try {
      writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another process made them at the same moment.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
  }
  const kept = JSON.parse(readFileSync(file, "utf8"));
  env.NEXTAUTH_SECRET ||= kept.NEXTAUTH_SECRET;
  env.ENCRYPTION_KEY ||= kept.ENCRYPTION_KEY;
}
