import { parseAbi } from "viem";

/** `DevExecutor`. */
export const executorAbi = parseAbi([
  "struct Origin { uint32 srcEid; bytes32 sender; uint64 nonce; }",
  "function deliver(Origin origin, address receiver, bytes32 guid, bytes message, uint256 gas)",
  "error NotOwner(address caller)",
  "error NoReceiveGas()",
  "error UnsupportedOption(uint8 optionType)",
  "error UnsupportedValue(uint256 value)",
  "error NotEnoughGas(uint256 left, uint256 needed)",
]);
