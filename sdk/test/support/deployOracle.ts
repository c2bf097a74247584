import { type Address, encodePacked, type Hex, pad, parseAbi, parseEther, zeroAddress, zeroHash } from "viem";

import { type DeployedFeed, priceFeedReceiverAbi, priceOracleAbi, SourceKind } from "../../src/index.ts";
import type { TestChain } from "./chain.ts";
import { deployArtifact } from "./deployArtifact.ts";

/** LayerZero's numbers of the sender's chain and the receiver's. */
export const SENDER_EID = 30_101;
export const RECEIVER_EID = 30_302;

export const FEEDS = { ETH: { id: 1, decimals: 8 }, BTC: { id: 2, decimals: 8 } } as const;
export const HEARTBEAT = 3_600n;
export const BOUNDS = { minAnswer: 10n ** 8n, maxAnswer: 10n ** 13n } as const;
/** What the endpoint of these tests charges for a message. */
export const MESSAGE_FEE = parseEther("0.01");

export const aggregatorMockAbi = parseAbi([
  "function set(int256 answer, uint256 updatedAt)",
  "function setRound((uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound) round)",
]);
const endpointStubAbi = parseAbi(["function message() view returns (bytes)"]);

export interface TestOracle {
  readonly accessManager: Address;
  readonly endpoint: Address;
  readonly priceOracle: Address;
  readonly priceFeedReceiver: Address;
  readonly priceFeedSender: Address;
  readonly feeds: Readonly<Record<keyof typeof FEEDS, DeployedFeed>>;
  /** By feed. */
  readonly aggregators: Readonly<Record<keyof typeof FEEDS, Address>>;
  /** An asset whose price is the ETH feed. */
  readonly weth: Address;
  /** An asset whose price is an aggregator on the same chain, of 6 decimals. */
  readonly local: Address;
  readonly localAggregator: Address;
}

/** Both sides of the oracle on one chain, over an endpoint that only remembers messages; `relay` delivers them. */
export async function deployOracle(chain: TestChain): Promise<TestOracle> {
  const admin = chain.wallet(0);
  const deploy = (artifact: string, args: readonly unknown[]) => deployArtifact(chain, artifact, args);
  const accessManager = await deploy("@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager", [
    admin.account.address,
  ]);
  const endpoint = await deploy("test/mocks/oracle/EndpointStub.sol/EndpointStub", []);
  const aggregator = (decimals: number) => deploy("test/mocks/oracle/AggregatorMock.sol/AggregatorMock", [decimals]);
  const ofOracle = (name: string, args: readonly unknown[]) => deploy(`contracts/oracle/${name}.sol/${name}`, args);
  const receiverExtension = await ofOracle("PriceFeedReceiverExtension", [endpoint, SENDER_EID]);
  const priceFeedReceiver = await ofOracle("PriceFeedReceiver", [
    accessManager,
    admin.account.address,
    6_000n,
    receiverExtension,
  ]);
  const oracleExtension = await ofOracle("PriceOracleExtension", [priceFeedReceiver, zeroAddress]);
  const priceOracle = await ofOracle("PriceOracle", [accessManager, oracleExtension]);
  const aggregators = { ETH: await aggregator(8), BTC: await aggregator(8) };
  const priceFeedSender = await deploy("contracts/oracle/PriceFeedSender.sol/PriceFeedSender", [
    {
      endpoint,
      receiverEid: RECEIVER_EID,
      receiver: priceFeedReceiver,
      library_: endpoint,
      executor: chain.wallet(8).account.address,
      maxMessageSize: 10_000,
      confirmations: 15n,
      requiredDVNs: ["0x00000000000000000000000000000000000000d1", "0x00000000000000000000000000000000000000d2"],
      optionalDVNs: [],
      optionalThreshold: 0,
      baseGas: 40_000n,
      gasPerFeed: 10_000n,
    },
    Object.entries(FEEDS).map(([symbol, { id }]) => ({
      feedId: id,
      aggregator: aggregators[symbol as keyof typeof FEEDS],
      heartbeat: Number(HEARTBEAT),
      ...BOUNDS,
    })),
  ]);

  const receiver = { address: priceFeedReceiver, abi: priceFeedReceiverAbi } as const;
  for (const { id, decimals } of Object.values(FEEDS)) {
    const args = [BigInt(id), BigInt(decimals), HEARTBEAT] as const;
    await admin.writeContract({ ...receiver, functionName: "addFeed", args });
  }
  await admin.writeContract({ ...receiver, functionName: "setPeer", args: [SENDER_EID, pad(priceFeedSender)] });

  const [weth, local] = [await aggregator(18), await aggregator(18)];
  const localAggregator = await aggregator(6);
  const none = { feedId: 0, at: zeroAddress, heartbeat: 0, minVolume: 0, minBlocks: 0 };
  const sources = { address: priceOracle, abi: priceOracleAbi, functionName: "setSources" } as const;
  await admin.writeContract({ ...sources, args: [weth, [{ ...none, kind: SourceKind.Feed, feedId: FEEDS.ETH.id }]] });
  await admin.writeContract({
    ...sources,
    args: [local, [{ ...none, kind: SourceKind.Aggregator, at: localAggregator, heartbeat: Number(HEARTBEAT) }]],
  });
  return {
    accessManager,
    endpoint,
    priceOracle,
    priceFeedReceiver,
    priceFeedSender,
    feeds: FEEDS,
    aggregators,
    weth,
    local,
    localAggregator,
  };
}

/** Delivers the last message of the endpoint, as LayerZero would. */
export async function relay(chain: TestChain, oracle: TestOracle): Promise<void> {
  const message = await chain.client.readContract({
    address: oracle.endpoint,
    abi: endpointStubAbi,
    functionName: "message",
  });
  await deliver(chain, oracle, message);
}

/** Delivers any message. */
export async function deliver({ client }: TestChain, oracle: TestOracle, message: Hex): Promise<void> {
  const { endpoint, priceFeedReceiver, priceFeedSender } = oracle;
  await client.setBalance({ address: endpoint, value: parseEther("1") });
  await client.impersonateAccount({ address: endpoint });
  const origin = { srcEid: SENDER_EID, sender: pad(priceFeedSender), nonce: 1n };
  await client.writeContract({
    account: endpoint,
    address: priceFeedReceiver,
    abi: priceFeedReceiverAbi,
    functionName: "lzReceive",
    args: [origin, zeroHash, message, zeroAddress, "0x"],
    gas: 500_000n,
  });
  await client.stopImpersonatingAccount({ address: endpoint });
}

/** A message with one price, updated at `observedAt`. */
export function priceMessage(feedId: number, answer: bigint, observedAt: bigint): Hex {
  return encodePacked(
    ["uint32", "uint32", "uint88", "uint24", "uint40"],
    [Number(observedAt), feedId, answer, 0, Number(observedAt)],
  );
}
