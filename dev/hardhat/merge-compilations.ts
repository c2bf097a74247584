import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";

import type { HardhatConfig } from "hardhat/types/config";
import type { ConfigHooks, SolidityHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";

type Profile = HardhatConfig["solidity"]["profiles"][string];

/**
 * Hardhat compiles the files of one compiler configuration together, and tells configurations apart by identity: each
 * override, though equal to the next one, would be a compilation of its own, which parses all its imports again. Equal
 * ones are made the same here, which saves four fifths of a build. Compilations then run on every core,
 * while Hardhat leaves one idle.
 */
export const mergeCompilations: HardhatPlugin = {
  id: "merge-compilations",
  hookHandlers: {
    config: () => Promise.resolve({ default: () => Promise.resolve(configHooks) }),
    solidity: () => Promise.resolve({ default: () => Promise.resolve(solidityHooks) }),
  },
};

const configHooks: Partial<ConfigHooks> = {
  async resolveUserConfig(userConfig, resolveVariable, next) {
    const config = await next(userConfig, resolveVariable);
    for (const profile of Object.values(config.solidity.profiles)) shareOverrides(profile);
    return config;
  },
};

const solidityHooks: Partial<SolidityHooks> = {
  build: (context, files, options, next) => next(context, files, { concurrency: availableParallelism(), ...options }),
};

function shareOverrides(profile: Profile): void {
  const known: Profile["overrides"][string][] = [];
  for (const [file, override] of Object.entries(profile.overrides)) {
    const same = known.find((candidate) => isDeepStrictEqual(candidate, override));
    if (same === undefined) known.push(override);
    else profile.overrides[file] = same;
  }
}
