import { commitPacket } from "./commitPacket.ts";
import { deliverPacket } from "./deliverPacket.ts";
import { isChainFailure, summarize } from "./errors.ts";
import type { Packet } from "./packet.ts";
import { PacketSource } from "./PacketSource.ts";
import { readProgress } from "./readProgress.ts";
import type { Route } from "./route.ts";
import { verifyPacket } from "./verifyPacket.ts";
import { WaitingError } from "./WaitingError.ts";

export interface PathParameters {
  route: Route;
  /** Times that a delivery is tried. */
  attempts: number;
  /** Milliseconds before the second try; they double with each further one. */
  retryDelay: number;
  onLine: (line: string) => void;
}

interface Pending {
  packet: Packet;
  attempts: number;
  /** Time before which it is not tried again, in ms since 1970. */
  retryAt: number;
  /** What was last said of it: said once, however long it lasts. */
  said: string;
}

/**
 * The packets of one direction. All that is known of them stands on the two chains, so that work which was ended, at
 * whatever moment, goes on where it was.
 */
export class Path {
  /** The ids of its two ends. */
  readonly name: string;
  readonly #parameters: PathParameters;
  readonly #source: PacketSource;
  readonly #pending = new Set<Pending>();

  constructor(parameters: PathParameters) {
    this.#parameters = parameters;
    const { source, destination } = parameters.route;
    this.name = `${source.deployment.eid} → ${destination.deployment.eid}`;
    this.#source = new PacketSource(source.client, source.deployment, destination.deployment.eid);
  }

  /** Brings every packet as far as it goes now. Throws when a chain does not answer. */
  async round(): Promise<void> {
    const { head, packets, isFromStart } = await this.#source.read();
    if (isFromStart) this.#pending.clear();
    for (const packet of packets) this.#pending.add({ packet, attempts: 0, retryAt: 0, said: "" });

    for (const item of this.#pending) {
      if (item.retryAt > Date.now()) continue;
      if (await this.#advance(item, head)) this.#pending.delete(item);
    }
  }

  /** @returns whether nothing is left to do. One packet's trouble does not stop the others. */
  async #advance(item: Pending, head: bigint): Promise<boolean> {
    const { route } = this.#parameters;
    const { packet } = item;
    try {
      route.signal.throwIfAborted();
      const progress = await readProgress(route.destination.client, route.destination.deployment, packet);
      if (progress === "settled") return true;
      if (progress === "withheld") throw new WaitingError("for its receiver, which took its verification back");
      if (progress === "unverified") {
        await verifyPacket(route, packet, head);
        await commitPacket(route, packet);
      }
      return this.#settle(item, await deliverPacket(route, packet));
    } catch (error) {
      if (route.signal.aborted || isChainFailure(error)) throw error;
      this.#say(item, error instanceof WaitingError ? `waits ${error.message}` : `stumbled: ${summarize(error)}`);
      return false;
    }
  }

  /** @returns whether the delivery succeeded or will not be tried again */
  #settle(item: Pending, failure: string | undefined): boolean {
    if (failure === undefined) {
      this.#say(item, `delivered to ${item.packet.receiver}`);
      return true;
    }
    const { attempts, retryDelay } = this.#parameters;
    item.attempts++;
    item.retryAt = Date.now() + retryDelay * 2 ** (item.attempts - 1);
    const isLast = item.attempts >= attempts;
    const rest = isLast ? "; given up, anybody may still deliver it" : "";
    this.#say(item, `delivery ${item.attempts} of ${attempts} failed: ${failure}${rest}`);
    return isLast;
  }

  #say(item: Pending, text: string): void {
    if (item.said === text) return;
    item.said = text;
    const { nonce, guid } = item.packet;
    this.#parameters.onLine(`${this.name} message ${nonce} (${guid}) ${text}`);
  }
}
