import type { Misses } from "./check.ts";
import type { Result, Results } from "./results.ts";
import { ROWS } from "./rows.ts";

const WIDTHS = { name: 28, title: 64, gas: 10, limit: 20, peaq: 10 };

/**
 * Draws the table: a line for each of our rows, below it the peers that do the same with their difference to us, then
 * quoted figures, then the rows that we lose.
 */
export function drawTable(results: Results, quoted: Record<string, Record<string, number>>, misses: Misses): string {
  const lines = [line("row", "what is measured", "gas", "limit", "on peaq"), "-".repeat(lineWidth())];
  for (const [key, result] of Object.entries(results)) {
    lines.push(
      line(key, ROWS[key]?.title ?? "", number(result.gas), limitText(result), number(result.peaq)),
      ...Object.entries(result.peers).map(([peer, gas]) =>
        line("", `  ${peer}`, number(gas), difference(result.gas, gas), number(result.peersPeaq[peer] ?? gas)),
      ),
      ...Object.entries(quoted[key] ?? {}).map(([peer, gas]) =>
        line("", `  * ${peer}`, number(gas), difference(result.gas, gas), ""),
      ),
    );
  }
  return [...lines, "", "* quoted, not measured in this run", ...summary(results, misses)].join("\n");
}

/** What is lost: to a limit, with the reason why, and to a peer. */
function summary(results: Results, misses: Misses): string[] {
  const aboveLimit = Object.entries(results)
    .filter(([, { gas, limit }]) => limit !== null && gas > limit)
    .map(([key]) => `  ${key}: ${misses[key] ?? "no reason given in bench/misses.json"}`);
  const lost = Object.entries(results).flatMap(([key, result]) =>
    Object.entries(result.peers)
      .filter(([peer, gas]) => gas < result.gas || (result.peersPeaq[peer] ?? gas) < result.peaq)
      .map(([peer, gas]) => {
        const peaq = result.peersPeaq[peer] ?? gas;
        const where = [gas < result.gas ? "gas" : "", peaq < result.peaq ? "the charge on peaq" : ""];
        return `  ${key}: ${peer} (${where.filter((word) => word !== "").join(" and ")})`;
      }),
  );
  return [
    ...(aboveLimit.length > 0 ? ["", "Above the limit:", ...aboveLimit] : []),
    ...(lost.length > 0 ? ["", "Won by a peer:", ...lost] : []),
  ];
}

function limitText({ gas, limit }: Result): string {
  if (limit === null) return "";
  return `${number(limit)} ${gas <= limit ? "kept" : "MISSED"}`;
}

/** How much more or less we need than a peer, in percent of the peer. */
function difference(ours: number, theirs: number): string {
  const percent = ((ours - theirs) / theirs) * 100;
  return `ours ${percent > 0 ? "+" : ""}${percent.toFixed(1)} %`;
}

function line(name: string, title: string, gas: string, limit: string, peaq: string): string {
  return [
    name.padEnd(WIDTHS.name),
    title.padEnd(WIDTHS.title),
    gas.padStart(WIDTHS.gas),
    limit.padStart(WIDTHS.limit),
    peaq.padStart(WIDTHS.peaq),
  ]
    .join("")
    .trimEnd();
}

function lineWidth(): number {
  return Object.values(WIDTHS).reduce((sum, width) => sum + width, 0);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
