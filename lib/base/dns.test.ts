import { afterAll, beforeAll, expect, test } from "vitest";
import { type DnsStub, startDns } from "vitest/dns-stub";
import { changeSettings } from "vitest/settings";
import { resolveAddresses, resolveTxt } from "./dns";

let dns: DnsStub;

beforeAll(async () => {
  dns = await startDns({
    "proof.example": { TXT: ["v=spf1 -all", ["gatehouse-", "verification=abc"]] },
    "empty.example": { A: ["192.0.2.1"] },
    "both.example": { A: ["192.0.2.1", "192.0.2.2"], AAAA: ["2001:db8::1"] },
    "silent.example": "silent",
  });
  changeSettings({ DNS_SERVERS: [dns.address] });
});
afterAll(() => dns.close());

const soon = () => AbortSignal.timeout(8_000);

test("a TXT record is joined from its strings, and the servers asked are told", async () => {
  const answer = await resolveTxt("proof.example");
  expect(answer).toEqual({
    servers: [dns.address],
    kind: "records",
    records: ["v=spf1 -all", "gatehouse-verification=abc"],
  });
});

test("no such name, no record of that kind and no answer are three different things", async () => {
  expect(await resolveTxt("missing.example")).toMatchObject({ kind: "no_name" });
  expect(await resolveTxt("empty.example")).toMatchObject({ kind: "records", records: [] });
  expect(await resolveTxt("silent.example")).toMatchObject({ kind: "no_answer" });
});

test("all addresses of a host are found, of both families", async () => {
  expect(await resolveAddresses("both.example", soon())).toEqual(["192.0.2.1", "192.0.2.2", "2001:db8::1"]);
  expect(await resolveAddresses("missing.example", soon())).toEqual([]);
});

test("a look-up ends with its deadline", async () => {
  const started = performance.now();
  expect(await resolveAddresses("silent.example", AbortSignal.timeout(200))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1_500);
});
