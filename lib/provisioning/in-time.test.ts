import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test, vi } from "vitest";
import { eventsOf } from "vitest/fixtures";
import { makeDirectory, scimCallOf } from "vitest/scim-fixtures";
import { inTime } from "./in-time";
import { provisionGroup } from "./provision-group";

test("work that is done in time is answered, and its fault is its own", async () => {
  const deadline = performance.now() + 60_000;
  expect(await inTime(deadline, Promise.resolve(7))).toBe(7);
  await expect(inTime(deadline, Promise.reject(new Error("mine")))).rejects.toThrow("mine");
});

test("FD-15: work that hangs is unavailable once its time is over, and not a moment earlier", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    const ended = vi.fn();
    const hanging = inTime(performance.now() + 25_000, new Promise(() => undefined)).catch(ended);
    await vi.advanceTimersByTimeAsync(24_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await hanging;
    expect(ended).toHaveBeenCalledWith(
      expect.objectContaining({ code: "unavailable", facts: { retryAfter: 30, inDoubt: true } }),
    );
  } finally {
    vi.useRealTimers();
  }
});

test("FD-15: a write that ends after its time is rolled back, with its event", async () => {
  const directory = await makeDirectory();
  const before = (await eventsOf(directory.org)).length;
  const call = {
    ...scimCallOf(directory, "POST", "/Groups", { displayName: newId() }),
    deadline: performance.now() - 1,
  };
  await expect(provisionGroup(call)).rejects.toMatchObject({ code: "unavailable" });
  expect(await prisma().group.count({ where: { orgId: directory.org.id } })).toBe(0);
  expect((await eventsOf(directory.org)).length).toBe(before);
});
