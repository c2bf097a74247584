import { priceFeedReceiverAbi } from "@cxmpute/sdk";
import { concatHex, encodeFunctionData, numberToHex, pad, parseEther, type Address, type Hex } from "viem";

import { send, type Chain } from "../chain.ts";

export const SOURCE_EID = 30_101;
const SENDER: Address = "0x00000000000000000000000000000000000005e4";
const NO_GUID: Hex = `0x${"0".repeat(64)}`;

/** Says what Ethereum's chain would. */
export interface FeedRelay {
  /** What a push tells, by feed id, with 8 decimals. */
  readonly answers: Map<number, bigint>;
  /** Delivers the answers, of some feeds or all, observed now, or so many seconds ago. */
  readonly push: (feedIds?: readonly number[], ago?: number) => Promise<void>;
}

/** Lets messages through that the endpoint would deliver. */
export async function createFeedRelay(
  { client }: Chain,
  { endpoint, receiver }: { readonly endpoint: Address; readonly receiver: Address },
): Promise<FeedRelay> {
  const peer = pad(SENDER, { size: 32 });
  const own = { address: receiver, abi: priceFeedReceiverAbi } as const;
  await send(client, client.writeContract({ ...own, functionName: "setPeer", args: [SOURCE_EID, peer] }));
  await client.impersonateAccount({ address: endpoint });
  await client.setBalance({ address: endpoint, value: parseEther("1000") });
  const answers = new Map<number, bigint>();
  let round = 1n;

  return {
    answers,
    push: async (feedIds = [...answers.keys()], ago = 0) => {
      // A block of now, for its time.
      await client.mine({ blocks: 1 });
      const { timestamp } = await client.getBlock();
      round += 1n;
      const records = feedIds.map((feedId) => {
        const answer = answers.get(feedId) ?? 1n;
        return numberToHex((BigInt(feedId) << 152n) | (answer << 64n) | round, { size: 23 });
      });
      const message = concatHex([numberToHex(timestamp - BigInt(ago), { size: 4 }), ...records]);
      const origin = { srcEid: SOURCE_EID, sender: peer, nonce: round };
      const data = encodeFunctionData({
        abi: RECEIVE_ABI,
        functionName: "lzReceive",
        args: [origin, NO_GUID, message, endpoint, "0x"],
      });
      await send(client, client.sendTransaction({ account: endpoint, to: receiver, data, gas: 3_000_000n }));
    },
  };
}

const RECEIVE_ABI = [
  {
    type: "function",
    name: "lzReceive",
    stateMutability: "payable",
    inputs: [
      {
        name: "origin",
        type: "tuple",
        components: [
          { name: "srcEid", type: "uint32" },
          { name: "sender", type: "bytes32" },
          { name: "nonce", type: "uint64" },
        ],
      },
      { name: "guid", type: "bytes32" },
      { name: "message", type: "bytes" },
      { name: "executor", type: "address" },
      { name: "extraData", type: "bytes" },
    ],
    outputs: [],
  },
] as const;
