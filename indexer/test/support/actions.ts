import { encodePrice, NO_EXPIRY } from "@cxmpute/sdk";
import { encodeFunctionData, zeroAddress, type Address, type Hex } from "viem";
import { mnemonicToAccount } from "viem/accounts";

import { artifact } from "./artifacts.ts";
import { bookOf, fund, MNEMONIC, type Chain } from "./chain.ts";
import type { Random } from "./random.ts";

const UNIT = 10n ** 6n;
const ALL_OR_NONE = 0x7f << 7;
const OBSERVED = 1 << 4;

type Trader = ReturnType<typeof mnemonicToAccount>;

/** Several traders who do what comes to the mind of a random number generator. */
export interface Crowd {
  readonly traders: readonly Trader[];
  readonly tokens: readonly Address[];
  /** Ids of all orders that the crowd has made; those of a chain that was rolled back included. */
  readonly ids: Set<bigint>;
  /** Tries one action. False when the contract would have refused it. */
  readonly act: () => Promise<boolean>;
}

/** Funds four traders in `tokens`. */
export async function createCrowd(chain: Chain, tokens: readonly Address[], random: Random): Promise<Crowd> {
  const traders = [1, 2, 3, 4].map((addressIndex) => mnemonicToAccount(MNEMONIC, { addressIndex }));
  for (const trader of traders) await fund(chain, trader, tokens, 10n ** 30n);
  const ids = new Set<bigint>();
  const actions = createActions(chain, traders, tokens, random, ids);
  return { traders, tokens, ids, act: () => random.pick(actions)() };
}

function createActions(
  chain: Chain,
  traders: readonly Trader[],
  tokens: readonly Address[],
  random: Random,
  ids: Set<bigint>,
): (() => Promise<boolean>)[] {
  const { client } = chain;
  const book = bookOf(chain);
  const { abi: refusing } = artifact("test/mocks/RefusingToken");

  /** Sends a call of `trader` to `to` if it would succeed, and remembers orders that it makes. */
  const send = async (trader: Trader, to: Address, data: Hex): Promise<boolean> => {
    try {
      await client.call({ account: trader, to, data });
    } catch {
      return false;
    }
    const hash = await client.sendTransaction({ account: trader, to, data, gas: 3_000_000n });
    const receipt = await client.waitForTransactionReceipt({ hash });
    for (const log of receipt.logs) {
      if (log.address.toLowerCase() === chain.book.toLowerCase() && log.topics[3] !== undefined) {
        ids.add(BigInt(log.topics[3]));
      }
    }
    return receipt.status === "success";
  };
  const sides = (): readonly [Address, Address] => {
    const sell = random.pick(tokens);
    return [sell, random.pick(tokens.filter((token) => token !== sell))];
  };
  const price = (): bigint => encodePrice(random.amount(90n, 110n), 100n);
  const expiry = async (): Promise<number> => {
    const { timestamp } = await client.getBlock();
    return random.chance(0.5) ? NO_EXPIRY : Number(timestamp) + 1 + random.below(400);
  };
  const id = (): bigint => (ids.size === 0 ? 0n : random.pick([...ids]));
  const terms = (): number =>
    (random.chance(0.1) ? ALL_OR_NONE : 0) | (random.chance(0.2) ? (random.below(20) + 1) << 7 : 0);

  const create = async (): Promise<boolean> => {
    const [sell, buy] = sides();
    const args = [sell, buy, random.amount(1n, 100n * UNIT), price(), await expiry(), terms()] as const;
    return send(random.pick(traders), book.address, encodeFunctionData({ ...book, functionName: "create", args }));
  };
  const createMany = async (): Promise<boolean> => {
    const { timestamp } = await client.getBlock();
    const orders = await Promise.all(
      Array.from({ length: 1 + random.below(4) }, async () => {
        const [sellToken, buyToken] = sides();
        const isReleased = random.chance(0.4);
        const releaseStart = isReleased ? Number(timestamp) + random.below(60) : 0;
        const isObserved = random.chance(0.3);
        return {
          maker: random.pick(traders).address,
          sellToken,
          buyToken,
          sellAmount: random.amount(1n, 100n * UNIT),
          price: price(),
          expiry: isReleased ? NO_EXPIRY : await expiry(),
          terms: terms() | (isObserved ? OBSERVED : 0),
          privateTaker: random.chance(0.3) ? random.pick(traders).address : zeroAddress,
          releaseStart,
          releaseEnd: isReleased ? releaseStart + 1 + random.below(600) : 0,
        };
      }),
    );
    const data = encodeFunctionData({ ...book, functionName: "createMany", args: [orders] });
    return send(random.pick(traders), book.address, data);
  };
  const fill = async (): Promise<boolean> => {
    const args = [id(), random.amount(1n, 60n * UNIT), 2n ** 160n] as const;
    return send(random.pick(traders), book.address, encodeFunctionData({ ...book, functionName: "fill", args }));
  };
  const sweep = async (): Promise<boolean> => {
    const [sellToken, buyToken] = sides();
    const leg = (sell: Address, buy: Address) => ({
      sellToken: sell,
      buyToken: buy,
      takeAmount: random.amount(1n, 200n * UNIT),
      maxPay: random.amount(1n, 300n * UNIT),
      minReceive: 0n,
      maxPrice: 0n,
      ids: [...ids].filter(() => random.chance(0.5)).slice(0, 60),
      limits: [],
    });
    const legs = [leg(sellToken, buyToken), ...(random.chance(0.4) ? [leg(buyToken, sellToken)] : [])];
    const options = {
      recipient: random.chance(0.3) ? random.pick(traders).address : zeroAddress,
      relayer: random.chance(0.5) ? random.pick(traders).address : zeroAddress,
      relayerFee: random.below(1_001),
      flags: random.chance(0.2) ? 2 : 0,
      deadline: 0,
      data: "0x",
    } as const;
    const data = encodeFunctionData({ ...book, functionName: "fillOrders", args: [legs, options] });
    return send(random.pick(traders), book.address, data);
  };
  const byOwner = async (encode: (order: bigint) => Hex): Promise<boolean> => {
    const order = id();
    const owner = await client.readContract({ ...book, functionName: "ownerOf", args: [order] }).catch(() => null);
    const trader = traders.find(({ address }) => address === owner) ?? random.pick(traders);
    return send(trader, book.address, encode(order));
  };
  const amend = () =>
    byOwner((order) => {
      const args = [order, random.amount(1n, 100n * UNIT), price()] as const;
      return encodeFunctionData({ ...book, functionName: "amend", args });
    });
  const cancel = () => byOwner((order) => encodeFunctionData({ ...book, functionName: "cancel", args: [order] }));
  const transfer = async (): Promise<boolean> => {
    const order = id();
    const owner = await client.readContract({ ...book, functionName: "ownerOf", args: [order] }).catch(() => null);
    const trader = traders.find(({ address }) => address === owner);
    if (trader === undefined) return false;
    const args = [trader.address, random.pick(traders).address, order] as const;
    return send(trader, book.address, encodeFunctionData({ ...book, functionName: "transferFrom", args }));
  };
  const cancelMany = async (): Promise<boolean> => {
    const some = [...ids].filter(() => random.chance(0.1));
    const data = encodeFunctionData({ ...book, functionName: "cancelMany", args: [some] });
    return send(random.pick(traders), book.address, data);
  };
  const raiseEpoch = async (): Promise<boolean> => {
    const trader = random.pick(traders);
    const [next, epoch] = await client.readContract({ ...book, functionName: "nonces", args: [trader.address] });
    const args = [epoch + 1n + BigInt(random.below(Math.max(1, Number(next - epoch) - 1)))] as const;
    return send(trader, book.address, encodeFunctionData({ ...book, functionName: "raiseEpoch", args }));
  };
  const withdraw = async (): Promise<boolean> => {
    const args = [random.pick(tokens), random.pick(traders).address] as const;
    return send(
      random.pick(traders),
      book.address,
      encodeFunctionData({ ...book, functionName: "withdrawCredit", args }),
    );
  };
  const sweepFees = async (): Promise<boolean> => {
    const args = [random.pick(tokens)] as const;
    return send(random.pick(traders), book.address, encodeFunctionData({ ...book, functionName: "sweepFees", args }));
  };
  const refuse = async (): Promise<boolean> => {
    const args = [random.pick(traders).address, random.chance(0.4)];
    const data = encodeFunctionData({ abi: refusing, functionName: "setRefused", args });
    return send(random.pick(traders), random.pick(tokens), data);
  };
  const govern = async (): Promise<boolean> => {
    const data = random.pick([
      encodeFunctionData({ ...book, functionName: "setTakerFee", args: [BigInt(random.below(3_001))] }),
      encodeFunctionData({ ...book, functionName: "pause", args: [5n] }),
      encodeFunctionData({ ...book, functionName: "unpause" }),
      encodeFunctionData({ ...book, functionName: "setFeeCollector", args: [random.pick(traders).address] }),
    ]);
    return send(client.account, book.address, data);
  };
  const wait = async (): Promise<boolean> => {
    await client.increaseTime({ seconds: 1 + random.below(90) });
    await client.mine({ blocks: 1 });
    return true;
  };

  const often = [create, create, createMany, createMany, fill, fill, fill, fill, sweep, sweep, sweep, sweep];
  return [
    ...often,
    amend,
    amend,
    cancel,
    transfer,
    transfer,
    cancelMany,
    raiseEpoch,
    withdraw,
    sweepFees,
    refuse,
    govern,
    wait,
  ];
}
