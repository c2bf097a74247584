/** What the demo markets' prices are as feeds: "WETH/USDC" prices ETH, and a USDC is a dollar. */
export function feedPrices(markets: Readonly<Record<string, number>>): Record<string, number> {
  const prices: Record<string, number> = { USDC: 1 };
  for (const [pair, price] of Object.entries(markets)) {
    const [base = ""] = pair.split("/");
    prices[base.replace(/^W/, "")] = price;
  }
  return prices;
}
