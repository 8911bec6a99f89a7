// Interleaved rounds: in each, an operation and its yardstick run one after the other, and only their ratio is kept.
import { httpClient, mustSucceed } from "./http-client.mjs";
import { cpuMs } from "./processes.mjs";

/**
 * @typedef {import("./operations.mjs").Operation} Operation
 * @typedef {import("./operations.mjs").Variant} Variant
 * @typedef {import("./seed.mjs").Organization} Organization
 * @typedef {{ name: string, p50?: number, p99?: number, cpu?: number, ratio?: number, yardstick?: string,
 *   growth?: number, goal: string, met: boolean, note?: string }} Row
 */

const ascending = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b);
export const percentile = (/** @type {number[]} */ values, /** @type {number} */ share) =>
  ascending(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
export const median = (/** @type {number[]} */ values) => percentile(values, 0.5);

/** @param {string} url of the yardsticks */
export function yardsticks(url) {
  const send = mustSucceed(httpClient(url));
  const call = (/** @type {import("./http-client.mjs").Call} */ one) => () => send(one);
  return {
    H: call({ path: "/h" }),
    R: call({ path: "/r" }),
    W: call({ method: "POST", path: "/w", body: "{}" }),
    P: call({ path: "/p" }),
  };
}

/**
 * @param {Operation[]} operations @param {{ rounds: number, repeat: number }} size
 * @param {{ yardstick: ReturnType<typeof yardsticks>, organizations: Organization[], pid: number, say: (text: string) => void }} world
 * @returns {Promise<Row[]>}
 */
export async function measureOperations(operations, { rounds, repeat }, { yardstick, organizations, pid, say }) {
  const found = operations.map((operation) => ({ operation, samples: newSamples() }));
  let turn = 0;
  // The first round warms up and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    for (const { operation, samples } of found) {
      const times = operation.repeat ?? repeat;
      /** @param {Variant | undefined} variant */
      const run = async (variant) => {
        const org = variant && organizations.find(({ size }) => size === variant.size);
        if (!org) return undefined;
        const chosen = { ...org, chosenMembers: variant.members ?? 0 };
        const before = cpuMs(pid);
        /** @type {number[]} */
        const ms = [];
        // An even number: what one turn adds the next takes away.
        for (let index = 0; index < times; index++) {
          const call = operation.call(chosen, turn++);
          ms.push((operation.kind === "page" ? await org.page(call.path) : await org.send(call)).ms);
        }
        return { ms, cpu: (cpuMs(pid) - before) / times };
      };
      if (turn % 2) turn++;
      /** @type {number[]} */
      const yard = [];
      for (let index = 0; index < times; index++) yard.push((await yardstick[operation.yardstick]()).ms);
      const from = await run(operation.from);
      const at = sameVariant(operation.at, operation.from) ? from : await run(operation.at);
      const to = sameVariant(operation.to, operation.at) ? at : await run(operation.to);
      if (round === 0) continue;
      if (at) {
        samples.ms.push(...at.ms);
        samples.cpu.push(at.cpu);
        samples.ratios.push(median(at.ms) / median(yard));
      }
      if (from && to) samples.growths.push(median(to.ms) / median(from.ms));
    }
    say(round === 0 ? "warm" : `round ${round} of ${rounds}`);
  }
  return found.map(({ operation, samples }) => rowOf(operation, samples));
}

const newSamples = () => ({
  ms: /** @type {number[]} */ ([]),
  cpu: /** @type {number[]} */ ([]),
  ratios: /** @type {number[]} */ ([]),
  growths: /** @type {number[]} */ ([]),
});

const sameVariant = (/** @type {Variant | undefined} */ a, /** @type {Variant | undefined} */ b) =>
  a?.size === b?.size && a?.members === b?.members;

/** @param {Operation} operation @param {ReturnType<typeof newSamples>} samples @returns {Row} */
function rowOf({ name, yardstick, atMost, growthAtMost = Number.POSITIVE_INFINITY }, { ms, cpu, ratios, growths }) {
  const ratio = median(ratios);
  const growth = median(growths);
  return {
    name,
    yardstick,
    p50: median(ms),
    p99: percentile(ms, 0.99),
    cpu: median(cpu),
    ratio,
    growth,
    goal: `<= ${atMost} ${yardstick}, growth <= ${growthAtMost}`,
    met: ratio <= atMost && growth <= growthAtMost,
  };
}

/**
 * How many calls a second `clients` get done side by side, over `calls` of them; a call that fails ends the bench.
 * @param {(turn: number) => Promise<{ ms: number }>} send @param {{ clients: number, calls: number }} size
 */
export async function throughput(send, { clients, calls }) {
  let turn = 0;
  /** @type {number[]} */
  const ms = [];
  const startedAt = performance.now();
  const client = async () => {
    while (turn < calls) ms.push((await send(turn++)).ms);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { perSecond: (calls * 1000) / (performance.now() - startedAt), p99: percentile(ms, 0.99), p50: median(ms) };
}
