/** Hardhat's invariant runner on the harnesses: built apart from the project, round after round with a seed of its own. */
import { createRequire } from "node:module";
import { join } from "node:path";

import { defineConfig, type HardhatUserConfig } from "hardhat/config";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { root } from "../../compile.ts";

const FOLDER = "audits/fuzz/hardhat";
const NETWORK = "peaqSimulated";

/** `runs` sequences of `depth` calls; the same three make the same calls again. */
export interface Round {
  seed: bigint;
  runs: number;
  depth: number;
}

export interface Outcome {
  held: boolean;
  sequences: number;
  calls: number;
}

interface TestRun {
  suiteResults: { testResults: { status: string; kind: { runs?: bigint; calls?: bigint } }[] }[];
}

function configOf(round: Round): HardhatUserConfig {
  const path = createRequire(import.meta.url).resolve("solc/soljson.js");
  const settings = {
    evmVersion: "london",
    viaIR: true,
    optimizer: { enabled: true, runs: 600 },
    metadata: { bytecodeHash: "none" },
  };
  return defineConfig({
    solidity: {
      compilers: [{ version: "0.8.30", path, settings }],
      npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
    },
    paths: {
      sources: ["contracts/dex", "contracts/lend", "contracts/oracle", "contracts/demo"],
      tests: FOLDER,
      cache: "audits/.build/hardhat/cache",
      artifacts: "audits/.build/hardhat/artifacts",
    },
    networks: { [NETWORK]: { type: "edr-simulated", hardfork: "london", chainType: "l1" } },
    test: {
      solidity: {
        fuzz: { seed: `0x${round.seed.toString(16)}` },
        // An action of the handler that reverts would be a call that tested nothing.
        invariant: { runs: round.runs, depth: round.depth, failOnRevert: true },
      },
    },
  });
}

function environment(round: Round): Promise<HardhatRuntimeEnvironment> {
  return createHardhatRuntimeEnvironment(configOf(round), { network: NETWORK }, root);
}

/** Compiles what the rounds run. */
export async function build(): Promise<void> {
  const hre = await environment({ seed: 0n, runs: 1, depth: 1 });
  await hre.tasks.getTask("build").run({});
}

/**
 * Plays one round of the test `file` and counts what was really called. A violation is printed, with the calls that lead
 * to it.
 */
export async function play(file: string, round: Round): Promise<Outcome> {
  const hre = await environment(round);
  const result = (await hre.tasks
    .getTask(["test", "solidity"])
    .run({ testFiles: [join(root, FOLDER, file)], noCompile: true, chainType: "l1" })) as {
    value?: TestRun;
    error?: TestRun;
  };
  const tests = (result.value ?? result.error)?.suiteResults.flatMap(({ testResults }) => testResults) ?? [];
  const sum = (key: "runs" | "calls"): number => tests.reduce((total, { kind }) => total + Number(kind[key] ?? 0n), 0);
  return {
    held: tests.length > 0 && tests.every(({ status }) => status === "Success"),
    sequences: sum("runs"),
    calls: sum("calls"),
  };
}
