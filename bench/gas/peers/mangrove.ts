import { type Address, parseEther } from "viem";

import type { Chain } from "../chain.ts";
import { type Cost, measure } from "../measure.ts";
import { fund, mint, openMarket } from "../scenario.ts";
import { type Peer, type PeerRow, compilePeer, peerCall, peerRow, pick, sizeRow } from "./contract.ts";
import { CREATE, FILL, FULL, ORDER_PRICE, ORDER_SIZE, PART } from "./order.ts";
import { measureTake } from "./take.ts";

const NAME = "Mangrove 2.1.1";
/** ln(price) / ln(1.0001) */
const TICK = BigInt(Math.round(Math.log(Number(ORDER_PRICE) / Number(ORDER_SIZE)) / Math.log(1.0001)));
/** 1 tick dearer than any offer. */
const MAX_TICK = TICK + 1n;

/**
 * Offers on chain without escrow: the maker's tokens stay with it and may be gone when the taker comes, against which
 * it deposits ether. Measured at fee 0, makers without code, the deposit paid in advance.
 */
export async function measureMangrove(chain: Chain): Promise<PeerRow[]> {
  const peer = await deployMangrove(chain);
  const maker = peer.maker.address;
  const key = [peer.weth, peer.usdc, 1n];
  const row = (keys: readonly string[], variant: string, body: () => Promise<Cost>) =>
    peerRow(chain, keys, `${NAME}, ${variant}`, body);
  const offer = (from: Address, tick = TICK) => peerCall(peer, from, "newOfferByTick", [key, tick, ORDER_SIZE, 0n, 0n]);
  const take = (amount: bigint) =>
    peerCall(peer, peer.taker.address, "marketOrderByTick", [key, MAX_TICK, amount, true]);

  const rows = [
    await row(CREATE, "not escrowed, at a price that has offers", () => measure(chain, offer(maker))),
    await row(CREATE, "not escrowed, at a better price", () => measure(chain, offer(maker, TICK - 10n))),
    await row(FILL, "not escrowed", () => measureTake(peer, take(PART), PART)),
    await row(["dex.fillFull"], "not escrowed, no fee", () => measureTake(peer, take(FULL), FULL)),
    await row(["dex.cancel"], "deposit kept for the next offer", async () => {
      await chain.send(offer(maker));
      return measure(chain, peerCall(peer, maker, "retractOffer", [key, 2n, false]));
    }),
    await row(["dex.amend"], "not escrowed, to the next price", async () => {
      await chain.send(offer(maker));
      return measure(chain, peerCall(peer, maker, "updateOfferByTick", [key, TICK + 1n, ORDER_SIZE, 0n, 0n, 2n]));
    }),
  ];
  for (const count of [5, 10, 20]) {
    rows.push(
      await row([`dex.sweep${count}`], "not escrowed, no fee", async () => {
        // One offer is there already.
        for (let i = 1; i < count; i++) {
          const { address } = await chain.account(`sweep maker ${i}`);
          await join(peer, address);
          await chain.send(offer(address));
        }
        const amount = BigInt(count) * ORDER_SIZE - ORDER_SIZE / 3n;
        return measureTake(peer, take(amount), amount, count);
      }),
    );
  }
  return [...rows, await sizeRow(peer, NAME)];
}

/** A market with one offer, of another maker. */
async function deployMangrove(chain: Chain): Promise<Peer> {
  const market = await openMarket(chain);
  const contracts = await compilePeer("mangrove", {
    solc: "solc-0.8.20",
    contracts: {
      Mangrove: "@mangrovedao/mangrove-core/src/core/Mangrove.sol",
      // The functions behind Mangrove's fallback; their ABI is needed to set a market up.
      IMangrove: "@mangrovedao/mangrove-core/src/IMangrove.sol",
    },
    settings: {
      evmVersion: "london",
      optimizer: { enabled: true, runs: 2_000 },
      remappings: [
        "@mgv/forge-std/=@mangrovedao/mangrove-core/lib/forge-std/src/",
        "@mgv/=@mangrovedao/mangrove-core/",
      ],
    },
  });
  const admin = market.admin.address;
  const address = await chain.deploy(admin, pick(contracts, "Mangrove"), [admin, 1n, 2_000_000n]);
  const peer: Peer = { ...market, address, abi: pick(contracts, "IMangrove").abi };

  // A book that was used before holds some of both tokens: its fees.
  await mint(market, address);
  await chain.send(peerCall(peer, admin, "activate", [[peer.weth, peer.usdc, 1n], 0n, 0n, 50_000n]));
  await fund(market, peer.taker.address, address);
  for (const account of [peer.maker, peer.other]) await join(peer, account.address);
  await chain.send(
    peerCall(peer, peer.other.address, "newOfferByTick", [[peer.weth, peer.usdc, 1n], TICK, ORDER_SIZE, 0n, 0n]),
  );
  return peer;
}

/** Gives a maker tokens and pays its deposit. */
async function join(peer: Peer, maker: Address): Promise<void> {
  await fund(peer, maker, peer.address);
  await peer.chain.send(peerCall(peer, peer.admin.address, "fund", [maker], parseEther("1")));
}
