import { isPortFree, SERVICES } from "../stack/ports.ts";

/**
 * A base above which as many ports are free as there are services, and one more; below the ports that the system gives
 * to whoever asks for any, as suites do that run at the same time.
 */
export async function freeBase(): Promise<number> {
  for (let base = 20_000 + (process.pid % 12_000); ; base += 10) {
    const free = await Promise.all(Array.from({ length: SERVICES.length + 1 }, (_, index) => isPortFree(base + index)));
    if (!free.includes(false)) return base;
  }
}
