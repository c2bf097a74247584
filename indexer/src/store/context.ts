import type { Context as RegistryContext } from "ponder:registry";

/** What a reducer may use, whichever source its event came from. */
export type Context = RegistryContext<"OrderNFT:OrderCreated">;
