import "server-only";

/** A place in a list: the sort key and the id that breaks its ties. Opaque in the URL. */
export type Place = { key: string; id: string };

export const writeCursor = ({ key, id }: Place): string => Buffer.from(JSON.stringify([key, id])).toString("base64url");

/** A broken cursor is none: the list then begins at its first page. */
export function readCursor(cursor: string | undefined): Place | null {
  if (!cursor) return null;
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    const valid = typeof key === "string" && key.length < 500 && !key.includes("\u0000");
    return valid && typeof id === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
      ? { key, id }
      : null;
  } catch {
    return null;
  }
}
