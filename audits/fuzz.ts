/**
 * A long fuzzing campaign over the order book's invariants: `npm run audit:fuzz -- --time 10m [--engine medusa|echidna|hardhat]`.
 *
 * Takes Medusa or Echidna where one is installed, or Echidna in docker; elsewhere Hardhat's own invariant runner, round
 * after round with a new seed each, until the time is up. All of them drive the same handler and check the same code.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

import { ARTIFACTS, root, writeBuildInfo } from "./compile.ts";
import { dockerRuns, has } from "./tools.ts";

const IMAGE = "ghcr.io/crytic/echidna/echidna:v2.2.7";
const ENGINES = ["medusa", "echidna", "docker", "hardhat"] as const;
type Engine = (typeof ENGINES)[number];

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function seconds(text: string): number {
  const parts = /^(\d+)(s|m|h)$/.exec(text);
  if (parts === null) fail(`--time takes a number with s, m or h, such as 10m; not "${text}".`);
  return Number(parts[1]) * { s: 1, m: 60, h: 3600 }[parts[2] as "s" | "m" | "h"];
}

function chooseEngine(asked: string | undefined): Engine {
  if (asked !== undefined) {
    return (
      ENGINES.find((engine) => engine === asked) ?? fail(`--engine is one of ${ENGINES.join(", ")}; not "${asked}".`)
    );
  }
  if (has("medusa")) return "medusa";
  if (has("echidna")) return "echidna";
  return dockerRuns() ? "docker" : "hardhat";
}

function run(command: string, args: string[], env: Record<string, string> = {}): number {
  return spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } }).status ?? 1;
}

/** Rounds of Hardhat's invariant runner. A seed that breaks an invariant is printed, and breaks it again. */
function runHardhat(limit: number): number {
  const end = Date.now() + limit * 1000;
  const first = Math.floor(Date.now() / 1000);
  for (let seed = first; Date.now() < end; seed++) {
    const env = { FUZZ_SEED: `0x${seed.toString(16)}`, INVARIANT_RUNS: "128", INVARIANT_DEPTH: "200" };
    const args = ["test", "solidity", "--network", "peaqSimulated", "test/invariants/OrderBook.invariant.t.sol"];
    if (run("hardhat", args, env) !== 0) {
      process.stderr.write(
        `An invariant broke with ${Object.entries(env)
          .map((pair) => pair.join("="))
          .join(" ")}\n`,
      );
      return 1;
    }
    process.stdout.write(
      `round ${seed - first + 1} held: 128 sequences of 200 calls for each invariant, seed ${env.FUZZ_SEED}\n`,
    );
  }
  return 0;
}

const { values } = parseArgs({ options: { time: { type: "string", default: "10m" }, engine: { type: "string" } } });
const limit = seconds(values.time);
const engine = chooseEngine(values.engine);
process.stdout.write(`Fuzzing with ${engine} for ${limit} s\n`);

if (engine === "hardhat") process.exit(runHardhat(limit));
writeBuildInfo(["audits/fuzz"], true);
if (engine === "medusa")
  process.exit(run("medusa", ["fuzz", "--config", "audits/fuzz/medusa.json", "--timeout", `${limit}`]));
const crytic = `--compile-force-framework hardhat --ignore-compile --hardhat-artifacts-directory ${ARTIFACTS}`;
const echidna = [".", "--contract", "OrderBookFuzz", "--config", "audits/fuzz/echidna.yaml", "--timeout", `${limit}`];
if (engine === "echidna") process.exit(run("echidna", [...echidna, "--crytic-args", crytic]));
const mount = ["run", "--rm", "-v", `${root}:/project`, "-w", "/project", IMAGE, "echidna"];
process.exit(run("docker", [...mount, ...echidna, "--crytic-args", crytic]));
