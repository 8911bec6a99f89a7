import "server-only";
import { createHash } from "node:crypto";
import { redactScimBody } from "lib/exchanges/redact";

const longestBody = 64 * 1024;
const keptOfLonger = 16 * 1024;
const longestArray = 500;
const mostNames = 50;
/** More would not fit into what is kept, and reading them all would stall others. */
const mostValues = 20_000;

/**
 * `cut`: not all of it is here. `removed`: the names whose values, `secrets`, were taken out; where a part was left
 * `unread` there may be more.
 */
export type KeptBody = { kept: unknown; cut: boolean; removed: string[]; secrets: unknown[]; unread: boolean };

/** A body as the log keeps it: without secrets; of a long one its size, digest and beginning. */
export function keptBody(body: unknown): KeptBody {
  // Text is JSON that PostgreSQL made, of a group with its members.
  if (typeof body === "string") {
    if (body.length <= keptOfLonger) return keptBody(JSON.parse(body));
    return { kept: { size: Buffer.byteLength(body) }, cut: true, removed: [], secrets: [], unread: true };
  }
  let unread = false;
  let values = 0;
  // Long lists are cut before anything is made of them: a push of 100,000 members costs the log nothing.
  const short = (value: unknown): unknown => {
    if (++values > mostValues) {
      unread = true;
      return "…";
    }
    if (Array.isArray(value)) {
      if (value.length <= longestArray) return value.map(short);
      unread = true;
      return [...value.slice(0, longestArray).map(short), `… ${value.length - longestArray} more`];
    }
    if (typeof value !== "object" || value === null) return value;
    const copy: [string, unknown][] = [];
    for (const [key, inner] of Object.entries(value)) {
      // The path that says what this value is may stand among what is left out.
      if (values > mostValues) return Object.fromEntries(copy.filter(([name]) => !/^value$/i.test(name)));
      copy.push([key, short(inner)]);
    }
    return Object.fromEntries(copy);
  };
  const { kept, removed: names, secrets } = redactScimBody(short(body));
  const removed = names.slice(0, mostNames);
  const text = JSON.stringify(kept);
  if (text.length <= longestBody) return { kept, cut: unread, removed, secrets, unread };
  const sha256 = createHash("sha256").update(text).digest("hex");
  return {
    kept: { size: Buffer.byteLength(text), sha256, start: text.slice(0, keptOfLonger) },
    cut: true,
    removed,
    secrets,
    unread,
  };
}
