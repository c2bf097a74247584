import type { FolderCoverage } from "./by-folder.ts";

/** The table of folders, then every line that did not run. Percentages round down: 100 means all. */
export function coverageTable(folders: FolderCoverage[]): string {
  const rows = folders.map(({ folder, covered, total }) => [
    folder,
    String(covered),
    String(total),
    `${(Math.floor((covered * 10_000) / total) / 100).toFixed(2)} %`,
  ]);
  const table = [["contracts/", "covered", "lines", "percent"], ...rows].map(([name = "", ...numbers]) =>
    [name.padEnd(12), ...numbers.map((number) => number.padStart(10))].join(""),
  );
  const missed = folders.flatMap((folder) => folder.missed).map((line) => `  ${line}`);
  if (missed.length > 0) table.push("", "Not covered:", ...missed);
  return table.join("\n");
}
