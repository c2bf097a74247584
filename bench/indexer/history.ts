import { encodePrice, NO_EXPIRY, orderNftAbi, packOrderId } from "@cxmpute/sdk";
import { toEventSelector, type Address, type Hex } from "viem";

/** A log as JSON-RPC shows it, without its place. */
export interface BareLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export interface History {
  /** Logs of each block. */
  readonly blocks: readonly (readonly BareLog[])[];
  /** Logs that the indexer has handlers for. */
  readonly eventCount: number;
  readonly openOrders: number;
  readonly base: Address;
  readonly quote: Address;
}

const LOGS_PER_BLOCK = 100;
const MAKERS = 50;
const UNIT = 10n ** 18n;

const topic = Object.fromEntries(
  orderNftAbi.filter((item) => item.type === "event").map((item) => [item.name, toEventSelector(item)]),
) as Record<string, Hex>;

/**
 * Events of one busy pair: of ten orders made, eight are filled in part, and a few amended, filled up or cancelled. A
 * maker's orders lie at 2,000 prices a side. Made by arithmetic alone, so that every run measures the same.
 */
export function createHistory(orders: number): History {
  const base = addressOf(0xba5e);
  const quote = addressOf(0xc0de);
  const blocks: BareLog[][] = [];
  let block: BareLog[] = [];
  let eventCount = 0;
  let openOrders = 0;
  const emit = (name: string, indexed: readonly bigint[], data: readonly bigint[]): void => {
    const selector = topic[name];
    if (selector === undefined) throw new Error(`No event ${name}`);
    block.push({ topics: [selector, ...indexed.map(word)], data: `0x${data.map(bare).join("")}` });
    eventCount += 1;
  };

  emit("FeeCollectorSet", [0xfeen], []);
  emit("TakerFeeSet", [], [600n]);
  for (let i = 0; i < orders; i += 1) {
    const maker = addressOf(0x1000 + (i % MAKERS));
    const id = packOrderId({ maker, nonce: BigInt(Math.floor(i / MAKERS)), expiry: NO_EXPIRY });
    const isAsk = i % 2 === 0;
    const step = BigInt((i * 7_919) % 2_000);
    const price = isAsk ? encodePrice(3_000_000n + step, 1_000n) : encodePrice(1_000n, 2_999_999n - step);
    const [sell, buy] = isAsk ? [base, quote] : [quote, base];
    emit("Transfer", [0n, BigInt(maker), id], []);
    emit("OrderCreated", [id, BigInt(sell), BigInt(buy)], [UNIT, price, 0n]);
    openOrders += 1;

    if (i % 10 < 8) emit("OrderFilled", [id, 0x7a6en], [UNIT / 4n, UNIT / 3n, UNIT / 10_000n]);
    if (i % 20 === 9) emit("OrderAmended", [id], [UNIT / 2n, price + 1n]);
    if (i % 40 === 18) {
      emit("Transfer", [BigInt(maker), 0n, id], []);
      openOrders -= 1;
    }
    if (i % 40 === 38) {
      emit("OrderFilled", [id, 0x7a6en], [UNIT, UNIT, 0n]);
      emit("Transfer", [BigInt(maker), 0n, id], []);
      openOrders -= 1;
    }
    if (block.length >= LOGS_PER_BLOCK) {
      blocks.push(block);
      block = [];
    }
  }
  blocks.push(block);
  return { blocks, eventCount, openOrders, base, quote };
}

function addressOf(number: number): Address {
  return `0x${number.toString(16).padStart(40, "0")}`;
}

function bare(value: bigint): string {
  return value.toString(16).padStart(64, "0");
}

function word(value: bigint): Hex {
  return `0x${bare(value)}`;
}
