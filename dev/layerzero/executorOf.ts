import { sendLibraryAbi } from "./abi/sendLibrary.ts";
import type { Packet } from "./packet.ts";
import type { Route, Worker } from "./route.ts";
import { WaitingError } from "./WaitingError.ts";

/**
 * The executor whom a packet's sender paid.
 *
 * @throws WaitingError when it is not one that works here
 */
export async function executorOf({ source, executor }: Route, packet: Packet): Promise<Worker> {
  const { executor: paid } = await source.client.readContract({
    address: source.deployment.sendLibrary,
    abi: sendLibraryAbi,
    functionName: "getExecutorConfig",
    args: [packet.senderAddress, packet.dstEid],
  });
  if (executor?.source !== paid) throw new WaitingError(`for its executor ${paid}`);
  return executor;
}
