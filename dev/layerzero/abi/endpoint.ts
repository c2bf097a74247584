import { parseAbi } from "viem";

/** What is used of LayerZero's `EndpointV2`, the same on every chain. */
export const endpointAbi = parseAbi([
  "struct Origin { uint32 srcEid; bytes32 sender; uint64 nonce; }",
  "event PacketSent(bytes encodedPayload, bytes options, address sendLibrary)",
  "event PacketDelivered(Origin origin, address receiver)",
  "event LzReceiveAlert(address indexed receiver, address indexed executor, Origin origin, bytes32 guid, uint256 gas, uint256 value, bytes message, bytes extraData, bytes reason)",
  "function eid() view returns (uint32)",
  "function registerLibrary(address library)",
  "function isRegisteredLibrary(address library) view returns (bool)",
  "function setDefaultSendLibrary(uint32 eid, address library)",
  "function defaultSendLibrary(uint32 eid) view returns (address)",
  "function setDefaultReceiveLibrary(uint32 eid, address library, uint256 gracePeriod)",
  "function defaultReceiveLibrary(uint32 eid) view returns (address)",
  "function initializable(Origin origin, address receiver) view returns (bool)",
  "function lazyInboundNonce(address receiver, uint32 srcEid, bytes32 sender) view returns (uint64)",
  "function inboundNonce(address receiver, uint32 srcEid, bytes32 sender) view returns (uint64)",
  "function inboundPayloadHash(address receiver, uint32 srcEid, bytes32 sender, uint64 nonce) view returns (bytes32)",
  "function lzReceive(Origin origin, address receiver, bytes32 guid, bytes message, bytes extraData) payable",
  "error LZ_InvalidNonce(uint64 nonce)",
  "error LZ_PathNotInitializable()",
  "error LZ_PathNotVerifiable()",
  "error LZ_PayloadHashNotFound(bytes32 expected, bytes32 actual)",
]);
