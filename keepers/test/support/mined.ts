import type { TestChain } from "./anvil.ts";
import { until } from "./keeperProcess.ts";

/** Waits until a chain that mines by itself has mined what it took, which it does a moment later. */
export async function mined({ client }: TestChain): Promise<void> {
  if (!(await client.getAutomine())) return;
  await until("mined", async () => (await client.getTxpoolStatus()).pending === 0);
}
