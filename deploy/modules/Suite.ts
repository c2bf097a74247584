import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Dex from "./Dex.ts";
import Handover from "./Handover.ts";

/** Everything, from the first contract to the handover. */
export default buildModule("Suite", (m) => ({ ...m.useModule(Access), ...m.useModule(Dex), ...m.useModule(Handover) }));
