import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Notices, type ShellNotice } from "./notices";

afterEach(cleanup);

const notice = (id: string, tone: ShellNotice["tone"]): ShellNotice => ({ id, tone, text: id });
const order = () => screen.getAllByText(/^(metadata|certificate|token)$/).map((element) => element.textContent);

test("the two most urgent notices stand first, the rest is one press away", () => {
  render(<Notices notices={[notice("metadata", "info"), notice("certificate", "warn"), notice("token", "danger")]} />);
  expect(order()).toEqual(["token", "certificate"]);
  act(() => void fireEvent.click(screen.getByRole("button", { name: "Show 1 more" })));
  expect(order()).toEqual(["token", "certificate", "metadata"]);
});
