import { AppError } from "lib/base/errors";
import { expect, test, vi } from "vitest";
import { verifyNothing } from "./password";

const hash = vi.hoisted(() => ({ isBusy: true }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const busyOnce: typeof real.hash = (...given) => {
    if (hash.isBusy) return Promise.reject(new AppError("unavailable"));
    return real.hash(...given);
  };
  return { ...real, hash: busyOnce };
});

test("L-06: a busy moment at the first unknown address does not make unknown addresses fail for good", async () => {
  await expect(verifyNothing("a password")).rejects.toMatchObject({ code: "unavailable" });
  hash.isBusy = false;
  expect(await verifyNothing("a password")).toBe(false);
});
