import { BaseError } from "viem";

/**
 * What a node's answer to a transaction means.
 *
 * - `accepted`: it, or the same transaction before, is in the pool
 * - `nonceTooLow`: a transaction with this nonce is in a block
 * - `underpriced`: it needs higher fees, for the pool or to replace another
 * - `unfunded`: the signer cannot pay
 * - `refused`: it can never be accepted as it is
 * - `unsure`: no clear answer; it may have been accepted
 */
export type SendAnswer = "accepted" | "nonceTooLow" | "underpriced" | "unfunded" | "refused" | "unsure";

/** Wordings of geth, Nethermind, Besu, Erigon, Reth, anvil and the Frontier and Substrate pools of peaq. */
const WORDINGS: readonly (readonly [SendAnswer, RegExp])[] = [
  ["accepted", /already known|known transaction|already imported|alreadyknown|already in the pool/i],
  ["nonceTooLow", /nonce (?:is )?too low|oldnonce|nonce has already been used|transaction is outdated|\bstale\b/i],
  [
    "underpriced",
    /underpriced|priority is too low|gas price (?:is )?too low|fee cap less than|feetoolow|below (?:the )?(?:block )?base ?fee|less than block base fee/i,
  ],
  ["unfunded", /insufficient funds|insufficient balance|balance too low|inability to pay/i],
  [
    "refused",
    /intrinsic gas|exceeds block gas limit|gas limit reached|invalid sender|invalid signature|oversized|invalid transaction|tx type|chain id/i,
  ],
];

/** Reads an error thrown by `eth_sendRawTransaction`. */
export function classifySendError(error: unknown): SendAnswer {
  const text = messageOf(error);
  return WORDINGS.find(([, pattern]) => pattern.test(text))?.[0] ?? "unsure";
}

/** What the node said, without the request that viem appends: its calldata could match anything. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BaseError) parts.push(cause.details);
    else parts.push(cause.message);
  }
  return parts.join(" | ");
}
