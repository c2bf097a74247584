import type {
  Abi,
  Address,
  BlockTag,
  Client,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
} from "viem";
import { readContract } from "viem/actions";

import { CallError } from "../errors/CallError.ts";

/** Any viem client. */
export type ReadClient = Client;

/** What every reading action takes beside its own parameters; the latest block unless said. */
export interface ReadOptions {
  readonly blockNumber?: bigint | undefined;
  readonly blockTag?: BlockTag | undefined;
}

type Mutability = "pure" | "view";

export interface ReadParameters<abi extends Abi, name extends ContractFunctionName<abi, Mutability>> {
  readonly address: Address;
  readonly abi: abi;
  readonly functionName: name;
  readonly args: ContractFunctionArgs<abi, Mutability, name>;
  readonly options: ReadOptions;
}

/**
 * Reads a view function.
 * @throws CallError with a readable sentence when it reverts or the network fails.
 */
export async function read<const abi extends Abi, name extends ContractFunctionName<abi, Mutability>>(
  client: ReadClient,
  { address, abi, functionName, args, options }: ReadParameters<abi, name>,
): Promise<ContractFunctionReturnType<abi, Mutability, name>> {
  const { blockNumber, blockTag } = options;
  const block = blockNumber === undefined ? (blockTag === undefined ? {} : { blockTag }) : { blockNumber };
  const request = { address, abi: abi as Abi, functionName, args: args as readonly unknown[], ...block };
  try {
    const result = await readContract(client, request as Parameters<typeof readContract>[1]);
    return result as ContractFunctionReturnType<abi, Mutability, name>;
  } catch (error) {
    throw new CallError(error);
  }
}
