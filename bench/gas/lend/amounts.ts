/** The amounts that every lending protocol is measured with. USDC has 6 decimals in the amounts, WETH 18. */

/** What others have supplied before the measured accounts come. */
export const DEPTH = { usdc: 900_000_000_000n, weth: 1_000_000_000_000_000_000_000n };
/** Collateral of each borrower. */
export const COLLATERAL = 10_000_000_000_000_000_000n;
/** USD a WETH. */
export const PRICE = 3_000n;
/** USD a WETH after the fall, 9.3 % less: `UNHEALTHY_DEBT` is then above the liquidation threshold of 80 %. */
export const FALLEN_PRICE = 2_720n;
/** What another borrower owes all the time. */
export const EARLIER_DEBT = 15_000_000_000n;
/** What an account owes that is going to be liquidated. */
export const UNHEALTHY_DEBT = 22_000_000_000n;
/** What the liquidator repays. */
export const LIQUIDATED = 5_000_123_456n;
/** A smaller and a larger amount of USDC with digits in every place. */
export const SMALL = 1_234_567_891n;
export const LARGE = 2_345_678_912n;
/** A flash loan. */
export const FLASH = 123_456_789_123n;
/** Basis points: what collateral lets borrow, and what it counts for in health. */
export const COLLATERAL_FACTOR = 7_500n;
export const THRESHOLD = 8_000n;
