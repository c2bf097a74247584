import { type Address, type Hex, hashTypedData, maxUint256, parseSignature, toHex, zeroAddress } from "viem";
import type { PrivateKeyAccount } from "viem";

import type { Chain } from "../chain.ts";
import { type Cost, measure } from "../measure.ts";
import { fund, openMarket } from "../scenario.ts";
import { type Peer, type PeerRow, compilePeer, peerCall, peerRow, pick, sizeRow } from "./contract.ts";
import { FILL, FULL, MAX_PAY, ORDER_PRICE, ORDER_SIZE, PART } from "./order.ts";
import { measureTake } from "./take.ts";

const NAME = "1inch LOP 4.3.3";
const MULTIPLE_FILLS = 1n << 254n;
const NONCE_SHIFT = 120n;
const BY_MAKING_AMOUNT = 1n << 255n;

const ORDER_TYPE = [
  { name: "salt", type: "uint256" },
  { name: "maker", type: "address" },
  { name: "receiver", type: "address" },
  { name: "makerAsset", type: "address" },
  { name: "takerAsset", type: "address" },
  { name: "makingAmount", type: "uint256" },
  { name: "takingAmount", type: "uint256" },
  { name: "makerTraits", type: "uint256" },
] as const;

/** Orders that their makers sign off chain: no creation, no escrow, no order to read on chain. */
export async function measureOneInch(chain: Chain): Promise<PeerRow[]> {
  const peer = await deployOneInch(chain);
  const { maker, taker } = peer;
  const row = (keys: readonly string[], variant: string, body: () => Promise<Cost>) =>
    peerRow(chain, keys, `${NAME}, ${variant}`, body);
  const fill = async (traits: bigint, amount: bigint) => {
    const { order, r, vs } = await signedOrder(peer, maker, traits);
    const maxPay = amount === PART ? MAX_PAY : ORDER_PRICE;
    return peerCall(peer, taker.address, "fillOrder", [order, r, vs, amount, BY_MAKING_AMOUNT | maxPay]);
  };

  return [
    await row(FILL, "signed, first fill", async () => measureTake(peer, await fill(MULTIPLE_FILLS, PART), PART)),
    await row(FILL, "signed, later fill", async () => {
      await chain.send(await fill(MULTIPLE_FILLS, PART));
      return measureTake(peer, await fill(MULTIPLE_FILLS, PART), PART);
    }),
    await row(["dex.fillFull"], "signed, no fee, maker's first nonce of 256", async () =>
      measureTake(peer, await fill(1n << NONCE_SHIFT, FULL), FULL),
    ),
    await row(["dex.fillFull"], "signed, no fee, later nonce", async () => {
      await chain.send(await fill(1n << NONCE_SHIFT, FULL));
      return measureTake(peer, await fill(2n << NONCE_SHIFT, FULL), FULL);
    }),
    await row(["dex.cancel"], "signed", async () => {
      const { hash } = await signedOrder(peer, maker, MULTIPLE_FILLS);
      return measure(chain, peerCall(peer, maker.address, "cancelOrder", [MULTIPLE_FILLS, hash]));
    }),
    await sizeRow(peer, NAME),
  ];
}

async function deployOneInch(chain: Chain): Promise<Peer> {
  const market = await openMarket(chain);
  const contract = pick(
    await compilePeer(`oneInch-${chain.hardfork}`, {
      solc: "solc-0.8.30",
      contracts: { LimitOrderProtocol: "@1inch/limit-order-protocol-contract/contracts/LimitOrderProtocol.sol" },
      settings: { evmVersion: chain.hardfork, viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } },
    }),
    "LimitOrderProtocol",
  );
  const address = await chain.deploy(market.admin.address, contract, [market.weth]);
  for (const account of [market.maker, market.taker]) await fund(market, account.address, address);
  return { ...market, address, abi: contract.abi };
}

async function signedOrder(peer: Peer, maker: PrivateKeyAccount, traits: bigint) {
  const message = {
    salt: BigInt(toHex("an order's salt has many bytes")),
    maker: maker.address,
    receiver: zeroAddress as Address,
    makerAsset: peer.weth,
    takerAsset: peer.usdc,
    makingAmount: ORDER_SIZE,
    takingAmount: ORDER_PRICE,
    makerTraits: traits,
  };
  const typedData = {
    domain: {
      name: "1inch Limit Order Protocol",
      version: "4",
      chainId: peer.chain.client.chain.id,
      verifyingContract: peer.address,
    },
    types: { Order: ORDER_TYPE },
    primaryType: "Order",
    message,
  } as const;
  const { r, s, yParity } = parseSignature(await maker.signTypedData(typedData));
  const vs: Hex = toHex((BigInt(yParity) << 255n) | (BigInt(s) & (maxUint256 >> 1n)), { size: 32 });
  // Its structs hold addresses as plain numbers.
  const order = {
    ...message,
    maker: BigInt(message.maker),
    receiver: BigInt(message.receiver),
    makerAsset: BigInt(message.makerAsset),
    takerAsset: BigInt(message.takerAsset),
  };
  return { order, r, vs, hash: hashTypedData(typedData) };
}
