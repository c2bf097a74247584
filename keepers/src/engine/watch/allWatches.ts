import type { Watch } from "./watch.ts";

/** Several watches as one: ready when all are, as late as the latest. */
export function allWatches(watches: readonly Watch[]): Watch {
  return {
    async advance(head) {
      await Promise.all(watches.map((watch) => watch.advance(head)));
    },
    isReady: () => watches.every((watch) => watch.isReady()),
    lag: (head) => watches.map((watch) => watch.lag(head)).reduce((most, lag) => (lag > most ? lag : most), 0n),
    view: () => Object.assign({}, ...watches.map((watch) => watch.view())) as ReturnType<Watch["view"]>,
  };
}
