import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  createPublicClient,
  encodeFunctionData,
  type EncodeFunctionDataParameters,
  type Hash,
  numberToHex,
  type PublicClient,
  type TransactionReceipt,
  type Transport,
} from "viem";

/** Sends from the unlocked accounts of a chain of development, without estimating: quick, and not for live networks. */
export interface Sender {
  client: PublicClient;
  accounts: readonly Address[];
  /** The raw JSON-RPC, for what only such a chain knows. */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  send<const abi extends Abi, name extends ContractFunctionName<abi, Writes>>(
    from: Address,
    call: {
      address: Address;
      abi: abi;
      functionName: name;
      args: ContractFunctionArgs<abi, Writes, name>;
      value?: bigint;
    },
  ): Promise<TransactionReceipt>;
}

type Writes = "nonpayable" | "payable";

/** Bounds one transaction; a batch of forty orders takes a third of it. */
const GAS = 10_000_000n;
const RECEIPT_POLL_MS = 5;
const RECEIPT_TIMEOUT_MS = 30_000;

export async function openSender(transport: Transport): Promise<Sender> {
  const client = createPublicClient({ transport, cacheTime: 0 });
  const request: Sender["request"] = (method, params) =>
    client.request<{ Method: string; Parameters: readonly unknown[]; ReturnType: unknown }>({ method, params });
  const accounts = (await request("eth_accounts", [])) as Address[];

  const send: Sender["send"] = async (from, { address, value = 0n, ...call }) => {
    const data = encodeFunctionData(call as unknown as EncodeFunctionDataParameters);
    const transaction = { from, to: address, data, gas: numberToHex(GAS), value: numberToHex(value) };
    const hash = (await request("eth_sendTransaction", [transaction])) as Hash;
    const receipt = await waitForReceipt(client, hash);
    if (receipt.status !== "success") throw new Error(`${call.functionName} of ${from} reverted in ${hash}`);
    return receipt;
  };
  return { client, accounts, request, send };
}

async function waitForReceipt(client: PublicClient, hash: Hash): Promise<TransactionReceipt> {
  const deadline = Date.now() + RECEIPT_TIMEOUT_MS;
  for (;;) {
    const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined);
    if (receipt !== undefined) return receipt;
    if (Date.now() > deadline) throw new Error(`transaction ${hash} was not mined in ${RECEIPT_TIMEOUT_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, RECEIPT_POLL_MS));
  }
}
