import { LANES, type Suite } from "./suites.ts";

/** Runs each suite once: those without a lane one after the other, then the lanes beside each other. */
export async function inLanes(suites: readonly Suite[], once: (suite: Suite) => Promise<void>): Promise<void> {
  const inTurn = async (lane: Suite["lane"]): Promise<void> => {
    for (const suite of suites.filter((each) => each.lane === lane)) await once(suite);
  };
  await inTurn(undefined);
  await Promise.all(LANES.map(inTurn));
}
