/** Writes a line to standard output. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a table: columns as wide as their widest cell, numbers to the right. */
export function printTable(headers: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = headers.map((header, i) => Math.max(header.length, ...rows.map((row) => (row[i] ?? "").length)));
  const isNumeric = headers.map(
    (_, i) => rows.length > 0 && rows.every((row) => /^[-+]?[\d.,% ]*$/.test(row[i] ?? "")),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();

  print(line(headers));
  print(widths.map((width) => "-".repeat(width)).join("  "));
  for (const row of rows) print(line(row));
}

/** Writes names and what belongs to them, one a line. */
export function printFields(fields: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...fields.map(([name]) => name.length));
  for (const [name, value] of fields) print(`${name.padEnd(width)}  ${value}`);
}

/** Writes a value as JSON, with integers beyond 2^53 as decimal strings. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item), 2));
}
