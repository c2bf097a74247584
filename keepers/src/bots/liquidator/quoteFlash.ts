import {
  flashJob,
  type FlashJobParameters,
  flashLiquidatorAbi,
  type FlashOutcome,
  previewFlashLiquidation,
} from "@cxmpute/sdk";
import { encodeFunctionData, isAddressEqual, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import { floorOf } from "../../engine/price/decide.ts";
import type { Gain, Quote } from "../../engine/types.ts";
import { keyOf } from "./keyOf.ts";
import { payloadOf } from "./payloadOf.ts";
import { seizedOf } from "./seizedOf.ts";
import type { FlashPlan } from "./types.ts";
import { withRoom } from "./withRoom.ts";

/** What a liquidation that pays for itself is quoted by. */
export interface QuoteFlashParameters {
  readonly access: ChainAccess;
  readonly flashLiquidator: Address;
  readonly signer: Address;
  /** Of the profit and of all that is left over. */
  readonly recipient: Address;
  readonly borrower: Address;
  readonly plan: FlashPlan;
}

/**
 * Simulates a liquidation through `FlashLiquidator`; undefined when the chain refuses. A plan that is a loss by what was
 * watched is not put to the chain, which would only say the same.
 */
export async function quoteFlash(parameters: QuoteFlashParameters): Promise<Quote | undefined> {
  const { access, flashLiquidator, signer, recipient, borrower, plan } = parameters;
  const { debt, collateral, asShares } = plan.pair;
  const profitToken = plan.sellsAll ? debt.asset : seizedOf(plan.pair).token;
  const job: FlashJobParameters = {
    borrower,
    debtId: debt.id,
    collateralId: collateral.id,
    maxRepay: withRoom(plan.pair),
    asShares,
    legs: plan.route.legs,
    profitToken,
    recipient,
  };
  let outcome: FlashOutcome | undefined;
  if (plan.costs.length === 0) {
    try {
      outcome = await previewFlashLiquidation(access.read, { ...job, flashLiquidator, account: signer });
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
  }
  const profit = outcome?.profit ?? 0n;
  return {
    payload: payloadOf(borrower, plan),
    key: keyOf(borrower),
    // What is left over in other tokens on the way is booked, but not counted on.
    gains: [
      ...(outcome === undefined ? plan.gains : [{ token: profitToken, amount: profit }]),
      ...leftOver(plan, profitToken),
    ],
    costs: plan.costs,
    consumes: [],
    call: (floor) => ({
      to: flashLiquidator,
      data: encodeFunctionData({
        abi: flashLiquidatorAbi,
        functionName: "liquidate",
        args: [flashJob({ ...job, minProfit: floorOf(profit, floor) })],
      }),
    }),
  };
}

const leftOver = ({ route }: FlashPlan, profitToken: Address): Gain[] =>
  route.path.filter((token) => !isAddressEqual(token, profitToken)).map((token) => ({ token, amount: 0n }));
