import type { Sentences } from "../catalogue.ts";

/** Supplying, borrowing, liquidation, and the lists that govern them. */
export const lendSentences = {
  AccountHealthy: ([account, health], f) =>
    `${f.account(account)} cannot be liquidated: it stands ${f.health(health)}, and only below 1 it could be.`,
  AmountTooLarge: ([amount]) => `${amount} units are more than can be counted.`,
  BorrowCapExceeded: ([total, cap], f) =>
    `The pool's loans would come to ${f.pooled(total)}, above its cap of ${f.pooled(cap)}.`,
  InsufficientBorrowAllowance: ([owner, delegate, allowed, needed], f) =>
    `${f.account(delegate)} may borrow ${f.pooled(allowed)} in the name of ${f.account(owner)} and asks for ` +
    `${f.pooled(needed)}.`,
  InsufficientCash: ([asked, cash], f) => `The pool holds ${f.pooled(cash)} and cannot send ${f.pooled(asked)}.`,
  InvalidPool: ([pool], f) => `The pool ${f.account(pool)} does not fit: its controller or its number is another.`,
  IsolationBroken: ([id]) =>
    `Asset ${id} stands in the way: isolated collateral must be the only one, behind debts that are marked for it.`,
  LeavesDust: ([debtLeft, collateralLeft, minimum], f) =>
    `The liquidation would leave ${f.usd(debtLeft)} of debt and ${f.usd(collateralLeft)} of collateral: of each, at ` +
    `least ${f.usd(minimum)} must stay. Repay less, or all.`,
  LiquidationGrace: ([until], f) => `Liquidations in this pool wait until ${f.time(until)}, after its pause.`,
  LiquidationTooEarly: ([from], f) => `Liquidations wait until ${f.time(from)}: the price has only just come back.`,
  LoweredTooSoon: ([allowedAt], f) => `The threshold may be lowered again at ${f.time(allowedAt)}.`,
  NoDebtToSecure: ([account], f) =>
    `The pool takes on nothing new, and ${f.account(account)} has no debt that a deposit here would secure.`,
  NotCollateral: ([id]) => `Asset ${id} cannot be collateral.`,
  NotController: ([caller], f) => `Only the controller may do this, and ${f.account(caller)} is not the controller.`,
  NothingOwed: ([account], f) => `${f.account(account)} owes nothing in this pool.`,
  NothingToLiquidate: () => "The liquidation would repay nothing and end nothing.",
  NotPool: ([caller], f) => `Only a listed pool may do this, and ${f.account(caller)} is not one.`,
  NotThroughCore: () =>
    "This part of a contract cannot be called directly: call the pool, the controller, the escrow or the collector.",
  OutOfBounds: (args) =>
    args.length === 2
      ? `${args[0]} is outside of its bounds: the limit is ${args[1]}.`
      : `${args[0]} is outside of its bounds: ${args[1]} to ${args[2]} are allowed.`,
  PriceNotFresh: ([asset, quality], f) => `${f.token(asset)} ${f.quality(quality)}, and this needs a better one.`,
  ProfitTooSmall: ([token, gained, own, minProfit], f) =>
    `The liquidation would gain ${f.amount(gained, token)} for ${f.amount(own, token)} of your own, less than the profit ` +
    `of ${f.amount(minProfit, token)} asked for.`,
  RepaymentShort: ([asset, repaid, held, maxOwn], f) =>
    `${f.amount(repaid, asset)} must be repaid: the trades left ${f.amount(held, asset)}, and you add at most ` +
    `${f.amount(maxOwn, asset)}.`,
  SeizedTooLittle: ([seized, minimum]) =>
    `The liquidation would bring ${seized} units, less than the ${minimum} asked for.`,
  SelfLiquidation: () => "An account cannot liquidate itself: repay the debt instead.",
  SupplyCapExceeded: ([total, cap], f) => `The pool would hold ${f.pooled(total)}, above its cap of ${f.pooled(cap)}.`,
  Undercollateralised: ([power, debt], f) =>
    `Debts of ${f.usd(debt)} would stand on a borrowing power of ${f.usd(power)} only.`,
  UnknownId: ([id]) => `There is no asset ${id}.`,
  UnsupportedToken: ([token], f) => `The pool cannot do this with ${f.token(token)}.`,
  ZeroAmount: () => "The amount is zero, or so small that it is worth nothing.",
} satisfies Partial<Sentences>;
