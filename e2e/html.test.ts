import { expect, test } from "vitest";
import { formsOf, refreshOf, wordsOf } from "./html";

test("a form is read with what a browser would send", () => {
  const html = `<p>x</p><form method="POST" class=a action="/sign-in/continue?a=1&amp;b=2">
    <input type="hidden" name="next" value="/users/4&#x27;2"/><input name=email type="email"><input type=submit name="go" value="1">
    <input type='checkbox' name='remember'></form>`;
  expect(formsOf(html)).toEqual([
    { action: "/sign-in/continue?a=1&b=2", method: "post", fields: { next: "/users/4'2", email: "" } },
  ]);
});

test("a refresh is read whatever its order and quotes", () => {
  expect(refreshOf(`<meta content="0; url=https://idp.example/sso?a=1&amp;b=2" http-equiv='Refresh'>`)).toBe(
    "https://idp.example/sso?a=1&b=2",
  );
  expect(refreshOf("<meta charset=utf-8>")).toBeNull();
});

test("words come without tags, scripts and React's comments", () => {
  expect(wordsOf("<h1>Hello, <!-- -->Ada</h1><script>let x = '<b>'</script> <p>a &amp;  b</p>")).toBe(
    "Hello, Ada a & b",
  );
});
