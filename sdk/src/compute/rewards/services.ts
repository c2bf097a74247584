/** What a provision serves, as contracts and attestations number it. */
export const SERVICES = {
  chat: 0,
  embeddings: 1,
  speech: 2,
  scraping: 3,
  image: 4,
  video: 5,
  vision: 6,
  transcription: 7,
} as const;

/** What a provision serves. */
export type Service = keyof typeof SERVICES;

/** Tiers by the memory of the model's graphics card: up to 4, 8 and 22 GB, and above. */
export const TIERS = 4;

/** @throws RangeError when there is no such tier. */
export function requireTier(tier: number): void {
  if (!Number.isInteger(tier) || tier < 0 || tier >= TIERS) throw new RangeError(`There is no tier ${tier}.`);
}
