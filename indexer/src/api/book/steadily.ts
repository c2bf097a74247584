import { setTimeout as sleep } from "node:timers/promises";

import { indexedHead, type Head } from "./head.ts";

const TRIES = 10;
const PAUSE = 10;

/** Reads by several queries what holds after one block: again when another block came between. */
export async function steadily<T>(read: (head: Head) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const before = await indexedHead();
    const result = await read(before);
    if (tried === TRIES || (await indexedHead()).block === before.block) return result;
    await sleep(PAUSE);
  }
}
