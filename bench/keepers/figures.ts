/** A time, and the most that it may be. Milliseconds. */
export interface Figure {
  readonly ms: number;
  readonly limit: number;
}

/** By name. */
export type Figures = Record<string, Figure>;

/** Milliseconds of a block on the live network. */
export const BLOCK_MS = 6000;

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
