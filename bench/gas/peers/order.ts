/** The order that every peer is measured with; ours in `ours/book.ts` has the same amounts. */

/** WETH for sale, 1.5. */
export const ORDER_SIZE = 1_500_000_000_000_000_000n;
/** USDC for all of it, at 3,123.456784 a WETH; an eighth of both is a whole number of units. */
export const ORDER_PRICE = 4_685_185_176n;
/** What a partial fill takes. */
export const PART = ORDER_SIZE / 8n;
/** What a partial fill pays at most. */
export const MAX_PAY = 600_000_000n;
/** What a full fill takes. */
export const FULL = ORDER_SIZE;

/** Our rows that a peer's creation is compared with. */
export const CREATE = ["dex.createFirst", "dex.create"];
/** Our rows that a peer's partial fill is compared with; the peers charge no fee in either. */
export const FILL = ["dex.fill", "dex.fillNoFee"];
