import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { futureId } from "../lib/futureId.ts";
import type { Feed } from "../parameters.ts";

/** Aggregators of invented prices for local chains and rehearsals, one a feed, by `futureId` of its description. */
export function demoAggregatorsModule(feeds: Readonly<Record<string, Feed>>) {
  return buildModule("DemoAggregators", (m) =>
    Object.fromEntries(
      Object.entries(feeds).map(([name, { decimals, demoAnswer }]) => {
        const id = futureId(name);
        return [id, m.contract("DemoAggregator", [decimals, name, demoAnswer], { id })];
      }),
    ),
  );
}
