import { expect, figure, person, scenario } from "./scenario";

const names = 40;
const parallel = 50;

scenario("R-02 of 50 parallel creates of one name over two replicas one is made", async ({ rig, client }) => {
  const statuses = new Map<number | "broken", number>();
  for (let number = 0; number < names; number++) {
    const name = `Person${number}@${rig.domain}`;
    const replies = await Promise.all(
      Array.from({ length: parallel }, (_, index) =>
        client("POST", "/Users", person(index % 2 ? name.toLowerCase() : name.toUpperCase())),
      ),
    );
    for (const { status } of replies) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(parallel - 1);
  }
  expect((await client("GET", "/Users?count=0")).body.totalResults).toBe(names);
  figure("answers", JSON.stringify(Object.fromEntries(statuses)));
});
