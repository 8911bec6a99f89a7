import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Field } from "./field";
import { FormSummary } from "./form-summary";
import { Input } from "./input";

const messages = { name: "Name is already used", url: "Invalid metadata URL" };

function Form({ bad, attempt }: { bad: (keyof typeof messages)[]; attempt: number }) {
  return (
    <>
      <FormSummary attempt={attempt} problems={bad.map((field) => ({ field, message: messages[field] }))} />
      {(["name", "url"] as const).map((field) => (
        <Field key={field} name={field} label={field} error={bad.includes(field) ? messages[field] : undefined}>
          {(control) => <Input {...control} />}
        </Field>
      ))}
    </>
  );
}

afterEach(cleanup);

test("several problems: the alert counts them, has the focus, and its links lead to the fields", () => {
  const { rerender } = render(<Form bad={[]} attempt={0} />);
  rerender(<Form bad={["name", "url"]} attempt={1} />);
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("2 things need your attention");
  expect(document.activeElement).toBe(alert);
  fireEvent.click(screen.getByRole("link", { name: "Invalid metadata URL" }));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "url" }));
});

test("one problem: no list, its field has the focus", () => {
  const { rerender } = render(<Form bad={[]} attempt={0} />);
  rerender(<Form bad={["url"]} attempt={1} />);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "url" }));
});

test("each further submit moves the focus again, a change of the problems alone does not", () => {
  const { rerender } = render(<Form bad={["name", "url"]} attempt={1} />);
  const name = screen.getByRole("textbox", { name: "name" });
  name.focus();
  rerender(<Form bad={["url"]} attempt={1} />);
  expect(document.activeElement).toBe(name);
  rerender(<Form bad={["name", "url"]} attempt={2} />);
  expect(document.activeElement).toBe(screen.getByRole("alert"));
});

test("a field's error describes it and marks it invalid", () => {
  render(<Form bad={["name"]} attempt={0} />);
  const name = screen.getByRole("textbox", { name: "name" });
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(name.getAttribute("aria-describedby") ?? "")?.textContent).toBe(messages.name);
});
