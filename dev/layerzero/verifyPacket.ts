import { keccak256 } from "viem";

import { receiveLibraryAbi } from "./abi/receiveLibrary.ts";
import { verifierAbi } from "./abi/verifier.ts";
import type { Packet } from "./packet.ts";
import { expectProgress } from "./readProgress.ts";
import { readUlnConfig } from "./readUlnConfig.ts";
import type { Route } from "./route.ts";
import { nextNonce, transact, type Write } from "./transact.ts";
import { WaitingError } from "./WaitingError.ts";

/**
 * Every verifier whom the sender paid signs, unless it did already.
 *
 * @param head last block of the source
 * @throws WaitingError while the packet has too few confirmations, and when it was committed meanwhile
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
    // The order of these reads matters: a signature or a commitment of an earlier run may be mined between any two. A
    // commitment clears the signatures, so a missing one counts only while the packet is still unverified after it.
    const nonce = await nextNonce(client, key);
    const [hasSigned, signedWith] = await client.readContract({
      address: library,
      abi: receiveLibraryAbi,
      functionName: "hashLookup",
      args: [keccak256(packet.header), packet.payloadHash, address],
    });
    if (hasSigned && signedWith >= needed.confirmations) continue;
    await expectProgress(client, destination.deployment, packet, "unverified");

    const args = [library, packet.header, packet.payloadHash, confirmations] as const;
    const write: Write = (envelope) =>
      client.writeContract({ ...envelope, address, abi: verifierAbi, functionName: "verify", args });
    await transact(client, key, write, signal, nonce);
  }
}
