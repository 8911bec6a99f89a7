import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { RadioGroup } from "./radio-group";

afterEach(cleanup);

test("the group and each of its radios are read by their own name, the first one too", () => {
  render(
    <RadioGroup
      name="provider"
      label="Identity provider"
      options={[
        { value: "okta", label: "Okta" },
        { value: "entra", label: "Microsoft Entra ID", refused: "Not here" },
      ]}
      defaultValue="okta"
    />,
  );
  expect(screen.queryByRole("radiogroup", { name: "Identity provider" })).not.toBeNull();
  expect((screen.getByRole("radio", { name: "Okta" }) as HTMLInputElement).checked).toBe(true);
  const refused = screen.getByRole("radio", { name: "Microsoft Entra ID", description: "Not here" });
  expect((refused as HTMLInputElement).disabled).toBe(true);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
