import { GET as handle } from "app/api/scim/v2/[...path]/route";
import { beforeAll, describe, expect, test } from "vitest";
import { makeDirectory, oktaUser, type ScimReply, type TestDirectory } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";
import { BodyError, readBody } from "./read-body";

let calm: TestDirectory;
let hostile: TestDirectory;
let neighbour = "";
let own: { user: string; group: string };

beforeAll(async () => {
  changeSettings({ SCIM_RATE: 0 });
  [calm, hostile] = [await makeDirectory("Acme"), await makeDirectory("Evil")];
  neighbour = (await calm.send("POST", "/Users", oktaUser(`ann@${calm.org.domain}`))).body.id;
  own = {
    user: (await hostile.send("POST", "/Users", oktaUser(`eve@${hostile.org.domain}`))).body.id,
    group: (await hostile.send("POST", "/Groups", { displayName: "Evil group" })).body.id,
  };
});

/** The hostile request, with one of another organization under way beside it, which must be answered. */
async function beside(attack: Promise<ScimReply>): Promise<ScimReply> {
  const [reply, other] = await Promise.all([attack, calm.send("GET", `/Users/${neighbour}`)]);
  expect([other.status, other.body.id]).toEqual([200, neighbour]);
  return reply;
}

const search = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;
const operations = (...list: object[]) => ({ Operations: list });
const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

describe("a filter", () => {
  // The position tells where reading stopped: at the limit, not at the end; a length is refused before any reading.
  const tooLong = "The filter is longer than 4,096 characters.";
  const filters: [string, string, string][] = [
    ["10,000 parentheses", "(".repeat(10_000), tooLong],
    ["10,000 closed parentheses", `${"(".repeat(10_000)}title pr${")".repeat(10_000)}`, tooLong],
    ["4,000 parentheses", "(".repeat(4_000), "at character 21: it is nested deeper than 20 levels"],
    ["1,000 not (", "not (".repeat(1_000), tooLong],
    ["800 not (", "not (".repeat(800), "at character 105: it is nested deeper than 20 levels"],
    ["600 lists", "emails[".repeat(500), "at character 14: brackets inside brackets"],
    ["300 terms", times(300, () => "title pr").join(" or "), "it has more than 50 terms"],
    ["a value of 100 kB", `title eq "${"x".repeat(100_000)}"`, tooLong],
    ["a run of backslashes", `title eq "${"\\".repeat(4_000)}`, "at character 10: the quoted text has no end"],
    ["4,000 quotes", '"'.repeat(4_000), "at character 1: the name of an attribute is missing"],
    ["one word of 4,000 letters and dots", "a.".repeat(2_000), "at character 1: this is not the name"],
  ];

  test.each(filters)(
    "scim.md 12: of %s is refused at its limit, and others are answered meanwhile",
    async (_, text, cause) => {
      for (const attack of [
        () => hostile.send("GET", search(text)),
        () => hostile.send("POST", "/.search", { filter: text }),
        () => hostile.send("GET", `/Groups?filter=${encodeURIComponent(text)}`),
      ]) {
        const reply = await beside(attack());
        expect([reply.status, reply.body.scimType]).toEqual([400, "invalidFilter"]);
        expect(reply.body.detail).toContain(cause);
        expect(reply.text.length).toBeLessThan(600);
      }
    },
  );

  test("scim.md 12: of wildcards and of what a regular expression would choke on matches letter by letter", async () => {
    const { send, org } = hostile;
    const titles = [
      "100%",
      "100_",
      "1000",
      "(a+)+$",
      "a\\b",
      "a\\\\b",
      "^.*$",
      "[a-z]*",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    ];
    for (const [index, title] of titles.entries()) {
      await send("POST", "/Users", oktaUser(`w${index}@${org.domain}`, { title, displayName: title }));
    }
    for (const title of titles) {
      for (const [attribute, operator] of [
        ["displayName", "eq"],
        ["displayName", "sw"],
        ["displayName", "ew"],
        ["title", "co"],
      ]) {
        const { body } = await send("GET", search(`${attribute} ${operator} ${JSON.stringify(title)}`));
        expect(
          body.Resources.map((one: { title: string }) => one.title),
          `${attribute} ${operator} ${title}`,
        ).toEqual([title]);
      }
    }
    for (const text of ["%", "_", "\\", ".*", "(a+)+$", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%", "_".repeat(4_000)]) {
      const { status, body } = await beside(send("GET", search(`userName co ${JSON.stringify(text)}`)));
      expect([status, body.totalResults], text).toEqual([200, 0]);
    }
  });

  test("scim.md 4: of 50 terms, 4,096 characters and long marks on one letter is read and answered", async () => {
    const marks = `e${"\u0301".repeat(4_000)}`;
    for (const text of [
      times(50, (index) => `title co "${index}"`).join(" or "),
      `title eq "${marks}"`,
      `userName co "${marks}"`,
    ]) {
      expect((await beside(hostile.send("GET", search(text)))).status).toBe(200);
    }
  });
});

describe("a path or a list of operations", () => {
  const change = (path: string, op = "replace") => operations({ op, path, value: "x" });
  const cases: [string, unknown, number, string, string][] = [
    ["a path of 100 kB", change("a".repeat(100_000)), 400, "invalidPath", "longer than 1,024 characters"],
    [
      "a path of 900 parentheses",
      change(`emails[${"(".repeat(900)}`),
      400,
      "invalidFilter",
      "at character 27: it is nested",
    ],
    ["a path of 500 dots", change(".".repeat(500)), 400, "invalidPath", "is not the path"],
    ["a path of 500 colons", change(`urn${":".repeat(500)}x`), 200, "", ""],
    [
      "5,001 operations",
      operations(...Array(5_001).fill({ op: "remove", path: "title" })),
      413,
      "tooMany",
      "5,000 operations",
    ],
    [
      "5,000 operations that each search 1,000 elements",
      operations(
        { op: "add", path: "roles", value: times(999, String) },
        ...Array(4_900).fill({ op: "replace", path: 'roles[value co "x" or display co "y"].display', value: "" }),
      ),
      413,
      "tooMany",
      "too many for so large a record",
    ],
    [
      "50,000 attributes",
      operations({ op: "add", value: Object.fromEntries(times(50_000, (n) => `a${n}`).map((n) => [n, 1])) }),
      413,
      "tooMany",
      "5,000 operations",
    ],
    [
      "50,000 names below one",
      operations({
        op: "add",
        path: "shoe",
        value: Object.fromEntries(times(50_000, (n) => `a${n}`).map((n) => [n, 1])),
      }),
      413,
      "tooMany",
      "too many for so large a record",
    ],
    ["5,000 schemas", { schemas: times(5_000, (n) => `urn:x:${n}`), ...change("urn:x:4:a") }, 200, "", ""],
  ];

  test.each(cases)("scim.md 12: of %s costs what its limit allows", async (_, body, status, scimType, cause) => {
    const reply = await beside(hostile.send("PATCH", `/Users/${own.user}`, body));
    expect([reply.status, reply.body?.scimType ?? ""]).toEqual([status, scimType]);
    expect(reply.text).toContain(cause);
  });

  test("scim.md 12: 10,000 filters on members are refused before a member is read", async () => {
    const many = operations(...Array(4_000).fill({ op: "remove", path: 'members[display co "x"]' }));
    const reply = await beside(hostile.send("PATCH", `/Groups/${own.group}`, many));
    expect([reply.status, reply.body.scimType]).toEqual([413, "tooMany"]);
  });
});

describe("a body", () => {
  const user = (inner: string) => `{"userName":"x@${hostile.org.domain}",${inner}}`;
  const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
  const cases: [string, () => string, string, string][] = [
    [
      "10,000 lists in lists",
      () => user(`"a":${nested("[", "]", 10_000)}`),
      "invalidSyntax",
      "nested deeper than 32 levels",
    ],
    ["10,000 objects in objects", () => nested('{"a":', "}", 10_000), "invalidSyntax", "nested deeper than 32 levels"],
    ["500,000 open brackets", () => "[".repeat(500_000), "invalidSyntax", "nested deeper than 32 levels"],
    [
      "50,000 attributes",
      () => user(times(50_000, (n) => `"a${n}":1`).join()),
      "invalidValue",
      "more than 200 attributes",
    ],
    [
      "50,000 attributes of an extension",
      () => user(`"urn:x:y":{${times(50_000, (n) => `"a${n}":1`).join()}}`),
      "invalidValue",
      "more than 200 attributes",
    ],
    [
      "20,000 e-mails",
      () => user(`"emails":[${times(20_000, () => '"e@x.example"').join()}]`),
      "invalidValue",
      "more than 1,000 values",
    ],
    [
      "20,000 different roles",
      () => user(`"roles":[${times(20_000, (n) => `"${n}"`).join()}]`),
      "invalidValue",
      "more than 1,000 values",
    ],
    ["a text of 900 kB", () => user(`"title":"${"x".repeat(900_000)}"`), "invalidValue", "title is longer than 2,048"],
    [
      "150,000 escaped letters",
      () => user(`"title":"${"\\u0061".repeat(150_000)}"`),
      "invalidValue",
      "title is longer than 2,048",
    ],
    ["a number of 500,000 digits", () => user(`"title":${"9".repeat(500_000)}`), "invalidValue", ""],
    [
      "a number of 500,000 decimals",
      () => user(`"a":[0.${"1".repeat(500_000)}e-5,"${"x".repeat(2_049)}"]`),
      "invalidValue",
      "longer than 2,048",
    ],
    ["a number with a huge exponent", () => user('"a":1e999999999'), "invalidValue", "too large"],
    ["one quote and 900,000 backslashes", () => `{"${"\\".repeat(900_000)}`, "invalidSyntax", "not JSON"],
    ["900,000 blanks and no end", () => `{${" ".repeat(900_000)}`, "invalidSyntax", "ends too early"],
    ["an address of 200,000 dots", () => `{"userName":"a@${"a.".repeat(100_000)}!"}`, "invalidValue", "longer than"],
    [
      "an address that no pattern fits",
      () => user(`"emails":[{"value":"a@${"a-.".repeat(80)}!"}]`),
      "invalidValue",
      "e-mail address",
    ],
  ];

  test.each(cases)(
    "scim.md 12: of %s is refused by its limit, and others are answered meanwhile",
    async (_, make, scimType, cause) => {
      const raw = make();
      expect(raw.length).toBeLessThan(1024 * 1024);
      const reply = await beside(hostile.send("POST", "/Users", undefined, { raw }));
      expect([reply.status, reply.body.scimType], reply.text).toEqual([400, scimType]);
      expect(reply.body.detail).toContain(cause);
    },
  );

  /** A request whose body is made while it is read; tells how much was taken and whether it was given up. */
  function streamed(headers: Record<string, string>, chunk: (sent: number) => Uint8Array | Promise<Uint8Array> | null) {
    const seen = { bytes: 0, givenUp: false };
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const next = await chunk(seen.bytes);
          if (!next) return controller.close();
          seen.bytes += next.byteLength;
          controller.enqueue(next);
        },
        cancel: () => {
          seen.givenUp = true;
        },
      },
      { highWaterMark: 0 },
    );
    const request = new Request("http://localhost:3000/api/scim/v2/Users", {
      method: "POST",
      headers: { authorization: `Bearer ${hostile.token}`, "content-type": "application/json", ...headers },
      body,
      duplex: "half",
    } as RequestInit);
    return { seen, request };
  }
  const blanks = new Uint8Array(64 * 1024).fill(0x20);

  test("scim.md 12: of 100 MB without a length is given up at 1 MiB; one that declares it is not begun", async () => {
    const chunked = streamed({}, (sent) => (sent > 100_000_000 ? null : blanks));
    const reply = await handle(chunked.request);
    expect([reply.status, reply.headers.get("connection")]).toEqual([413, "close"]);
    expect(chunked.seen.bytes).toBeLessThanOrEqual(1024 * 1024 + blanks.byteLength);
    expect(chunked.seen.givenUp).toBe(true);
    const declared = streamed({ "content-length": "104857600" }, () => blanks);
    expect((await handle(declared.request)).status).toBe(413);
    expect(declared.seen.bytes).toBe(0);
  });

  test("scim.md 12: that comes byte by byte holds up nobody and changes nothing; it is cut at the time limit", async () => {
    let breakOff = (_: Error) => {};
    const slow = streamed({}, (sent) =>
      sent < 3 ? new Uint8Array([0x20]) : new Promise((_, reject) => (breakOff = reject)),
    );
    let isAnswered = false;
    const attack = handle(slow.request).finally(() => {
      isAnswered = true;
    });
    await expect.poll(() => slow.seen.bytes).toBe(3);
    for (const path of ["/Users?count=1", `/Users/${neighbour}`])
      expect((await calm.send("GET", path)).status).toBe(200);
    expect((await hostile.send("GET", "/Users?count=1")).status).toBe(200);
    expect(isAnswered).toBe(false);
    breakOff(new Error("the client is gone"));
    const reply = await attack;
    expect([reply.status, (await reply.json()).scimType]).toEqual([400, "invalidSyntax"]);

    const late = streamed({}, () => new Promise<Uint8Array>(() => undefined));
    await expect(readBody(late.request, 1024, 1)).rejects.toEqual(new BodyError("too_slow"));
    expect(late.seen.givenUp).toBe(true);
  });
});

describe("everything else of a request", () => {
  test("scim.md 12: of any length is refused or passed over, and others are answered meanwhile", async () => {
    const huge = "x".repeat(100_000);
    const cases: [string, number, Record<string, string>?][] = [
      [`/Users?attributes=${"a,".repeat(50_000)}`, 400],
      [`/Users?attributes=${"a.".repeat(50_000)}`, 200],
      [`/Users?excludedAttributes=${"urn:".repeat(25_000)}`, 200],
      [`/Users?${times(20_000, (n) => `a${n}=1`).join("&")}`, 200],
      [`/Users?startIndex=${"9".repeat(100_000)}`, 200],
      [`/Users?count=${"9".repeat(100_000)}`, 200],
      [`/Users?count=-${"9".repeat(100_000)}`, 200],
      [`/Users?sortBy=${huge}`, 400],
      [`/Users?sortBy=userName&sortOrder=${huge}`, 400],
      [`/Users/${huge}`, 404],
      [`/${"Users/".repeat(20_000)}`, 404],
      [`/Users/${"%25".repeat(30_000)}`, 404],
      [`/Users/${own.user}`, 200, { "if-none-match": `W/"${"1".repeat(100_000)}"` }],
      [`/Users/${own.user}`, 200, { "user-agent": huge, "x-request-id": huge, accept: huge }],
    ];
    for (const [path, status, headers = {}] of cases) {
      const reply = await beside(hostile.send("GET", path, undefined, { headers }));
      expect(reply.status, path.slice(0, 60)).toBe(status);
    }
    const other = { headers: { "if-match": `W/"${"1,".repeat(50_000)}"` } };
    expect((await beside(hostile.send("DELETE", `/Users/${own.user}`, undefined, other))).status).toBe(412);
  });

  test("FD-15: a bulk request of many operations lets others in between", async () => {
    const group = (index: number) => ({
      method: "POST",
      path: "/Groups",
      bulkId: `g${index}`,
      data: { displayName: `G${index}` },
    });
    let isAnswered = false;
    const attack = hostile
      .send("POST", "/Bulk", operations(...Array.from({ length: 120 }, (_, index) => group(index))))
      .finally(() => {
        isAnswered = true;
      });
    for (let index = 0; index < 5; index++) expect((await calm.send("GET", `/Users/${neighbour}`)).status).toBe(200);
    expect(isAnswered).toBe(false);
    expect((await attack).body.Operations).toHaveLength(120);
  });
});
