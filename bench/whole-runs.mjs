// The rows of shared performance.md that need more than one client, a whole crawl, or the process itself.
import { httpClient, mustSucceed } from "./http-client.mjs";
import { median, percentile, throughput } from "./measure.mjs";
import { manyMembers, oneMember } from "./operations.mjs";
import { cpuMs, residentMb } from "./processes.mjs";
import { oktaUser } from "./seed.mjs";

/**
 * @typedef {import("./measure.mjs").Row} Row
 * @typedef {import("./seed.mjs").Organization} Organization
 * @typedef {{ organizations: Organization[], largest: Organization, middle: Organization, pid: number, rounds: number,
 *   yardstick: ReturnType<typeof import("./measure.mjs").yardsticks> }} World
 */

/** Everything of a directory, page by page. @param {Organization} org */
async function crawl({ send, size }) {
  const startedAt = performance.now();
  for (let startIndex = 1; startIndex <= size; startIndex += 100) {
    await send({ path: `/Users?startIndex=${startIndex}&count=100` });
  }
  return performance.now() - startedAt;
}

/** @param {World} world @returns {Promise<Row[]>} */
export async function measureLists({ largest, middle, rounds }) {
  const late = Math.floor(largest.size * 0.9);
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round <= rounds; round++) {
    const times = { first: /** @type {number[]} */ ([]), late: /** @type {number[]} */ ([]) };
    for (let index = 0; index < 10; index++) {
      times.first.push((await largest.send({ path: "/Users?startIndex=1&count=100" })).ms);
      times.late.push((await largest.send({ path: `/Users?startIndex=${late}&count=100` })).ms);
    }
    if (round > 0) ratios.push(median(times.late) / median(times.first));
  }
  const lateRatio = median(ratios);
  const whole = (await crawl(largest)) / (await crawl(middle));
  return [
    { name: "list page at 90 % of 50,000, against the first", ratio: lateRatio, goal: "<= 2.5", met: lateRatio <= 2.5 },
    { name: "whole crawl of 50,000, against 10,000", ratio: whole, goal: "<= 7", met: whole <= 7 },
  ];
}

/** @param {World} world @returns {Promise<Row[]>} */
export async function measureGroups({ largest, pid, rounds }) {
  const group = { ...largest, chosenMembers: 10 };
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round <= rounds; round++) {
    const times = { one: /** @type {number[]} */ ([]), many: /** @type {number[]} */ ([]) };
    for (let turn = 0; turn < 10; turn++) {
      times.one.push((await largest.send(oneMember(group, turn))).ms);
      times.many.push((await largest.send(manyMembers(group, turn))).ms);
    }
    if (round > 0) ratios.push(median(times.many) / median(times.one));
  }
  const many = median(ratios);
  return [
    { name: "PATCH group with 500 members, against one", ratio: many, goal: "<= 6", met: many <= 6 },
    await measureOneGroupAtOnce(largest, rounds),
    ...(await measureLargeGroup(largest, pid)),
  ];
}

/** 16 clients on one group, against 16 on groups of their own. @param {Organization} org @param {number} rounds @returns {Promise<Row>} */
async function measureOneGroupAtOnce(org, rounds) {
  const { text } = await org.send({ path: "/Groups?startIndex=1&count=20&attributes=displayName" });
  const ids = JSON.parse(text)
    .Resources.map((/** @type {{id: string}} */ { id }) => id)
    .slice(0, 16);
  const clients = 16;
  const calls = 320;
  const add = (/** @type {string} */ id, /** @type {number} */ turn) => ({
    method: "PATCH",
    path: `/Groups/${id}`,
    body: {
      Operations: [{ op: "add", path: "members", value: [{ value: org.users[(turn * 131) % org.users.length]?.id }] }],
    },
  });
  /** @type {number[]} */
  const ratios = [];
  let turn = 0;
  for (let round = 0; round <= rounds; round++) {
    const one = await throughput(() => org.send(add(ids[0], turn++)), { clients, calls });
    const own = await throughput((call) => org.send(add(ids[call % 16], turn++)), { clients, calls });
    if (round > 0) ratios.push(one.perSecond / own.perSecond);
  }
  const ratio = median(ratios);
  return { name: "16 clients PATCH one group, against 16 groups", ratio, goal: ">= 0.6, 0 errors", met: ratio >= 0.6 };
}

/** @param {Organization} org @param {number} pid @returns {Promise<Row[]>} */
async function measureLargeGroup(org, pid) {
  const path = `/Groups/${org.groups[50_000]}`;
  await org.send({ path });
  const before = cpuMs(pid);
  const times = 10;
  for (let index = 0; index < times; index++) await org.send({ path });
  const cpu = (cpuMs(pid) - before) / times / 50;
  const other = () => org.send({ path: `/Users/${org.users[3]?.id}` });
  const quiet = await alongside(other, async () => {
    for (let index = 0; index < 60; index++) await other();
  });
  const busy = await alongside(other, async () => {
    for (let index = 0; index < 6; index++) await org.send({ path });
  });
  const ratio = busy / quiet;
  return [
    { name: "GET group of 50,000: CPU per 1,000 members", cpu, goal: "<= 0.3 ms", met: cpu <= 0.3 },
    { name: "p99 of others meanwhile, against quiet", ratio, goal: "<= 2", met: ratio <= 2 },
  ];
}

/** The p99 of `other` while `work` runs. @param {() => Promise<{ms: number}>} other @param {() => Promise<unknown>} work */
async function alongside(other, work) {
  let isRunning = true;
  /** @type {number[]} */
  const ms = [];
  const watch = (async () => {
    while (isRunning) ms.push((await other()).ms);
  })();
  await work();
  isRunning = false;
  await watch;
  return percentile(ms, 0.99);
}

/** POST at 16 clients, against Jackson's directory sync. @param {World} world @param {import("./processes.mjs").Running & {token: string}} peer @returns {Promise<Row>} */
export async function measurePeer({ middle, rounds }, peer) {
  const send = mustSucceed(httpClient(peer.url, { authorization: `Bearer ${peer.token}` }));
  const size = { clients: 16, calls: 320 };
  let made = 0;
  const post = (/** @type {import("./http-client.mjs").Send} */ to, /** @type {string} */ domain) => () =>
    to({ method: "POST", path: "/Users", body: oktaUser(`peer${made++}`, domain) });
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round <= rounds; round++) {
    const theirs = await throughput(post(send, "peer.example"), size);
    const ours = await throughput(post(middle.send, middle.domain), size);
    if (round > 0) ratios.push(ours.perSecond / theirs.perSecond);
  }
  const ratio = median(ratios);
  return { name: "POST user at 16 clients, against Jackson", ratio, goal: ">= 3", met: ratio >= 3 };
}

/** Console pages at 16 clients. @param {World} world @returns {Promise<Row[]>} */
export async function measurePagesAtOnce({ largest, yardstick, rounds }) {
  const size = { clients: 16, calls: 96 };
  const rows = [];
  for (const path of ["/users", "/groups", "/audit", "/provisioning"]) {
    /** @type {number[]} */
    const ratios = [];
    for (let round = 0; round <= rounds; round++) {
      const plain = await throughput(() => yardstick.P(), size);
      const ours = await throughput(() => largest.page(path), size);
      if (round > 0) ratios.push(plain.perSecond / ours.perSecond);
    }
    const ratio = median(ratios);
    rows.push({ name: `page ${path} at 16 clients`, ratio, yardstick: "P", goal: "<= 3 P", met: ratio <= 3 });
  }
  return rows;
}

/** Memory after many requests of a mix. @param {World} world @param {number} requests @returns {Promise<Row[]>} */
export async function measureMemory({ middle, pid }, requests) {
  const mix = (/** @type {number} */ turn) => {
    const user = middle.users[(turn * 31) % middle.users.length];
    const filter = encodeURIComponent(`userName eq "${user?.userName}"`);
    if (turn % 10 === 0) {
      const Operations = [{ op: "replace", value: { title: `T${turn}` } }];
      return middle.send({ method: "PATCH", path: `/Users/${user?.id}`, body: { Operations } });
    }
    return middle.send({ path: turn % 2 ? `/Users/${user?.id}` : `/Users?filter=${filter}` });
  };
  const half = Math.floor(requests / 2);
  await throughput(mix, { clients: 8, calls: half });
  const middleMb = residentMb(pid);
  await throughput((turn) => mix(turn + half), { clients: 8, calls: half });
  const endMb = residentMb(pid);
  const slope = ((endMb - middleMb) / half) * 10_000;
  const after = `after ${requests.toLocaleString("en")} requests`;
  return [
    { name: `resident memory ${after}`, note: `${Math.round(endMb)} MB`, goal: "<= 350 MB", met: endMb <= 350 },
    { name: "its growth per 10,000 requests", note: `${slope.toFixed(2)} MB`, goal: "< 1 MB", met: slope < 1 },
  ];
}
