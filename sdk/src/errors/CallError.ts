import { BaseError, HttpRequestError, SocketClosedError, TimeoutError, WebSocketRequestError } from "viem";

import { FillStatus } from "../dex/types.ts";
import { type ContractError, decodeContractError } from "./decodeContractError.ts";
import type { ErrorContext } from "./ErrorFormat.ts";
import { explainError } from "./explainError.ts";

/** Reverts that pass by themselves with time: of a delay, of a pause, or until the next price is there. */
const PASSING = new Set([
  "AccessManagedRequiredDelay",
  "AccessManagerNotReady",
  "FeedNotFresh",
  "FormerLibrary",
  "FutureRound",
  "IncompleteRound",
  "LiquidationGrace",
  "LiquidationTooEarly",
  "LoweredTooSoon",
  "ObservedInFuture",
  "PauseTooSoon",
  "PriceNotFresh",
  "ProtocolPaused",
  "StalePrice",
  "StaleRound",
]);
const TRANSPORT = [HttpRequestError, SocketClosedError, TimeoutError, WebSocketRequestError];

/** Thrown by this package's actions: the message is `explainError`'s sentence, the cause is what was caught. */
export class CallError extends Error {
  override name = "CallError";
  /** Name of the contract's custom error; undefined when the call failed before or beside the contract. */
  readonly errorName: string | undefined;
  readonly args: readonly unknown[];
  /** Whether the same call may succeed later: the network failed, a delay or a pause is still running, or a price is missing. */
  readonly retryable: boolean;

  constructor(cause: unknown, context: ErrorContext = {}) {
    super(explainError(cause, context), { cause });
    const contractError = decodeContractError(cause);
    this.errorName = contractError?.name;
    this.args = contractError?.args ?? [];
    this.retryable =
      contractError === undefined
        ? cause instanceof BaseError && TRANSPORT.some((type) => cause.walk((e) => e instanceof type) !== null)
        : PASSING.has(contractError.name) || isNotReleasedYet(contractError);
  }
}

function isNotReleasedYet({ name, args }: ContractError): boolean {
  return name === "NotFillable" && args[1] === FillStatus.NotReleased;
}
