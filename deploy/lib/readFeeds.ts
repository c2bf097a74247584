import { type Feed, feeds } from "../parameters.ts";
import type { ParameterFile } from "./ParameterFile.ts";

/** The feeds that a list of descriptions names; all without one. */
export function readFeeds(file: ParameterFile, section: string): Record<string, Feed> {
  const [, value] = file.fields(section).find(([field]) => field === "feeds") ?? [];
  if (value === undefined) return { ...feeds };
  if (!Array.isArray(value) || value.length === 0) throw file.error(`${section}.feeds is no list of feeds`);
  return Object.fromEntries(
    value.map((name: unknown) => {
      const feed = typeof name === "string" ? feeds[name] : undefined;
      if (feed === undefined) {
        throw file.error(`${section}.feeds names ${JSON.stringify(name)}: one of ${Object.keys(feeds).join(", ")}`);
      }
      return [name as string, feed];
    }),
  );
}
