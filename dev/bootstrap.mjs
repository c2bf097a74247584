/**
 * First thing that `npm start` and `npm test` run, on any Node.js from 20 on and with nothing installed: brings
 * `node_modules` up to date under a Node.js that npm's native packages accept, then hands over to `dev/<command>.ts`.
 *
 * Under Node.js 20 npm silently leaves out Hardhat's native engine, so an older Node.js first fetches Node.js 24 into
 * `.node/`. Children are started by the name `node`, found through PATH, never by `process.execPath`.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".cxmpute-lock");
const PRIVATE_NODE = join(ROOT, ".node");
const COMMANDS = ["start", "test"];
const INSTALL_NODE = 22;
const RUN_NODE = 24;
const PARENT_CHECK_MS = 500;

const [command, ...rest] = process.argv.slice(2);

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

/** PATH with `folders` in front of what the caller had. */
function environment(...folders) {
  return { ...process.env, PATH: [...folders, process.env.PATH ?? ""].join(delimiter) };
}

/** Major version of the `node` that `env` finds, or 0 when there is none. */
function nodeMajor(env) {
  const { stdout, status } = spawnSync("node", ["--version"], { env, encoding: "utf8" });
  return status === 0 ? Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0) : 0;
}

/** What `node_modules` was, or would be, made from. */
function fingerprint() {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const files = ["package.json", "package-lock.json", ...manifest.workspaces.map((name) => `${name}/package.json`)];
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of files) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest("hex");
}

function isInstalled() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === fingerprint();
}

/** Runs npm in `cwd` and resolves when it is done; its output is shown only when it fails. */
function npm(args, cwd, env) {
  return new Promise((resolve) => {
    const started = Date.now();
    const output = [];
    const child = spawn("npm", [...args, "--prefix", cwd, "--no-fund", "--no-audit"], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const clock = setInterval(() => say(`      … ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
    const keep = (chunk) => output.push(chunk);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => output.push(`${error.message}\n`));
    child.on("close", (status) => {
      clearInterval(clock);
      if (status !== 0) {
        process.stderr.write(output.join(""));
        fail(
          `npm ${args.join(" ")} failed (exit code ${status ?? "none"}): see its output above. Is the npm registry reachable?`,
        );
      }
      resolve(((Date.now() - started) / 1000).toFixed(1));
    });
  });
}

/** Environment whose `node` may run `npm install`: the caller's when new enough, else one fetched into `.node/`. */
async function installEnvironment() {
  const own = environment();
  if (nodeMajor(own) >= INSTALL_NODE) return own;
  const env = environment(join(PRIVATE_NODE, "node_modules", ".bin"));
  if (nodeMajor(env) >= INSTALL_NODE) return env;
  say(`[setup] Node.js ${process.versions.node} is too old to install with: fetching Node.js ${RUN_NODE} into .node/`);
  rmSync(PRIVATE_NODE, { recursive: true, force: true });
  mkdirSync(PRIVATE_NODE, { recursive: true });
  const manifest = { private: true, dependencies: { node: String(RUN_NODE) }, allowScripts: { node: true } };
  writeFileSync(join(PRIVATE_NODE, "package.json"), JSON.stringify(manifest, null, 2));
  const seconds = await npm(["install"], PRIVATE_NODE, own);
  if (nodeMajor(env) < INSTALL_NODE) {
    fail(`Node.js ${RUN_NODE} was fetched but does not run: install Node.js ${RUN_NODE} yourself and try again.`);
  }
  say(`[setup] Node.js ${RUN_NODE} ready (${seconds} s)`);
  return env;
}

async function install() {
  if (isInstalled()) return;
  const env = await installEnvironment();
  say("[setup] installing the dependencies (about a minute)");
  const seconds = await npm(["install"], ROOT, env);
  writeFileSync(STAMP, fingerprint());
  say(`[setup] dependencies installed (${seconds} s)`);
}

/** Environment that the project runs in: its own Node.js first on PATH. */
function runEnvironment() {
  const bin = join(MODULES, ".bin");
  for (const env of [environment(bin), environment(join(PRIVATE_NODE, "node_modules", ".bin"), bin)]) {
    if (nodeMajor(env) >= RUN_NODE) return env;
  }
  return fail(
    `The project's Node.js ${RUN_NODE} is missing from node_modules: npm did not run the install script of the package ` +
      "`node`. Allow it (npm config get ignore-scripts must be false), delete node_modules and try again.",
  );
}

/** Runs `dev/<command>.ts` in the foreground, passes signals and npm's death on, and ends with its exit code. */
function handOver() {
  const child = spawn("node", [join(ROOT, "dev", `${command}.ts`), ...rest], {
    cwd: ROOT,
    env: runEnvironment(),
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill("SIGTERM"), PARENT_CHECK_MS).unref();
  child.on("error", (error) => fail(error.message));
  child.on("close", (status, signal) => process.exit(status ?? (signal === "SIGINT" ? 130 : 143)));
}

if (!COMMANDS.includes(command)) fail(`Usage: node dev/bootstrap.mjs ${COMMANDS.join("|")} [options]`);
if (process.platform === "win32") fail("Windows is not supported by itself: run this inside WSL.");
if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Node.js 20 or newer is needed, this is ${process.version}.`);
if (rest.includes("--help") || rest.includes("-h")) {
  say(readFileSync(join(ROOT, "dev", "help", `${command}.txt`), "utf8").trimEnd());
} else {
  await install();
  handOver();
}
