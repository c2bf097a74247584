import { readdirSync } from "node:fs";
import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import ignoreWarnings from "hardhat-ignore-warnings";
import { configVariable, defineConfig } from "hardhat/config";

import { mergeCompilations } from "./dev/hardhat/merge-compilations.ts";
import { localRpcUrl } from "./dev/stack/local-rpc-url.ts";
import { tasks } from "./tasks/index.ts";

const require = createRequire(import.meta.url);

/** The WASM compiler that npm carries: no compiler host is ever asked. `version` must name the pinned package. */
const compiler = { version: "0.8.30", path: require.resolve("solc/soljson.js") };

const settings = {
  evmVersion: "london",
  viaIR: true,
  optimizer: { enabled: true, runs: 600 },
  metadata: { bytecodeHash: "none" },
} as const;

/**
 * Solidity tests deploy the contracts from their artifacts, and are themselves compiled without the optimizer: it would
 * take minutes over them. The invariants' handler needs it for its deep stacks.
 */
const testOverrides = Object.fromEntries(
  readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .map((file) => {
      const isDeep = file.startsWith("invariants");
      return [
        `test/${file}`,
        { ...compiler, settings: { ...settings, viaIR: isDeep, optimizer: { enabled: isDeep } } },
      ];
    }),
);

/** peaq asks for twice the estimate, since a transaction may be charged by the size of what it touches. */
const GAS_MULTIPLIER = 2;

const PEAQ = 3338;
const AGUNG = 9990;
const ETHEREUM = 1;
const SEPOLIA = 11_155_111;

export default defineConfig({
  plugins: [toolbox, ignoreWarnings, mergeCompilations],
  tasks,
  solidity: {
    profiles: {
      default: { isolated: false, compilers: [{ ...compiler, settings }], overrides: testOverrides },
      production: { isolated: false, compilers: [{ ...compiler, settings }] },
    },
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/governance/TimelockController.sol",
    ],
  },
  // Compiler warnings in our own code are errors. Mocks misbehave on purpose, and leave parameters unused.
  warnings: {
    "contracts/**/*": "error",
    "test/**/*": { default: "error", "unused-param": "off", "func-mutability": "off", "code-size": "off" },
  },
  paths: { sources: ["contracts", "test/mocks"], ignition: "deploy" },
  typechain: { outDir: "types" },
  networks: {
    /** What Solidity tests run on: peaq's documentation asks for London. */
    peaqSimulated: { type: "edr-simulated", hardfork: "london", chainType: "l1" },
    /** Rehearses a deployment with peaq's chain id and parameters, and leaves nothing behind. */
    peaqDryRun: { type: "edr-simulated", hardfork: "london", chainType: "l1", chainId: PEAQ },
    /** The other end of a rehearsal. */
    ethereumDryRun: { type: "edr-simulated", hardfork: "london", chainType: "l1", chainId: ETHEREUM },
    /** Local nodes with unlocked accounts: those that `npm start` started last. */
    local: { type: "http", chainType: "l1", chainId: 31337, url: localRpcUrl() },
    localEthereum: { type: "http", chainType: "l1", chainId: 31338, url: localRpcUrl("ethereum") },
    peaq: {
      type: "http",
      chainId: PEAQ,
      url: configVariable("PEAQ_RPC_URL"),
      gasMultiplier: GAS_MULTIPLIER,
      accounts: [configVariable("PEAQ_PRIVATE_KEY")],
    },
    agung: {
      type: "http",
      chainId: AGUNG,
      url: configVariable("AGUNG_RPC_URL"),
      gasMultiplier: GAS_MULTIPLIER,
      accounts: [configVariable("AGUNG_PRIVATE_KEY")],
    },
    /** Where the prices of peaq and agung come from. */
    ethereum: {
      type: "http",
      chainId: ETHEREUM,
      url: configVariable("ETHEREUM_RPC_URL"),
      accounts: [configVariable("ETHEREUM_PRIVATE_KEY")],
    },
    sepolia: {
      type: "http",
      chainId: SEPOLIA,
      url: configVariable("SEPOLIA_RPC_URL"),
      accounts: [configVariable("SEPOLIA_PRIVATE_KEY")],
    },
  },
  chainDescriptors: {
    [PEAQ]: {
      name: "peaq",
      blockExplorers: {
        blockscout: { name: "peaq Blockscout", url: "https://scout.peaq.xyz", apiUrl: "https://scout.peaq.xyz/api" },
      },
    },
    [AGUNG]: { name: "agung" },
  },
  verify: { etherscan: { enabled: false }, blockscout: { enabled: true }, sourcify: { enabled: true } },
  coverage: { skipFiles: ["contracts/demo/**", "test/mocks/**"] },
  test: { solidity: { isolate: true, fuzz: { runs: 256 }, invariant: { runs: 32, depth: 64 } } },
});
