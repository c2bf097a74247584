import { createPublicClient, fallback, http } from "viem";

import { readSettings } from "../settings.ts";

/** What this process was told by its environment. */
export const settings = readSettings(process.env);

/** Reads the chain for what no event says. Does not wait long: a caller does. */
export const chain = createPublicClient({
  transport: fallback(
    [...new Set(settings.rpcUrls)]
      .map((url) => url.replace(/^ws/, "http"))
      .map((url) => http(url, { retryCount: 1, timeout: 5_000 })),
  ),
});
