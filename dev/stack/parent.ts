/** How often the parent is looked at, in ms. */
const PERIOD_MS = 500;

/** Calls `onOrphaned` once when the process that started this one is gone, however it ended. */
export function watchParent(onOrphaned: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, PERIOD_MS);
  timer.unref();
}
