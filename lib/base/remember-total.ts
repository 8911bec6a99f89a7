import "server-only";
import { now } from "./clock";

/** Totals are exact to here; beyond, the page says "10,000+". */
export const exactTotal = 10_000;

const rememberedMs = 60_000;
const mostRemembered = 1_000;
const beyond = new Map<string, number>();

/**
 * The total of a list, of which `count` counts no more than `exactTotal + 1`. That one is beyond exact is remembered for a
 * minute: counting so far costs more than a page of rows, and each page of the list says the same of it.
 */
export async function totalOf(list: string, count: () => Promise<number>): Promise<number> {
  const at = now().getTime();
  if ((beyond.get(list) ?? 0) > at) return exactTotal + 1;
  const total = await count();
  if (total > exactTotal) {
    if (beyond.size >= mostRemembered) beyond.clear();
    beyond.set(list, at + rememberedMs);
  }
  return total;
}
