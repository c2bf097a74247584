import { priceFeedReceiverAbi, priceFeedSenderAbi } from "@cxmpute/sdk";
import { type Address, createWalletClient, custom } from "viem";

import type { Feed } from "../parameters.ts";
import type { Courier } from "./Courier.ts";
import type { Site } from "./Site.ts";

export interface EstablishPricesParameters {
  peaq: Site;
  ethereum: Site;
  receiver: Address;
  sender: Address;
  /** By description. */
  feeds: Readonly<Record<string, Feed>>;
  courier: Courier;
}

/** Of the contracts' `FeedState`. */
const FRESH = 2;
/** Seconds between a first price and the one that confirms it, and a few for the clocks. */
const CONFIRMATION_S = 65;
/** A first price, and one that confirms it. */
const MOST_PUSHES = 3;

/**
 * Makes every feed fresh: pushes it from Ethereum, and again a minute later where it awaits a confirmation. Nothing is
 * sent for feeds that are fresh.
 * @throws Error when a message does not arrive: the next run goes on
 */
export async function establishPrices(parameters: EstablishPricesParameters): Promise<void> {
  const { courier } = parameters;
  for (let pushes = 0; pushes < MOST_PUSHES; ++pushes) {
    const missing = await staleFeeds(parameters);
    if (missing.length === 0) return;
    if (pushes > 0) await courier.pass(CONFIRMATION_S);
    const observedAt = await push(
      parameters,
      missing.map(([, { id }]) => BigInt(id)),
    );
    await arrival(parameters, missing, observedAt);
  }
  const names = (await staleFeeds(parameters)).map(([name]) => name);
  if (names.length > 0) throw new Error(`no price of ${names.join(", ")} was accepted: look at its aggregator`);
}

async function staleFeeds({ peaq, receiver, feeds }: EstablishPricesParameters): Promise<[string, Feed][]> {
  const quotes = await Promise.all(
    Object.values(feeds).map(({ id }) =>
      peaq.client.readContract({
        address: receiver,
        abi: priceFeedReceiverAbi,
        functionName: "quote",
        args: [BigInt(id)],
      }),
    ),
  );
  return Object.entries(feeds).filter((_, index) => quotes[index]?.state !== FRESH);
}

/** @returns the second at which Ethereum saw the prices. */
async function push({ ethereum, sender }: EstablishPricesParameters, ids: bigint[]): Promise<bigint> {
  const { client } = ethereum;
  const call = { address: sender, abi: priceFeedSenderAbi, args: [ids, "0x"] } as const;
  const value = await client.readContract({ ...call, functionName: "quote" });
  const wallet = createWalletClient({
    account: await ethereum.deployer(),
    chain: client.chain,
    transport: custom(ethereum.provider, { retryCount: 0 }),
  });
  const hash = await wallet.writeContract({ ...call, chain: wallet.chain ?? null, functionName: "push", value });
  const { blockNumber, status } = await client.waitForTransactionReceipt({ hash });
  if (status !== "success") throw new Error(`the push of prices reverted in ${hash}`);
  return (await client.getBlock({ blockNumber })).timestamp;
}

/** Waits until the receiver has seen what was observed at `observedAt`, accepted or pending. */
async function arrival(
  { peaq, receiver, courier }: EstablishPricesParameters,
  feeds: readonly [string, Feed][],
  observedAt: bigint,
): Promise<void> {
  const at = { address: receiver, abi: priceFeedReceiverAbi } as const;
  const hasArrived = async ([, { id }]: [string, Feed]): Promise<boolean> => {
    const args = [BigInt(id)] as const;
    const [accepted, [pending]] = await Promise.all([
      peaq.client.readContract({ ...at, functionName: "accepted", args }),
      peaq.client.readContract({ ...at, functionName: "pending", args }),
    ]);
    return accepted.observedAt >= observedAt || pending.observedAt >= observedAt;
  };
  const deadline = Date.now() + courier.patience;
  for (;;) {
    await courier.carry();
    if ((await Promise.all(feeds.map(hasArrived))).every(Boolean)) return;
    if (Date.now() > deadline) {
      throw new Error(
        "prices were pushed and have not arrived: LayerZero's verifiers take their time; run this again to go on",
      );
    }
  }
}
