import { task } from "hardhat/config";

import { indexerOption, optional, pairOption, sideOption, withDeployment, withSender } from "../lib/options.ts";

const create = withSender(task("dex:create", "Creates an order that sells or buys the pair's first token at a price"))
  .addOption(pairOption)
  .addOption(sideOption)
  .addOption(optional("amount", "How much of the pair's first token"))
  .addOption(optional("price", "Price of one, in the pair's second token"))
  .addOption(optional("expiry", "When the order ends: 7d, 2027-01-31 or seconds; never by default"))
  .addOption(optional("maker", "Who shall own the order; by default the account that pays"))
  .addOption(optional("minFill", "Least of the sold token that a fill takes; kept as a power of two units below it"))
  .addOption(optional("taker", "The only account that may fill it"))
  .addOption(optional("releaseStart", "When the amount begins to be released, linearly; now by default"))
  .addOption(optional("releaseEnd", "When all of the amount is released"))
  .addFlag({ name: "allOrNone", description: "A fill takes everything or nothing" })
  .addFlag({ name: "exactPayment", description: "A fill reverts unless the owner receives exactly what is owed" })
  .addFlag({ name: "observed", description: "Fills count in the pair's time-weighted price" })
  .setAction(() => import("../actions/create.ts"))
  .build();

const fill = withSender(task("dex:fill", "Fills one order by its id, or sweeps the book of a pair for an amount"))
  .addOption(optional("id", "The order to fill"))
  .addOption(optional("amount", "With --id: how much of the sold token; else of the pair's first token"))
  .addOption(pairOption)
  .addOption({ ...sideOption, defaultValue: "buy" })
  .addOption(optional("limit", "Worst price of any order of a sweep"))
  .addOption({ name: "slippage", description: "How much worse a sweep may end, in basis points", defaultValue: "50" })
  .addOption(optional("recipient", "Who receives what is bought; by default the account that pays"))
  .addFlag({ name: "fillOrKill", description: "The whole amount or nothing" })
  .addFlag({ name: "useDiscount", description: "Ask for the account's discount on the taker fee" })
  .addOption(indexerOption)
  .setAction(() => import("../actions/fill.ts"))
  .build();

const book = withDeployment(task("dex:book", "Shows both sides of a pair's book"))
  .addOption(pairOption)
  .addOption({ name: "depth", description: "Most orders a side", defaultValue: "15" })
  .addOption(optional("taker", "Whose view: private orders of this account are shown as fillable"))
  .addOption(indexerOption)
  .setAction(() => import("../actions/book.ts"))
  .build();

const cancel = withSender(task("dex:cancel", "Cancels orders: one, several, or all below an epoch"))
  .addOption(optional("id", "Ids, separated by commas"))
  .addOption(optional("epoch", "Cancel all own orders with a nonce below this; `all` for every one so far"))
  .setAction(() => import("../actions/cancel.ts"))
  .build();

const amend = withSender(task("dex:amend", "Changes an order's price, or what remains of it, in place"))
  .addOption(optional("id", "The order"))
  .addOption(optional("remaining", "New amount of the sold token"))
  .addOption(optional("price", "New price, said as the order's side says it"))
  .addOption(pairOption)
  .setAction(() => import("../actions/amend.ts"))
  .build();

const order = withDeployment(task("dex:order", "Shows everything about an order"))
  .addOption(optional("id", "The order"))
  .addOption(optional("taker", "Whether this account could fill it"))
  .setAction(() => import("../actions/order.ts"))
  .build();

const fees = withSender(task("dex:fees", "Shows the fee, its collector and what has accrued"))
  .addFlag({ name: "sweep", description: "Send what has accrued to the collector" })
  .setAction(() => import("../actions/fees.ts"))
  .build();

export const dexTasks = [create, fill, book, cancel, amend, order, fees];
