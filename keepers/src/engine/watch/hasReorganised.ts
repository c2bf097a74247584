import type { ChainAccess } from "../chain/access.ts";
import type { Head } from "./watch.ts";

/** Whether the chain that ends in `head` no longer holds the block `last`, which was its end before. */
export async function hasReorganised(access: ChainAccess, last: Head | undefined, head: Head): Promise<boolean> {
  if (last === undefined) return false;
  if (head.number <= last.number) return head.hash !== last.hash;
  const same = await access.read.getBlock({ blockNumber: last.number });
  return same.hash !== last.hash;
}
