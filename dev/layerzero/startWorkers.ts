import { setTimeout as sleep } from "node:timers/promises";

import type { Hex } from "viem";

import { layerZeroAccounts } from "./accounts.ts";
import { checkVerifiers } from "./checkVerifiers.ts";
import { connect } from "./connect.ts";
import { summarize } from "./errors.ts";
import { findWorkers } from "./findWorkers.ts";
import type { NetworkPair } from "./network.ts";
import { Path } from "./Path.ts";
import type { Side } from "./route.ts";

export interface StartWorkersParameters {
  networks: NetworkPair;
  /** Of the owners of verifiers and executors: who has no key here does not work here. All of development's by default. */
  keys?: readonly Hex[];
  /** Milliseconds between two looks at a chain, from 50 to 60,000. */
  pollingInterval?: number;
  /** Times that a delivery is tried before it is left to others. */
  attempts?: number;
  /** Milliseconds before the second try; they double with each further one. */
  retryDelay?: number;
  /** Takes one line for each thing that happens to a packet. */
  onLine?: (line: string) => void;
}

export interface Workers {
  /** Ends the work; what is under way is left for the next start. */
  stop(): Promise<void>;
}

const POLLING_MS = { usual: 250, least: 50, most: 60_000 };
const ATTEMPTS = { usual: 5, least: 1, most: 1_000 };
const RETRY_MS = { usual: 1_000, least: 0, most: 3_600_000 };

/**
 * Verifies and delivers, in both directions, what two local chains send each other.
 *
 * @throws RangeError for an interval, delay or number of attempts out of bounds
 * @throws Error when a chain does not answer, or does not require exactly its two verifiers
 */
export async function startWorkers(parameters: StartWorkersParameters): Promise<Workers> {
  const { networks, keys = developmentKeys(), onLine = () => undefined } = parameters;
  const interval = bounded("polling interval", POLLING_MS, parameters.pollingInterval);
  const attempts = bounded("number of attempts", ATTEMPTS, parameters.attempts);
  const retryDelay = bounded("delay of a retry", RETRY_MS, parameters.retryDelay);

  const [a, b] = networks.map(({ rpcUrl, deployment }) => ({ client: connect(rpcUrl), deployment })) as [Side, Side];
  await checkVerifiers(a.client, a.deployment, b.deployment.eid);
  await checkVerifiers(b.client, b.deployment, a.deployment.eid);

  const stopping = new AbortController();
  const { signal } = stopping;
  const paths = [];
  for (const [source, destination] of [
    [a, b],
    [b, a],
  ] as const) {
    const route = { source, destination, ...(await findWorkers(source, destination, keys)), signal };
    const path = new Path({ route, attempts, retryDelay, onLine });
    const executors = route.executor === undefined ? 0 : 1;
    onLine(`${path.name}: ${route.verifiers.length} verifiers and ${executors} executors at work`);
    paths.push(path);
  }
  const running = Promise.all(paths.map((path) => repeat(path, interval, onLine, signal)));
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function developmentKeys(): Hex[] {
  const { verifiers, executor } = layerZeroAccounts();
  return [...verifiers, executor].map(({ privateKey }) => privateKey);
}

function bounded(what: string, { usual, least, most }: typeof POLLING_MS, value = usual): number {
  if (value >= least && value <= most) return value;
  throw new RangeError(`The ${what} is ${value}, not from ${least} to ${most}`);
}

/** One round after the other. A chain that does not answer is asked again, and its silence said once. */
async function repeat(
  path: Path,
  interval: number,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const isStopped = (): boolean => signal.aborted;
  let said = "";
  while (!isStopped()) {
    try {
      await path.round();
      said = "";
    } catch (error) {
      const text = `${path.name} interrupted: ${summarize(error)}`;
      if (!isStopped() && text !== said) onLine(text);
      said = text;
    }
    await sleep(interval, undefined, { signal }).catch(() => undefined);
  }
}
