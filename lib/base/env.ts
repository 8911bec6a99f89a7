import "server-only";
import { z } from "zod";

const isLoopback = (host: string) => ["localhost", "127.0.0.1", "[::1]"].includes(host);

const list = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((item) => item.trim() || []));

const appUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.origin !== text.replace(/\/$/, "") || !/^https?:$/.test(url.protocol)) {
    context.addIssue("must be a bare origin such as https://sign-in.example.com, without a path");
    return z.NEVER;
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    context.addIssue("must be https: plain http is right only on loopback");
    return z.NEVER;
  }
  return url;
});

const encryptionKey = z.string().transform((text, context) => {
  const [, id, value] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)$/.exec(text) ?? [];
  const key = Buffer.from(value ?? "", "base64");
  if (!id || key.length !== 32) {
    context.addIssue("must be id:base64 of exactly 32 bytes, for example k1:$(openssl rand -base64 32)");
    return z.NEVER;
  }
  if (new Set(key).size < 8) {
    context.addIssue("is too regular to be a secret: make it with openssl rand -base64 32");
    return z.NEVER;
  }
  return { id, key };
});

const secret = z
  .string()
  .min(32, "must have 32 characters or more: make it with openssl rand -base64 32")
  .refine((text) => new Set(text).size >= 10, "is too regular to be a secret: make it with openssl rand -base64 32");

const hostPort = list.superRefine((entries, context) => {
  for (const entry of entries) {
    if (!/^[^*\s/:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(entry)) {
      context.addIssue(`names exact host:port pairs; "${entry}" is none`);
    }
  }
});

/** Every setting: parsed here and nowhere else. `about` is its line in README.md and .env.example. */
const settings = {
  APP_URL: {
    about: "Where people and identity providers reach this installation. Every address shown or sent is built from it.",
    initial: "http://localhost:3000",
    schema: appUrl,
  },
  PORT: { about: "The port to listen on.", initial: "3000", schema: z.coerce.number().int().min(0).max(65535) },
  HOST: {
    about: "The address to listen on. Unset: loopback while APP_URL is, else every address.",
    initial: "",
    schema: z.string(),
  },
  DATABASE_URL: {
    about: "PostgreSQL 15 or later. Unset: an embedded PostgreSQL with its data in .data/.",
    initial: "",
    schema: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address"),
  },
  NEXTAUTH_SECRET: {
    about: "Protects sign-ins under way; 32 characters or more. Made once into .data/ while APP_URL is loopback.",
    initial: "",
    schema: secret,
  },
  ENCRYPTION_KEY: {
    about: "Seals what must be stored readable, as id:base64 of 32 bytes. Keep a copy apart from the data.",
    initial: "",
    schema: encryptionKey,
  },
  DNS_SERVERS: {
    about:
      "Resolvers for domain proofs and guarded fetches: address or address:port, comma separated. Unset: the system's.",
    initial: "",
    schema: list,
  },
  OUTBOUND_ALLOW_HOSTS: {
    about: "Exact host:port pairs that may be fetched although they are private or plain http (on-premises providers).",
    initial: "",
    schema: hostPort,
  },
  SMTP_URL: {
    about: "Mail server, smtp:// or smtps://. Unset: links are shown to whoever makes them.",
    initial: "",
    schema: z.union([z.literal(""), z.string().regex(/^smtps?:\/\//, "must be an smtp:// or smtps:// address")]),
  },
  MAIL_FROM: {
    about: "Sender of mails, for example Gatehouse <gatehouse@example.com>. Needed with SMTP_URL.",
    initial: "",
    schema: z.string(),
  },
  TRUST_PROXY: {
    about: "Number of proxies in front: that many entries from the right of X-Forwarded-For are trusted.",
    initial: "0",
    schema: z.coerce.number().int().min(0).max(10),
  },
  SCIM_RATE: {
    about: "SCIM requests a second that one directory may send to one process; 0 = no limit.",
    initial: "50",
    schema: z.coerce.number().int().min(0),
  },
  LOG_LEVEL: {
    about: "debug, info, warn or error.",
    initial: "info",
    schema: z.enum(["debug", "info", "warn", "error"]),
  },
} as const;

type Settings = typeof settings;
export type Env = { [K in keyof Settings]: z.output<Settings[K]["schema"]> };

/** Name, default and meaning of every setting, in the order of the README's table. */
export const settingsTable = Object.entries(settings).map(([name, { about, initial }]) => ({ name, about, initial }));

/** Parses all settings and tells every fault at once, by name, never by value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const faults: string[] = [];
  const parsed: Record<string, unknown> = {};
  for (const [name, { schema, initial }] of Object.entries(settings)) {
    const given = source[name];
    const result = (schema as z.ZodType).safeParse(given === undefined || given === "" ? initial : given);
    if (result.success) parsed[name] = result.data;
    else if (!given && initial === "") faults.push(`${name} is missing`);
    else faults.push(...result.error.issues.map((issue) => `${name} ${issue.message}`));
  }
  const env = parsed as Env;
  if (source.NEXTAUTH_SECRET && source.ENCRYPTION_KEY?.includes(source.NEXTAUTH_SECRET)) {
    faults.push("NEXTAUTH_SECRET and ENCRYPTION_KEY must differ");
  }
  if (env.SMTP_URL && !env.MAIL_FROM) faults.push("MAIL_FROM is missing: SMTP_URL needs a sender");
  if (env.APP_URL && !isLoopback(env.APP_URL.hostname)) {
    const inside = (env.OUTBOUND_ALLOW_HOSTS ?? []).filter((entry) => /^(localhost|127\.|\[::1\])/.test(entry));
    if (inside.length) faults.push("OUTBOUND_ALLOW_HOSTS may name loopback only while APP_URL is on loopback");
  }
  if (faults.length) throw new Error(`Gatehouse cannot start with these settings: ${faults.join("; ")}.`);
  return env;
}

let parsed: Env | undefined;

/** The settings of this process, parsed at first use. */
export function env(): Env {
  if (!parsed) {
    parsed = parseEnv(process.env);
    process.env.NEXTAUTH_URL = parsed.APP_URL.origin;
  }
  return parsed;
}

/** `path` of this installation as an absolute address: the only way an address of ours is made. */
export const absoluteUrl = (path: string) => `${env().APP_URL.origin}${path}`;

/** True on https: cookies then carry Secure and the __Host- prefix. */
export const isHttps = () => env().APP_URL.protocol === "https:";
