import { parseEventLogs, size } from "viem";

import { endpointAbi } from "./abi/endpoint.ts";
import { executorAbi } from "./abi/executor.ts";
import { describeReason } from "./describeReason.ts";
import { RevertedError } from "./errors.ts";
import { executorOf } from "./executorOf.ts";
import { originOf, type Packet } from "./packet.ts";
import { expectProgress } from "./readProgress.ts";
import { receiveGas } from "./receiveGas.ts";
import type { Route } from "./route.ts";
import { nextNonce, transact, type Write } from "./transact.ts";
import { WaitingError } from "./WaitingError.ts";

/** Gas of a delivery beside what its receiver gets: the transaction's own, and the alert after a failure. */
const DELIVERY_GAS = 600_000n;
const GAS_PER_BYTE = 64n;

/**
 * Hands a verified packet to its receiver, once.
 *
 * @returns why the receiver failed, or undefined when it did not
 * @throws WaitingError while an earlier message of the same sender is not verified, and when it was delivered meanwhile
 */
export async function deliverPacket(route: Route, packet: Packet): Promise<string | undefined> {
  const { client, deployment } = route.destination;
  const { key, destination: address } = await executorOf(route, packet);
  const verifiedUpTo = await client.readContract({
    address: deployment.endpoint,
    abi: endpointAbi,
    functionName: "inboundNonce",
    args: [packet.receiver, packet.srcEid, packet.sender],
  });
  if (verifiedUpTo < packet.nonce) throw new WaitingError(`for message ${verifiedUpTo + 1n} of its sender`);

  const nonce = await nextNonce(client, key);
  await expectProgress(client, deployment, packet, "verified");
  const forReceiver = receiveGas(packet.options);
  const args = [originOf(packet), packet.receiver, packet.guid, packet.message, forReceiver] as const;
  // An estimate would find the least gas with which a delivery fails in good order.
  const gas = forReceiver + forReceiver / 63n + DELIVERY_GAS + GAS_PER_BYTE * BigInt(size(packet.message));
  const write: Write = (envelope) =>
    client.writeContract({ ...envelope, address, abi: executorAbi, functionName: "deliver", args, gas });
  try {
    const { logs } = await transact(client, key, write, route.signal, nonce);
    const [alert] = parseEventLogs({ abi: endpointAbi, eventName: "LzReceiveAlert", logs });
    return alert && describeReason(alert.args.reason);
  } catch (error) {
    // What was never mined is not the receiver's failure.
    if (error instanceof RevertedError) return error.message;
    throw error;
  }
}
