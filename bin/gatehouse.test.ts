import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const settings = {
  PATH: process.env.PATH,
  APP_URL: process.env.APP_URL,
  DATABASE_URL: process.env.DATABASE_URL,
  NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET,
  ENCRYPTION_KEY: process.env.ENCRYPTION_KEY,
};

/** Runs node with nothing but these settings, as an operator's shell would. */
async function run(words: string[], more: Record<string, string | undefined> = {}) {
  const env = { ...settings, ...more } as unknown as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, words, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.stderr += chunk;
  });
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, ...said };
}

const gatehouse = (words: string[], more = {}) => run(["bin/gatehouse.mjs", ...words], more);

/** What one variable holds once the environment is prepared. */
async function prepared(name: string, more: Record<string, string>) {
  const script = `const { prepareEnvironment } = await import("./bin/environment.mjs");
    await prepareEnvironment();
    process.stdout.write(process.env[${JSON.stringify(name)}] ?? "");`;
  return (await run(["--input-type=module", "-e", script], more)).stdout;
}

test("an unknown command shows what there is and fails", async () => {
  const { status, stdout, stderr } = await gatehouse(["fly"]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("apply FILE.json");
});

test("every wrong setting is told at once and by name, before anything is started", async () => {
  const { status, stderr } = await gatehouse(["migrate"], {
    PORT: "x",
    NEXTAUTH_SECRET: "hunter2",
    ENCRYPTION_KEY: "",
  });
  expect(status).toBe(1);
  for (const name of ["PORT", "NEXTAUTH_SECRET", "ENCRYPTION_KEY"]) expect(stderr).toContain(name);
  expect(stderr).not.toContain("hunter2");
});

test("secrets are never made up for an installation that others reach", async () => {
  const wanted = { APP_URL: "https://sign-in.example.com", NEXTAUTH_SECRET: "", ENCRYPTION_KEY: "", DATABASE_URL: "" };
  const { status, stderr } = await gatehouse(["migrate"], wanted);
  expect(status).toBe(1);
  expect(stderr).toMatch(/NEXTAUTH_SECRET is missing; ENCRYPTION_KEY is missing/);
});

test("it listens on loopback while APP_URL does, else everywhere, else where HOST says; the shell's HOSTNAME is nothing", async () => {
  const shell = { HOSTNAME: "build-7" };
  expect(await prepared("HOSTNAME", shell)).toBe("127.0.0.1");
  expect(await prepared("HOSTNAME", { ...shell, APP_URL: "https://sign-in.example.com" })).toBe("0.0.0.0");
  expect(await prepared("HOSTNAME", { ...shell, HOST: "192.0.2.7" })).toBe("192.0.2.7");
});

test("next-auth learns its address from APP_URL alone", async () => {
  const foreign = { APP_URL: "https://sign-in.example.com", NEXTAUTH_URL: "https://evil.example" };
  expect(await prepared("NEXTAUTH_URL", foreign)).toBe("https://sign-in.example.com");
});

test("a current database is said to be so, on standard error", async () => {
  const { status, stdout, stderr } = await gatehouse(["migrate"]);
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: "",
    stderr: "Nothing to do: the database is current.\n",
  });
});

test("a database that does not answer is one sentence, not a stack", async () => {
  const { status, stderr } = await gatehouse(["migrate"], {
    DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:9/none",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The database at 127\.0\.0\.1:9 does not answer/);
  expect(stderr).not.toContain("secret");
});

test("apply prints JSON and nothing else on standard output, and the same ids again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-apply-"));
  const file = join(folder, "acme.json");
  writeFileSync(file, JSON.stringify({ organization: { slug: "acme", name: "Acme" } }));
  const first = await gatehouse(["apply", file]);
  expect(first.status).toBe(0);
  expect(JSON.parse(first.stdout).organization.slug).toBe("acme");
  expect((await gatehouse(["apply", file])).stdout).toBe(first.stdout);
  rmSync(folder, { recursive: true });
});
