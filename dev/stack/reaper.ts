/**
 * Ends the stack's processes should the one that started them die without doing so (a SIGKILL, a crash). It reads
 * `+<process group>` and `-<process group>` lines from its standard input, whose other end only its parent holds:
 * when that closes, every group still listed gets SIGTERM, and after a grace SIGKILL. Run as a process of its own.
 */
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** Time for a clean end (the chain writes its state), in ms. */
const GRACE_MS = 10_000;

const groups = new Set<number>();

function signal(name: NodeJS.Signals | 0): boolean {
  let alive = false;
  for (const group of groups) {
    try {
      process.kill(-group, name);
      alive = true;
    } catch {
      groups.delete(group);
    }
  }
  return alive;
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const group = Number(line.slice(1));
  if (line.startsWith("+")) groups.add(group);
  else groups.delete(group);
}

const deadline = Date.now() + GRACE_MS;
signal("SIGTERM");
while (signal(0) && Date.now() < deadline) await sleep(100);
signal("SIGKILL");
