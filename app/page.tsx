import { signedInPage } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import { redirect } from "next/navigation";

/** Where `/` leads: a member to their account, everybody else to the overview. */
export default async function StartPage() {
  const { scope } = await signedInPage();
  redirect(may(scope, "overview:read") ? "/overview" : "/account");
}
