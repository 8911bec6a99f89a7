/** Where a list is and what it shows: its path and the parameters of its address (console.md section 5). */
export type ListAddress = {
  path: string;
  params: Readonly<Record<string, string | readonly string[] | undefined>>;
};

export type ListChanges = Record<string, string | readonly string[] | null>;

/** The address with `changes` made; null takes a parameter away. Any change drops the cursor, unless it sets one. */
export function listHref({ path, params }: ListAddress, changes: ListChanges = {}): string {
  const query = new URLSearchParams(listPairs({ path, params }, changes)).toString();
  return query ? `${path}?${query}` : path;
}

/** The same as name and value pairs, for the hidden fields of a GET form. */
export function listPairs({ params }: ListAddress, changes: ListChanges = {}): [name: string, value: string][] {
  const next = { ...params, after: undefined, before: undefined, ...changes };
  return Object.entries(next).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one): [string, string][] => (one === "" ? [] : [[name, one as string]])),
  );
}
