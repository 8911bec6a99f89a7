import "server-only";
import { isSetUp } from "lib/organizations/resolve-organization";
import { isSetupToken } from "lib/organizations/setup-token";
import { linkError } from "lib/sign-in/use-link";
import { resolveLink } from "lib/tokens/resolve-link";
import { notFound } from "next/navigation";
import { installationUrl, oneOf } from "./public-page";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** For /invite/{token} and /reset/{token}: the link, or how it is over; and the sentence of a refused try. */
export async function linkPage({ params, searchParams }: Props, place: "invite" | "reset") {
  const { token } = await params;
  const { state, link } = await resolveLink(token);
  const fits = link && (link.kind === "invite") === (place === "invite");
  const over = state === "valid" ? ("unknown" as const) : state;
  const error = linkError(oneOf((await searchParams).error)) ?? undefined;
  return fits ? { link, action: `/${place}/${token}/continue`, error } : { link: null, over };
}

/** For /setup: with the token of the log, and only until an organization exists; else it is a 404. */
export async function setupPage({ searchParams }: Pick<Props, "searchParams">) {
  const query = await searchParams;
  const token = oneOf(query.token) ?? "";
  if (!isSetupToken(token) || (await isSetUp())) notFound();
  return { token, appUrl: installationUrl(), error: oneOf(query.error) };
}
