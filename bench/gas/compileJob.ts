import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { CompileRequest, CompiledContract } from "./compile.ts";

/** What the npm compilers export; they carry no types of their own before 0.8.25. */
interface Solc {
  compile(input: string, callbacks: { import: (path: string) => { contents: string } | { error: string } }): string;
}

interface SolcOutput {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { abi: CompiledContract["abi"]; evm: { bytecode: { object: string } } }>>;
}

/** Compiles what the parent process asks for over IPC, answers, and ends: a compiler that crashes takes only this job. */
process.once("message", (request: CompileRequest) => {
  const contracts = compile(request);
  process.send?.(contracts, () => process.exit(0));
});

function compile(request: CompileRequest): Record<string, CompiledContract> {
  const solc = createRequire(join(request.root, "package.json"))(request.solc) as Solc;
  const read = (path: string) => readFileSync(join(request.root, request.folder, path), "utf8");
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.values(request.contracts).map((path) => [path, { content: read(path) }])),
    settings: { ...request.settings, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  };
  const output = JSON.parse(
    solc.compile(JSON.stringify(input), {
      import: (path) => {
        try {
          return { contents: read(path) };
        } catch (error) {
          return { error: String(error) };
        }
      },
    }),
  ) as SolcOutput;

  const errors = (output.errors ?? []).filter((error) => error.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));

  return Object.fromEntries(
    Object.entries(request.contracts).map(([name, path]) => {
      const contract = output.contracts?.[path]?.[name];
      if (contract === undefined) throw new Error(`${path} has no contract ${name}`);
      return [name, { abi: contract.abi, bytecode: `0x${contract.evm.bytecode.object}` }];
    }),
  );
}
