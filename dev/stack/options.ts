import { parseArgs } from "node:util";

export interface StartOptions {
  /** Forget the last chain. */
  fresh: boolean;
  /** Put the demo market in place. */
  seed: boolean;
  /** Keep simulated traders running after the seed. */
  live: boolean;
  /** First of the ports, or undefined for the first free ones. */
  portBase: number | undefined;
}

/** Largest base that leaves room for the services after it. */
const MAX_BASE = 65_000;

/** Reads the arguments after `npm start --`. Throws an `Error` with a sentence for each wrong one. */
export function parseStartOptions(args: string[]): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      fresh: { type: "boolean", default: false },
      "no-seed": { type: "boolean", default: false },
      "no-live": { type: "boolean", default: false },
      "port-base": { type: "string" },
    },
  });
  const base = values["port-base"];
  return {
    fresh: values.fresh,
    seed: !values["no-seed"],
    live: !values["no-live"],
    portBase: base === undefined ? undefined : parsePortBase(base),
  };
}

function parsePortBase(text: string): number {
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1024 || base > MAX_BASE) {
    throw new Error(`--port-base must be a whole number from 1024 to ${MAX_BASE}, not "${text}"`);
  }
  return base;
}
