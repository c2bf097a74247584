/** `high` of a quote that knows nothing: 2^128 − 1. */
export const NO_PRICE = (1n << 128n) - 1n;

/** A price stays fresh for so many seconds after its observation: 30 minutes. */
export const MAX_OBSERVATION_AGE = 1_800n;

/** Liquidations wait for so many seconds after a stale price or a stall of the chain: 15 minutes. */
export const ORACLE_GRACE = 900n;

/** A beat of the chain changes something again after so many seconds, or when a stall is found: 10 minutes. */
export const BEAT_INTERVAL = 600n;

/** A push is due when the price has moved by so many basis points: 0.5 %. */
export const PUSH_DEVIATION_BPS = 50n;

/** A push is due when the last observation is so many seconds old: 20 minutes. */
export const PUSH_INTERVAL = 1_200n;
