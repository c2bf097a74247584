/** One, where parts and rates are in 1e18. */
export const WAD = 10n ** 18n;

/** One, where parts are in basis points. */
export const BPS = 10_000n;

/** Shares that nobody has: they make the first supplier's share as dear as any later one's. */
export const VIRTUAL_SHARES = 1_000_000n;

/** The reserve's part of a flash loan's fee: 80 %. The suppliers have the rest. */
export const FLASH_FEE_RESERVE_BPS = 8_000n;

export const SECONDS_PER_YEAR = 31_536_000n;

/** Health that a liquidation may bring an account to. */
export const TARGET_HEALTH = 11n * 10n ** 17n;

/** Below this health the whole debt may be repaid. */
export const FULL_CLOSE_HEALTH = 95n * 10n ** 16n;

/** 10 USD, in 1e18: less is not left behind by a liquidation. */
export const LIQUIDATION_DUST = 10n * WAD;

/** Highest bonus of a liquidation: 10 %. */
export const MAX_LIQUIDATION_BONUS = 10n ** 17n;

/** Liquidations in a pool wait for so many seconds after its pause has ended: 15 minutes. */
export const LIQUIDATION_GRACE = 900n;

/** Health of an account without debt: 2^256 − 1. */
export const NO_DEBT_HEALTH = (1n << 256n) - 1n;

/** An allowance from here on is no limit, and what is not limited by debts: 2^256 − 1. */
export const UNLIMITED = (1n << 256n) - 1n;

/** What the pool stores fits these. */
export const MAX_DEBT_INDEX = (1n << 96n) - 1n;
export const MAX_RESERVE = (1n << 80n) - 1n;
