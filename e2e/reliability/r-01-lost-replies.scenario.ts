import { expect, figure, person, scenario } from "./scenario";

const people = 200;

scenario(
  "R-01 a lost reply to a create leaves one user, found at once on any replica",
  async ({ rig, client, direct }) => {
    rig.proxy.dropReply = ({ method, url }) => method === "POST" && (url ?? "").endsWith("/Users");
    let repeated = 0;
    for (let number = 0; number < people; number++) {
      const userName = `lost${number}@${rig.domain}`;
      expect((await client("POST", "/Users", person(userName))).status).toBe("broken");
      const other = number % 2 ? direct[0] : direct[1];
      const filter = encodeURIComponent(`userName eq "${userName}"`);
      const found = await other("GET", `/Users?filter=${filter}&startIndex=1&count=100`);
      expect(found.body).toMatchObject({ totalResults: 1 });
      const [user] = found.body.Resources as { id: string }[];
      expect((await other("PUT", `/Users/${user?.id}`, person(userName, { title: "Lead" }))).status).toBe(200);
      const again = await other("POST", "/Users", person(userName));
      expect(again).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
      repeated++;
    }
    rig.proxy.dropReply = () => false;
    expect((await client("GET", "/Users?count=0")).body.totalResults).toBe(people);
    figure("users", people);
    figure("repeated creates answered 409", repeated);
  },
);
