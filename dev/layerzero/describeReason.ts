import { type Abi, decodeErrorResult, type Hex } from "viem";

import { layerZeroArtifact } from "./artifacts.ts";

let endpointErrors: Abi | undefined;

/** What a receiver failed with, as far as it can be read: LayerZero's own errors and Solidity's by name. */
export function describeReason(reason: Hex): string {
  if (reason === "0x") return "no reason given; perhaps out of gas";
  endpointErrors ??= layerZeroArtifact("EndpointV2").abi;
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: endpointErrors, data: reason });
    return `${errorName}(${args.map(String).join(", ")})`;
  } catch {
    return `error ${reason.slice(0, 10)} of the receiver's own`;
  }
}
