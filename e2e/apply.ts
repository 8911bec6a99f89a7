import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type ApplyConnection = {
  name: string;
  provider?: string;
  label?: string;
  domains?: string[];
  metadataUrl?: string;
  metadataXml?: string;
  manual?: { entityId?: string; ssoUrl: string; certificates: string[] };
  status?: "draft" | "active" | "disabled";
  jit?: boolean;
  idpInitiated?: boolean;
  scim?: { enabled: boolean; tokens?: string[] };
};

/** The file of `npm run apply`. */
export type ApplyDocument = {
  organization: { slug: string; name?: string; support?: string };
  owners?: { email: string; password?: string; name?: string }[];
  domains?: { name: string; verified?: boolean }[];
  connections?: ApplyConnection[];
};

export type AppliedConnection = {
  id: string;
  name: string;
  status: string;
  acsUrl: string;
  entityId: string;
  spMetadataUrl: string;
  signInUrl: string;
  scim: { baseUrl: string; tokens: { name: string; token?: string }[] } | null;
};
export type Applied = { organization: { id: string; slug: string }; connections: AppliedConnection[] };

export type ApplyRun = { status: number | null; stdout: string; stderr: string };

/** Runs the operator's command on `file`, an object or the text of a broken one. */
export async function tryApply(env: Record<string, string>, file: ApplyDocument | string): Promise<ApplyRun> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-apply-"));
  const path = join(folder, "organization.json");
  await writeFile(path, typeof file === "string" ? file : JSON.stringify(file));
  const child = spawn(process.execPath, ["bin/gatehouse.mjs", "apply", path], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  await rm(folder, { recursive: true, force: true });
  return { status, stdout, stderr };
}

/** The same, where it has to succeed: its whole standard output is the JSON. */
export async function runApply(env: Record<string, string>, file: ApplyDocument): Promise<Applied> {
  const { status, stdout, stderr } = await tryApply(env, file);
  if (status !== 0) throw new Error(`apply ended with ${status}:\n${stderr}${stdout}`);
  return JSON.parse(stdout);
}
