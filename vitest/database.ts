// Each test file has a database of its own. The settings stand before lib/base/env is imported for the first time.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

const { url, template } = inject("postgres");
const name = `test_${randomBytes(8).toString("hex")}`;

async function ask(sql: string) {
  const client = new pg.Client({ connectionString: url.replace(/\/\w+$/, "/postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

await ask(`CREATE DATABASE ${name} TEMPLATE ${template}`);

Object.assign(process.env, {
  APP_URL: "http://localhost:3000",
  DATABASE_URL: url.replace(/\/\w+$/, `/${name}`),
  NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
  ENCRYPTION_KEY: `test:${randomBytes(32).toString("base64")}`,
  LOG_LEVEL: "error",
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
});
for (const unset of ["DNS_SERVERS", "OUTBOUND_ALLOW_HOSTS", "SMTP_URL", "MAIL_FROM", "TRUST_PROXY", "SCIM_RATE"]) {
  delete process.env[unset];
}

afterAll(() => ask(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
