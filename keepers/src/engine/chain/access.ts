import { createPublicClient, defineChain, fallback, http, type Chain, type PublicClient, type Transport } from "viem";

/** How the chain is reached. */
export interface ChainOptions {
  readonly chainId: number;
  /** Endpoints for reads, in order of preference. */
  readonly rpcUrls: readonly string[];
  /** When given, transactions go here and nowhere else. */
  readonly privateRpcUrl: string | undefined;
  /** Milliseconds after which an endpoint counts as failed. */
  readonly timeoutMs: number;
  /** Most calls in one JSON-RPC batch; 1 switches batches off. */
  readonly batchSize: number;
}

/** One client that reads with failover, and one a sending endpoint. */
export interface ChainAccess {
  readonly chain: Chain;
  readonly read: PublicClient<Transport, Chain>;
  readonly senders: readonly PublicClient<Transport, Chain>[];
}

/** Opens clients; connects to nothing yet. */
export function chainAccess(options: ChainOptions): ChainAccess {
  const chain = defineChain({
    id: options.chainId,
    name: `chain ${options.chainId}`,
    nativeCurrency: { name: "coin", symbol: "COIN", decimals: 18 },
    rpcUrls: { default: { http: [...options.rpcUrls] } },
  });
  const reading = options.rpcUrls.map((url) =>
    http(url, {
      timeout: options.timeoutMs,
      retryCount: 1,
      retryDelay: 100,
      ...(options.batchSize > 1 && { batch: { batchSize: options.batchSize } }),
    }),
  );
  const client = (transport: Transport): PublicClient<Transport, Chain> =>
    createPublicClient({ chain, transport, cacheTime: 0 });
  const sendingUrls = options.privateRpcUrl === undefined ? options.rpcUrls : [options.privateRpcUrl];
  return {
    chain,
    read: client(fallback(reading, { retryCount: 1, retryDelay: 100 })),
    // No retries: whether to send again is the sender's decision.
    senders: sendingUrls.map((url) => client(http(url, { timeout: options.timeoutMs, retryCount: 0 }))),
  };
}

/** Chain id and genesis: a local chain that starts anew is another chain to the books. */
export async function chainIdentity(access: ChainAccess): Promise<string> {
  const genesis = await access.read.getBlock({ blockNumber: 0n });
  return `${access.chain.id}:${genesis.hash.slice(0, 18)}`;
}
