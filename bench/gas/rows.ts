/** A row of the table: what is measured and the most that it may cost. */
export interface RowTitle {
  title: string;
  /** Gas at most, from the project's targets; bytes for `dex.size`. Extra rows have none. */
  limit?: number;
}

/** Every row, in the order of the table. */
export const ROWS: Record<string, RowTitle> = {
  "dex.createFirst": { title: "create, maker's first order ever", limit: 115_500 },
  "dex.create": { title: "create, maker has an order", limit: 98_000 },
  "dex.createFor": { title: "create for another account, which has an order" },
  "dex.createMany10": { title: "create 10 in one call, average" },
  "dex.fill": { title: "fill one in part, fee on", limit: 76_000 },
  "dex.fillNoFee": { title: "fill one in part, fee 0", limit: 71_000 },
  "dex.fillFull": { title: "fill the rest of one, fee on" },
  "dex.sweep5": { title: "sweep 5 makers, last in part, fee on, average", limit: 33_000 },
  "dex.sweep10": { title: "sweep 10 makers, last in part, fee on, average", limit: 27_500 },
  "dex.sweep20": { title: "sweep 20 makers, last in part, fee on, average", limit: 25_000 },
  "dex.sweep10Ladder": { title: "sweep 10 orders of 3 makers, fee on, average" },
  "dex.sweep10Partial": { title: "sweep 10 makers, half of each released, fee on, average" },
  "dex.fillCallFirst": { title: "call gas: fill an order made in the same tx, fee 0", limit: 35_000 },
  "dex.fillCallNext": { title: "call gas: then fill the maker's next, fee 0", limit: 16_000 },
  "dex.fillCallFirstFee": { title: "call gas: fill an order made in the same tx, fee on" },
  "dex.fillCallNextFee": { title: "call gas: then fill the maker's next, fee on" },
  "dex.fillCallCold": { title: "call gas: fill an order that stands, fee on" },
  "dex.fillCallColdNext": { title: "call gas: then fill the maker's next, fee on" },
  "dex.cancel": { title: "cancel, maker has another order", limit: 48_500 },
  "dex.cancelMany10": { title: "cancel 10 in one call, average" },
  "dex.amend": { title: "amend the price", limit: 44_000 },
  "dex.amendSize": { title: "amend price and amount, paying in" },
  "dex.transfer": { title: "transfer the NFT, to who has no order", limit: 85_000 },
  "dex.transferHolder": { title: "transfer the NFT, to who has orders" },
  "dex.size": { title: "bytes of code of the hot path", limit: 8_192 },
  "erc20.transfer": { title: "floor: an ERC-20 transfer alone" },
  "erc20.transferFrom": { title: "floor: an ERC-20 transferFrom alone" },
};
