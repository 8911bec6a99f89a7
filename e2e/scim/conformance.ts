import type { Database } from "../database";
import { expect, test } from "../fixtures";
import { differences } from "./differences";
import { type Directory, makeDirectories } from "./directories";
import { fill, fillAll, type Names, valueAt } from "./placeholders";
import { prepare } from "./prepare";
import { type Answer, type Case, type CaseRequest, readCases } from "./read-cases";
import { type Caller, type Reply, wireClient } from "./wire-client";

type Send = ReturnType<typeof wireClient>;

/** One test for each case file of `requests/<folder>`, each in a directory of its own. */
export function conformance(folder: string, caller: Caller = {}): void {
  const cases = readCases(folder);
  test.describe(`requests/${folder}`, () => {
    // One worker for the folder, so that its directories are made once.
    test.describe.configure({ mode: "default" });
    let directories: Directory[] = [];
    test.beforeAll(async ({ apply }) => {
      directories = await makeDirectories(apply, cases.length);
    });
    for (const [index, one] of cases.entries()) {
      test(one.name, async ({ apply, database }) => {
        // Local groups are seen by every directory of their organization.
        const isAlone = one.given.localGroups.length > 0;
        const directory = isAlone ? (await makeDirectories(apply, 1))[0] : directories[index];
        if (!directory) throw new Error(`${one.file} has no directory.`);
        await runCase(one, directory, caller, database);
      });
    }
  });
}

async function runCase({ given, requests }: Case, directory: Directory, caller: Caller, database: Database) {
  const names: Names = new Map([
    ["domain", directory.domain],
    ["base", directory.baseUrl],
    ["token", directory.token],
  ]);
  await prepare(given, directory, names, database);
  const send = wireClient(directory, caller);
  for (const request of requests) await test.step(request.name, () => runRequest(request, send, names));
}

async function runRequest(request: CaseRequest, send: Send, names: Names): Promise<void> {
  const { readBack, answer, keep = {}, name: _, ...sent } = request;
  const read = (path: string) => send({ method: "GET", path: fill(path, names) });
  const before = readBack?.unchanged && (await read(readBack.path));
  const reply = await send(fillAll(sent, names));
  expectAnswer(reply, fillAll(answer, names));
  for (const [name, place] of Object.entries(keep)) names.set(name, valueAt(reply.body, place));
  if (!readBack) return;
  const shown = await read(readBack.path);
  expect(shown.status, `read-back: ${JSON.stringify(shown.body)}`).toBe(readBack.status);
  if (before) expect(shown.body, "the read-back is as before").toEqual(before.body);
  expect(differences(fillAll(readBack.body ?? {}, names), shown.body, "read-back")).toEqual([]);
}

function expectAnswer({ status, headers, body }: Reply, wanted: Answer): void {
  expect(status, JSON.stringify(body)).toBe(wanted.status);
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    expect(differences(value, headers.get(name) ?? undefined, name)).toEqual([]);
  }
  if (status >= 400) {
    expect(body?.scimType).toBe(wanted.scimType);
    const isPattern = wanted.detail?.startsWith("/");
    if (isPattern) expect(differences(wanted.detail, body?.detail, "detail")).toEqual([]);
    else expect(body?.detail).toContain(wanted.detail);
  }
  if (wanted.body) expect(differences(wanted.body, body)).toEqual([]);
}
