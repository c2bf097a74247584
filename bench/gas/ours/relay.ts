import { createRequire } from "node:module";

import { priceFeedReceiverAbi, priceOracleAbi } from "@cxmpute/sdk";
import {
  type Abi,
  type Address,
  type Hex,
  concatHex,
  encodeFunctionData,
  encodePacked,
  keccak256,
  pad,
  zeroAddress,
} from "viem";

import type { Chain, Transaction } from "../chain.ts";
import { BLOCK_TIME, passBlocks } from "../lend/clock.ts";
import type { Market } from "../scenario.ts";
import { deployManager, deployOurs } from "./deployOurs.ts";

/** LayerZero's ids of Ethereum and of peaq. */
const ETHEREUM = 30_101;
const PEAQ = 30_302;
const CONFIRMATIONS = 15n;
const HEARTBEAT = 3_600n;
/** Until a price confirms the first of a feed. */
const CONFIRMATION = 60;
/** Until liquidations may rely on a price that came back. */
const GRACE = 15 * 60;
const FEED_KIND = 1;

interface Contract {
  address: Address;
  abi: Abi;
}

/** A feed's price in its 8 decimals. */
export interface Price {
  feedId: number;
  answer: bigint;
}

/** The oracle behind LayerZero's own endpoint and message library. */
export interface Relay {
  chain: Chain;
  admin: Address;
  endpoint: Contract;
  library: Contract;
  verifiers: readonly Address[];
  sender: Hex;
  receiver: Address;
  oracle: Address;
}

/** Deploys LayerZero's artifacts and ours; two verifiers must sign each message. `feeds` of 8 decimals, no price yet. */
export async function deployRelay(market: Market, feeds: readonly number[]): Promise<Relay> {
  const { chain } = market;
  const admin = market.admin.address;
  const endpoint = await deployLayerZero(chain, admin, "EndpointV2.sol/EndpointV2", [PEAQ, admin]);
  const path = "uln/uln302/ReceiveUln302.sol/ReceiveUln302";
  const library = await deployLayerZero(chain, admin, path, [endpoint.address]);
  const accounts = await Promise.all(["first verifier", "second verifier"].map((label) => chain.account(label)));
  const verifiers = accounts.map(({ address }) => address).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  const config = {
    confirmations: CONFIRMATIONS,
    requiredDVNCount: verifiers.length,
    optionalDVNCount: 0,
    optionalDVNThreshold: 0,
    requiredDVNs: verifiers,
    optionalDVNs: [],
  };
  await send(chain, admin, library, "setDefaultUlnConfigs", [[{ eid: ETHEREUM, config }]]);
  await send(chain, admin, endpoint, "registerLibrary", [library.address]);
  await send(chain, admin, endpoint, "setDefaultReceiveLibrary", [ETHEREUM, library.address, 0n]);

  const manager = await deployManager(chain, admin);
  const receiver = await deployWithExtension(chain, admin, "PriceFeedReceiver", {
    endpoint_: endpoint.address,
    authority_: manager,
    owner_: admin,
    sourceEid: ETHEREUM,
    blockTime: BLOCK_TIME * 1000,
  });
  const oracle = await deployWithExtension(chain, admin, "PriceOracle", {
    authority_: manager,
    receiver_: receiver,
    observer_: zeroAddress,
  });
  const sender = pad((await chain.account("sender on Ethereum")).address);
  const ours = { address: receiver, abi: priceFeedReceiverAbi as Abi };
  await send(chain, admin, ours, "setPeer", [ETHEREUM, sender]);
  for (const feedId of feeds) await send(chain, admin, ours, "addFeed", [feedId, 8n, HEARTBEAT]);
  return { chain, admin, endpoint, library, verifiers, sender, receiver, oracle };
}

/** A contract that passes on what it does not know, and what it passes it on to. */
async function deployWithExtension(
  chain: Chain,
  from: Address,
  name: string,
  values: Record<string, unknown>,
): Promise<Address> {
  const path = (part: string) => `contracts/oracle/${part}.sol/${part}`;
  const extension = await deployOurs(chain, from, path(`${name}Extension`), values);
  return deployOurs(chain, from, path(name), { ...values, extension_: extension });
}

/** Has `asset`'s price come from a feed. */
export async function setFeedSource(relay: Relay, asset: Address, feedId: number): Promise<void> {
  const source = { kind: FEED_KIND, feedId, at: zeroAddress, heartbeat: 0, minVolume: 0, minBlocks: 0 };
  const oracle = { address: relay.oracle, abi: priceOracleAbi as Abi };
  await send(relay.chain, relay.admin, oracle, "setSources", [asset, [source]]);
}

/** First prices, confirmed, with every grace over: what later deliveries find. */
export async function establish(relay: Relay, prices: readonly Price[]): Promise<void> {
  await relay.chain.send(await delivery(relay, prices));
  await passBlocks(relay.chain, CONFIRMATION);
  await relay.chain.send(await delivery(relay, prices));
  await passBlocks(relay.chain, GRACE);
  await relay.chain.send(await delivery(relay, prices));
}

/** Finds the chain alive, so that no delivery has to for ten minutes. */
export async function beat(relay: Relay): Promise<void> {
  const ours = { address: relay.receiver, abi: priceFeedReceiverAbi as Abi };
  await send(relay.chain, relay.admin, ours, "poke", []);
}

/** Has a message of now verified and committed; the transaction that brings it to the receiver is left to send. */
export async function delivery(relay: Relay, prices: readonly Price[]): Promise<Transaction> {
  const { chain, endpoint, library, receiver } = relay;
  const { timestamp } = await chain.client.getBlock();
  const arrived = await chain.client.readContract({
    ...endpoint,
    functionName: "inboundNonce",
    args: [receiver, ETHEREUM, relay.sender],
  });
  const nonce = (arrived as bigint) + 1n;
  const message = encodeMessage(timestamp, prices);
  const header = encodePacked(
    ["uint8", "uint64", "uint32", "bytes32", "uint32", "bytes32"],
    [1, nonce, ETHEREUM, relay.sender, PEAQ, pad(receiver)],
  );
  const guid = keccak256(header);
  const payloadHash = keccak256(concatHex([guid, message]));
  for (const verifier of relay.verifiers) {
    await send(chain, verifier, library, "verify", [header, payloadHash, CONFIRMATIONS]);
  }
  await send(chain, relay.admin, library, "commitVerification", [header, payloadHash]);
  const origin = { srcEid: ETHEREUM, sender: relay.sender, nonce };
  return call(relay.admin, endpoint, "lzReceive", [origin, receiver, guid, message, "0x"]);
}

/** Observed at 32, then a record each: feed 32 | answer 88 | age 24 | round 40. */
function encodeMessage(observedAt: bigint, prices: readonly Price[]): Hex {
  const records = prices.map(({ feedId, answer }) =>
    encodePacked(
      ["uint32", "uint88", "uint24", "uint40"],
      [feedId, answer, 12, Number((6n << 32n) | (observedAt & 0xffff_ffffn))],
    ),
  );
  return concatHex([encodePacked(["uint32"], [Number(observedAt)]), ...records]);
}

async function deployLayerZero(chain: Chain, from: Address, path: string, args: readonly unknown[]): Promise<Contract> {
  const require = createRequire(import.meta.url);
  const artifact = require(`@layerzerolabs/lz-evm-sdk-v2/artifacts/contracts/${path}.json`) as {
    abi: Abi;
    bytecode: Hex;
  };
  return { address: await chain.deploy(from, artifact, args), abi: artifact.abi };
}

async function send(chain: Chain, from: Address, contract: Contract, functionName: string, args: readonly unknown[]) {
  return chain.send(call(from, contract, functionName, args));
}

function call(from: Address, { address, abi }: Contract, functionName: string, args: readonly unknown[]): Transaction {
  return { from, to: address, data: encodeFunctionData({ abi, functionName, args }) };
}
