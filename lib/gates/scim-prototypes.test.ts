import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { groupUrn, makeDirectory, oktaUser, type TestDirectory, userUrn } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

let a: TestDirectory;
let b: TestDirectory;
let group: { id: string };
let own: { user: string; group: string };

beforeAll(async () => {
  changeSettings({ SCIM_RATE: 0 });
  [a, b] = [await makeDirectory("Acme"), await makeDirectory("Evil")];
  group = (await a.send("POST", "/Groups", { displayName: "Crown jewels" })).body;
  own = {
    user: (await b.send("POST", "/Users", oktaUser(`eve@${b.org.domain}`))).body.id,
    group: (await b.send("POST", "/Groups", { displayName: "Evil group" })).body.id,
  };
});

describe("no prototype is reached", () => {
  const names = [
    "__proto__",
    "constructor",
    "prototype",
    "__PROTO__",
    "\\u005f_proto__",
    "constructor.prototype",
    "toString",
  ];
  const plain = () => ({}) as Record<string, unknown>;

  beforeEach(async () => {
    expect((await b.send("GET", `/Users/${own.user}`)).status).toBe(200);
  });

  test.each(names)(
    "scim.md 12: through %s in a body, a path, a filter, a query, a search or a bulk request",
    async (name) => {
      const email = `p${names.indexOf(name)}@${b.org.domain}`;
      const evil = `"${name}":{"x":1,"active":false,"__proto__":{"x":1},"prototype":{"x":1}}`;
      const user = `"userName":"${email}","emails":[{"value":"${email}",${evil}}]`;
      const raw: [("POST" | "PUT" | "PATCH")?, string?, string?][] = [
        ["POST", "/Users", `{${user},${evil}}`],
        ["POST", "/Users", `{${user},"urn:x:y":{${evil}},"name":{${evil}},"${userUrn}":{${evil}},"${name}:x":1}`],
        ["PUT", `/Users/${own.user}`, `{"userName":"eve@${b.org.domain}",${evil},"shoe":{${evil}}}`],
        ["PATCH", `/Users/${own.user}`, `{"Operations":[{"op":"add","value":{${evil},"name":{${evil}}}}]}`],
        ["PATCH", `/Users/${own.user}`, `{"Operations":[{"op":"add","path":"${name}","value":{"x":1}}],${evil}}`],
        ["PATCH", `/Users/${own.user}`, `{"Operations":[{"op":"add","path":"${name}.x","value":1}]}`],
        ["PATCH", `/Users/${own.user}`, `{"Operations":[{"op":"add","path":"name.${name}","value":{"x":1}}]}`],
        ["PATCH", `/Users/${own.user}`, `{"Operations":[{"op":"add","path":"urn:x:y:${name}","value":{"x":1}}]}`],
        ["PATCH", `/Users/${own.user}`, `{"Operations":[{"op":"add","path":"${name}:x","value":{"x":1}}]}`],
        [
          "PATCH",
          `/Users/${own.user}`,
          `{"schemas":["${name}","a:${name}"],"Operations":[{"op":"add","path":"a:${name}","value":{"x":1}}]}`,
        ],
        [
          "PATCH",
          `/Users/${own.user}`,
          `{"Operations":[{"op":"add","path":"emails[${name} eq \\"x\\"].x","value":1}]}`,
        ],
        [
          "PATCH",
          `/Users/${own.user}`,
          `{"Operations":[{"op":"add","path":"emails[type eq \\"x\\"].${name}","value":{"x":1}}]}`,
        ],
        ["POST", "/Groups", `{"displayName":"P${name.length}",${evil},"members":[{"value":"${own.user}",${evil}}]}`],
        [
          "PATCH",
          `/Groups/${own.group}`,
          `{"Operations":[{"op":"add","path":"${name}.x","value":1},{"op":"add","value":{${evil}}}]}`,
        ],
        ["POST", "/.search", `{"filter":"${name} pr","attributes":["${name}","${name}.x"],"sortBy":"${name}",${evil}}`],
        [
          "POST",
          "/Bulk",
          `{"Operations":[{"method":"POST","path":"/Groups","bulkId":"${name}","data":{"displayName":"B${names.indexOf(name)}",${evil}}},` +
            `{"method":"PATCH","path":"/Groups/bulkId:${name}","data":{"Operations":[{"op":"add","path":"members","value":"bulkId:${name}"}]},${evil}},` +
            `{"method":"DELETE","path":"/${name}/x"},{"method":"${name}","path":"/Users"}],${evil}}`,
        ],
      ];
      for (const [method = "POST", path = "", body = ""] of raw) {
        const { status, text } = await b.send(method, path, undefined, { raw: body });
        expect(status, `${method} ${path} ${body} ${text}`).toBeLessThan(500);
        expect(plain().x, body).toBeUndefined();
      }
      const sent = encodeURIComponent(JSON.parse(`"${name}"`));
      for (const query of [
        `attributes=${sent},${sent}.x`,
        `sortBy=${sent}`,
        `${sent}=1`,
        `filter=${sent}%20eq%20%221%22`,
        `excludedAttributes=${sent}`,
      ]) {
        expect((await b.send("GET", `/Users?${query}`)).status, query).toBeLessThan(500);
      }
      for (const path of [`/Schemas/${sent}`, `/ResourceTypes/${sent}`, `/${sent}`, `/Users/${sent}`]) {
        expect((await b.send("GET", path)).status, path).toBe(404);
      }
      expect(plain().x).toBeUndefined();
      expect(plain().active).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect((await b.send("GET", `/Users/${own.user}`)).body).toMatchObject({
        active: true,
        schemas: expect.arrayContaining([userUrn]),
      });
      expect((await a.send("GET", `/Groups/${group.id}`)).body.schemas).toEqual([groupUrn]);
    },
  );
});
