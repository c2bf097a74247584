import { type Address, type Hex, zeroAddress } from "viem";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import { UNLIMITED } from "../constants.ts";

export interface LiquidateAccountParameters extends WriteOptions {
  readonly controller: Address;
  readonly borrower: Address;
  /** Whose debt is repaid: the asset's number. */
  readonly debtId: number;
  /** Whose collateral is seized. */
  readonly collateralId: number;
  /** Most assets to pay; no bound unless said. */
  readonly maxRepay?: bigint | undefined;
  /** Least shares or assets to receive; none unless said. */
  readonly minSeized?: bigint | undefined;
  /** Of what is seized; the sender unless said. */
  readonly receiver?: Address | undefined;
  /** Receive uTokens instead of the asset: works without cash in the pool. */
  readonly asShares?: boolean | undefined;
  /** When not empty, the sender, a contract, is called with it between seizing and paying. */
  readonly data?: Hex | undefined;
}

/** What a liquidation did, in units. */
export interface Liquidated {
  /** Of the debt's asset. */
  readonly repaid: bigint;
  /** Shares or assets of the collateral. */
  readonly seized: bigint;
}

/**
 * Repays an unhealthy account's debt and takes collateral with a bonus for it. The debt's pool must be approved for its
 * asset. @returns what was paid and received, as simulated.
 */
export async function liquidateAccount(
  client: WriteClient,
  parameters: LiquidateAccountParameters,
): Promise<Sent<Liquidated>> {
  const { controller, borrower, debtId, collateralId } = parameters;
  const { maxRepay = UNLIMITED, minSeized = 0n, receiver = zeroAddress, asShares = false, data = "0x" } = parameters;
  const order = { borrower, debtId: BigInt(debtId), collateralId: BigInt(collateralId), maxRepay, minSeized };
  const { hash, simulated } = await write(client, {
    address: controller,
    abi: lendControllerAbi,
    functionName: "liquidate",
    args: [{ ...order, receiver, asShares, data }],
    options: parameters,
  });
  const [repaid, seized] = simulated;
  return { hash, simulated: { repaid, seized } };
}
