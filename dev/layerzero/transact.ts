import { setTimeout as sleep } from "node:timers/promises";

import type { Hash, Hex, TransactionReceipt } from "viem";
import { privateKeyToAccount, privateKeyToAddress, type PrivateKeyAccount } from "viem/accounts";

import type { Client } from "./connect.ts";
import { NotMinedError, RevertedError } from "./errors.ts";

/** What every transaction says, beside what it calls. */
export interface Envelope {
  account: PrivateKeyAccount;
  /** The chain is asked for its id. */
  chain: null;
  nonce: number;
}

/** Sends one transaction in its envelope. */
export type Write = (envelope: Envelope) => Promise<Hash>;

const TIMEOUT_MS = 30_000;

/** The nonce of the last block, not of the pool: what an earlier run left unmined is replaced or refused. */
export function nextNonce(client: Client, key: Hex): Promise<number> {
  return client.getTransactionCount({ address: privateKeyToAddress(key), blockTag: "latest" });
}

/**
 * Sends a transaction of `key` and waits for its receipt.
 *
 * @param nonce Taken before the caller looked whether the transaction is needed, it is refused when an earlier run's is
 * mined in between, and nothing is done twice. Now, unless given.
 * @throws RevertedError when it was mined and failed
 * @throws NotMinedError when no block took it within half a minute
 */
export async function transact(
  client: Client,
  key: Hex,
  write: Write,
  signal?: AbortSignal,
  nonce?: number,
): Promise<TransactionReceipt> {
  const account = privateKeyToAccount(key);
  signal?.throwIfAborted();
  const hash = await write({ account, chain: null, nonce: nonce ?? (await nextNonce(client, key)) });
  const receipt = await waitForReceipt(client, hash, signal);
  if (receipt.status !== "success") throw new RevertedError(hash);
  return receipt;
}

async function waitForReceipt(client: Client, hash: Hash, signal?: AbortSignal): Promise<TransactionReceipt> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    // An unknown transaction is an error to the client; here it is one that is not mined yet.
    const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined);
    if (receipt !== undefined) return receipt;
    if (Date.now() > deadline) throw new NotMinedError(hash, TIMEOUT_MS);
    await sleep(client.pollingInterval, undefined, { signal });
  }
}
