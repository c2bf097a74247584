import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Dex from "./Dex.ts";
import type { oracleModule } from "./Oracle.ts";

/** What needs nothing from another chain: the authority, the order book, and peaq's end of the oracle. */
export function foundationModule(oracle: ReturnType<typeof oracleModule> | undefined) {
  return buildModule("Foundation", (m) => ({
    ...m.useModule(Access),
    ...m.useModule(Dex),
    ...(oracle && m.useModule(oracle)),
  }));
}
