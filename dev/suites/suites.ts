import { globSync } from "node:fs";

import { ROOT } from "../stack/paths.ts";
import { parseMochaCounts, parseNodeCounts, type CountsParser } from "./counts.ts";

export interface Suite {
  name: string;
  command: string;
  args: string[];
  /** Absent for a check that either holds or fails, and counts only when it fails. */
  parse?: CountsParser;
  /** First line of the part of the output that tells about failures. */
  failureMarker?: RegExp;
}

/** Group names that `--only` takes beside the suites' own. */
export const GROUPS: Record<string, string[]> = { contracts: ["build", "generated", "solidity", "gas", "mocha"] };

/** Every suite, in the order in which they run. */
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
    hardhatSuite("mocha", ["test", "mocha"]),
    ...["sdk", "indexer", "keepers", "bench", "dev"].map(nodeSuite),
    {
      name: "limits",
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
