import { keccak256 } from "viem";

import { endpointAbi } from "./abi/endpoint.ts";
import { receiveLibraryAbi } from "./abi/receiveLibrary.ts";
import { executorOf } from "./executorOf.ts";
import { originOf, type Packet } from "./packet.ts";
import { expectProgress } from "./readProgress.ts";
import { readUlnConfig } from "./readUlnConfig.ts";
import type { Route } from "./route.ts";
import { nextNonce, transact, type Write } from "./transact.ts";
import { WaitingError } from "./WaitingError.ts";

/**
 * Tells the destination's endpoint that a packet is verified.
 *
 * @throws WaitingError while verifiers are missing or the receiver does not accept its sender, and when it was committed
 * meanwhile
 */
export async function commitPacket(route: Route, packet: Packet): Promise<void> {
  const { client, deployment } = route.destination;
  const library = { address: deployment.receiveLibrary, abi: receiveLibraryAbi } as const;
  const config = await readUlnConfig(client, library.address, packet.receiver, packet.srcEid);
  const isVerified = await client.readContract({
    ...library,
    functionName: "verifiable",
    args: [config, keccak256(packet.header), packet.payloadHash],
  });
  if (!isVerified) throw new WaitingError("for more verifiers");

  const isAccepted = await client.readContract({
    address: deployment.endpoint,
    abi: endpointAbi,
    functionName: "initializable",
    args: [originOf(packet), packet.receiver],
  });
  if (!isAccepted) throw new WaitingError("for its receiver to know its sender");

  const { key } = await executorOf(route, packet);
  const nonce = await nextNonce(client, key);
  await expectProgress(client, deployment, packet, "unverified");
  const args = [packet.header, packet.payloadHash] as const;
  const write: Write = (envelope) =>
    client.writeContract({ ...envelope, ...library, functionName: "commitVerification", args });
  await transact(client, key, write, route.signal, nonce);
}
