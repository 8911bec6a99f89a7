import type { Database } from "./database";
import { expect, type OktaApp, type Org, test } from "./fixtures";
import { type HttpBrowser, refusalOf } from "./http-browser";
import { scimRequest } from "./scim-request";
import { emailOf, oktaPerson, signIn } from "./wire";

type World = { org: Org; okta: OktaApp; database: Database; visitor: () => HttpBrowser };

/** What Okta does with people and groups over the years, each step read back; the same for both of its clients. */
export async function walkThroughLifeCycle({ org, okta, database, visitor }: World) {
  const { connection, domain } = org;
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const ada = { userName: `ada@${domain}`, givenName: "Ada", familyName: "Lee", email: `ada@${domain}` };
  const bob = { userName: `bob@${domain}`, givenName: "Bob", familyName: "Kim", email: `bob@${domain}` };
  const read = async (userName: string) => (await scim("GET", `/Users/${okta.idOf(userName)}`)).body;
  const membersOf = async (groupId: string) => {
    const { members } = (await scim("GET", `/Groups/${groupId}`)).body as { members?: { value: string }[] };
    return (members ?? []).map(({ value }) => value).sort();
  };
  const ids = (...userNames: string[]) => userNames.map(okta.idOf).sort();

  await test.step("the credentials and the connector test are green", async () => {
    await okta.testCredentials();
    await okta.testConnector();
  });

  await test.step("assigned people exist at once, managed, without a password", async () => {
    await okta.assign(ada);
    await okta.assign(bob);
    const shown = await read(ada.userName);
    expect(shown).toMatchObject({
      userName: ada.userName,
      active: true,
      name: { givenName: "Ada", familyName: "Lee" },
      displayName: "Ada Lee",
      emails: [{ value: ada.email, primary: true }],
      meta: { resourceType: "User", location: `${connection.scim?.baseUrl}/Users/${shown.id}` },
    });
    expect(shown).not.toHaveProperty("password");
    expect(await database.userByEmail(org.id, ada.email)).toMatchObject({
      source: "scim",
      role: "member",
      status: "active",
      passwordHash: null,
      connectionId: connection.id,
    });
  });

  await test.step("a profile change arrives; one that changes nothing is not sent", async () => {
    expect(await okta.update(ada.userName, { title: "Engineer", department: "R&D", manager: "Grace Hopper" })).toBe(
      true,
    );
    expect(await read(ada.userName)).toMatchObject({
      title: "Engineer",
      name: { givenName: "Ada" },
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        department: "R&D",
        manager: { displayName: "Grace Hopper" },
      },
    });
    expect(await okta.update(ada.userName, { title: "Engineer" })).toBe(false);
  });

  const before = okta.idOf(ada.userName);
  const signedIn = visitor();
  await test.step("she signs in through the connection with no further step, as the same person", async () => {
    const users = (await database.countsOf(org.id)).users;
    await signIn(connection, signedIn, ada.email, oktaPerson(ada.email));
    expect(await emailOf(signedIn)).toBe(ada.email);
    expect((await database.countsOf(org.id)).users).toBe(users);
  });

  await test.step("unassigned: every session is over, sign-in is refused, the record stays", async () => {
    await okta.unassign(ada.userName);
    expect(await read(ada.userName)).toMatchObject({ id: before, active: false, title: "Engineer" });
    expect(await signedIn.session()).toEqual({});
    expect(new URL((await signedIn.get("/account")).url).pathname).toBe("/sign-in");
    const refused = refusalOf(await signIn(connection, visitor(), ada.email, oktaPerson(ada.email)));
    expect(refused.code).toBe("user_deactivated");
    expect((await scim("GET", "/Users?count=100")).body).toMatchObject({ totalResults: 2 });
    expect(await database.userByEmail(org.id, ada.email)).toMatchObject({ status: "deactivated" });
  });

  await test.step("reassigned: the same account, and a fresh sign-in is needed", async () => {
    await okta.reassign(ada.userName);
    expect(await read(ada.userName)).toMatchObject({ id: before, active: true });
    expect(await signedIn.session()).toEqual({});
    const again = visitor();
    await signIn(connection, again, ada.email, oktaPerson(ada.email));
    expect(await emailOf(again)).toBe(ada.email);
  });

  await test.step("a synchronized password is taken and dropped", async () => {
    const { meta } = (await read(ada.userName)) as { meta: { version: string } };
    await okta.passwordSync(ada.userName, "correct horse battery");
    expect((await read(ada.userName)).meta).toMatchObject({ version: meta.version });
    expect(await database.userByEmail(org.id, ada.email)).toMatchObject({ passwordHash: null });
  });

  await test.step("a group is pushed, renamed, changed, emptied, unlinked, linked again and deleted", async () => {
    const groupId = await okta.pushGroup("Eng Team", [ada.userName, bob.userName]);
    expect(await membersOf(groupId)).toEqual(ids(ada.userName, bob.userName));
    await okta.renameGroup("Eng Team", "Operations");
    expect((await scim("GET", `/Groups/${groupId}`)).body).toMatchObject({ displayName: "Operations" });
    expect(await membersOf(groupId)).toEqual(ids(ada.userName, bob.userName));
    await okta.changeMembers("Operations", { remove: [ada.userName] });
    expect(await membersOf(groupId)).toEqual(ids(bob.userName));
    await okta.changeMembers("Operations", { add: [ada.userName], remove: [bob.userName] });
    expect(await membersOf(groupId)).toEqual(ids(ada.userName));
    await okta.emptyGroup("Operations");
    expect(await membersOf(groupId)).toEqual([]);
    await okta.unlinkGroup("Operations");
    expect((await scim("GET", `/Groups/${groupId}`)).status).toBe(200);
    expect(await okta.pushGroup("Operations", [bob.userName])).toBe(groupId);
    expect(await membersOf(groupId)).toEqual(ids(bob.userName));
    await okta.unlinkGroup("Operations", { delete: true });
    expect((await scim("GET", `/Groups/${groupId}`)).status).toBe(404);
  });

  await test.step("an import sees exactly this directory, and nothing waits in Tasks", async () => {
    const { users, groups } = await okta.importAll();
    expect(users.map(({ userName }) => userName).sort()).toEqual([ada.userName, bob.userName]);
    expect(groups).toEqual([]);
    expect(okta.tasks).toEqual([]);
  });
}
