/** The value that a part `q` of all samples does not exceed. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)];
  if (value === undefined) throw new Error("No samples");
  return Math.round(value * 10) / 10;
}
