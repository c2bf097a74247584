/** Compiles with the project's pinned compiler into the build-info of Hardhat 2, which Slither, Echidna and Medusa read. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface SolcOutput {
  errors?: { severity: string; formattedMessage: string }[];
}

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Where the build-info lies, from the root. */
export const ARTIFACTS = "audits/.build/artifacts";
const VERSION = "0.8.30";

function soliditySources(folders: readonly string[]): Record<string, { content: string }> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith(".sol") && !file.endsWith(".t.sol"))
      .map((file) => [file, { content: readFileSync(join(root, file), "utf8") }]),
  );
}

interface Compiler {
  compile(input: string, callbacks: { import(path: string): { contents: string } | { error: string } }): string;
}

/**
 * Writes `audits/.build/artifacts/build-info` for all Solidity below `folders`, Hardhat's tests apart, and what it imports.
 * @param optimised Slither's line numbers are truest without, an engine that runs the code needs the contracts to fit
 */
export function writeBuildInfo(folders: readonly string[], optimised: boolean): void {
  const solc = createRequire(import.meta.url)("solc") as Compiler;
  const sources = soliditySources(folders);
  const readImport = (path: string): { contents: string } | { error: string } => {
    for (const candidate of [join(root, path), join(root, "node_modules", path)]) {
      try {
        const contents = readFileSync(candidate, "utf8");
        sources[path] = { content: contents };
        return { contents };
      } catch {
        continue;
      }
    }
    return { error: `not found: ${path}` };
  };
  const perContract = ["abi", "devdoc", "userdoc", "evm.methodIdentifiers", "evm.bytecode", "evm.deployedBytecode"];
  const settings = {
    evmVersion: "london",
    viaIR: true,
    optimizer: { enabled: optimised, runs: 600 },
    remappings: readFileSync(join(root, "remappings.txt"), "utf8").trim().split("\n"),
    outputSelection: { "*": { "": ["ast"], "*": perContract } },
  };
  const input = { language: "Solidity", sources, settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport })) as SolcOutput;
  const errors = output.errors?.filter((error) => error.severity === "error") ?? [];
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));

  // Only this: the corpora of the fuzzers, which lie beside it, grow from campaign to campaign.
  rmSync(join(root, ARTIFACTS), { recursive: true, force: true });
  mkdirSync(join(root, ARTIFACTS, "build-info"), { recursive: true });
  const info = { _format: "hh-sol-build-info-1", id: "audit", solcVersion: VERSION, solcLongVersion: VERSION };
  writeFileSync(join(root, ARTIFACTS, "build-info/audit.json"), JSON.stringify({ ...info, input, output }));
}
