import { isSetupToken } from "lib/organizations/setup-token";
import { expect, test, vi } from "vitest";
import { makeOrganization } from "vitest/fixtures";
import { announceSetUp } from "./announce-set-up";

test("the start prints where to make the first organization, and nothing once there is one", async () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await announceSetUp();
  const text = write.mock.calls.map(([line]) => String(line)).join("");
  const [, token = ""] = /http:\/\/localhost:3000\/setup\?token=(\S+)/.exec(text) ?? [];
  expect(isSetupToken(token)).toBe(true);

  write.mockClear();
  await makeOrganization();
  await announceSetUp();
  expect(write).not.toHaveBeenCalled();
  write.mockRestore();
});
