import { parseAbi } from "viem";

/** The part of `LendLens` that keepers ask. */
export const lendLensAbi = parseAbi([
  "struct AssetParameters { uint256 collateralFactor; uint256 threshold; uint256 closeFactor; bool isolated; bool isolationDebt; }",
  "struct AssetInfo { address pool; uint256 decimals; uint256 bonus; uint256 loweredAt; AssetParameters parameters; }",
  "struct PriceQuote { uint256 low; uint256 high; uint256 updatedAt; uint256 liquidatableFrom; uint8 quality; }",
  "struct Totals { uint256 cash; uint256 debt; uint256 reserve; uint256 insurance; uint256 supplyShares; uint256 debtShares; uint256 debtIndex; uint256 updatedAt; }",
  "struct RateModel { uint256 baseBps; uint256 slope1Bps; uint256 slope2Bps; uint256 kinkBps; }",
  "struct MarketView { uint256 id; address asset; AssetInfo info; PriceQuote price; uint256 priceAge; bool readable; Totals totals; uint256 supplied; uint256 borrowRate; uint256 supplyRate; RateModel model; uint256 reserveFactorBps; uint256 supplyCap; uint256 borrowCap; uint256 flashFee; uint256 pausedUntil; }",
  "struct AccountView { address account; uint256 collateralBits; uint256 debtBits; uint256 unreadable; uint256 collateral; uint256 power; uint256 debt; uint256 health; uint256 healthInFavour; uint256 liquidatableFrom; uint8 quality; }",
  "function accounts(address[] list) view returns (AccountView[])",
  "function markets() view returns (MarketView[])",
]);
