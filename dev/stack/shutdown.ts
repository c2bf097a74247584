import { watchParent } from "./parent.ts";

/** Repeated signals this soon after the first are one key press seen along several ways, in ms. */
const ECHO_MS = 1_500;

/**
 * Resolves with the reason as soon as the stack should end: Ctrl-C, a signal, or the death of the parent. A second
 * Ctrl-C calls `onImpatience`.
 */
export function shutdownRequest(onImpatience: () => void): Promise<string> {
  return new Promise((resolve) => {
    let interrupted: number | undefined;
    process.on("SIGINT", () => {
      interrupted ??= Date.now();
      if (Date.now() - interrupted > ECHO_MS) onImpatience();
      resolve("SIGINT");
    });
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
    watchParent(() => {
      resolve("the end of the process that started it");
    });
  });
}
