import type { ContractEventName } from "viem";

import { endpointAbi } from "../../../layerzero/abi/endpoint.ts";
import { receiveLibraryAbi } from "../../../layerzero/abi/receiveLibrary.ts";
import type { Packet } from "../../../layerzero/packet.ts";
import type { End } from "./startPair.ts";

/** How often a packet was signed, delivered, and failed at its receiver. */
export async function countEvents(
  { client, deployment }: End,
  packet: Packet,
): Promise<{ signed: number; delivered: number; failed: number }> {
  const all = { fromBlock: 0n, toBlock: "latest", strict: true } as const;
  const ofEndpoint = async <name extends ContractEventName<typeof endpointAbi>>(eventName: name) =>
    client.getContractEvents({ address: deployment.endpoint, abi: endpointAbi, eventName, ...all });
  const signatures = await client.getContractEvents({
    address: deployment.receiveLibrary,
    abi: receiveLibraryAbi,
    eventName: "PayloadVerified",
    ...all,
  });
  const [delivered, failed] = [await ofEndpoint("PacketDelivered"), await ofEndpoint("LzReceiveAlert")];
  const isOfPacket = ({ args }: { args: { origin: { nonce: bigint; sender: string }; receiver: string } }): boolean =>
    args.origin.nonce === packet.nonce && args.origin.sender === packet.sender && args.receiver === packet.receiver;
  return {
    signed: signatures.filter(({ args }) => args.header === packet.header).length,
    delivered: delivered.filter(isOfPacket).length,
    failed: failed.filter(isOfPacket).length,
  };
}
