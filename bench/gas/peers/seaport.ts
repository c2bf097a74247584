import { type Address, type Hex, keccak256, toHex, zeroAddress, zeroHash } from "viem";

import { type Chain, GENESIS } from "../chain.ts";
import { type Cost, measure } from "../measure.ts";
import { fund, openMarket } from "../scenario.ts";
import { type Peer, type PeerRow, compilePeer, peerCall, peerRow, pick, sizeRow } from "./contract.ts";
import { CREATE, FILL, FULL, ORDER_PRICE, ORDER_SIZE, PART } from "./order.ts";
import { measureTake } from "./take.ts";

const NAME = "Seaport 1.6.6 (Cancun)";
const ERC20 = 1;
const PARTIAL_OPEN = 1;
const NEVER = 2n ** 32n - 1n;

/**
 * Orders that their makers validate on chain, so that fills carry no signature; the maker's tokens stay with it, and
 * only the order's hash is stored.
 */
export async function measureSeaport(chain: Chain): Promise<PeerRow[]> {
  const peer = await deploySeaport(chain);
  const [maker, taker] = [peer.maker.address, peer.taker.address];
  const row = (keys: readonly string[], variant: string, body: () => Promise<Cost>) =>
    peerRow(chain, keys, `${NAME}, ${variant}`, body);
  const validate = (owner: Address) =>
    peerCall(peer, owner, "validate", [[{ parameters: parameters(peer, owner), signature: "0x" }]]);
  const take = (numerator: bigint, denominator: bigint) =>
    peerCall(peer, taker, "fulfillAdvancedOrder", [
      advanced(peer, maker, numerator, denominator),
      [],
      zeroHash,
      zeroAddress,
    ]);

  const rows = [
    await row(CREATE, "validated on chain, not escrowed", () => measure(chain, validate(maker))),
    await row(FILL, "validated, first fill", async () => {
      await chain.send(validate(maker));
      return measureTake(peer, take(1n, 8n), PART);
    }),
    await row(FILL, "validated, later fill", async () => {
      await chain.send(validate(maker));
      await chain.send(take(1n, 8n));
      return measureTake(peer, take(1n, 8n), PART);
    }),
    await row(["dex.fillFull"], "validated, no fee", async () => {
      await chain.send(validate(maker));
      return measureTake(peer, take(1n, 1n), FULL);
    }),
    await row(["dex.cancel"], "validated", async () => {
      await chain.send(validate(maker));
      const { totalOriginalConsiderationItems: _, ...terms } = parameters(peer, maker);
      return measure(chain, peerCall(peer, maker, "cancel", [[{ ...terms, counter: 0n }]]));
    }),
  ];
  for (const count of [5, 10, 20]) {
    rows.push(
      await row([`dex.sweep${count}`], "validated, not escrowed, no fee", async () => {
        const makers: Address[] = [];
        for (let i = 0; i < count; i++) {
          const { address } = await chain.account(`sweep maker ${i}`);
          await fund(peer, address, peer.address);
          await chain.send(validate(address));
          makers.push(address);
        }
        const parts = makers.map((_, orderIndex) => [{ orderIndex: BigInt(orderIndex), itemIndex: 0n }]);
        const transaction = peerCall(peer, taker, "fulfillAvailableAdvancedOrders", [
          makers.map((owner) => advanced(peer, owner, 1n, 1n)),
          [],
          parts,
          parts,
          zeroHash,
          zeroAddress,
          BigInt(count),
        ]);
        return measureTake(peer, transaction, BigInt(count) * ORDER_SIZE, count);
      }),
    );
  }
  return [...rows, await sizeRow(peer, NAME)];
}

async function deploySeaport(chain: Chain): Promise<Peer> {
  const market = await openMarket(chain);
  const contracts = await compilePeer("seaport", {
    solc: "solc-0.8.24",
    contracts: {
      Seaport: "seaport-core/src/Seaport.sol",
      ConduitController: "seaport-core/src/conduit/ConduitController.sol",
    },
    settings: { evmVersion: "cancun", viaIR: true, optimizer: { enabled: true, runs: 2 ** 32 - 1 } },
  });
  const admin = market.admin.address;
  const controller = await chain.deploy(admin, pick(contracts, "ConduitController"), []);
  const seaport = pick(contracts, "Seaport");
  const address = await chain.deploy(admin, seaport, [controller]);
  for (const account of [market.maker, market.taker]) await fund(market, account.address, address);
  return { ...market, address, abi: seaport.abi };
}

function parameters(peer: Peer, maker: Address) {
  const item = { itemType: ERC20, identifierOrCriteria: 0n };
  return {
    offerer: maker,
    zone: zeroAddress,
    offer: [{ ...item, token: peer.weth, startAmount: ORDER_SIZE, endAmount: ORDER_SIZE }],
    consideration: [{ ...item, token: peer.usdc, startAmount: ORDER_PRICE, endAmount: ORDER_PRICE, recipient: maker }],
    orderType: PARTIAL_OPEN,
    startTime: BigInt(GENESIS - 3600),
    endTime: NEVER,
    zoneHash: zeroHash,
    salt: BigInt(keccak256(toHex("salt"))),
    conduitKey: zeroHash,
    totalOriginalConsiderationItems: 1n,
  };
}

function advanced(peer: Peer, maker: Address, numerator: bigint, denominator: bigint) {
  const signature: Hex = "0x";
  return { parameters: parameters(peer, maker), numerator, denominator, signature, extraData: signature };
}
