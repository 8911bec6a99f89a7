export type Form = { action: string; method: string; fields: Record<string, string> };

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

export const decodeHtml = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (named[name] ?? whole);
  });

const attribute = (tag: string, name: string) => {
  const [, double, single, bare] = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(tag) ?? [];
  const value = double ?? single ?? bare;
  return value === undefined ? null : decodeHtml(value);
};

/** The forms of a page with the values that a browser without JavaScript would send. */
export const formsOf = (html: string): Form[] =>
  [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)].map(([form]) => {
    const inputs = form.match(/<input\b[^>]*>/gi) ?? [];
    const sent = inputs.filter((tag) => !/\stype=["']?(submit|button|checkbox|radio)/i.test(tag));
    const pairs = sent.flatMap((tag) => {
      const name = attribute(tag, "name");
      return name === null ? [] : [[name, attribute(tag, "value") ?? ""]];
    });
    const head = /<form\b[^>]*>/i.exec(form)?.[0] ?? "";
    return {
      action: attribute(head, "action") ?? "",
      method: (attribute(head, "method") ?? "get").toLowerCase(),
      fields: Object.fromEntries(pairs),
    };
  });

/** Where `<meta http-equiv="refresh">` leads. */
export function refreshOf(html: string): string | null {
  const meta = html.match(/<meta\b[^>]*>/gi)?.find((tag) => attribute(tag, "http-equiv")?.toLowerCase() === "refresh");
  return /url=(.+)$/i.exec(meta ? (attribute(meta, "content") ?? "") : "")?.[1]?.trim() ?? null;
}

/** The words of a page, without tags. */
export const wordsOf = (html: string) =>
  decodeHtml(
    html
      .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, " ")
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/<[^>]+>/g, " "),
  )
    .replace(/\s+/g, " ")
    .trim();
