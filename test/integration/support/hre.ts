import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatUserConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import config from "../../../hardhat.config.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;

/** Hardhat as `--network <name>` starts it, with chains of its own: nothing is shared between two of them. */
export async function hardhatOn(
  network: string,
  { networks, ...rest }: HardhatUserConfig = {},
): Promise<HardhatRuntimeEnvironment> {
  const merged = { ...config, ...rest, networks: { ...config.networks, ...networks } };
  return createHardhatRuntimeEnvironment(merged, { network }, ROOT);
}

/** A simulated London chain that listens on loopback, as a node would; twenty accounts are unlocked. */
export async function startNode(chainId = 31_337): Promise<{ url: string; close: () => Promise<void> }> {
  const hre = await hardhatOn("peaqSimulated");
  const server = await hre.network.createServer({ network: "peaqSimulated", override: { chainId } }, "127.0.0.1", 0);
  const { address, port } = await server.listen();
  return { url: `http://${address}:${port}`, close: () => server.close() };
}
