import { keccak256 } from "viem";

import { receiveLibraryAbi } from "./abi/receiveLibrary.ts";
import { verifierAbi } from "./abi/verifier.ts";
import type { Packet } from "./packet.ts";
import { readUlnConfig } from "./readUlnConfig.ts";
import type { Route } from "./route.ts";
import { transact, type Write } from "./transact.ts";
import { WaitingError } from "./WaitingError.ts";

/**
 * Every verifier whom the sender paid signs, unless it did already.
 *
 * @param head last block of the source
 * @throws WaitingError while the packet has too few confirmations
 */
export async function verifyPacket(route: Route, packet: Packet, head: bigint): Promise<void> {
  const { source, destination, signal } = route;
  const { client } = destination;
  const library = destination.deployment.receiveLibrary;
  const [asked, needed] = await Promise.all([
    readUlnConfig(source.client, source.deployment.sendLibrary, packet.senderAddress, packet.dstEid),
    readUlnConfig(client, library, packet.receiver, packet.srcEid),
  ]);
  const confirmations = head - packet.blockNumber + 1n;
  const wanted = asked.confirmations > needed.confirmations ? asked.confirmations : needed.confirmations;
  if (confirmations < wanted) throw new WaitingError(`for ${wanted} confirmations`);

  const paid = [...asked.requiredDVNs, ...asked.optionalDVNs];
  for (const { key, source: job, destination: address } of route.verifiers) {
    if (!paid.includes(job)) continue;
    const [hasSigned, signedWith] = await client.readContract({
      address: library,
      abi: receiveLibraryAbi,
      functionName: "hashLookup",
      args: [keccak256(packet.header), packet.payloadHash, address],
    });
    if (hasSigned && signedWith >= needed.confirmations) continue;

    const args = [library, packet.header, packet.payloadHash, confirmations] as const;
    const write: Write = (envelope) =>
      client.writeContract({ ...envelope, address, abi: verifierAbi, functionName: "verify", args });
    await transact(client, key, write, signal);
  }
}
