import { parseAbi } from "viem";

/** What the demo prices ask of a `DemoAggregator`. */
export const demoAggregatorAbi = parseAbi([
  "function update(int256 answer)",
  "function description() view returns (string)",
  "function decimals() view returns (uint8)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
]);
