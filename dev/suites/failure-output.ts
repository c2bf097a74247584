const MAX_LINES = 400;

/** The part of a failed suite's output that a reader needs: from the marker on, or the end of it. */
export function failureOutput(output: string, marker: RegExp | undefined): string {
  const start = marker === undefined ? -1 : output.search(marker);
  const lines = output.slice(Math.max(start, 0)).trimEnd().split("\n");
  return (start >= 0 ? lines.slice(0, MAX_LINES) : lines.slice(-MAX_LINES)).join("\n");
}
