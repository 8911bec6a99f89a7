import { ForbiddenMessage } from "components/shell/forbidden-message";
import { pagePath, pageScope } from "lib/gates/page-scope";
import { may } from "lib/scope/scope";
import { listOwnersToAsk } from "lib/users/queries";
import { roleNames } from "lib/users/schema";
import type { Metadata } from "next";
import { actionOfPage, lowestRole } from "./navigation";

export const metadata: Metadata = { title: "You cannot open this page" };

/** Next renders this beside every page, shown or not: owners are read only where the page is refused. */
export default async function Forbidden() {
  const scope = await pageScope("account:read");
  const action = actionOfPage(await pagePath());
  if (!action || may(scope, action)) return <ForbiddenMessage />;
  const owners = await listOwnersToAsk(scope);
  return <ForbiddenMessage needs={roleNames[lowestRole(action)]} owners={owners.map(({ name }) => name)} />;
}
