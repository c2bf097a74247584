import { endpointAbi } from "../../../layerzero/abi/endpoint.ts";
import { receiveLibraryAbi } from "../../../layerzero/abi/receiveLibrary.ts";
import { originOf, type Packet } from "../../../layerzero/packet.ts";
import { devAccount } from "../../../stack/accounts.ts";
import type { End } from "./startPair.ts";

/** Somebody who has no part in LayerZero. */
const account = devAccount(5).address;

/** What anybody may try with a packet at its destination, without waiting for workers. Rejects where LayerZero refuses. */
export const attempt = {
  commit: ({ client, deployment }: End, { header, payloadHash }: Packet) =>
    client.simulateContract({
      account,
      address: deployment.receiveLibrary,
      abi: receiveLibraryAbi,
      functionName: "commitVerification",
      args: [header, payloadHash],
    }),
  deliver: ({ client, deployment }: End, packet: Packet) =>
    client.simulateContract({
      account,
      address: deployment.endpoint,
      abi: endpointAbi,
      functionName: "lzReceive",
      args: [originOf(packet), packet.receiver, packet.guid, packet.message, "0x"],
    }),
};
