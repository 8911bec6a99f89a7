import { Resolver } from "node:dns/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeDns, startFakeDns } from "./fake-dns";

let dns: FakeDns;
const resolver = new Resolver({ timeout: 200, tries: 1 });

beforeAll(async () => {
  dns = await startFakeDns();
  resolver.setServers([dns.address]);
});
afterAll(() => dns.stop());

test("TXT records come back as set, split strings apart, names in any letter case", async () => {
  dns.setTxt("_gatehouse-verification.corp.example", ["v=spf1 -all", ["gatehouse-verification=", "abc"]]);
  expect(await resolver.resolveTxt("_Gatehouse-Verification.CORP.example")).toEqual([
    ["v=spf1 -all"],
    ["gatehouse-verification=", "abc"],
  ]);
});

test("answers too long for UDP come over TCP", async () => {
  const long = Array.from({ length: 30 }, (_, index) => `record ${index} ${"x".repeat(100)}`);
  dns.setTxt("long.corp.example", long);
  expect((await resolver.resolveTxt("long.corp.example")).flat().sort()).toEqual([...long].sort());
});

test("addresses, unknown names, a name without the type, and the failures", async () => {
  dns.setA("www.corp.example", ["192.0.2.7"]);
  expect(await resolver.resolve4("www.corp.example")).toEqual(["192.0.2.7"]);
  await expect(resolver.resolveTxt("www.corp.example")).rejects.toMatchObject({ code: "ENODATA" });
  await expect(resolver.resolveTxt("nobody.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
  dns.fail("www.corp.example", "SERVFAIL");
  await expect(resolver.resolve4("www.corp.example")).rejects.toMatchObject({ code: "ESERVFAIL" });
  dns.fail("www.corp.example", "silence");
  await expect(resolver.resolve4("www.corp.example")).rejects.toMatchObject({ code: "ETIMEOUT" });
  dns.fail("www.corp.example", null);
  expect(await resolver.resolve4("www.corp.example")).toEqual(["192.0.2.7"]);
  dns.clear("www.corp.example");
  await expect(resolver.resolve4("www.corp.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
});
