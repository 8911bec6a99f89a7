const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// RFC 7643 2.4: the values of an attribute have no order; the parts of a message have one.
const ordered = new Set(["Resources", "Operations"]);

/**
 * Where `actual` is not what `expected` asks for, a line each. Of an object only the named attributes are looked at, and
 * null stands for "not there"; a list has to have these elements and no others; "/a pattern/" is a regular expression.
 */
export function differences(expected: unknown, actual: unknown, path = "body"): string[] {
  if (expected === null) return actual === undefined ? [] : [`${path} is there: ${JSON.stringify(actual)}`];
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([name, value]) => differences(value, actual[name], `${path}.${name}`));
  }
  const pattern = typeof expected === "string" && /^\/(.+)\/$/s.exec(expected)?.[1];
  const same = pattern
    ? typeof actual === "string" && new RegExp(pattern, "u").test(actual)
    : JSON.stringify(actual) === JSON.stringify(expected);
  return same ? [] : [`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
}

function listDifferences(expected: unknown[], actual: unknown[], path: string): string[] {
  if (expected.length !== actual.length) {
    return [`${path} has ${actual.length} elements, not ${expected.length}: ${JSON.stringify(actual)}`];
  }
  if (ordered.has(path.split(".").at(-1) ?? "")) {
    return expected.flatMap((value, index) => differences(value, actual[index], `${path}[${index}]`));
  }
  const left = [...actual];
  return expected.flatMap((value) => {
    const index = left.findIndex((element) => differences(value, element).length === 0);
    if (index < 0) return [`${path} lacks ${JSON.stringify(value)}: ${JSON.stringify(actual)}`];
    left.splice(index, 1);
    return [];
  });
}
