import { setTimeout as sleep } from "node:timers/promises";

const PERIOD_MS = 100;

/**
 * Asks `probe` again and again until it returns something other than `undefined`, and returns that. A probe that throws
 * has no answer yet. Throws when `timeoutMs` have passed, with the probe's last error as the cause.
 */
export async function waitFor<T>(what: string, probe: () => Promise<T | undefined>, timeoutMs: number): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      cause = error;
    }
    await sleep(PERIOD_MS);
  }
  throw new Error(`${what} was not ready within ${timeoutMs / 1000} s`, { cause });
}
