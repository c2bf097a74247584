import { formatEther } from "viem";
import { z } from "zod";

const gain = z.object({ token: z.string(), amount: z.string() });

const engine = z.object({
  chain: z.string(),
  signer: z.string(),
  recipient: z.string(),
  role: z.string(),
  dryRun: z.boolean(),
  ill: z.array(z.string()),
  head: z.string().optional(),
  balance: z.string().optional(),
  inFlight: z.object({ count: z.number(), oldestSeconds: z.number() }),
  watch: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  bots: z.array(
    z.object({
      name: z.string(),
      ageSeconds: z.number(),
      periodSeconds: z.number(),
      found: z.number(),
      best: z.array(z.object({ key: z.string(), gains: z.array(gain) })),
      skipped: z.record(z.string(), z.number()),
    }),
  ),
  books: z
    .object({
      totals: z.object({
        gasCost: z.string(),
        coinPaid: z.string().default("0"),
        transactions: z.number(),
        reverted: z.number(),
        tokens: z.array(gain),
      }),
      latest: z.array(
        z.object({
          hash: z.string(),
          bot: z.string(),
          kind: z.string(),
          success: z.boolean(),
          blockNumber: z.string(),
          gasCost: z.string(),
          final: z.boolean(),
        }),
      ),
    })
    .optional(),
});

/** What `/status` answers, as far as the terminal shows it: an engine, and the one on the sister chain. */
export const statusSchema = engine.extend({ sister: engine.optional() });

type StatusView = z.infer<typeof engine>;

/** A page for a person: the process, each bot, the books. */
export function renderStatus({ sister, ...home }: z.infer<typeof statusSchema>): string {
  return [...engineLines(home), ...(sister === undefined ? [] : ["", ...engineLines(sister)])].join("\n");
}

const engineLines = (status: StatusView): string[] => [
  ...processLines(status),
  ...status.bots.flatMap(botLines),
  ...bookLines(status),
];

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 28)}…${text.slice(-28)}` : text);

const coin = (wei: string | undefined): string => (wei === undefined ? "?" : formatEther(BigInt(wei)));

function processLines(status: StatusView): string[] {
  const { inFlight } = status;
  return [
    `chain     ${status.chain}, block ${status.head ?? "?"}`,
    `signer    ${status.signer}, ${coin(status.balance)} coin; gains go to ${status.recipient}`,
    `role      ${status.role}${status.dryRun ? ", dry run" : ""}`,
    `health    ${status.ill.length === 0 ? "well" : status.ill.join(" ")}`,
    `in flight ${inFlight.count === 0 ? "nothing" : `${inFlight.count}, oldest ${inFlight.oldestSeconds} s`}`,
    `watch     ${Object.entries(status.watch)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}`,
  ];
}

function botLines(bot: StatusView["bots"][number]): string[] {
  const skipped = Object.entries(bot.skipped)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(", ");
  return [
    "",
    `bot       ${bot.name}: last pass ${bot.ageSeconds} s ago (at most ${bot.periodSeconds} s)`,
    `  found   ${bot.found}${skipped === "" ? "" : `; passed over: ${skipped}`}`,
    ...bot.best.map(
      ({ key, gains }) =>
        `  - ${shorten(key)}  ${gains.map(({ token, amount }) => `${amount} of ${token}`).join(", ")}`,
    ),
  ];
}

function bookLines({ books }: StatusView): string[] {
  if (books === undefined) return [];
  const { totals, latest } = books;
  return [
    "",
    `books     ${totals.transactions} transactions, ${totals.reverted} reverted, gas ${coin(totals.gasCost)} coin${totals.coinPaid === "0" ? "" : `, fees ${coin(totals.coinPaid)} coin`}`,
    ...totals.tokens.map(({ token, amount }) => `  gained  ${amount} of ${token}`),
    ...latest.map(
      ({ hash, bot, kind, success, blockNumber, gasCost, final }) =>
        `  ${blockNumber} ${hash.slice(0, 18)} ${bot} ${kind} ${success ? "success" : "reverted"}, gas ${coin(gasCost)}${final ? "" : ", not final"}`,
    ),
  ];
}
