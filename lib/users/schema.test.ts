import { organizationName } from "lib/organizations/schema";
import { expect, test } from "vitest";
import { inviteUserInput, setupForm } from "./schema";

const person = { email: "a@b.example", firstName: "Ann", lastName: "Lee", role: "member" };

test.each(["\0", "Ann\0", "Ann\r\nBcc: x@evil.example", "Ann\u001b[31m"])(
  "D-03, D-12: a name with a character that cannot be typed is refused: %j",
  (name) => {
    expect(inviteUserInput.safeParse(person).success).toBe(true);
    expect(inviteUserInput.safeParse({ ...person, firstName: name }).success).toBe(false);
    expect(organizationName.safeParse(name).success).toBe(false);
    const setup = { token: "x", organization: "Acme", name: "Ann", email: "a@b.example", password: "a".repeat(12) };
    expect(setupForm.safeParse(setup).success).toBe(true);
    expect(setupForm.safeParse({ ...setup, organization: name }).success).toBe(false);
  },
);
