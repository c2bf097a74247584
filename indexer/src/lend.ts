import { BPS, FLASH_FEE_RESERVE_BPS, MAX_RESERVE } from "@cxmpute/sdk";
import {
  lendAction,
  lendAllowance,
  lendAsset,
  lendBadDebt,
  lendController,
  lendFlashLoan,
  lendLiquidation,
  lendReserveMove,
  lendTransfer,
} from "ponder:schema";

import { lower, ZERO_ADDRESS } from "./lib/address.ts";
import { min } from "./lib/min.ts";
import { firstBlock, onLend } from "./lib/onDeployed.ts";
import { seqOf } from "./lib/seq.ts";
import type { Context } from "./store/context.ts";
import { earlierEvents } from "./store/lend/earlierLogs.ts";
import { addListing, isListed, poolOf } from "./store/lend/listing.ts";
import { accrue, changeMarket, changeTotals } from "./store/lend/market.ts";
import { placeOf } from "./store/lend/place.ts";
import type { PoolEvent, PoolEventName, PoolReducers } from "./store/lend/poolEvent.ts";
import { changePosition, setCollateral } from "./store/lend/position.ts";

const NEVER = 2n ** 40n - 1n;

/** What each event of a pool changes. */
const pool: PoolReducers = {
  Accrued: (context, event) => accrue(context, placeOf(event), event.args.debtIndex),

  Transfer: async (context, event) => {
    const { value: shares } = event.args;
    const [from, to] = [lower(event.args.from), lower(event.args.to)];
    const place = placeOf(event);
    const { timestamp } = place;
    if (from !== ZERO_ADDRESS) {
      await changePosition(context, { pool: place.pool, account: from }, { shares: -shares }, timestamp);
    }
    if (to !== ZERO_ADDRESS) await changePosition(context, { pool: place.pool, account: to }, { shares }, timestamp);
    if (from === ZERO_ADDRESS || to === ZERO_ADDRESS) {
      // The event that follows says what it was for.
      const minted = from === ZERO_ADDRESS ? shares : -shares;
      return changeMarket(context, place.pool, (row) => ({ supplyShares: row.supplyShares + minted }));
    }
    await context.db.insert(lendTransfer).values({ ...place, from, to, shares });
  },

  Deposit: async (context, event) => {
    const { assets, shares } = event.args;
    const place = placeOf(event);
    await changeTotals(context, place, (row) => ({ cash: row.cash + assets }));
    await context.db.insert(lendAction).values({
      ...place,
      kind: "supply",
      account: lower(event.args.owner),
      caller: lower(event.args.sender),
      assets,
      shares,
    });
  },

  Withdraw: async (context, event) => {
    const { assets, shares } = event.args;
    const place = placeOf(event);
    await changeTotals(context, place, (row) => ({ cash: row.cash - assets }));
    await context.db.insert(lendAction).values({
      ...place,
      kind: "withdraw",
      account: lower(event.args.owner),
      caller: lower(event.args.sender),
      receiver: lower(event.args.receiver),
      assets,
      shares,
    });
  },

  Borrow: async (context, event) => {
    const { assets, debtShares } = event.args;
    const place = placeOf(event);
    const account = lower(event.args.onBehalf);
    await changeTotals(context, place, (row) => ({
      cash: row.cash - assets,
      debtShares: row.debtShares + debtShares,
    }));
    await changePosition(context, { pool: place.pool, account }, { debtShares }, place.timestamp);
    await context.db.insert(lendAction).values({
      ...place,
      kind: "borrow",
      account,
      receiver: lower(event.args.receiver),
      assets,
      shares: debtShares,
    });
  },

  Repay: async (context, event) => {
    const { assets, debtShares } = event.args;
    const place = placeOf(event);
    const account = lower(event.args.onBehalf);
    await changeTotals(context, place, (row) => ({
      cash: row.cash + assets,
      debtShares: row.debtShares - debtShares,
    }));
    await changePosition(context, { pool: place.pool, account }, { debtShares: -debtShares }, place.timestamp);
    await context.db.insert(lendAction).values({
      ...place,
      kind: "repay",
      account,
      caller: lower(event.args.caller),
      assets,
      shares: debtShares,
    });
  },

  CollateralSwitched: async (context, event) => {
    const key = { pool: lower(event.log.address), account: lower(event.args.account) };
    await setCollateral(context, key, event.args.on, event.block.timestamp);
  },

  BorrowApproval: async (context, event) => {
    const { amount: approved } = event.args;
    await context.db
      .insert(lendAllowance)
      .values({
        pool: lower(event.log.address),
        owner: lower(event.args.owner),
        delegate: lower(event.args.delegate),
        approved,
      })
      .onConflictDoUpdate({ approved });
  },

  // The shares have gone by their transfers.
  Seized: async (context, event) => {
    const { shares, assets, toInsurance, toReserve } = event.args;
    const place = placeOf(event);
    await changeTotals(context, place, (row) => ({
      cash: row.cash - assets,
      insurance: row.insurance + toInsurance,
      reserve: min(row.reserve + toInsurance + toReserve, MAX_RESERVE),
    }));
    if (assets === 0n) return;
    await context.db.insert(lendAction).values({
      ...place,
      kind: "seize",
      account: lower(event.args.borrower),
      receiver: lower(event.args.receiver),
      assets,
      shares,
    });
  },

  BadDebt: async (context, event) => {
    const { loss, fromReserve, debtShares } = event.args;
    const place = placeOf(event);
    const borrower = lower(event.args.borrower);
    await changeTotals(context, place, (row) => ({
      debtShares: row.debtShares - debtShares,
      reserve: row.reserve - fromReserve,
      insurance: min(row.insurance, row.reserve - fromReserve),
      badDebt: row.badDebt + loss,
    }));
    await changePosition(
      context,
      { pool: place.pool, account: borrower },
      { debtShares: -debtShares },
      place.timestamp,
    );
    await context.db.insert(lendBadDebt).values({ ...place, borrower, loss, fromReserve, debtShares });
  },

  // Accrues nothing.
  FlashLoan: async (context, event) => {
    const { amount, fee } = event.args;
    const place = placeOf(event);
    await changeMarket(context, place.pool, (row) => ({
      cash: row.cash + fee,
      reserve: min(row.reserve + (fee * FLASH_FEE_RESERVE_BPS) / BPS, MAX_RESERVE),
      flashFees: row.flashFees + fee,
    }));
    await context.db.insert(lendFlashLoan).values({
      ...place,
      receiver: lower(event.args.receiver),
      sender: lower(event.transaction.from),
      amount,
      fee,
    });
  },

  ReserveSwept: async (context, event) => {
    const { amount } = event.args;
    const place = placeOf(event);
    await changeTotals(context, place, (row) => ({
      cash: row.cash - amount,
      reserve: row.reserve - amount,
      swept: row.swept + amount,
    }));
    await context.db
      .insert(lendReserveMove)
      .values({ ...place, kind: "sweep", account: lower(event.args.treasury), amount });
  },

  InsuranceFunded: async (context, event) => {
    const { amount } = event.args;
    const place = placeOf(event);
    await changeTotals(context, place, (row) => ({
      cash: row.cash + amount,
      reserve: row.reserve + amount,
      insurance: row.insurance + amount,
    }));
    await context.db
      .insert(lendReserveMove)
      .values({ ...place, kind: "insurance", account: lower(event.args.from), amount });
  },

  RateModelSet: (context, event) => {
    const { baseBps, slope1Bps, slope2Bps, kinkBps } = event.args.model;
    return changeTotals(context, placeOf(event), () => ({
      baseBps: Number(baseBps),
      slope1Bps: Number(slope1Bps),
      slope2Bps: Number(slope2Bps),
      kinkBps: Number(kinkBps),
    }));
  },

  ReserveFactorSet: (context, event) =>
    changeTotals(context, placeOf(event), () => ({ reserveFactorBps: Number(event.args.bps) })),

  CapsSet: (context, event) => {
    const { supplyCap, borrowCap } = event.args;
    return changeMarket(context, lower(event.log.address), () => ({ supplyCap, borrowCap }));
  },

  FlashFeeSet: (context, event) =>
    changeMarket(context, lower(event.log.address), () => ({ flashFee: Number(event.args.fee) })),

  Paused: (context, event) =>
    changeMarket(context, lower(event.log.address), () => ({ pausedUntil: event.args.until })),

  Unpaused: (context, event) =>
    changeMarket(context, lower(event.log.address), () => ({ pausedUntil: event.block.timestamp })),

  Retired: (context, event) =>
    changeMarket(context, lower(event.log.address), () => ({ pausedUntil: NEVER, isRetired: true })),
};

function reduce(context: Context, name: PoolEventName, event: PoolEvent<PoolEventName>): Promise<void> {
  return pool[name](context, event);
}

for (const name of Object.keys(pool) as PoolEventName[]) {
  onLend(`UToken:${name}`, async ({ event, context }) => {
    if (await isListed(context, lower(event.log.address))) await reduce(context, name, event);
  });
}

onLend("LendController:AssetListed", async ({ event, context }) => {
  const [address, asset] = [lower(event.args.pool), lower(event.args.asset)];
  await addListing(context, { id: Number(event.args.id), pool: address, asset, timestamp: event.block.timestamp });
  const listing = { block: event.block.number, logIndex: event.log.logIndex };
  for (const earlier of await earlierEvents(context, address, firstBlock, listing)) {
    await reduce(context, earlier.name, earlier);
  }
});

onLend("LendController:AssetSet", async ({ event, context }) => {
  const { parameters } = event.args;
  const threshold = Number(parameters.threshold);
  await context.db.update(lendAsset, { id: Number(event.args.id) }).set((row) => ({
    collateralFactor: Number(parameters.collateralFactor),
    threshold,
    closeFactor: Number(parameters.closeFactor),
    isIsolated: parameters.isolated,
    isIsolationDebt: parameters.isolationDebt,
    loweredAt: threshold < row.threshold ? event.block.timestamp : row.loweredAt,
  }));
});

onLend("LendController:TreasurySet", async ({ event, context }) => {
  const treasury = lower(event.args.treasury);
  await context.db
    .insert(lendController)
    .values({ address: lower(event.log.address), treasury })
    .onConflictDoUpdate({ treasury });
});

onLend("LendController:Liquidated", async ({ event, context }) => {
  const { repaid, seized, protocolAssets, asShares } = event.args;
  await context.db.insert(lendLiquidation).values({
    seq: seqOf(event.block.number, event.log.logIndex),
    borrower: lower(event.args.borrower),
    liquidator: lower(event.args.liquidator),
    debtPool: await poolOf(context, event.args.debtId),
    collateralPool: await poolOf(context, event.args.collateralId),
    repaid,
    seized,
    asShares,
    protocolAssets,
    timestamp: event.block.timestamp,
    tx: event.transaction.hash,
  });
});
