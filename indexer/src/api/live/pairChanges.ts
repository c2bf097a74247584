import { GraphQLError } from "graphql";
import { Repeater, SlidingBuffer } from "graphql-yoga";

import { settings } from "../scope.ts";
import { watchPair } from "./watcher.ts";

let open = 0;

/**
 * The revisions of a pair's book, newest only: a slow reader skips what it has missed. Ends with the reader, even one
 * who leaves while nothing happens. Throws when as many streams are open as this process may have.
 */
export function pairChanges(pairId: string): Repeater<number> {
  return new Repeater<number>(async (push, stop) => {
    if (open >= settings.maxSubscriptions) throw new GraphQLError("Too many subscriptions; try again later.");
    open += 1;
    const unwatch = watchPair(pairId, (revision) => void push(revision));
    await stop;
    unwatch();
    open -= 1;
  }, new SlidingBuffer(1));
}
