import { ConfigError } from "./config/ConfigError.ts";
import type { Settings } from "./config/settings.ts";
import { chainAccess, type ChainAccess } from "./engine/chain/access.ts";

/** A chain's endpoints, and what the deployment says of it. */
export interface AccessParameters {
  readonly settings: Settings;
  readonly rpcUrls: readonly string[];
  readonly privateRpcUrl: string | undefined;
  readonly chainId: number;
  /** The setting that names the endpoints. */
  readonly setting: string;
}

/** Opens clients and makes sure that they lead to the deployment's chain. @throws ConfigError */
export async function openAccess(parameters: AccessParameters): Promise<ChainAccess> {
  const { settings, rpcUrls, privateRpcUrl, chainId, setting } = parameters;
  const access = chainAccess({
    chainId,
    rpcUrls,
    privateRpcUrl,
    timeoutMs: settings.rpcTimeoutMs,
    batchSize: settings.rpcBatch,
  });
  const found = await access.read.getChainId();
  if (found !== chainId) {
    throw new ConfigError([`${setting} is chain ${found}, but the deployment is of chain ${chainId}.`]);
  }
  return access;
}
