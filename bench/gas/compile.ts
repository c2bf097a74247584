import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Abi, Hex } from "viem";

import { BENCH_ROOT } from "./paths.ts";

export interface CompiledContract {
  abi: Abi;
  bytecode: Hex;
}

export interface CompileRequest {
  /** Folder of the `package.json` whose dependencies hold the compiler. */
  root: string;
  /** Package name of the compiler. */
  solc: string;
  /** Folder under `root` that source paths and imports start from. */
  folder: string;
  /** Contract name to source path. */
  contracts: Record<string, string>;
  settings: Record<string, unknown>;
}

/**
 * Compiles in a process of its own and keeps the outcome under `bench/.build`.
 * Packages and compilers are pinned, so the request alone names the outcome; own sources are part of the key.
 */
export async function compile(name: string, request: CompileRequest): Promise<Record<string, CompiledContract>> {
  const sources = await Promise.all(
    Object.values(request.contracts).map((path) => readFile(join(request.root, request.folder, path), "utf8")),
  );
  const lock = await readFile(join(request.root, "package-lock.json"), "utf8");
  const key = createHash("sha256")
    .update(JSON.stringify([{ ...request, root: "" }, sources, lock]))
    .digest("hex");
  const file = join(BENCH_ROOT, ".build", `${name}-${key.slice(0, 16)}.json`);
  try {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, CompiledContract>;
  } catch {
    const contracts = await runJob(request);
    await mkdir(join(BENCH_ROOT, ".build"), { recursive: true });
    await writeFile(file, JSON.stringify(contracts));
    return contracts;
  }
}

function runJob(request: CompileRequest): Promise<Record<string, CompiledContract>> {
  return new Promise((resolve, reject) => {
    const job = fork(join(BENCH_ROOT, "gas", "compileJob.ts"), { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let errors = "";
    job.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    job.once("message", (contracts) => resolve(contracts as Record<string, CompiledContract>));
    job.once("error", reject);
    job.once("exit", (code) => reject(new Error(`compiling ${request.folder} ended with code ${code}:\n${errors}`)));
    job.send(request);
  });
}
