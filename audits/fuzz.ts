/**
 * A long fuzzing campaign over the order book's invariants:
 * `npm run audit:fuzz -- --time 10m [--engine medusa|echidna|docker|hardhat] [--seed 0x…]`.
 *
 * Takes Medusa or Echidna where one is installed, or Echidna in docker; elsewhere Hardhat's own invariant runner, round
 * after round with the next seed each, until the time is up. All of them drive the same handler and check the same code.
 * An engine that is asked for and missing ends with a warning that says what to install (an error when CI is set).
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

import { ARTIFACTS, root, writeBuildInfo } from "./compile.ts";
import { build, play, type Round } from "./fuzz/hardhat/runner.ts";
import { dockerRuns, has, missing } from "./tools.ts";

const IMAGE = "ghcr.io/crytic/echidna/echidna:v2.2.7";
const ENGINES = ["medusa", "echidna", "docker", "hardhat"] as const;
type Engine = (typeof ENGINES)[number];

const INSTALL = {
  medusa: "it with `go install github.com/crytic/medusa@latest`, and crytic-compile with `pip install crytic-compile`",
  echidna: "it from github.com/crytic/echidna/releases, and crytic-compile with `pip install crytic-compile`",
  docker: "docker and start its engine",
} as const;

/** Short walks find most of what there is at twice the speed; a long one now and then meets a book with a history. */
const SHAPES = [
  { runs: 256, depth: 64 },
  { runs: 256, depth: 64 },
  { runs: 256, depth: 64 },
  { runs: 32, depth: 256 },
] as const;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function seconds(text: string): number {
  const parts = /^(\d+)(s|m|h)$/.exec(text);
  if (parts === null) fail(`--time takes a number with s, m or h, such as 10m; not "${text}".`);
  return Number(parts[1]) * { s: 1, m: 60, h: 3600 }[parts[2] as "s" | "m" | "h"];
}

function seedOf(text: string | undefined): bigint {
  if (text === undefined) return BigInt(Date.now());
  if (!/^(0x[0-9a-f]{1,64}|\d{1,77})$/i.test(text)) fail(`--seed takes a number, such as 0x2a; not "${text}".`);
  return BigInt(text);
}

function isInstalled(engine: Engine): boolean {
  if (engine === "hardhat") return true;
  return engine === "docker" ? dockerRuns() : has(engine);
}

function chooseEngine(asked: string | undefined): Engine {
  if (asked === undefined) {
    const found = ENGINES.find(isInstalled) ?? "hardhat";
    if (found === "hardhat") process.stdout.write(`No other engine found. For Medusa, install ${INSTALL.medusa}.\n`);
    return found;
  }
  const engine = ENGINES.find((one) => one === asked);
  if (engine === undefined) fail(`--engine is one of ${ENGINES.join(", ")}; not "${asked}".`);
  if (engine !== "hardhat" && !isInstalled(engine))
    missing("Fuzzing", `${engine} is not there. Install ${INSTALL[engine]}.`);
  return engine;
}

function run(command: string, args: string[]): number {
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

/** The round of a seed. A shape belongs to a seed, so that a seed alone plays a round again. */
function roundOf(seed: bigint): Round {
  const shape = SHAPES[Number(seed % BigInt(SHAPES.length))] ?? SHAPES[0];
  return { seed, ...shape };
}

async function runHardhat(limit: number, first: bigint): Promise<number> {
  await build();
  const start = Date.now();
  const end = start + limit * 1000;
  let [seed, sequences, calls] = [first, 0, 0];
  do {
    const outcome = await play(roundOf(seed));
    sequences += outcome.sequences;
    calls += outcome.calls;
    const passed = `${calls} calls in ${sequences} sequences, ${Math.round((Date.now() - start) / 1000)} s`;
    if (!outcome.held) {
      process.stderr.write(`An invariant broke (${passed}). Again with: --engine hardhat --time 1s --seed ${seed}\n`);
      return 1;
    }
    process.stdout.write(`seed ${seed} held; so far ${passed}\n`);
    seed++;
  } while (Date.now() < end);
  process.stdout.write(`All invariants held after each of ${calls} calls, in ${sequences} sequences\n`);
  return 0;
}

const options = {
  time: { type: "string", default: "10m" },
  engine: { type: "string" },
  seed: { type: "string" },
} as const;
const { values } = parseArgs({ options });
const limit = seconds(values.time);
const seed = seedOf(values.seed);
const engine = chooseEngine(values.engine);
process.stdout.write(`Fuzzing with ${engine} for ${limit} s\n`);

if (engine === "hardhat") process.exit(await runHardhat(limit, seed));
writeBuildInfo(["audits/fuzz"], true);
if (engine === "medusa")
  process.exit(run("medusa", ["fuzz", "--config", "audits/fuzz/medusa.json", "--timeout", `${limit}`]));
const crytic = `--compile-force-framework hardhat --ignore-compile --hardhat-artifacts-directory ${ARTIFACTS}`;
const echidna = [".", "--contract", "OrderBookFuzz", "--config", "audits/fuzz/echidna.yaml", "--timeout", `${limit}`];
if (engine === "echidna") process.exit(run("echidna", [...echidna, "--crytic-args", crytic]));
const mount = ["run", "--rm", "-v", `${root}:/project`, "-w", "/project", IMAGE, "echidna"];
process.exit(run("docker", [...mount, ...echidna, "--crytic-args", crytic]));
