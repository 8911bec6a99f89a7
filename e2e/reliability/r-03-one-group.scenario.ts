import { expect, figure, person, scenario } from "./scenario";

const patch = (...Operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations,
});
const group = (displayName: string, members: string[]) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  displayName,
  members: members.map((value) => ({ value })),
});

scenario(
  "R-03 100 adds, 20 removes and 5 renames of one group at once lose nothing over two replicas",
  async ({ rig, client }) => {
    const ids: string[] = [];
    for (let number = 0; number < 140; number++) {
      ids.push(String((await client("POST", "/Users", person(`member${number}@${rig.domain}`))).body.id));
    }
    const [leaving, staying, joining] = [ids.slice(0, 20), ids.slice(20, 40), ids.slice(40)];
    const made = await client("POST", "/Groups", group("Team", [...leaving, ...staying]));
    const path = `/Groups/${made.body.id}`;
    const replies = await Promise.all([
      ...joining.map((value) => client("PATCH", path, patch({ op: "add", path: "members", value: [{ value }] }))),
      ...leaving.map((id) => client("PATCH", path, patch({ op: "remove", path: `members[value eq "${id}"]` }))),
      ...[1, 2, 3, 4, 5].map((number) =>
        client("PATCH", path, patch({ op: "replace", value: { displayName: `Team ${number}` } })),
      ),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 204));
    const read = async () => {
      const { body } = await client("GET", path);
      return {
        name: String(body.displayName),
        members: (body.members as { value: string }[]).map(({ value }) => value),
      };
    };
    const after = await read();
    expect(after.members.toSorted()).toEqual([...staying, ...joining].toSorted());
    expect(after.name).toMatch(/^Team [1-5]$/);

    const [one, other] = [group("One", ids.slice(0, 70)), group("Other", ids.slice(70))];
    for (let round = 0; round < 10; round++) {
      const both = await Promise.all([client("PUT", path, one), client("PUT", path, other)]);
      expect(both.map(({ status }) => status)).toEqual([200, 200]);
      const { name, members } = await read();
      const expected = name === "One" ? one : other;
      expect({ name, members: members.toSorted() }).toEqual({
        name: expected.displayName,
        members: expected.members.map(({ value }) => value).toSorted(),
      });
    }
    figure("parallel changes", replies.length);
    figure("slowest ms", Math.round(Math.max(...replies.map(({ ms }) => ms))));
  },
);
