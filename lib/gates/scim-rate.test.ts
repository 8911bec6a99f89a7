import { newId } from "lib/base/crypto";
import { AppError } from "lib/base/errors";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { enterScim, type RatePass } from "./scim-rate";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? [error.code, error.facts.retryAfter] : error),
  );

test("a directory has ten seconds' worth of requests at once, then the rate; the wait is told in whole seconds", async () => {
  const id = newId();
  const enter = async () => (await enterScim(id, 2)).leave();
  for (let index = 0; index < 20; index++) await enter();
  expect(await refusalOf(enter())).toEqual(["rate_limited", 1]);
  vi.advanceTimersByTime(1_000);
  await enter();
  await enter();
  expect(await refusalOf(enter())).toEqual(["rate_limited", 1]);
  vi.advanceTimersByTime(60_000);
  for (let index = 0; index < 20; index++) await enter();
  expect(await refusalOf(enter())).toEqual(["rate_limited", 1]);
  await (await enterScim(newId(), 2)).leave();
});

test("what costs more is refused until there is enough for it, and takes nothing then", async () => {
  const pass = await enterScim(newId(), 2);
  pass.charge(15);
  expect(await refusalOf(Promise.resolve().then(() => pass.charge(9)))).toEqual(["rate_limited", 3]);
  pass.charge(4);
  vi.advanceTimersByTime(3_000);
  pass.charge(6);
});

test("16 of a directory run at once; the next wait their turn, 3 seconds at most; a rate of 0 sets no other limit", async () => {
  const id = newId();
  const running: RatePass[] = [];
  for (let index = 0; index < 16; index++) running.push(await enterScim(id, 0));
  const first = enterScim(id, 0);
  const late = refusalOf(enterScim(id, 0));
  const other = await enterScim(newId(), 0);
  running[0]?.leave();
  running.push(await first);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await late).toEqual(["rate_limited", 1]);
  for (const pass of [...running.slice(1), other]) pass.leave();
  for (let index = 0; index < 16; index++) await enterScim(id, 0);
  const last = refusalOf(enterScim(id, 0));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await last).toEqual(["rate_limited", 1]);
});
