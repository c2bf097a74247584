/**
 * A long fuzzing campaign over the invariants of the order book and of lending with its oracle:
 * `npm run audit:fuzz -- --time 10m [--of dex|lend] [--engine medusa|echidna|docker|hardhat] [--seed 0x…]`.
 *
 * Takes Medusa or Echidna where one is installed, or Echidna in docker; elsewhere Hardhat's own invariant runner, round
 * after round with the next seed each, until the time is up. All of them drive the same handlers and check the same code.
 * Without `--of` both have their turn: half of the time each, with Hardhat a round each in turn.
 * An engine that is asked for and missing ends with a warning that says what to install (an error when CI is set).
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { ARTIFACTS, root, writeBuildInfo } from "./compile.ts";
import { build, play, type Round } from "./fuzz/hardhat/runner.ts";
import { dockerRuns, has, missing } from "./tools.ts";

const IMAGE = "ghcr.io/crytic/echidna/echidna:v2.2.7";
const ENGINES = ["medusa", "echidna", "docker", "hardhat"] as const;
type Engine = (typeof ENGINES)[number];

/** `contract` is the harness for Echidna and Medusa; `campaign` the one for Hardhat, `reach` what must pass before it. */
const HARNESSES = {
  dex: { contract: "OrderBookFuzz", campaign: "OrderBookCampaign.t.sol", reach: undefined },
  lend: { contract: "LendFuzz", campaign: "LendCampaign.t.sol", reach: "LendReach.t.sol" },
} as const;
type Of = keyof typeof HARNESSES;

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

function harnessesOf(text: string | undefined): Of[] {
  const all = Object.keys(HARNESSES) as Of[];
  if (text === undefined) return all;
  const of = all.find((one) => one === text);
  if (of === undefined) fail(`--of is one of ${all.join(", ")}; not "${text}".`);
  return [of];
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

async function runHardhat(limit: number, first: bigint, list: readonly Of[]): Promise<number> {
  await build();
  for (const of of list) {
    const { reach } = HARNESSES[of];
    if (reach === undefined || (await play(reach, roundOf(0n))).held) continue;
    process.stderr.write(`The handler of ${of} does not reach all of its actions: a campaign would test little.\n`);
    return 1;
  }
  const start = Date.now();
  const end = start + limit * 1000;
  const tallies = list.map((of) => ({ of, sequences: 0, calls: 0 }));
  const said = (): string =>
    tallies.map(({ of, sequences, calls }) => `${of} ${calls} calls in ${sequences} sequences`).join(", ");
  let seed = first;
  do {
    for (const tally of tallies) {
      const { of } = tally;
      const outcome = await play(HARNESSES[of].campaign, roundOf(seed));
      tally.sequences += outcome.sequences;
      tally.calls += outcome.calls;
      const passed = `${said()}, ${Math.round((Date.now() - start) / 1000)} s`;
      if (!outcome.held) {
        const again = `--engine hardhat --of ${of} --time 1s --seed ${seed}`;
        process.stderr.write(`An invariant broke (${passed}). Again with: ${again}\n`);
        return 1;
      }
      process.stdout.write(`${of} held with seed ${seed}; so far ${passed}\n`);
    }
    seed++;
  } while (Date.now() < end);
  process.stdout.write(`All invariants held after each call: ${said()}\n`);
  return 0;
}

/**
 * Medusa works in its configuration's folder, so the harness's copy of it names everything by its whole path.
 * @returns where the copy lies
 */
function medusaConfig(contract: string): string {
  const text = readFileSync(join(root, "audits/fuzz/medusa.json"), "utf8");
  const path = join(root, `audits/.build/medusa-${contract}.json`);
  writeFileSync(path, text.replaceAll("HARNESS", contract).replaceAll("ROOT", JSON.stringify(root).slice(1, -1)));
  return path;
}

function runFuzzer(engine: Engine, limit: number, of: Of): number {
  const { contract } = HARNESSES[of];
  process.stdout.write(`${contract}, for ${limit} s\n`);
  if (engine === "medusa") return run("medusa", ["fuzz", "--config", medusaConfig(contract), "--timeout", `${limit}`]);

  const crytic = `--compile-force-framework hardhat --ignore-compile --hardhat-artifacts-directory ${ARTIFACTS}`;
  const settings = ["--config", "audits/fuzz/echidna.yaml", "--corpus-dir", `audits/.build/echidna-${contract}`];
  const echidna = [".", "--contract", contract, ...settings, "--timeout", `${limit}`, "--crytic-args", crytic];
  if (engine === "echidna") return run("echidna", echidna);
  return run("docker", ["run", "--rm", "-v", `${root}:/project`, "-w", "/project", IMAGE, "echidna", ...echidna]);
}

const options = {
  time: { type: "string", default: "10m" },
  of: { type: "string" },
  engine: { type: "string" },
  seed: { type: "string" },
} as const;
const { values } = parseArgs({ options });
const limit = seconds(values.time);
const seed = seedOf(values.seed);
const list = harnessesOf(values.of);
const engine = chooseEngine(values.engine);
process.stdout.write(`Fuzzing ${list.join(" and ")} with ${engine} for ${limit} s\n`);

if (engine === "hardhat") process.exit(await runHardhat(limit, seed, list));
writeBuildInfo(["audits/fuzz"], true);
for (const of of list) {
  const code = runFuzzer(engine, Math.ceil(limit / list.length), of);
  if (code !== 0) process.exit(code);
}
