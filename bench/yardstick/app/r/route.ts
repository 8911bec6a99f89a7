import { pool } from "../../pool";

export const dynamic = "force-dynamic";

/** R: H and one prepared SELECT of one row by its primary key. */
export async function GET() {
  const { rows } = await pool().query({ name: "read", text: "SELECT id, value FROM item WHERE id = $1", values: [7] });
  return Response.json(rows[0]);
}
