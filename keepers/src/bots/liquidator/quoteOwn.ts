import { lendControllerAbi } from "@cxmpute/sdk";
import { encodeFunctionData, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Prices } from "../../engine/price/prices.ts";
import type { Quote } from "../../engine/types.ts";
import { boundsOf, type Bounds } from "./boundsOf.ts";
import { keyOf } from "./keyOf.ts";
import { payloadOf } from "./payloadOf.ts";
import { seizedOf } from "./seizedOf.ts";
import type { Plan } from "./types.ts";

/** What a liquidation with the signer's own tokens is quoted by. */
export interface QuoteOwnParameters {
  readonly access: ChainAccess;
  readonly controller: Address;
  /** Who pays. */
  readonly signer: Address;
  /** Who receives what is seized. */
  readonly recipient: Address;
  readonly prices: Prices;
  readonly borrower: Address;
  readonly plan: Plan;
}

/** Simulates repaying with the signer's own tokens; undefined when the chain refuses. */
export async function quoteOwn(parameters: QuoteOwnParameters): Promise<Quote | undefined> {
  const { access, controller, signer, recipient, prices, borrower, plan } = parameters;
  const { debt, collateral, repaid: wanted, limit, asShares } = plan.pair;

  function callOf({ maxRepay, minSeized }: Bounds) {
    const pair = { debtId: BigInt(debt.id), collateralId: BigInt(collateral.id) };
    const order = { borrower, ...pair, maxRepay, minSeized, receiver: recipient, asShares, data: "0x" } as const;
    return { address: controller, abi: lendControllerAbi, functionName: "liquidate", args: [order] } as const;
  }

  let paid: bigint;
  let received: bigint;
  try {
    const call = callOf({ maxRepay: wanted, minSeized: 0n });
    ({
      result: [paid, received],
    } = await access.read.simulateContract({ ...call, account: signer }));
  } catch (error) {
    if (isRevert(error)) return undefined;
    throw error;
  }
  const seized = { token: seizedOf(plan.pair).token, amount: received };
  const repaid = { token: debt.asset, amount: paid };
  return {
    payload: payloadOf(borrower, plan),
    key: keyOf(borrower),
    gains: [seized],
    costs: [repaid],
    consumes: [],
    call: (floor) => ({
      to: controller,
      data: encodeFunctionData(callOf(boundsOf({ prices, seized, repaid, limit }, floor))),
    }),
  };
}
