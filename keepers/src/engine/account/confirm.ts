import type { Hex } from "viem";

import type { Context } from "../context.ts";
import { finishBooking, removeBooking, unfinishedBookings } from "../store/bookings.ts";
import { findReceipt } from "./findReceipt.ts";

/**
 * One round over bookings that a reorganisation could undo. One whose receipt is gone, or moved to another block, is
 * taken back: tracking then finds the transaction again and books it anew, or sends it again.
 * @param head number of the latest block
 */
export async function confirm(context: Context, head: bigint): Promise<void> {
  const { store, scope, policy, metrics, log } = context;
  for (const booking of await unfinishedBookings(store.db(), scope)) {
    const receipt = await findReceipt(context, booking.hash as Hex);
    if (receipt?.blockHash !== booking.blockHash) {
      await removeBooking(store.db(), booking);
      metrics.unbooked.inc({ bot: booking.bot });
      log.warn({ hash: booking.hash, block: booking.blockNumber }, "a reorganisation undid this booking");
      continue;
    }
    if (head >= booking.blockNumber + policy.confirmations) await finishBooking(store.db(), booking);
  }
}
