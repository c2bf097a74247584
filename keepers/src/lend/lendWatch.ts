import { getLendMarkets, uTokenAbi, WAD } from "@cxmpute/sdk";
import type { Logger } from "pino";
import { getAbiItem, type Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import { isRevert } from "../engine/chain/isRevert.ts";
import type { Metrics } from "../engine/observe/metrics.ts";
import { hasReorganised } from "../engine/watch/hasReorganised.ts";
import { logFollower, REWIND, type LogFollower } from "../engine/watch/logFollower.ts";
import type { Head, Watch } from "../engine/watch/watch.ts";
import type { LendView } from "./lendView.ts";
import { readBorrowers } from "./readBorrowers.ts";
import { readCapital } from "./readCapital.ts";
import { worstMove } from "./worstMove.ts";

/** Who owes, and what changes how they stand. Supplying can only help, and is seen by the next sweep. */
const EVENTS = [
  getAbiItem({ abi: uTokenAbi, name: "Borrow" }),
  getAbiItem({ abi: uTokenAbi, name: "Repay" }),
  getAbiItem({ abi: uTokenAbi, name: "CollateralSwitched" }),
  getAbiItem({ abi: uTokenAbi, name: "Seized" }),
  getAbiItem({ abi: uTokenAbi, name: "Withdraw" }),
] as const;

/** Log requests in one round: a first scan of a long chain goes on over many rounds, and sending is not held up. */
const RANGES_PER_ROUND = 20;

/** Health below which an account is read again in every block, since interest alone moves it: 1.02. */
const NEAR = (WAD * 102n) / 100n;

/** What a lend watch needs. */
export interface LendWatchOptions {
  readonly access: ChainAccess;
  readonly lens: Address;
  /** Whose balances and allowances are the capital. */
  readonly signer: Address;
  readonly startBlock: bigint;
  readonly maxLogRange: bigint;
  /** Milliseconds between full reads of every known account. */
  readonly sweepMs: number;
  readonly view: LendView;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * Learns from the pools' events who owes, and reads how they stand through the lens: who changed, at once; whom a change
 * of prices can have brought near liquidation, in the round that sees it; everybody, in a full sweep from time to time.
 */
export function lendWatch(options: LendWatchOptions): Watch {
  const { access, lens, signer, view, metrics, log, now } = options;
  const dirty = new Set<Address>();
  /** Accounts whose debts ended, with the block at which that was seen: a reorganisation may bring them back. */
  const ended = new Map<Address, bigint>();
  let follower: LogFollower<typeof EVENTS> | undefined;
  let last: Head | undefined;
  let sweepDue = 0;
  let scanned = false;
  /** What the prices' moves since the last sweep can have left of any account's health, 1e18. */
  let left = WAD;

  async function followReorganisation(head: Head): Promise<void> {
    if (!(await hasReorganised(access, last, head))) return;
    log.warn({ block: last?.number }, "the chain was reorganised: reading again");
    follower?.rewind();
    for (const account of ended.keys()) dirty.add(account);
    sweepDue = 0;
  }

  async function readPrices(head: Head): Promise<void> {
    if (last?.hash === head.hash) return;
    const before = view.markets();
    const markets = await getLendMarkets(access.read, { lens });
    view.setMarkets(markets, await readCapital(access, signer, markets), head.timestamp);
    if (markets.length !== before.length) {
      // A pool cannot have lent before it was listed, which was after the last round.
      const startBlock = follower === undefined ? options.startBlock : follower.position() - REWIND;
      follower = logFollower({
        access,
        address: markets.map(({ pool }) => pool),
        events: EVENTS,
        startBlock: startBlock > options.startBlock ? startBlock : options.startBlock,
        maxRange: options.maxLogRange,
      });
    }
    left = (left * worstMove(before, markets)) / WAD;
    // What waited for a grace counted twice.
    if (markets.some(({ quote }) => endsBetween(quote.liquidatableFrom, last, head))) left = 0n;
    // When nothing can be said of anybody all are read anew, and what is said counts from there.
    if (left === 0n) sweepDue = 0;
    for (const { account, healthInFavour } of view.all()) if (healthInFavour * left < NEAR * WAD) dirty.add(account);
  }

  async function readEvents(head: Head): Promise<void> {
    if (follower === undefined || view.markets().length === 0) {
      scanned = true;
      return;
    }
    for (const event of await follower.advance(head.number, RANGES_PER_ROUND)) {
      if (event.eventName === "Borrow") dirty.add(event.args.onBehalf);
      else {
        const account = accountOf(event);
        if (view.get(account) !== undefined || ended.has(account)) dirty.add(account);
      }
    }
    scanned ||= follower.position() >= head.number;
  }

  function addSweep(): void {
    if (now() < sweepDue) return;
    sweepDue = now() + options.sweepMs;
    left = WAD;
    for (const { account } of view.all()) dirty.add(account);
  }

  async function readDirty(head: Head): Promise<void> {
    const accounts = [...dirty];
    if (accounts.length === 0) return;
    for (const borrower of await readBorrowers(access, lens, accounts)) {
      dirty.delete(borrower.account);
      if (borrower.debtIds.length === 0) {
        view.remove(borrower.account);
        ended.set(borrower.account, head.number);
      } else {
        ended.delete(borrower.account);
        view.put(borrower);
      }
    }
    for (const [account, block] of ended) if (block + REWIND < head.number) ended.delete(account);
  }

  return {
    async advance(head) {
      try {
        await followReorganisation(head);
        await readPrices(head);
        await readEvents(head);
        addSweep();
        await readDirty(head);
        last = head;
      } catch (error) {
        if (isRevert(error)) log.error({ lens }, "the lend lens reverts: is the deployment file of this chain?");
        throw error;
      }
      metrics.borrowers.set(view.size());
    },
    isReady: () => scanned && dirty.size === 0,
    lag: (head) => {
      const position = follower?.position() ?? head.number;
      return head.number > position ? head.number - position : 0n;
    },
    view: () => ({
      borrowers: view.size(),
      markets: view.markets().length,
      lendScannedTo: (follower?.position() ?? -1n).toString(),
      lendScanned: scanned,
    }),
  };
}

function endsBetween(time: bigint, last: Head | undefined, head: Head): boolean {
  return last !== undefined && time > last.timestamp && time <= head.timestamp;
}

type OtherEvent =
  | { readonly eventName: "Repay"; readonly args: { readonly onBehalf: Address } }
  | { readonly eventName: "CollateralSwitched"; readonly args: { readonly account: Address } }
  | { readonly eventName: "Seized"; readonly args: { readonly borrower: Address } }
  | { readonly eventName: "Withdraw"; readonly args: { readonly owner: Address } };

function accountOf(event: OtherEvent): Address {
  switch (event.eventName) {
    case "Repay":
      return event.args.onBehalf;
    case "CollateralSwitched":
      return event.args.account;
    case "Seized":
      return event.args.borrower;
    case "Withdraw":
      return event.args.owner;
  }
}
