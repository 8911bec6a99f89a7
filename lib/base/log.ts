import "server-only";
import { type Logger, pino } from "pino";
import { env } from "./env";

let instance: Logger | undefined;

/** One JSON line per event on stdout, without a worker transport (Turbopack renames the module). Never given a body. */
export function log(): Logger {
  instance ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    messageKey: "message",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["authorization", "cookie", "SAMLResponse", "code", "state", "password", "token", "*.password", "*.token"],
      censor: "[removed]",
    },
  });
  return instance;
}
