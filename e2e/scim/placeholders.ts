export type Names = Map<string, string>;

/** The text with {{ada}} replaced by what is known under that name, and {{x*300}} by x 300 times. */
export function fill(text: string, names: Names): string {
  return text.replace(/\{\{(.+?)(?:\*(\d+))?\}\}/g, (_, name: string, times: string | undefined) => {
    if (times !== undefined) return name.repeat(Number(times));
    const value = names.get(name);
    if (value === undefined) throw new Error(`Nothing is known as {{${name}}}.`);
    return value;
  });
}

/** The same in every text and name of a JSON value. */
export function fillAll<T>(value: T, names: Names): T {
  const filled = (inner: unknown): unknown => {
    if (typeof inner === "string") return fill(inner, names);
    if (Array.isArray(inner)) return inner.map(filled);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [fill(name, names), filled(one)]));
  };
  return filled(value) as T;
}

/** What stands at "meta.version" or "Operations.0.location" of an answer. */
export function valueAt(body: unknown, path: string): string {
  let value = body;
  for (const step of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[step];
  if (typeof value !== "string") throw new Error(`The answer has no text at ${path}: ${JSON.stringify(body)}`);
  return value;
}
