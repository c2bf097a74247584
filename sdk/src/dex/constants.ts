/** The latest expiry, in the year 2106: it stands for never. */
export const NO_EXPIRY = 0xffff_ffff;

/** Largest amount that an order can sell: 2^96 − 1 units. */
export const MAX_AMOUNT = (1n << 96n) - 1n;

/** "No limit" wherever the contract asks for a highest price. */
export const NO_PRICE_LIMIT = (1n << 80n) - 1n;

/** A `maxPay` from here on is no limit: 2^160. */
export const NO_PAY_LIMIT = 1n << 160n;

/** Fees and discounts are in millionths. */
export const MILLION = 1_000_000n;

/** A relayer's fee is at most 10 bps: 1,000 millionths. */
export const MAX_RELAYER_FEE = 1_000;

/** The taker fee is at most 30 bps: 3,000 millionths. */
export const MAX_TAKER_FEE = 3_000;
