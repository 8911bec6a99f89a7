import { pool } from "../../pool";

export const dynamic = "force-dynamic";

let turn = 0;

/** W: H and one prepared UPDATE of one row, committed durably. */
export async function POST(request: Request) {
  await request.text();
  turn = (turn + 1) % 1_000;
  const text = "UPDATE item SET value = value + 1 WHERE id = $1 RETURNING value";
  const { rows } = await pool().query({ name: "write", text, values: [turn] });
  return Response.json(rows[0]);
}
