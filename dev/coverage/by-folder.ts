import type { Lines } from "./lcov.ts";

export interface FolderCoverage {
  /** Below `contracts/`. */
  folder: string;
  covered: number;
  total: number;
  /** Lines that did not run, as `path:line`. */
  missed: string[];
}

/** Sums the lines of `contracts/` up by folder, in alphabetical order; files without a line that can run count nothing. */
export function coverageByFolder(files: Map<string, Lines>): FolderCoverage[] {
  const folders = new Map<string, FolderCoverage>();
  for (const [path, lines] of [...files].sort(([a], [b]) => a.localeCompare(b))) {
    const [, folder] = /^contracts\/([^/]+)\//.exec(path) ?? [];
    if (folder === undefined || lines.size === 0) continue;
    const sum = folders.get(folder) ?? { folder, covered: 0, total: 0, missed: [] };
    const missed = [...lines].filter(([, ran]) => !ran).map(([line]) => line);
    sum.total += lines.size;
    sum.covered += lines.size - missed.length;
    sum.missed.push(...missed.sort((a, b) => a - b).map((line) => `${path}:${line}`));
    folders.set(folder, sum);
  }
  return [...folders.values()];
}
