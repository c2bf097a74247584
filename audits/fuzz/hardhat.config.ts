/** Hardhat for fuzzing campaigns: what they need and no more, built apart from the project, with a seed from outside. */
import { createRequire } from "node:module";

import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);
const compiler = { version: "0.8.30", path: require.resolve("solc/soljson.js") };

function numberOf(name: string, otherwise: number): number {
  return Number(process.env[name] ?? otherwise);
}

export default defineConfig({
  solidity: {
    compilers: [
      {
        ...compiler,
        settings: {
          evmVersion: "london",
          viaIR: true,
          optimizer: { enabled: true, runs: 600 },
          metadata: { bytecodeHash: "none" },
        },
      },
    ],
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
  },
  paths: {
    sources: ["contracts/dex"],
    tests: "audits/fuzz/hardhat",
    cache: "audits/.build/hardhat/cache",
    artifacts: "audits/.build/hardhat/artifacts",
  },
  networks: { peaqSimulated: { type: "edr-simulated", hardfork: "london", chainType: "l1" } },
  test: {
    solidity: {
      fuzz: { seed: process.env.FUZZ_SEED ?? "0x1" },
      invariant: {
        runs: numberOf("INVARIANT_RUNS", 64),
        depth: numberOf("INVARIANT_DEPTH", 200),
        failOnRevert: true,
      },
    },
  },
});
