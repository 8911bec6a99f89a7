import type { Page as Window } from "@playwright/test";
import { readAuthnRequest } from "./fake-okta/saml.mjs";
import type { TestConnection } from "./fixtures";
import type { HttpBrowser, Page, StartedSignIn } from "./http-browser";

export type Said = {
  nameId: string;
  nameIdFormat?: string;
  attributes?: Record<string, string | string[]>;
  groups?: string[];
  faults?: string[];
  planted?: string;
};

/** What the connection's provider answers to this request. */
export const answerOf = ({ idp }: Pick<TestConnection, "idp">, { request }: StartedSignIn, said: Said) =>
  idp.respond({ request, acsUrl: request.acsUrl, audience: request.issuer, ...said });

export async function signIn(
  connection: TestConnection,
  browser: HttpBrowser,
  email: string,
  said: Said,
): Promise<Page> {
  const started = await browser.startSignIn({ email });
  return browser.answer(started, answerOf(connection, started, said));
}

export const oktaPerson = (email: string): Said => ({
  nameId: email,
  attributes: { email, firstName: "Ada", lastName: "Lee" },
});
export const emailOf = async (browser: HttpBrowser) => (await browser.session()).user?.email ?? null;

/** In a browser with windows: whoever comes to the provider's door is sent back at once as this person. */
export const answerInBrowser = (page: Window, { idp }: Pick<TestConnection, "idp">, said: Said) =>
  page.route("https://dev-1.okta.com/**", (route) => {
    const { searchParams } = new URL(route.request().url());
    const request = readAuthnRequest(searchParams.get("SAMLRequest") ?? "");
    const saml = idp.respond({ request, acsUrl: request.acsUrl, audience: request.issuer, ...said });
    const fields = { SAMLResponse: saml, RelayState: searchParams.get("RelayState") ?? "" };
    const inputs = Object.entries(fields).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
    );
    const body = `<form method="post" action="${request.acsUrl}">${inputs.join("")}</form><script>document.forms[0].submit()</script>`;
    return route.fulfill({ contentType: "text/html", body });
  });
