import { maxUint256, toHex, zeroHash } from "viem";

import { endpointAbi } from "./abi/endpoint.ts";
import type { Client } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";
import type { Packet } from "./packet.ts";
import { WaitingError } from "./WaitingError.ts";

/**
 * How far a packet is at its destination. `settled`: delivered, or given up by its receiver. `withheld`: its receiver
 * took its verification back.
 */
export type Progress = "unverified" | "verified" | "settled" | "withheld";

const WITHHELD = toHex(maxUint256);

export async function readProgress(client: Client, deployment: LayerZeroDeployment, packet: Packet): Promise<Progress> {
  const endpoint = { address: deployment.endpoint, abi: endpointAbi } as const;
  const { receiver, srcEid, sender, nonce, payloadHash } = packet;
  // The nonce first: a delivery between the two reads then looks unfinished, which the next reading mends, and not lost.
  const lastNonce = await client.readContract({
    ...endpoint,
    functionName: "lazyInboundNonce",
    args: [receiver, srcEid, sender],
  });
  const hash = await client.readContract({
    ...endpoint,
    functionName: "inboundPayloadHash",
    args: [receiver, srcEid, sender, nonce],
  });
  if (hash === payloadHash) return "verified";
  if (hash === WITHHELD) return "withheld";
  return hash === zeroHash && nonce <= lastNonce ? "settled" : "unverified";
}

/**
 * The last look before a transaction whose nonce is already taken: what an earlier run left to be mined has either been
 * seen by it, or takes the nonce.
 *
 * @throws WaitingError when the packet is not at `expected`
 */
export async function expectProgress(
  client: Client,
  deployment: LayerZeroDeployment,
  packet: Packet,
  expected: Progress,
): Promise<void> {
  const progress = await readProgress(client, deployment, packet);
  if (progress !== expected) throw new WaitingError("for a look at what an earlier run brought about");
}
