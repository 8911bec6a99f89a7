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
