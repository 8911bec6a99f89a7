import fc from "fast-check";
import { expect, test } from "vitest";
import { makeDirectory, oktaUser, type TestDirectory } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

type Kind = "Users" | "Groups";
type Page = { totalResults: number; startIndex: number; itemsPerPage: number; Resources: { id: string }[] };
const idsOf = ({ Resources }: Page) => Resources.map(({ id }) => id);

/** As Okta's import reads a list: page after page, until the total is reached. `between` runs before each next page. */
async function readAll({ send }: TestDirectory, path: string, count: number, between: () => Promise<void>) {
  const ids: string[] = [];
  for (let start = 1; ; ) {
    const page: Page = (await send("GET", `${path}${path.includes("?") ? "&" : "?"}startIndex=${start}&count=${count}`))
      .body;
    expect(page.startIndex).toBe(start);
    expect(page.itemsPerPage).toBe(page.Resources.length);
    expect(page.Resources.length).toBe(Math.min(count, Math.max(0, page.totalResults - start + 1)));
    ids.push(...idsOf(page));
    start += page.Resources.length;
    if (start > page.totalResults) return ids;
    await between();
  }
}

async function makeRecords({ send, org }: TestDirectory, kind: Kind, from: number, count: number) {
  const ids: string[] = [];
  for (let index = from; index < from + count; index++) {
    const body = kind === "Users" ? oktaUser(`p${index}@${org.domain}`) : { displayName: `G${index}` };
    ids.push((await send("POST", `/${kind}`, body)).body.id);
  }
  return ids;
}

/** One change by somebody else that moves nobody: a new record, a rename, a deactivation, a member. */
type Write = "create" | "rename" | "deactivate" | "members";

test("FX-16: pages of any size make the whole list, each record once and in order, while others write", async () => {
  changeSettings({ SCIM_RATE: 0 });
  const directory = await makeDirectory();
  const { send, org } = directory;
  const made: Record<Kind, string[]> = {
    Users: await makeRecords(directory, "Users", 0, 23),
    Groups: await makeRecords(directory, "Groups", 0, 11),
  };
  // Records made within one millisecond stand in the order of their random ids.
  for (const kind of ["Users", "Groups"] as const) made[kind].sort();
  let next = 1_000;

  async function change(kind: Kind, write: Write, at: number): Promise<void> {
    const id = made[kind][at % made[kind].length] as string;
    if (write === "create") {
      const [created] = await makeRecords(directory, kind, next++, 1);
      made[kind] = [...made[kind], created as string].sort();
      return;
    }
    const values: Record<Exclude<Write, "create">, object> = {
      rename:
        kind === "Users"
          ? { displayName: `N${next++}`, userName: `n${next++}@${org.domain}` }
          : { displayName: `N${next++}` },
      deactivate: kind === "Users" ? { active: next++ % 2 === 0 } : { externalId: `e${next++}` },
      members: kind === "Users" ? { title: `t${next++}` } : { members: [{ value: made.Users[at % 20] }] },
    };
    const reply = await send("PATCH", `/${kind}/${id}`, { Operations: [{ op: "replace", value: values[write] }] });
    expect(reply.status, reply.text).toBeLessThan(300);
  }

  const kind = fc.constantFrom<Kind>("Users", "Groups");
  const writes = fc.array(fc.tuple(fc.constantFrom<Write>("create", "rename", "deactivate", "members"), fc.nat(30)), {
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(kind, fc.integer({ min: 1, max: 40 }), fc.infiniteStream(writes), async (of, count, stream) => {
      const before = [...made[of]];
      const between = async () => {
        const now: [Write, number][] = stream.next().value ?? [];
        await Promise.all(now.map(([write, at]) => change(of, write, at)));
      };
      const read = await readAll(directory, `/${of}`, count, made[of].length > 60 ? async () => undefined : between);
      expect(read.slice(0, before.length)).toEqual(before);
      expect(new Set(read).size).toBe(read.length);
      expect(made[of]).toEqual(expect.arrayContaining(read));
    }),
    { numRuns: 25 },
  );
  for (const of of ["Users", "Groups"] as const) {
    for (const count of [1, 7, 200])
      expect(await readAll(directory, `/${of}`, count, async () => undefined)).toEqual(made[of]);
  }
}, 60_000);

test("FX-16: pages of a filter and of an order make the whole of it, by columns and by documents", async () => {
  changeSettings({ SCIM_RATE: 0 });
  const directory = await makeDirectory();
  await makeRecords(directory, "Users", 0, 17);
  const filters = [
    "",
    'userName co "p1"',
    'locale eq "en-US"',
    'not (userName sw "p2")',
    'name.familyName pr and userName ge "p3"',
  ];
  const orders = ["", "sortBy=userName", "sortBy=displayName&sortOrder=descending", "sortBy=meta.created"];
  for (const filter of filters) {
    for (const order of orders) {
      const query = [filter && `filter=${encodeURIComponent(filter)}`, order].filter(Boolean).join("&");
      const path = query ? `/Users?${query}` : "/Users";
      const whole = await readAll(directory, path, 200, async () => undefined);
      expect(whole.length, path).toBeGreaterThan(6);
      for (const count of [1, 5])
        expect(await readAll(directory, path, count, async () => undefined), path).toEqual(whole);
    }
  }
}, 60_000);
