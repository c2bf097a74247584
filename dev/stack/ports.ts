import { createServer } from "node:net";

/** The services of the stack, in the order in which they take ports. */
export const SERVICES = ["chain", "indexer", "keepers", "ethereum"] as const;
export type ServiceName = (typeof SERVICES)[number];
export type Ports = Record<ServiceName, number>;

const HOST = "127.0.0.1";
/** Where the search for free ports begins: the usual port of a development chain. */
export const DEFAULT_BASE = 8545;
/** How many ports above the base are looked at before giving up. */
const SEARCH_RANGE = 200;

/** Whether a server can listen on `port` of the loopback address now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * One port a service. With `base`, exactly `base`, `base + 1`, … or an `Error` that names the taken ones; without, the
 * ports in `preferred` where they are free (those of the last start), else the first free ones from 8545 on.
 */
export async function choosePorts(base?: number, preferred: Partial<Ports> = {}): Promise<Ports> {
  return base === undefined ? findPorts(preferred) : claimPorts(base);
}

async function claimPorts(base: number): Promise<Ports> {
  const ports = SERVICES.map((_, index) => base + index);
  const free = await Promise.all(ports.map(isPortFree));
  const taken = SERVICES.flatMap((name, index) => (free[index] === true ? [] : [`${ports[index]} (${name})`]));
  if (taken.length > 0) {
    throw new Error(
      `Port ${taken.join(" and ")} on ${HOST} is taken by another process. ` +
        "Stop that process, choose another --port-base, or leave the option out to use the first free ports.",
    );
  }
  return toPorts(ports);
}

async function findPorts(preferred: Partial<Ports>): Promise<Ports> {
  const chosen: number[] = [];
  for (const name of SERVICES) {
    const wanted = preferred[name];
    const port = wanted !== undefined && (await isUsable(wanted, chosen)) ? wanted : await firstFree(chosen);
    chosen.push(port);
  }
  return toPorts(chosen);
}

async function firstFree(chosen: number[]): Promise<number> {
  for (let port = DEFAULT_BASE; port < DEFAULT_BASE + SEARCH_RANGE; port++) {
    if (await isUsable(port, chosen)) return port;
  }
  throw new Error(`No free port on ${HOST} from ${DEFAULT_BASE} to ${DEFAULT_BASE + SEARCH_RANGE - 1}`);
}

async function isUsable(port: number, chosen: number[]): Promise<boolean> {
  return !chosen.includes(port) && (await isPortFree(port));
}

function toPorts(ports: number[]): Ports {
  return Object.fromEntries(SERVICES.map((name, index) => [name, ports[index]])) as Ports;
}
