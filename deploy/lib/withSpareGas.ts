import type { EthereumProvider } from "hardhat/types/providers";
import { type Hex, numberToHex } from "viem";

/**
 * Twice the estimate. peaq asks for it, since a transaction may be charged by the size of what it touches; and everywhere
 * an estimate of the second in which a pool last wrote its interest is too low for the next one.
 */
const SPARE = 2n;

/** Ignition sends with exactly the gas that a network estimates: lets it estimate more while `work` runs. */
export async function withSpareGas<T>(provider: EthereumProvider, work: () => Promise<T>): Promise<T> {
  const original = provider.request.bind(provider);
  provider.request = async (call): Promise<unknown> => {
    const result: unknown = await original(call);
    return call.method === "eth_estimateGas" ? numberToHex(BigInt(result as Hex) * SPARE) : result;
  };
  try {
    return await work();
  } finally {
    provider.request = original;
  }
}
