import { type Address, encodeAbiParameters, type Hex, parseAbi, parseAbiParameters } from "viem";

import type { PathParameters } from "./readPath.ts";

/** What a deployment asks of LayerZero's endpoint and message libraries. */
export const endpointAbi = parseAbi([
  "struct SetConfigParam { uint32 eid; uint32 configType; bytes config; }",
  "function setReceiveLibrary(address oapp, uint32 eid, address library, uint256 gracePeriod)",
  "function setConfig(address oapp, address library, SetConfigParam[] params)",
  "function delegates(address oapp) view returns (address)",
  "function getReceiveLibrary(address receiver, uint32 eid) view returns (address library, bool isDefault)",
  "function getSendLibrary(address sender, uint32 eid) view returns (address library)",
]);

export const ulnAbi = parseAbi([
  "struct UlnConfig { uint64 confirmations; uint8 requiredDVNCount; uint8 optionalDVNCount; uint8 optionalDVNThreshold; address[] requiredDVNs; address[] optionalDVNs; }",
  "struct ExecutorConfig { uint32 maxMessageSize; address executor; }",
  "function getAppUlnConfig(address oapp, uint32 eid) view returns (UlnConfig)",
  "function executorConfigs(address oapp, uint32 eid) view returns (ExecutorConfig)",
]);

/** The endpoint for Ignition, which knows contracts by artifacts. */
export const endpointArtifact = {
  _format: "hh3-artifact-1",
  contractName: "LayerZeroEndpoint",
  sourceName: "",
  abi: endpointAbi,
  bytecode: "0x",
  deployedBytecode: "0x",
  linkReferences: {},
  deployedLinkReferences: {},
} as const;

/** LayerZero's number for the verifiers' configuration. */
export const ULN_CONFIG = 2;
/** Zero would mean LayerZero's default. */
const NONE = 255;

/** The verifiers of a path, and nobody else: no count is left to a default. */
export function encodeVerifiers({ confirmations, requiredDVNs, optionalDVNs, optionalThreshold }: PathParameters): Hex {
  const config = parseAbiParameters("(uint64, uint8, uint8, uint8, address[], address[])");
  const optional = optionalDVNs.length === 0 ? NONE : optionalDVNs.length;
  const lists: [Address[], Address[]] = [[...requiredDVNs], [...optionalDVNs]];
  return encodeAbiParameters(config, [
    [confirmations, requiredDVNs.length, optional, optionalThreshold, lists[0], lists[1]],
  ]);
}
