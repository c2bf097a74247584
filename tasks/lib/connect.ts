import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { createPublicClient, custom, defineChain, type PublicClient } from "viem";

export interface Connected {
  connection: NetworkConnection;
  client: PublicClient;
  chainId: number;
  /** A chain of development: its coins are worth nothing and its node obeys. */
  isLocal: boolean;
  /** A chain inside this process, gone when it ends. */
  isSimulated: boolean;
}

/** Those of the local stack: "peaq" and "Ethereum". */
const LOCAL_CHAIN_IDS = [31337, 31338];

/** Connects to the network that `--network` names, or to another; tasks of one process share the connection. */
export async function connect(hre: HardhatRuntimeEnvironment, network?: string): Promise<Connected> {
  const connection = await hre.network.getOrCreate(network);
  const chainId = Number(await connection.provider.request({ method: "eth_chainId" }));
  const isSimulated = connection.networkConfig.type === "edr-simulated";
  const isLocal = isSimulated || LOCAL_CHAIN_IDS.includes(chainId);

  const chain = defineChain({
    id: chainId,
    name: connection.networkName,
    nativeCurrency: { name: "Coin", symbol: "COIN", decimals: 18 },
    rpcUrls: { default: { http: [] } },
  });
  const client = createPublicClient({
    chain,
    transport: custom(connection.provider, { retryCount: 0 }),
    pollingInterval: isLocal ? 100 : 3_000,
  });
  return { connection, client, chainId, isLocal, isSimulated };
}
