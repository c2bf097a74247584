import { demoTokenAbi, orderNftAbi, pairObserverAbi } from "@cxmpute/sdk";
import {
  createTestClient,
  getAddress,
  http,
  publicActions,
  walletActions,
  zeroAddress,
  type Address,
  type Hex,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { foundry } from "viem/chains";

import { artifact } from "./artifacts.ts";
import { eventually, start, type Child } from "./children.ts";
import { freePort } from "./freePort.ts";

export const MNEMONIC = "test test test test test test test test test test test junk";
export const TAKER_FEE = 600n;

function connect(port: number) {
  return createTestClient({
    chain: foundry,
    mode: "anvil",
    transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }),
    account: mnemonicToAccount(MNEMONIC),
    pollingInterval: 20,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
}

export type Client = ReturnType<typeof connect>;

/** A local chain that runs London, with an order book of its own. */
export interface Chain {
  readonly client: Client;
  readonly url: string;
  readonly book: Address;
  readonly observer: Address;
  readonly manager: Address;
  readonly collector: Address;
  readonly startBlock: number;
  readonly process: Child;
}

/** Starts anvil and deploys the order book as the deployment does. */
export async function startChain(): Promise<Chain> {
  const port = await freePort();
  const process = start("anvil", ["--port", `${port}`, "--host", "127.0.0.1", "--hardfork", "london", "--silent"]);
  const client = connect(port);
  await eventually("anvil", async () => (await client.getChainId()) > 0);

  const admin = client.account.address;
  const collector = getAddress("0x00000000000000000000000000000000c011ec70");
  const manager = await deploy(client, "@openzeppelin/contracts/access/manager/AccessManager", [admin]);
  const descriptor = await deploy(client, "contracts/dex/OrderDescriptor", []);
  const observer = await deploy(client, "contracts/dex/PairObserver", [admin]);
  const startBlock = Number(await client.getBlockNumber());
  const extension = await deploy(client, "contracts/dex/OrderExtension", [manager, descriptor, observer, zeroAddress]);
  const makers = await deploy(client, "contracts/dex/OrderMakerExtension", [extension, observer]);
  const book = await deploy(client, "contracts/dex/OrderNFT", [manager, makers, observer, collector, TAKER_FEE]);
  const bind = { address: observer, abi: pairObserverAbi, functionName: "bind", args: [book] } as const;
  await send(client, client.writeContract(bind));
  return {
    client,
    url: `http://127.0.0.1:${port}`,
    book,
    observer,
    manager,
    collector,
    startBlock,
    process,
  };
}

/** Deploys `source` and returns its address. */
export async function deploy(client: Client, source: string, args: readonly unknown[]): Promise<Address> {
  const { abi, bytecode } = artifact(source);
  const hash = await client.deployContract({ abi, bytecode, args: [...args] });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  if (contractAddress === null || contractAddress === undefined) throw new Error(`${source} was not deployed`);
  return contractAddress;
}

/** Deploys a token that anybody may mint. */
export function deployToken(client: Client, symbol: string, decimals: number): Promise<Address> {
  return deploy(client, "test/mocks/RefusingToken", [`${symbol} token`, symbol, decimals]);
}

/** Gives `account` an amount of each token and lets the order book take it. */
export async function fund(
  { client, book }: Chain,
  account: ReturnType<typeof mnemonicToAccount>,
  tokens: readonly Address[],
  amount: bigint,
): Promise<void> {
  for (const address of tokens) {
    const token = { address, abi: demoTokenAbi } as const;
    await send(client, client.writeContract({ ...token, functionName: "mint", args: [account.address, amount] }));
    const approval = { ...token, functionName: "approve", args: [book, 2n ** 256n - 1n], account } as const;
    await send(client, client.writeContract(approval));
  }
}

/** Waits for a transaction and throws when it failed. */
export async function send(client: Client, sent: Promise<Hex>) {
  const receipt = await client.waitForTransactionReceipt({ hash: await sent });
  if (receipt.status !== "success") throw new Error(`Transaction ${receipt.transactionHash} reverted`);
  return receipt;
}

/** The order book as viem wants it. */
export function bookOf(chain: Chain) {
  return { address: chain.book, abi: orderNftAbi } as const;
}
