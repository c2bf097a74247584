import { type Address, type Hash, type Log, parseEventLogs, type TransactionReceipt } from "viem";
import { waitForTransactionReceipt } from "viem/actions";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { CallError } from "../../errors/CallError.ts";
import type { ReadClient } from "../../internal/read.ts";

export interface WaitForLendParameters {
  readonly hash: Hash;
  /** Blocks on top of the transaction's; its own alone unless said. */
  readonly confirmations?: number | undefined;
  /** Milliseconds; 180,000 unless said. */
  readonly timeout?: number | undefined;
  readonly pollingInterval?: number | undefined;
}

interface InPool {
  readonly pool: Address;
}

/** What a transaction did at pools and controller, in the order in which it happened. */
export interface LendChanges {
  readonly supplied: readonly (InPool & {
    readonly owner: Address;
    readonly assets: bigint;
    readonly shares: bigint;
  })[];
  readonly withdrawn: readonly (InPool & {
    readonly owner: Address;
    readonly receiver: Address;
    readonly assets: bigint;
    readonly shares: bigint;
  })[];
  readonly borrowed: readonly (InPool & {
    readonly onBehalf: Address;
    readonly receiver: Address;
    readonly assets: bigint;
    readonly debtShares: bigint;
  })[];
  readonly repaid: readonly (InPool & {
    readonly onBehalf: Address;
    readonly caller: Address;
    readonly assets: bigint;
    readonly debtShares: bigint;
  })[];
  readonly switched: readonly (InPool & { readonly account: Address; readonly on: boolean })[];
  readonly liquidated: readonly {
    readonly borrower: Address;
    readonly liquidator: Address;
    readonly debtId: number;
    readonly collateralId: number;
    readonly repaid: bigint;
    readonly seized: bigint;
    readonly protocolAssets: bigint;
    readonly asShares: boolean;
  }[];
  readonly badDebt: readonly (InPool & {
    readonly borrower: Address;
    readonly loss: bigint;
    readonly fromReserve: bigint;
    readonly debtShares: bigint;
  })[];
}

/**
 * Waits for a transaction and reads what it did at pools and controller.
 * @throws CallError when it reverted or did not arrive in time.
 */
export async function waitForLend(
  client: ReadClient,
  { hash, confirmations, timeout, pollingInterval }: WaitForLendParameters,
): Promise<LendChanges & { readonly receipt: TransactionReceipt }> {
  const bounds = Object.entries({ confirmations, timeout, pollingInterval }).filter(([, value]) => value !== undefined);
  const receipt = await waitForTransactionReceipt(client, { hash, ...Object.fromEntries(bounds) }).catch(
    (error: unknown) => Promise.reject(new CallError(error)),
  );
  if (receipt.status === "reverted") throw new CallError(new Error(`Transaction ${hash} was reverted.`));
  return { receipt, ...readLendChanges(receipt.logs) };
}

/** What logs say about lending; those of other ERC-4626 vaults must not be among them. */
export function readLendChanges(logs: readonly Log[]): LendChanges {
  const at = (eventName: "Deposit" | "Withdraw" | "Borrow" | "Repay" | "CollateralSwitched" | "BadDebt") =>
    parseEventLogs({ abi: uTokenAbi, eventName, logs: [...logs] });
  return {
    supplied: at("Deposit").flatMap(({ eventName, address: pool, args }) =>
      eventName === "Deposit" ? [{ pool, owner: args.owner, assets: args.assets, shares: args.shares }] : [],
    ),
    withdrawn: at("Withdraw").flatMap(({ eventName, address: pool, args }) =>
      eventName === "Withdraw"
        ? [{ pool, owner: args.owner, receiver: args.receiver, assets: args.assets, shares: args.shares }]
        : [],
    ),
    borrowed: at("Borrow").flatMap(({ eventName, address: pool, args }) =>
      eventName === "Borrow" ? [{ pool, ...args }] : [],
    ),
    repaid: at("Repay").flatMap(({ eventName, address: pool, args }) =>
      eventName === "Repay" ? [{ pool, ...args }] : [],
    ),
    switched: at("CollateralSwitched").flatMap(({ eventName, address: pool, args }) =>
      eventName === "CollateralSwitched" ? [{ pool, ...args }] : [],
    ),
    liquidated: parseEventLogs({ abi: lendControllerAbi, eventName: "Liquidated", logs: [...logs] }).map(
      ({ args }) => ({ ...args, debtId: Number(args.debtId), collateralId: Number(args.collateralId) }),
    ),
    badDebt: at("BadDebt").flatMap(({ eventName, address: pool, args }) =>
      eventName === "BadDebt" ? [{ pool, ...args }] : [],
    ),
  };
}
