import {
  type Abi,
  type Account,
  type Address,
  type Client,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
} from "viem";
import { call, estimateGas, sendTransaction } from "viem/actions";

import { CallError } from "../errors/CallError.ts";
import type { ErrorContext } from "../errors/ErrorFormat.ts";

/** A viem client that can send transactions: with an account, unless each call names one. */
export type WriteClient = Client;

/** What every writing action takes beside its own parameters. */
export interface WriteOptions {
  /** Who sends; the client's account unless said. */
  readonly account?: Account | Address | undefined;
  /** Another client for the simulation, where the wallet's own connection is slow or limited. */
  readonly reader?: Client | undefined;
  /** Bounds and fees of the transaction; the wallet's choice unless said. */
  readonly gas?: bigint | undefined;
  readonly maxFeePerGas?: bigint | undefined;
  readonly maxPriorityFeePerGas?: bigint | undefined;
  readonly nonce?: number | undefined;
  /** Tokens for the sentences of errors. */
  readonly tokens?: ErrorContext["tokens"];
}

/** A transaction that was sent. */
export interface Sent<result> {
  readonly hash: Hash;
  /** What the call returned when it was simulated just before. The block it lands in may make it differ. */
  readonly simulated: result;
}

type Mutability = "nonpayable" | "payable";

export interface WriteParameters<abi extends Abi, name extends ContractFunctionName<abi, Mutability>> {
  readonly address: Address;
  readonly abi: abi;
  readonly functionName: name;
  readonly args: ContractFunctionArgs<abi, Mutability, name>;
  readonly value?: bigint | undefined;
  readonly options: WriteOptions;
  readonly context?: Omit<ErrorContext, "tokens"> | undefined;
  /**
   * Whether the call may write interest. An estimate of the gas in the second of the last write leaves that out, and the
   * block it lands in does not: a quarter is added.
   */
  readonly accrues?: boolean | undefined;
}

/**
 * Simulates a call and sends it when it passes.
 * @throws CallError with a readable sentence when the simulation or the sending fails.
 */
export async function write<const abi extends Abi, name extends ContractFunctionName<abi, Mutability>>(
  client: WriteClient,
  { address, abi, functionName, args, value, options, context, accrues }: WriteParameters<abi, name>,
): Promise<Sent<ContractFunctionReturnType<abi, Mutability, name>>> {
  const { reader, account = client.account, gas, maxFeePerGas, maxPriorityFeePerGas, nonce, tokens } = options;
  if (account === undefined) throw new TypeError("Give an account, or a client that has one.");
  const contractFunction = { abi: abi as Abi, functionName: functionName as string };
  try {
    const data = encodeFunctionData({ ...contractFunction, args: args as readonly unknown[] });
    const transaction = { account, to: address, data, ...defined({ value, gas, maxFeePerGas, maxPriorityFeePerGas }) };
    const returned = await call(reader ?? client, transaction);
    const simulated: unknown = decodeFunctionResult({ ...contractFunction, data: returned.data ?? "0x" });
    const isEstimated = gas === undefined && accrues === true;
    const hash = await sendTransaction(client, {
      ...transaction,
      ...(isEstimated ? { gas: withMargin(await estimateGas(reader ?? client, transaction)) } : {}),
      ...defined({ nonce }),
      chain: client.chain ?? null,
    });
    return { hash, simulated: simulated as ContractFunctionReturnType<abi, Mutability, name> };
  } catch (error) {
    throw new CallError(error, { ...context, tokens });
  }
}

function withMargin(gas: bigint): bigint {
  return gas + gas / 4n;
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(values: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [key in keyof T]?: Exclude<T[key], undefined>;
  };
}
