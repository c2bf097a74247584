import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import {
  type Abi,
  type Address,
  createPublicClient,
  createWalletClient,
  custom,
  defineChain,
  getAddress,
  type Hex,
  type PublicClient,
  type TransactionReceipt,
  type WalletClient,
} from "viem";

export interface Artifact {
  abi: Abi;
  bytecode: Hex;
}

export interface Contract {
  address: Address;
  abi: Abi;
}

export interface Call {
  from?: Address;
  value?: bigint;
}

/** A simulated London chain inside this process. */
export class TestChain {
  readonly accounts: readonly Address[];
  readonly client: PublicClient;
  readonly #wallet: WalletClient;
  readonly #hre: HardhatRuntimeEnvironment;
  readonly #request: (method: string, params: unknown[]) => Promise<unknown>;

  private constructor(
    hre: HardhatRuntimeEnvironment,
    client: PublicClient,
    wallet: WalletClient,
    accounts: readonly Address[],
    request: (method: string, params: unknown[]) => Promise<unknown>,
  ) {
    this.#hre = hre;
    this.client = client;
    this.#wallet = wallet;
    this.accounts = accounts;
    this.#request = request;
  }

  static async open(hre: HardhatRuntimeEnvironment, chainId: number): Promise<TestChain> {
    const { provider } = await hre.network.create({ network: "peaqSimulated", override: { chainId } });
    const chain = defineChain({
      id: chainId,
      name: `chain ${chainId}`,
      nativeCurrency: { name: "Coin", symbol: "COIN", decimals: 18 },
      rpcUrls: { default: { http: [] } },
    });
    const transport = custom(provider, { retryCount: 0 });
    const client = createPublicClient({ chain, transport, pollingInterval: 20 });
    const accounts = (await provider.request({ method: "eth_accounts" })) as Address[];
    const request = (method: string, params: unknown[]): Promise<unknown> => provider.request({ method, params });
    const wallet = createWalletClient({ chain, transport });
    return new TestChain(
      hre,
      client,
      wallet,
      accounts.map((account) => getAddress(account)),
      request,
    );
  }

  /** A contract of this project, by its name. */
  async deployOurs(name: string, args: readonly unknown[]): Promise<Contract> {
    const { abi, bytecode } = await this.#hre.artifacts.readArtifact(name);
    return this.deploy({ abi: abi as Abi, bytecode: bytecode as Hex }, args);
  }

  async deploy({ abi, bytecode }: Artifact, args: readonly unknown[]): Promise<Contract> {
    const hash = await this.#wallet.deployContract({ abi, bytecode, args, account: this.accounts[0]!, chain: null });
    const { contractAddress } = await this.client.waitForTransactionReceipt({ hash });
    return { address: contractAddress!, abi };
  }

  /** Sends and waits. A refusal is thrown with the error's name, before anything is sent. */
  async send(
    { address, abi }: Contract,
    functionName: string,
    args: readonly unknown[],
    { from = this.accounts[0]!, value = 0n }: Call = {},
  ): Promise<TransactionReceipt> {
    await this.client.simulateContract({ address, abi, functionName, args, account: from, value });
    const hash = await this.#wallet.writeContract({
      address,
      abi,
      functionName,
      args,
      account: from,
      value,
      chain: null,
    });
    return this.client.waitForTransactionReceipt({ hash });
  }

  read<Value>({ address, abi }: Contract, functionName: string, args: readonly unknown[] = []): Promise<Value> {
    return this.client.readContract({ address, abi, functionName, args }) as Promise<Value>;
  }

  async now(): Promise<bigint> {
    return (await this.client.getBlock()).timestamp;
  }

  /** Seconds at least, with a block every six; the first one comes at once. */
  async pass(seconds: number): Promise<void> {
    await this.#request("hardhat_mine", [`0x${(Math.ceil(seconds / 6) + 1).toString(16)}`, "0x6"]);
  }

  /** The next block is of `timestamp`. */
  async setNext(timestamp: bigint): Promise<void> {
    await this.#request("evm_setNextBlockTimestamp", [`0x${timestamp.toString(16)}`]);
  }
}
