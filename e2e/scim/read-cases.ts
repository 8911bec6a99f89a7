import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export const requestsFolder = fileURLToPath(new URL("requests", import.meta.url));

const headers = z.record(z.string().regex(/^[a-z-]+$/), z.string());

/** What an answer must be. Of `body` only what is named is compared (differences.ts). */
const answer = z
  .strictObject({
    status: z.int(),
    scimType: z.string().optional(),
    /** Words of the Error body's sentence, or "/a pattern/". */
    detail: z.string().optional(),
    headers: headers.optional(),
    body: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ status, detail }) => status < 400 || detail, "a refusal must say why: give detail");

/** One request over HTTP. `unchanged`: the read-back shows, to the last letter, what it showed before the request. */
const request = z
  .strictObject({
    name: z.string().min(1),
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]),
    path: z.string().startsWith("/"),
    headers: headers.optional(),
    body: z.unknown().optional(),
    /** The body letter by letter, for what is no JSON. */
    text: z.string().optional(),
    answer,
    /** A name for later requests -> where its value stands in this answer, such as "id" or "meta.version". */
    keep: z.record(z.string(), z.string()).optional(),
    readBack: z
      .strictObject({
        path: z.string().startsWith("/"),
        status: z.int().default(200),
        body: z.record(z.string(), z.unknown()).optional(),
        unchanged: z.literal(true).optional(),
      })
      .refine(({ status, body, unchanged }) => body || unchanged || status !== 200, "say what the read-back shows")
      .optional(),
  })
  .refine(
    ({ method, readBack }) => readBack || ["GET", "HEAD", "OPTIONS"].includes(method),
    "a write needs a readBack",
  );

/** What is there before the first request. Each name becomes a placeholder for its id. */
const given = z.strictObject({
  /** Provisioned: {{ada}} is userName ada@{{domain}}, Ada Lee, externalId ext-ada. */
  users: z.array(z.string()).default([]),
  /** Provisioned, with these members. */
  groups: z.record(z.string(), z.array(z.string())).default({}),
  /** In the console, added by hand, with this role. */
  people: z.record(z.string(), z.enum(["admin", "member", "viewer"])).default({}),
  /** In the console, made by hand, empty. */
  localGroups: z.array(z.string()).default([]),
  /** Choices of the directory other than the defaults. */
  directory: z.record(z.string(), z.unknown()).default({}),
});

const caseFile = z.strictObject({
  name: z.string().min(1),
  given: given.prefault({}),
  requests: z.array(request).min(1),
});

export type Case = z.infer<typeof caseFile> & { file: string };
export type CaseRequest = z.infer<typeof request>;
export type Given = z.infer<typeof given>;
export type Answer = z.infer<typeof answer>;

/** A case file's text as a case; what is malformed is named with its place. */
export function readCase(file: string, text: string): Case {
  try {
    return { ...caseFile.parse(JSON.parse(text)), file };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`${file} is no case: ${reason}`);
  }
}

/** Every case of a folder of `requests`, in the order of their file names. */
export function readCases(folder: string): Case[] {
  const files = readdirSync(join(requestsFolder, folder)).sort();
  const stray = files.find((file) => !/^[a-z0-9-]+\.json$/.test(file));
  if (stray) throw new Error(`${folder}/${stray} is no case file: name it like link-a-person.json.`);
  if (files.length === 0) throw new Error(`${folder} has no case.`);
  const cases = files.map((file) =>
    readCase(`${folder}/${file}`, readFileSync(join(requestsFolder, folder, file), "utf8")),
  );
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${folder} has two cases of the name "${twice}".`);
  return cases;
}
