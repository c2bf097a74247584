import { isAddressEqual, type Address } from "viem";

import type { Path, Venue } from "./types.ts";

/** The ways from one token to another that have orders at each step: straight, or over one listed token. */
export function pathsOf({ view, tokens }: Venue, from: Address, to: Address): Path[] {
  if (isAddressEqual(from, to)) return [[from]];
  const between = tokens.filter((token) => !isAddressEqual(token, from) && !isAddressEqual(token, to));
  const paths: Path[] = [[from, to], ...between.map((token): Path => [from, token, to])];
  return paths.filter((path) =>
    path.every((token, index) => {
      const before = path[index - 1];
      return before === undefined || view.side(token, before).length > 0;
    }),
  );
}
