import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { jacksonStore } from "./jackson-store";

const sealed = (value: string) => ({ value, iv: "iv", tag: "tag" });

test.each(["oauth:session", "oauth:code"])("of 30 readers at once one gets a record of %s", async (namespace) => {
  await jacksonStore.put(namespace, "k", sealed("v"), 60);
  const got = await Promise.all(Array.from({ length: 30 }, () => jacksonStore.get(namespace, "k")));
  expect(got.filter(Boolean)).toEqual([sealed("v")]);
});

test("a connection's record can be read again and again", async () => {
  await jacksonStore.put("saml:config", "c", sealed("v"));
  expect(await jacksonStore.get("saml:config", "c")).toEqual(sealed("v"));
  expect(await jacksonStore.get("saml:config", "c")).toEqual(sealed("v"));
});

test("what has expired is not read, taken, listed or counted", async () => {
  for (const namespace of ["oauth:session", "oauth:token"]) {
    await jacksonStore.put(namespace, "old", sealed("v"), 60, { name: "n", value: "x" });
    await prisma().jacksonStore.updateMany({ where: { namespace }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect(await jacksonStore.get(namespace, "old")).toBeNull();
    expect((await jacksonStore.getAll(namespace)).data).toEqual([]);
    expect((await jacksonStore.getByIndex(namespace, { name: "n", value: "x" })).data).toEqual([]);
    expect(await jacksonStore.getCount(namespace)).toBe(0);
  }
});

test("a look-up by entity ID returns every record, beyond any page", async () => {
  const index = { name: "entityID", value: "same" };
  for (let number = 0; number < 120; number++) {
    await jacksonStore.put("saml:config", `many-${number}`, sealed(`v${number}`), 0, index);
  }
  expect((await jacksonStore.getByIndex("saml:config", index)).data).toHaveLength(120);
  expect(await jacksonStore.getCount("saml:config", index)).toBe(120);
});

test("a record put again keeps only its new indexes, and deletion takes them along", async () => {
  await jacksonStore.put("saml:config", "r", sealed("1"), 0, { name: "entityID", value: "before" });
  await jacksonStore.put("saml:config", "r", sealed("2"), 0, { name: "entityID", value: "after" });
  expect((await jacksonStore.getByIndex("saml:config", { name: "entityID", value: "before" })).data).toEqual([]);
  expect((await jacksonStore.getByIndex("saml:config", { name: "entityID", value: "after" })).data).toEqual([
    sealed("2"),
  ]);
  await jacksonStore.delete("saml:config", "r");
  expect(await prisma().jacksonIndex.count({ where: { storeKey: "saml:config:r" } })).toBe(0);
});

test("deleteMany deletes the named records of its namespace only", async () => {
  await jacksonStore.put("a", "1", sealed("v"));
  await jacksonStore.put("b", "1", sealed("v"));
  await jacksonStore.deleteMany("a", ["1", "2"]);
  expect(await jacksonStore.get("a", "1")).toBeNull();
  expect(await jacksonStore.get("b", "1")).toEqual(sealed("v"));
});
