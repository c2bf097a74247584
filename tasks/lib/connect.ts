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

const LOCAL_CHAIN_ID = 31337;

/** Connects to the network that `--network` names; tasks of one process share the connection. */
export async function connect(hre: HardhatRuntimeEnvironment): Promise<Connected> {
  const connection = await hre.network.getOrCreate();
  const chainId = Number(await connection.provider.request({ method: "eth_chainId" }));
  const isSimulated = connection.networkConfig.type === "edr-simulated";
  const isLocal = isSimulated || chainId === LOCAL_CHAIN_ID;

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
