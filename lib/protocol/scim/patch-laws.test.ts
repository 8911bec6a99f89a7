import fc from "fast-check";
import { expect, test } from "vitest";
import { patchReference } from "vitest/reference-patch";
import { printOperation, userOperation, userOperations } from "vitest/scim-patches";
import { customUrn, userBody } from "vitest/scim-records";
import { applyUserPatch } from "./apply-user-patch";
import { describeUser } from "./describe-user";
import { copyJson, type JsonObject, parseBody } from "./json";
import { checkLimits } from "./limits";
import { readUser } from "./read-user";
import { renderUser } from "./render";

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

/** What was sent, as the gate hands it on. */
const sent = (value: unknown): JsonObject => {
  const parsed = parseBody(new TextEncoder().encode(JSON.stringify(value)));
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};

const document = userBody("corp.example", 3)
  .map((body) => readUser(sent(body), "create"))
  .filter((read) => read.ok)
  .map((read) => (read.ok ? read.value.document : {}));

const present = { id: "mine", groups: [] };

test("scim.md 5: random operations on random users do what a plain reading of the RFC says", () => {
  const counts = { done: 0, refused: 0 };
  fc.assert(
    fc.property(document, userOperations, (stored, operations) => {
      const request = sent({ Operations: operations.map(printOperation) });
      const before = JSON.stringify(stored);
      const result = applyUserPatch(stored, request, copyJson(present));
      const outcome = result.ok ? { document: plain(result.value.document) } : { refused: result.fault.scimType };
      expect(outcome, JSON.stringify([request, stored])).toEqual(patchReference(plain(stored), operations, present));
      expect(JSON.stringify(stored)).toBe(before);
      expect(Object.keys(Object.prototype)).toEqual([]);
      counts[result.ok ? "done" : "refused"]++;
    }),
    { numRuns: 6_000 },
  );
  expect(Math.min(counts.done, counts.refused)).toBeGreaterThan(500);
}, 60_000);

test("scim.md rule 4: the same single operation again leaves the same state", () => {
  let done = 0;
  fc.assert(
    fc.property(document, userOperation, (stored, operation) => {
      // Making one element primary takes it from another: a filter on that finds another element the next time.
      const { path, value } = operation;
      fc.pre(!path?.filter || !JSON.stringify([path.filter, value]).toLowerCase().includes("primary"));
      // Several keys are several operations, of which one may undo the other.
      fc.pre((operation.keys ?? []).length <= 1);
      const request = sent({ schemas: [customUrn], Operations: [printOperation(operation)] });
      const once = applyUserPatch(stored, request, copyJson(present));
      if (!once.ok) return;
      done++;
      const twice = applyUserPatch(once.value.document, request, copyJson(present));
      // A filter that fits no more may be refused: that changes nothing either.
      if (twice.ok) expect(plain(twice.value.document), JSON.stringify(request)).toEqual(plain(once.value.document));
    }),
    { numRuns: 4_000 },
  );
  expect(done).toBeGreaterThan(2_000);
}, 60_000);

test("FX-17, FD-8: a PUT of what GET answered changes nothing, whatever was stored before", () => {
  fc.assert(
    fc.property(document, userOperations, (stored, operations) => {
      const patched = applyUserPatch(stored, sent({ Operations: operations.map(printOperation) }));
      const kept = patched.ok ? patched.value.document : stored;
      const facts = { id: "mine", meta: { created: new Date(0), lastModified: new Date(0), version: 1 }, baseUrl: "x" };
      const answer = renderUser(kept, { ...facts, groups: [{ id: "g", displayName: "Ops" }] });
      const read = readUser(sent(answer), "replace", kept);
      expect(read.ok ? plain(read.value.document) : read.fault).toEqual(plain(kept));
      // What GET answers holds everything that was accepted.
      expect(plain(answer)).toMatchObject(plain(kept));
    }),
    { numRuns: 3_000 },
  );
}, 60_000);

test("whatever is accepted stays within the limits and can be described again", () => {
  const long = fc.constantFrom("x".repeat(2_048), "x".repeat(2_049), "x".repeat(16_385), "é".repeat(2_000));
  const names = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, index]));
  const large = fc.oneof(
    long.map((value) => ({ title: value, shoeSize: [value, { a: value }] })),
    fc.array(long, { maxLength: 40 }).map((list) => ({ roles: list, colours: list })),
    fc.integer({ min: 190, max: 210 }).map((count) => ({ shoeSize: names(count), ...names(2) })),
    fc.integer({ min: 6, max: 12 }).map((depth) => ({ shoeSize: JSON.parse("[".repeat(depth) + "]".repeat(depth)) })),
    fc.integer({ min: 995, max: 1_005 }).map((count) => ({ roles: Object.keys(names(count)) })),
  );
  const counts = { done: 0, refused: 0 };
  fc.assert(
    fc.property(document, fc.array(large, { minLength: 1, maxLength: 3 }), (stored, values) => {
      const request = sent({ Operations: values.map((value) => ({ op: "add", value })) });
      const result = applyUserPatch(stored, request);
      counts[result.ok ? "done" : "refused"]++;
      if (!result.ok) {
        expect([400, 413]).toContain(result.fault.status);
        return;
      }
      expect(() => checkLimits("User", result.value.document)).not.toThrow();
      const again = describeUser(copyJson(result.value.document));
      expect(again.ok && plain(again.value.document)).toEqual(plain(result.value.document));
    }),
    { numRuns: 300 },
  );
  expect(Math.min(counts.done, counts.refused)).toBeGreaterThan(20);
}, 60_000);
