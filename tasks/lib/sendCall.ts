import type { Abi, ContractFunctionArgs, ContractFunctionName, WriteContractParameters } from "viem";
import { writeContract } from "viem/actions";

import type { SenderContext } from "./context.ts";
import { settle } from "./settle.ts";

type Writes = "nonpayable" | "payable";

/** Sends a call for which the SDK has no action, and waits for it. */
export async function sendCall<const abi extends Abi, name extends ContractFunctionName<abi, Writes>>(
  context: SenderContext,
  call: {
    address: `0x${string}`;
    abi: abi;
    functionName: name;
    args: ContractFunctionArgs<abi, Writes, name>;
    value?: bigint;
  },
): Promise<void> {
  const { client, wallet, sender } = context;
  const request = { ...call, account: sender, chain: client.chain } as unknown as WriteContractParameters;
  await settle(
    context,
    writeContract(wallet, request).then((hash) => ({ hash, simulated: undefined })),
  );
}
