import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { HardhatArtifactResolver } from "@nomicfoundation/hardhat-ignition/helpers";
import { trackTransaction, wipe } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { EthereumProvider } from "hardhat/types/providers";
import { type Address, type Hash, isAddressEqual, type PublicClient } from "viem";

export interface MendJournalParameters {
  hre: HardhatRuntimeEnvironment;
  provider: EthereumProvider;
  client: PublicClient;
  /** The deployment's folder. */
  journal: string;
}

/** A transaction that a deployment was about to send when it was cut off. */
interface Unresolved {
  future: string;
  sender: Address;
  nonce: number;
}

/** The lines of Ignition's journal that tell about sending. */
interface Message {
  type: string;
  futureId: string;
  from?: Address;
  nonce?: number;
}

/**
 * Finds out what became of a transaction that was being sent when a deployment was cut off, which Ignition leaves to its
 * user: one that reached the chain is taken over, one that never left is sent again. Both keep its nonce, so it cannot
 * happen twice.
 * @returns what was found, a line each.
 * @throws Error when the transaction is still waiting to be mined.
 */
export async function mendJournal({ hre, provider, client, journal }: MendJournalParameters): Promise<string[]> {
  const found: string[] = [];
  for (const { future, sender, nonce } of unresolved(journal)) {
    const count = (blockTag: "latest" | "pending") => client.getTransactionCount({ address: sender, blockTag });
    if ((await count("pending")) <= nonce) {
      await wipe(journal, new HardhatArtifactResolver(hre.artifacts), future);
      found.push(`${future} had not been sent when the last run ended; it is sent now`);
    } else if ((await count("latest")) > nonce) {
      const hash = await findTransaction(client, sender, nonce);
      await trackTransaction(journal, hash, provider, 1);
      found.push(`${future} had been sent when the last run ended, in ${hash}`);
    } else {
      throw new Error(
        `${future} of the last run is waiting to be mined, with nonce ${nonce}: run this again afterwards`,
      );
    }
  }
  return found;
}

function unresolved(journal: string): Unresolved[] {
  const file = join(journal, "journal.jsonl");
  if (!existsSync(file)) return [];
  const senders = new Map<string, Address>();
  const open = new Map<string, Unresolved>();
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { type, futureId: future, from, nonce } = JSON.parse(line) as Message;
    if (from !== undefined) senders.set(future, from);
    const sender = senders.get(future);
    if (type === "TRANSACTION_PREPARE_SEND" && sender !== undefined && nonce !== undefined) {
      open.set(future, { future, sender, nonce });
    } else if (type === "TRANSACTION_SEND" || type === "WIPE_APPLY") {
      open.delete(future);
    }
  }
  return [...open.values()];
}

/** The mined transaction of a sender with a nonce: in the first block after which the sender's count is above it. */
async function findTransaction(client: PublicClient, sender: Address, nonce: number): Promise<Hash> {
  let low = 0n;
  let high = await client.getBlockNumber();
  while (low < high) {
    const middle = (low + high) / 2n;
    const count = await client.getTransactionCount({ address: sender, blockNumber: middle });
    if (count > nonce) high = middle;
    else low = middle + 1n;
  }
  const { transactions } = await client.getBlock({ blockNumber: low, includeTransactions: true });
  const match = transactions.find(({ from, nonce: n }) => n === nonce && isAddressEqual(from, sender));
  if (match === undefined) throw new Error(`no transaction of ${sender} with nonce ${nonce} in block ${low}`);
  return match.hash;
}
