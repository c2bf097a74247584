/**
 * Runs Slither over the contracts: `npm run audit:slither [-- extra Slither arguments]`.
 *
 * Slither does not know Hardhat 3, so the project's pinned compiler is asked for a build-info of the older shape, which
 * Slither reads without compiling anything. Uses a native `slither`, else docker; without either it says what to
 * install and ends with a warning (an error when CI is set). Every finding of medium or above must be fixed or stand,
 * with its reason, in `audits/accepted.json`.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ARTIFACTS, root, writeBuildInfo } from "./compile.ts";
import { dockerRuns, has, missing } from "./tools.ts";

const IMAGE = "trailofbits/eth-security-toolbox";

function runner(): { command: string; args: string[] } | undefined {
  if (has("slither")) return { command: "slither", args: [] };
  if (dockerRuns()) {
    const mount = ["run", "--rm", "-v", `${root}:/project`, "-w", "/project", IMAGE, "slither"];
    return { command: "docker", args: mount };
  }
  return undefined;
}

interface Finding {
  check: string;
  impact: string;
  description: string;
  elements: { name: string; type: string; source_mapping: { filename_relative: string } }[];
}

interface Accepted {
  check: string;
  where: string;
  reason: string;
}

/** The file and the first named element: stable under moved lines. */
function placeOf(finding: Finding): string {
  const element = finding.elements[0];
  return element === undefined ? "" : `${element.source_mapping.filename_relative}:${element.name}`;
}

const found = runner();
if (found === undefined) missing("Slither", "install it with `pip install slither-analyzer==0.11.6`, or docker.");

writeBuildInfo(["contracts"], false);
const report = "audits/.build/report.json";
// Slither does not write over a report, and one of an earlier run must not pass for this one's.
rmSync(join(root, report), { force: true });
const args = [
  ...found.args,
  ".",
  ...["--compile-force-framework", "hardhat", "--ignore-compile"],
  ...["--hardhat-artifacts-directory", ARTIFACTS],
  ...["--config-file", "audits/slither.config.json", "--json", report],
  ...process.argv.slice(2),
];
const run = spawnSync(found.command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
let all: Finding[];
try {
  const parsed = JSON.parse(readFileSync(join(root, report), "utf8")) as { results: { detectors?: Finding[] } };
  all = parsed.results.detectors ?? [];
} catch {
  process.stderr.write(`Slither failed:\n${run.stderr}\n`);
  process.exit(1);
}

const findings = all.filter(({ impact }) => impact === "High" || impact === "Medium");
const accepted = JSON.parse(readFileSync(join(root, "audits/accepted.json"), "utf8")) as Accepted[];
const matches = (finding: Finding, entry: Accepted): boolean =>
  entry.check === finding.check && entry.where === placeOf(finding);
const open = findings.filter((finding) => !accepted.some((entry) => matches(finding, entry)));
const gone = accepted.filter((entry) => !findings.some((finding) => matches(finding, entry)));

for (const finding of open) {
  process.stdout.write(`${finding.impact} ${finding.check} at ${placeOf(finding)}\n${finding.description}\n`);
}
for (const entry of gone)
  process.stdout.write(`No longer found, take it out of audits/accepted.json: ${entry.check} ${entry.where}\n`);
process.stdout.write(`${findings.length} findings of medium or above, ${open.length} unexplained; `);
process.stdout.write(`${all.length - findings.length} below, in ${report}\n`);
process.exit(open.length + gone.length === 0 ? 0 : 1);
