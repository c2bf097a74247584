import { join } from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { isResult } from "hardhat/utils/result";

import config from "../../hardhat.config.ts";
import { ROOT } from "../stack/paths.ts";

/**
 * Runs the Solidity tests on instrumented contracts, and says whether they passed. Hardhat writes what ran to
 * `coverage/lcov.info`.
 *
 * Every file is built, since a build of the tests alone would leave the contracts that they deploy from artifacts
 * uninstrumented. The artifacts go below `coverage/`, so that nothing else ever deploys an instrumented contract; for
 * the same reason no types are written, whose factories hold bytecode. Tests that bound gas are left out.
 */
export async function runInstrumentedTests(): Promise<boolean> {
  const folder = join(ROOT, "coverage");
  const paths = { ...config.paths, artifacts: join(folder, "artifacts"), cache: join(folder, "cache") };
  const hre = await createHardhatRuntimeEnvironment(
    { ...config, paths },
    { coverage: true, network: "peaqSimulated", noTypechain: true },
    ROOT,
  );
  const result: unknown = await hre.tasks.getTask(["test", "solidity"]).run({ grepExclude: "^test_gas_" });
  return isResult(result) && result.success;
}
