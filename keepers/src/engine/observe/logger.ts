import { pino, type Logger } from "pino";

/** Structured logs on standard output; amounts as strings, because JSON numbers would lose digits. */
export function createLogger(level: string): Logger {
  return pino({
    name: "keepers",
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: (fields) => toStrings(fields) as Record<string, unknown> },
  });
}

function toStrings(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(toStrings);
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toStrings(item)]));
  }
  return value;
}
