import { deployLayerZero } from "../layerzero/deployLayerZero.ts";
import { EIDS } from "../layerzero/eids.ts";
import type { NetworkPair } from "../layerzero/network.ts";
import type { RpcUrls } from "./seed.ts";

/** Blocks, the message's own included. */
export const CONFIRMATIONS = 1;

/** Puts LayerZero on both chains, or finds it there. Ethereum comes first. */
export async function placeLayerZero({ ethereum, peaq }: RpcUrls): Promise<NetworkPair> {
  const place = async (rpcUrl: string, eid: number, remoteEid: number) => ({
    rpcUrl,
    deployment: await deployLayerZero({ rpcUrl, eid, remoteEid, confirmations: CONFIRMATIONS }),
  });
  return Promise.all([place(ethereum, EIDS.ethereum, EIDS.peaq), place(peaq, EIDS.peaq, EIDS.ethereum)]);
}
