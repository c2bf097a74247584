import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { PublicClient } from "viem";

/**
 * Throws a local deployment's journal away when it was written against another chain: local chains begin anew, with
 * the same id, and a journal of the last one would make everything look deployed.
 */
export async function forgetOtherChain(client: PublicClient, journal: string): Promise<void> {
  const marker = join(journal, "genesis");
  const genesis = (await client.getBlock({ blockNumber: 0n })).hash;
  if (existsSync(marker) && readFileSync(marker, "utf8") === genesis) return;

  rmSync(journal, { recursive: true, force: true });
  mkdirSync(journal, { recursive: true });
  writeFileSync(marker, genesis);
}
