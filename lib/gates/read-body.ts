import "server-only";

/** The body is over its cap, or was not whole in time. */
export class BodyError extends Error {
  constructor(readonly kind: "too_large" | "too_slow" | "broken") {
    super(kind);
  }
}

/**
 * Reads a body as a stream with a cap and a deadline (30 s): refused from Content-Length or while reading, never
 * buffered beyond the cap. Route handlers of Next have no limit of their own. Throws BodyError.
 */
export async function readBody(request: Request, cap: number, deadlineMs = 30_000): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > cap) throw new BodyError("too_large");
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyError("too_slow")), deadlineMs);
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > cap) throw new BodyError("too_large");
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    throw error instanceof BodyError ? error : new BodyError("broken");
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}
