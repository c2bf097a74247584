import { FeedState, PriceQuality } from "@cxmpute/sdk";

/** A price's quality in a word. */
export function qualityName(quality: PriceQuality): string {
  return nameOf(PriceQuality, quality);
}

/** A feed's state in a word. */
export function stateName(state: FeedState): string {
  return nameOf(FeedState, state);
}

function nameOf(names: Readonly<Record<string, number>>, value: number): string {
  return (
    Object.entries(names)
      .find(([, number]) => number === value)?.[0]
      ?.toLowerCase() ?? String(value)
  );
}
