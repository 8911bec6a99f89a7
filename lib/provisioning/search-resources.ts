import "server-only";
import { readSearchRequest } from "lib/protocol/scim/search-request";
import { listAnswer, readRootCall } from "./list-call";
import { listGroups, readGroupPage } from "./list-groups";
import { readPages } from "./list-page";
import { listUsers, readUserPage } from "./list-users";
import type { ScimAnswer, ScimCall, ScimHandler } from "./scim-call";
import { orFail } from "./scim-error";

/** RFC 7644 3.4.3: the body takes the place of the query, so that the answer is that of the GET. */
const asked =
  (list: ScimHandler): ScimHandler =>
  async (call) =>
    list({ ...call, query: new URLSearchParams(orFail(readSearchRequest(call.body))) });

/** Users first, then groups, in one list: a page may begin among the users and end among the groups. */
async function listAll(call: ScimCall): Promise<ScimAnswer> {
  const query = readRootCall(call);
  const { startIndex, count } = query.User;
  return readPages(async (snapshot) => {
    const users = await readUserPage(call, query.User, snapshot);
    const rest = { startIndex: Math.max(1, startIndex - users.total), count: count - users.texts.length };
    const groups = await readGroupPage(call, { ...query.Group, ...rest }, snapshot);
    return listAnswer(query.User, {
      total: users.total + groups.total,
      texts: [...users.texts, ...groups.texts],
      ids: [...users.ids, ...groups.ids],
    });
  });
}

/** POST /Users/.search */
export const searchUsers = asked(listUsers);
/** POST /Groups/.search */
export const searchGroups = asked(listGroups);
/** POST /.search */
export const searchAll = asked(listAll);
