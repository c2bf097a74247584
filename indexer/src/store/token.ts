import { token } from "ponder:schema";
import type { Address } from "viem";

import { decodeTokenProbe, encodeTokenProbe } from "../lib/tokenProbe.ts";
import type { Context } from "./context.ts";

/** Makes the token's row when it is first seen, with what it says of itself at that time. */
export async function ensureToken({ db, client }: Context, address: Address): Promise<void> {
  if ((await db.find(token, { address })) !== null) return;
  const { data } = await client.call({ data: encodeTokenProbe(address), cache: "immutable" });
  const metadata = decodeTokenProbe(data ?? "0x");
  await db.insert(token).values({ address, ...metadata, accruedFees: 0n, sweptFees: 0n });
}
