import { map, pipe } from "graphql-yoga";
import type { Address } from "viem";

import { pairOf } from "../../lib/pair.ts";
import { fillChanges } from "../live/fillChanges.ts";
import { pairChanges } from "../live/pairChanges.ts";
import { readOrderBook } from "./market.ts";

interface Sides {
  readonly base: Address;
  readonly quote: Address;
}

function bookChanges({ base, quote }: Sides) {
  const pairId = pairOf(base, quote).id;
  const book = ({ depth }: { depth: number }) => readOrderBook({ base, quote }, depth, undefined);
  return pipe(
    pairChanges(pairId),
    map((revision) => ({ bookChanged: { pairId, revision, book } })),
  );
}

function fillEvents({ base, quote }: Sides) {
  return pipe(
    fillChanges(pairOf(base, quote).id),
    map((fills) => ({ fills })),
  );
}

export const subscriptionResolvers = {
  bookChanged: { subscribe: (_: unknown, sides: Sides) => bookChanges(sides) },
  fills: { subscribe: (_: unknown, sides: Sides) => fillEvents(sides) },
};
