/** For each line that can run, by its number, whether it did. */
export type Lines = Map<number, boolean>;

/** Reads an lcov report: the lines of each source file by its path. Throws an `Error` when it holds none. */
export function parseLcov(report: string): Map<string, Lines> {
  const files = new Map<string, Lines>();
  let lines: Lines = new Map();
  for (const record of report.split("\n")) {
    const [, file] = /^SF:(.+)$/.exec(record) ?? [];
    if (file !== undefined) {
      lines = new Map();
      files.set(file, lines);
    }
    const [, line, count] = /^DA:(\d+),(\d+)$/.exec(record) ?? [];
    if (line !== undefined) lines.set(Number(line), Number(count) > 0);
  }
  if (files.size === 0) throw new Error("The coverage report names no file.");
  return files;
}
