import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { priceFeedReceiverAbi } from "@cxmpute/sdk";
import { padHex, parseAbi, zeroAddress, zeroHash, type Address, type Hex } from "viem";

import { testAccount, type TestChain } from "./anvil.ts";
import { deployArtifact } from "./artifact.ts";
import { governor, send } from "./deployLend.ts";

/** What the stubbed endpoint charges a message. */
export const FEE = 10n ** 16n;

const SENDER_EID = 30_101;
const RECEIVER_EID = 30_302;
const HEARTBEAT = 3600;

const aggregatorAbi = parseAbi(["function set(int256 answer, uint256 updatedAt)"]);
const endpointAbi = parseAbi(["function message() view returns (bytes)"]);
const receiveAbi = parseAbi([
  "struct Origin { uint32 srcEid; bytes32 sender; uint64 nonce; }",
  "function lzReceive(Origin origin, bytes32 guid, bytes message, address executor, bytes extraData) payable",
]);

/** Sender and aggregators on one chain, receiver and oracle on another; LayerZero is what `deliver` does. */
export interface Relay {
  readonly ethereum: TestChain;
  readonly peaq: TestChain;
  readonly sender: Address;
  readonly receiver: Address;
  readonly priceOracle: Address;
  readonly senderEndpoint: Address;
  readonly receiverEndpoint: Address;
  /** Of feeds 1 and 2, with 8 decimals. */
  readonly aggregators: readonly [Address, Address];
  readonly file: string;
}

export async function deployRelay(ethereum: TestChain, peaq: TestChain): Promise<Relay> {
  const receiverEndpoint = await deployArtifact(peaq, "test/mocks/oracle/EndpointStub.sol/EndpointStub");
  const manager = await deployArtifact(peaq, "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager", [
    governor.address,
  ]);
  const ofOracle = (name: string, args: readonly unknown[]): Promise<Address> =>
    deployArtifact(peaq, `contracts/oracle/${name}.sol/${name}`, args);
  const receiverExtension = await ofOracle("PriceFeedReceiverExtension", [receiverEndpoint, SENDER_EID]);
  const receiver = await ofOracle("PriceFeedReceiver", [manager, governor.address, 6000n, receiverExtension]);
  const oracleExtension = await ofOracle("PriceOracleExtension", [receiver, zeroAddress]);
  const priceOracle = await ofOracle("PriceOracle", [manager, oracleExtension]);
  const senderEndpoint = await deployArtifact(ethereum, "test/mocks/oracle/EndpointStub.sol/EndpointStub");
  const aggregator = (): Promise<Address> =>
    deployArtifact(ethereum, "test/mocks/oracle/AggregatorMock.sol/AggregatorMock", [8]);
  const aggregators = [await aggregator(), await aggregator()] as const;
  const path = {
    endpoint: senderEndpoint,
    receiverEid: RECEIVER_EID,
    receiver,
    library_: senderEndpoint,
    executor: testAccount(9).address,
    maxMessageSize: 10_000,
    confirmations: 15n,
    requiredDVNs: ["0x0000000000000000000000000000000000000d01", "0x0000000000000000000000000000000000000d02"],
    optionalDVNs: [],
    optionalThreshold: 0,
    baseGas: 80_000n,
    gasPerFeed: 30_000n,
  };
  const feeds = aggregators.map((at, index) => ({
    feedId: index + 1,
    aggregator: at,
    heartbeat: HEARTBEAT,
    minAnswer: 0n,
    maxAnswer: 10n ** 15n,
  }));
  const sender = await deployArtifact(ethereum, "contracts/oracle/PriceFeedSender.sol/PriceFeedSender", [path, feeds]);
  const ours = { address: receiver, abi: priceFeedReceiverAbi } as const;
  await send(peaq, { ...ours, functionName: "setPeer", args: [SENDER_EID, padHex(sender, { size: 32 })] });
  for (const id of [1n, 2n]) await send(peaq, { ...ours, functionName: "addFeed", args: [id, 8n, BigInt(HEARTBEAT)] });

  const file = join(mkdtempSync(join(tmpdir(), "keepers-")), "deployment.json");
  const contracts = { orderNFT: zeroAddress, orderMatcher: zeroAddress, orderLens: zeroAddress };
  const [chainId, sisterId] = [await peaq.client.getChainId(), await ethereum.client.getChainId()];
  writeFileSync(
    file,
    JSON.stringify({
      chainId,
      startBlock: 0,
      contracts,
      oracle: { priceOracle, priceFeedReceiver: receiver },
      sister: { chainId: sisterId, priceFeedSender: sender },
    }),
  );
  return { ethereum, peaq, sender, receiver, priceOracle, senderEndpoint, receiverEndpoint, aggregators, file };
}

/** A new round of feed 1 or 2, updated in the latest block. */
export async function setAnswer({ ethereum, aggregators }: Relay, feedId: 1 | 2, answer: bigint): Promise<void> {
  const { timestamp } = await ethereum.client.getBlock();
  const address = feedId === 1 ? aggregators[0] : aggregators[1];
  await send(ethereum, { address, abi: aggregatorAbi, functionName: "set", args: [answer, timestamp] });
}

/** Brings the sender's last message to the receiver, as LayerZero would. */
export async function deliver({
  ethereum,
  peaq,
  sender,
  receiver,
  senderEndpoint,
  receiverEndpoint,
}: Relay): Promise<void> {
  const message: Hex = await ethereum.client.readContract({
    address: senderEndpoint,
    abi: endpointAbi,
    functionName: "message",
  });
  await peaq.client.impersonateAccount({ address: receiverEndpoint });
  await peaq.client.setBalance({ address: receiverEndpoint, value: 10n ** 18n });
  const origin = { srcEid: SENDER_EID, sender: padHex(sender, { size: 32 }), nonce: 1n };
  const hash = await peaq.client.writeContract({
    address: receiver,
    abi: receiveAbi,
    functionName: "lzReceive",
    args: [origin, zeroHash, message, zeroAddress, "0x"],
    account: receiverEndpoint,
  });
  const { status } = await peaq.client.waitForTransactionReceipt({ hash });
  if (status !== "success") throw new Error("the delivery reverted");
}

/** Moves both chains to one time, `seconds` after the later of them, with all of peaq's blocks. */
export async function pass({ ethereum, peaq }: Relay, seconds: number): Promise<void> {
  const [one, other] = await Promise.all([ethereum.client.getBlock(), peaq.client.getBlock()]);
  const later = one.timestamp > other.timestamp ? one.timestamp : other.timestamp;
  const timestamp = later + BigInt(seconds);
  const missing = Number(timestamp - other.timestamp);
  if (missing > 12) {
    await peaq.client.setNextBlockTimestamp({ timestamp: other.timestamp + 6n });
    await peaq.client.mine({ blocks: Math.floor(missing / 6) - 1, interval: 6 });
  }
  for (const { client } of [ethereum, peaq]) {
    await client.setNextBlockTimestamp({ timestamp });
    await client.mine({ blocks: 1 });
  }
}
