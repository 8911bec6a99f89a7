import "server-only";
import { now } from "lib/base/clock";
import { type Lookup, resolveTxt } from "lib/base/dns";
import { type DomainCheck, proofRecord } from "./schema";

type Domain = { name: string; proofToken: string };

/** Looks for the proof of a domain in DNS, and where it is missing also at the places where it lands by mistake. */
export async function readProof({ name, proofToken }: Domain): Promise<DomainCheck> {
  const { fullHost, value } = proofRecord(name, proofToken);
  const here = await resolveTxt(fullHost);
  const elsewhere: Sighting[] = [];
  if (here.kind !== "records" || !here.records.includes(value)) {
    // Many DNS services add the domain by themselves, so the full name typed there stands twice.
    for (const host of [name, `${fullHost}.${name}`]) {
      const there = await resolveTxt(host);
      if (there.kind === "records") elsewhere.push({ host, records: there.records });
    }
  }
  return { at: now().toISOString(), ...judgeProof({ host: fullHost, value, here, elsewhere }) };
}

type Sighting = { host: string; records: string[] };
type Seen = { host: string; value: string; here: Lookup<string>; elsewhere: Sighting[] };

/** What the look-up means, as the sentence that the reader gets (console.md 7.2). */
export function judgeProof({ host, value, here, elsewhere }: Seen): Omit<DomainCheck, "at"> {
  const asked = `Asked ${here.servers.join(", ")} (the resolvers of this installation)`;
  const records = here.kind === "records" ? here.records : [];
  const answer = (outcome: DomainCheck["outcome"], sentence: string, closest: string | null = null) => ({
    servers: here.servers,
    host,
    outcome,
    records: records.slice(0, 20).map((record) => record.slice(0, 255)),
    closest: closest?.slice(0, 255) ?? null,
    sentence,
  });
  if (records.includes(value)) return answer("found", `Found at ${host}. ${asked}.`);
  if (records.some((record) => /^["'“”].*["'“”]$/.test(record) && record.slice(1, -1) === value)) {
    return answer("quoted", `The value has quotes around it. Enter it without them. ${asked}.`);
  }
  const wrongHost = elsewhere.find((sighting) => sighting.records.includes(value));
  if (wrongHost) return answer("wrong_host", `Found at ${wrongHost.host} instead of ${host}. ${asked}.`);
  if (here.kind === "no_answer") return answer("no_answer", `The DNS server did not answer. ${asked}.`);
  if (here.kind === "no_name") {
    return answer("no_name", `No such name yet. New records can take 72 hours. ${asked}.`);
  }
  if (records.length === 0) {
    return answer("no_name", `No such name yet with a TXT record. New records can take 72 hours. ${asked}.`);
  }
  const counted =
    records.length === 1 ? "1 TXT record, which does not match" : `${records.length} TXT records, none matches`;
  const closest = closestTo(value, records);
  const hint = closest === null ? "" : ` ${compare(closest, value)}`;
  return answer("no_match", `${asked}: ${counted}.${hint}`, closest);
}

/** The record that looks most like an attempt at `value`; null where none does. */
function closestTo(value: string, records: string[]): string | null {
  const token = value.slice(value.indexOf("=") + 1);
  const looksMeant = (record: string) => /gatehouse/i.test(record) || record.includes(token.slice(0, 8));
  const candidates = records.filter(looksMeant).map((record) => ({ record, same: commonStart(record, value) }));
  return candidates.sort((a, b) => b.same - a.same)[0]?.record ?? null;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** "Closest: …abd, expected …abc (last character differs)." */
function compare(given: string, value: string): string {
  const from = commonStart(given, value);
  const around = (text: string) =>
    `${from > 2 ? "…" : ""}${text.slice(Math.max(0, from - 2), from + 12)}${text.length > from + 12 ? "…" : ""}`;
  return `Closest: ${around(given)}, expected ${around(value)} (${difference(given, value, from)}).`;
}

function difference(given: string, value: string, from: number): string {
  if (given.replace(/\s/g, "") === value) return "extra spaces";
  if (given.toLowerCase() === value.toLowerCase()) return "letter case differs";
  if (value === `gatehouse-verification=${given}`) return "gatehouse-verification= is missing in front";
  if (value.startsWith(given)) return "the end is cut off";
  if (given.startsWith(value)) return "something follows the value";
  if (given.length === value.length && from === value.length - 1) return "last character differs";
  return "from there on it differs";
}
