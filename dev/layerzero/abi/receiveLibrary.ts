import { parseAbi } from "viem";

/** What is used of LayerZero's `ReceiveUln302`, beside `ulnAbi`, with the endpoint's errors that pass through it. */
export const receiveLibraryAbi = parseAbi([
  "struct UlnConfig { uint64 confirmations; uint8 requiredDVNCount; uint8 optionalDVNCount; uint8 optionalDVNThreshold; address[] requiredDVNs; address[] optionalDVNs; }",
  "event PayloadVerified(address dvn, bytes header, uint256 confirmations, bytes32 proofHash)",
  "function hashLookup(bytes32 headerHash, bytes32 payloadHash, address dvn) view returns (bool submitted, uint64 confirmations)",
  "function verifiable(UlnConfig config, bytes32 headerHash, bytes32 payloadHash) view returns (bool)",
  "function verify(bytes packetHeader, bytes32 payloadHash, uint64 confirmations)",
  "function commitVerification(bytes packetHeader, bytes32 payloadHash)",
  "error LZ_ULN_Verifying()",
  "error LZ_InvalidReceiveLibrary()",
  "error LZ_PathNotInitializable()",
  "error LZ_PathNotVerifiable()",
]);
