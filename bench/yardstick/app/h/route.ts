export const dynamic = "force-dynamic";

/** H: a route handler that answers a constant. */
export const GET = () => Response.json({ ok: true });
