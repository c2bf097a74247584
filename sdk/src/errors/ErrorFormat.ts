import { type Address, formatUnits, getAddress, isAddressEqual } from "viem";

import { unpackOrderId } from "../dex/orderId.ts";
import { NO_EXPIRY } from "../dex/constants.ts";
import { FillStatus } from "../dex/types.ts";
import { formatFraction } from "../internal/decimal.ts";
import { PriceQuality } from "../oracle/types.ts";
import type { NamedToken } from "../tokens.ts";

/** What is known around an error, so that its sentence can name tokens and write whole amounts. */
export interface ErrorContext {
  /** Tokens to call by symbol and decimals; others appear by address and in units. */
  readonly tokens?: Iterable<NamedToken> | undefined;
  /** The token that the orders of the call sell. */
  readonly sellToken?: Address | undefined;
  /** The token that the orders of the call ask for. */
  readonly buyToken?: Address | undefined;
  /** The asset of the pool that the call goes to. */
  readonly asset?: Address | undefined;
}

const STATUS: Record<FillStatus, string> = {
  [FillStatus.Fillable]: "can be filled",
  [FillStatus.Nonexistent]: "does not exist: it was filled, cancelled, or never made",
  [FillStatus.Expired]: "has expired",
  [FillStatus.Cancelled]: "was cancelled by its maker's epoch",
  [FillStatus.Private]: "is reserved for another taker",
  [FillStatus.NotReleased]: "has nothing released yet",
  [FillStatus.BelowMinFill]: "does not take so small a fill",
  [FillStatus.AboveLimit]: "asks for more than the price limit",
  [FillStatus.BudgetSpent]: "costs more than what is left of the budget",
  [FillStatus.OtherPair]: "is of another pair",
};

const QUALITY: Record<PriceQuality, string> = {
  [PriceQuality.Halted]: "has no usable price",
  [PriceQuality.Fallback]: "has only a price of the order book, which is good for leaving alone",
  [PriceQuality.Pending]: "has made a jump in price that is not confirmed yet",
  [PriceQuality.Fresh]: "has a fresh price of zero",
};

const WAD = 10n ** 18n;
const SHOWN_DIGITS = 8;

/** Writes the values of an error for a person. */
export class ErrorFormat {
  readonly #tokens: readonly NamedToken[];
  readonly #context: ErrorContext;

  constructor(context: ErrorContext = {}) {
    this.#tokens = [...(context.tokens ?? [])];
    this.#context = context;
  }

  account(address: Address): string {
    return getAddress(address);
  }

  token(address: Address): string {
    return this.#find(address)?.symbol ?? `token ${getAddress(address)}`;
  }

  /** "1.5 WETH", or "1500 units of token 0x…", or "1500 units" when the token is not known either. */
  amount(units: bigint, token: Address | undefined): string {
    const known = token === undefined ? undefined : this.#find(token);
    if (known !== undefined) return `${formatUnits(units, known.decimals)} ${known.symbol}`;
    const counted = `${units} ${units === 1n ? "unit" : "units"}`;
    return token === undefined ? counted : `${counted} of ${this.token(token)}`;
  }

  sold(units: bigint): string {
    return this.amount(units, this.#context.sellToken);
  }

  bought(units: bigint): string {
    return this.amount(units, this.#context.buyToken);
  }

  /** Of the asset of the pool that is called. */
  pooled(units: bigint): string {
    return this.amount(units, this.#context.asset);
  }

  /** 1e18 USD. */
  usd(value: bigint): string {
    return `${formatFraction({ numerator: value, denominator: WAD }, SHOWN_DIGITS)} USD`;
  }

  /** Health in 1e18; the largest number stands for no debt. */
  health(health: bigint): string {
    return health >> 255n === 1n
      ? "without a debt"
      : `at a health of ${formatFraction({ numerator: health, denominator: WAD }, SHOWN_DIGITS)}`;
  }

  quality(quality: number): string {
    return isPriceQuality(quality) ? QUALITY[quality] : `has a price of the unknown quality ${quality}`;
  }

  order(id: bigint): string {
    const { maker, nonce } = unpackOrderId(id);
    return `order ${nonce} of ${maker}`;
  }

  status(status: number): string {
    return isFillStatus(status) ? STATUS[status] : `has the unknown status ${status}`;
  }

  /** Seconds since 1970 as a date, UTC. */
  time(seconds: bigint): string {
    if (seconds === BigInt(NO_EXPIRY)) return "never";
    if (seconds > 8_640_000_000_000n) return `second ${seconds}`;
    return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  }

  duration(seconds: bigint): string {
    if (seconds % 86_400n === 0n && seconds !== 0n) return `${seconds / 86_400n} d`;
    return seconds % 3_600n === 0n && seconds !== 0n ? `${seconds / 3_600n} h` : `${seconds} s`;
  }

  /** Millionths as a percentage. */
  rate(millionths: bigint): string {
    return `${formatUnits(millionths, 4)} %`;
  }

  #find(address: Address): NamedToken | undefined {
    return this.#tokens.find((token) => isAddressEqual(token.address, address));
  }
}

function isFillStatus(status: number): status is FillStatus {
  return Object.hasOwn(STATUS, status);
}

function isPriceQuality(quality: number): quality is PriceQuality {
  return Object.hasOwn(QUALITY, quality);
}
