import { TaskError } from "./TaskError.ts";

const UNITS = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3_600],
  ["d", 86_400],
  ["w", 604_800],
]);

/** Seconds in "90s", "30m", "12h", "7d" or "2w". */
export function parseDuration(text: string): number {
  const match = /^(\d+)([smhdw])$/.exec(text);
  const unit = UNITS.get(match?.[2] ?? "");
  if (unit === undefined) throw new TaskError(`"${text}" is no duration: write 90s, 30m, 12h, 7d or 2w`);
  return Number(match?.[1]) * unit;
}

/** A point in time as seconds: a duration from `now` on, an ISO date, or seconds themselves. */
export function parseTime(text: string, now: bigint): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (/^\d+[smhdw]$/.test(text)) return Number(now) + parseDuration(text);
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new TaskError(`"${text}" is no time: write 7d, 2027-01-31 or seconds`);
  return Math.floor(milliseconds / 1_000);
}

/** Seconds since 1970 as UTC, for people. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace(".000Z", "Z");
}
