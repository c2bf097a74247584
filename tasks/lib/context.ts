import { join } from "node:path";

import { listTokens, type NamedToken, type WriteClient } from "@cxmpute/sdk";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, createWalletClient, custom, erc20Abi, getAddress, isAddress, isAddressEqual } from "viem";

import { type Deployment, readDeployment } from "../../deploy/lib/deploymentFile.ts";
import { type Connected, connect } from "./connect.ts";
import { TaskError } from "./TaskError.ts";

export type Token = Pick<NamedToken, "symbol" | "address" | "decimals">;

/** A base token and the token that it is priced in. */
export interface Pair {
  base: Token;
  quote: Token;
}

export interface Context extends Connected {
  deployment: Deployment;
  /** The order book's address. */
  book: Address;
  /** The deployment's tokens, for amounts in messages. */
  tokens: readonly NamedToken[];
}

/** A context with an account that acts. */
export interface SenderContext extends Context {
  wallet: WriteClient;
  sender: Address;
}

/** Connects to `--network` and reads where the suite lies there. */
export async function openContext(
  hre: HardhatRuntimeEnvironment,
  { deployment: file }: { deployment: string | undefined },
): Promise<Context> {
  const connected = await connect(hre);
  const deployment = readDeployment(file ?? defaultDeploymentFile(hre, connected));
  if (deployment.chainId !== connected.chainId) {
    throw new TaskError(`the deployment file is of chain ${deployment.chainId}, the network of ${connected.chainId}`);
  }
  return { ...connected, deployment, book: deployment.contracts.orderNFT, tokens: listTokens(deployment) };
}

/** Where the deploy task writes what it deployed. */
export function defaultDeploymentFile(hre: HardhatRuntimeEnvironment, { isLocal, chainId }: Connected): string {
  return isLocal
    ? join(hre.config.paths.root, ".cxmpute/deployment.json")
    : join(hre.config.paths.ignition, "deployments", `chain-${chainId}`, "suite.json");
}

export async function openSenderContext(
  hre: HardhatRuntimeEnvironment,
  args: { deployment: string | undefined; from: string },
): Promise<SenderContext> {
  const context = await openContext(hre, args);
  return { ...context, ...(await openSender(context, args.from)) };
}

/** One of a network's accounts, by its index or address, as one that acts. */
export async function openSender(
  { connection, client }: Connected,
  from: string,
): Promise<{ wallet: WriteClient; sender: Address }> {
  const accounts = (await connection.provider.request({ method: "eth_accounts" })) as Address[];
  const sender = accounts.find((account, index) =>
    isAddress(from) ? isAddressEqual(account, from) : String(index) === from,
  );
  if (sender === undefined) {
    throw new TaskError(`${from} is none of the network's ${accounts.length} accounts: give an index or an address`);
  }
  const wallet = createWalletClient({
    account: getAddress(sender),
    chain: client.chain,
    transport: custom(connection.provider, { retryCount: 0 }),
  });
  return { wallet, sender: getAddress(sender) };
}

/** An address as it is, or one of the network's accounts by its index. */
export async function resolveAccount({ connection }: Context, text: string): Promise<Address> {
  if (isAddress(text)) return getAddress(text);
  const accounts = (await connection.provider.request({ method: "eth_accounts" })) as Address[];
  const account = /^\d+$/.test(text) ? accounts[Number(text)] : undefined;
  if (account === undefined) throw new TaskError(`"${text}" is neither an address nor the index of an account`);
  return getAddress(account);
}

/** A token by the deployment's symbol, or any other by its address. */
export async function resolveToken({ client, deployment }: Context, text: string): Promise<Token> {
  const known = Object.entries(deployment.tokens).find(
    ([symbol, { address }]) =>
      symbol.toLowerCase() === text.toLowerCase() || address.toLowerCase() === text.toLowerCase(),
  );
  if (known !== undefined) return { symbol: known[0], address: known[1].address, decimals: known[1].decimals };
  if (!isAddress(text)) {
    const symbols = Object.keys(deployment.tokens).join(", ");
    throw new TaskError(`no token is called ${text}: it is one of ${symbols}, or an address`);
  }
  const [symbol, decimals] = await Promise.all([
    client.readContract({ address: text, abi: erc20Abi, functionName: "symbol" }),
    client.readContract({ address: text, abi: erc20Abi, functionName: "decimals" }),
  ]).catch(() => {
    throw new TaskError(`${text} does not answer as a token`);
  });
  return { symbol, address: getAddress(text), decimals };
}

/** "WETH/USDC": what is traded, and what it is priced in. */
export async function resolvePair(context: Context, text: string): Promise<Pair> {
  const [base, quote, ...rest] = text.split("/");
  if (!base || !quote || rest.length > 0) throw new TaskError(`"${text}" is no pair: write it like WETH/USDC`);
  const pair = { base: await resolveToken(context, base), quote: await resolveToken(context, quote) };
  if (isAddressEqual(pair.base.address, pair.quote.address)) throw new TaskError("a pair needs two tokens");
  return pair;
}

/** The latest block's timestamp in seconds: the chain's clock, which may differ from this machine's. */
export async function chainTime({ client }: Context): Promise<bigint> {
  return (await client.getBlock()).timestamp;
}
