import type { Address, ContractFunctionReturnType } from "viem";

import { ulnAbi } from "./abi/uln.ts";
import type { Client } from "./connect.ts";

export type UlnConfig = ContractFunctionReturnType<typeof ulnAbi, "view", "getUlnConfig">;

/** What a message library asks of an application's messages to or from `remoteEid`: its own choice, else the default. */
export function readUlnConfig(client: Client, library: Address, oapp: Address, remoteEid: number): Promise<UlnConfig> {
  return client.readContract({ address: library, abi: ulnAbi, functionName: "getUlnConfig", args: [oapp, remoteEid] });
}
