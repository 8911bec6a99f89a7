/** What a server action answers: the value, or what the reader is told and where it stands in the form. */
export type ActionResult<V = undefined> =
  | { ok: true; value: V }
  | { ok: false; code: string; status: number; message: string; fields: Record<string, string>; reference: string };
