import { BaseError, type Hash, HttpRequestError, TimeoutError } from "viem";

/** Thrown when a transaction was mined and failed. */
export class RevertedError extends Error {
  constructor(hash: Hash) {
    super(`transaction ${hash} reverted`);
    this.name = "RevertedError";
  }
}

/** Thrown when no block took a transaction in time. It may still be mined. */
export class NotMinedError extends Error {
  constructor(hash: Hash, timeoutMs: number) {
    super(`transaction ${hash} was not mined within ${timeoutMs / 1_000} s`);
    this.name = "NotMinedError";
  }
}

/** Whether it is the chain that failed, and not what was asked of it. */
export function isChainFailure(error: unknown): boolean {
  if (error instanceof NotMinedError) return true;
  const isOfTransport = (cause: unknown): boolean => cause instanceof HttpRequestError || cause instanceof TimeoutError;
  return error instanceof BaseError && error.walk(isOfTransport) !== null;
}

/** What went wrong, in one line. */
export function summarize(error: unknown): string {
  if (error instanceof BaseError) {
    const [, reverted] = /Error: (\w+\(.*?\))/.exec(error.message) ?? [];
    return reverted ?? `${error.shortMessage} ${error.details}`.trim().replaceAll(/\s+/g, " ");
  }
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
