import { globSync } from "node:fs";

import { ROOT } from "../stack/paths.ts";
import { parseMochaCounts, parseNodeCounts, type CountsParser } from "./counts.ts";

/**
 * Suites that leave a core idle run in two lanes beside each other, after those that take the whole machine. What starts
 * Hardhat shares a lane, because it shares Hardhat's cache.
 */
export const LANES = ["hardhat", "processes"] as const;

export interface Suite {
  name: string;
  /** Absent for a suite that runs alone. */
  lane?: (typeof LANES)[number];
  command: string;
  args: string[];
  /** Absent for a check that either holds or fails, and counts only when it fails. */
  parse?: CountsParser;
  /** First line of the part of the output that tells about failures. */
  failureMarker?: RegExp;
}

/** Group names that `--only` takes beside the suites' own. */
export const GROUPS: Record<string, string[]> = { contracts: ["build", "generated", "solidity", "gas", "mocha"] };

/** Every suite, in the order in which they run: alone, or in their lanes. */
export function allSuites(): Suite[] {
  const solidity = ["test", "solidity", "--network", "peaqSimulated"];
  const gasFiles = globSync("test/**/*.gas.t.sol", { cwd: ROOT }).sort();
  return [
    { name: "build", command: "hardhat", args: ["build"] },
    { name: "generated", command: "npm", args: ["run", "-w", "sdk", "check:generated"] },
    hardhatSuite("solidity", solidity),
    {
      name: "gas",
      command: "hardhat",
      args: [...solidity, "--snapshot-check", ...gasFiles],
      failureMarker: /^Snapshot check/m,
    },
    { ...hardhatSuite("mocha", ["test", "mocha"]), lane: "hardhat" },
    ...["indexer", "keepers"].map((folder): Suite => ({ ...nodeSuite(folder), lane: "processes" })),
    ...["sdk", "bench", "dev"].map((folder): Suite => ({ ...nodeSuite(folder), lane: "hardhat" })),
    {
      name: "limits",
      lane: "hardhat",
      command: "node",
      args: ["bench/gas/run.ts", "--check"],
      failureMarker: /^(dex|lend|oracle)\.\S+: /m,
    },
  ];
}

/** The suites that `only` names, or all. Throws an `Error` on an unknown name. */
export function selectSuites(only: string | undefined, suites = allSuites()): Suite[] {
  if (only === undefined) return suites;
  const names = new Set(only.split(",").flatMap((name) => GROUPS[name.trim()] ?? [name.trim()]));
  const unknown = [...names].filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    const known = [...suites.map(({ name }) => name), ...Object.keys(GROUPS)].join(", ");
    throw new Error(`There is no suite ${unknown.join(", ")}. Suites: ${known}`);
  }
  return suites.filter(({ name }) => names.has(name));
}

function hardhatSuite(name: string, args: string[]): Suite {
  return { name, command: "hardhat", args, parse: parseMochaCounts, failureMarker: /^\s*\d+ failing\b/m };
}

function nodeSuite(folder: string): Suite {
  return {
    name: folder,
    command: "node",
    // One file at a time: many of them start a chain, and a machine has few cores.
    args: ["--test", "--test-reporter=spec", "--test-concurrency=1", `${folder}/test/**/*.test.ts`],
    parse: parseNodeCounts,
    failureMarker: /^✖ failing tests:/m,
  };
}
