/** The latest block. */
export interface Head {
  readonly number: bigint;
  readonly hash: string;
  /** Seconds. */
  readonly timestamp: bigint;
}

/** Keeps what the bots look at up to date. */
export interface Watch {
  /** One round. Throws when the chain does not answer; the next round goes on from there. */
  advance(head: Head): Promise<void>;
  /** Whether everything that exists has been seen once. */
  isReady(): boolean;
  /** Blocks whose events are not read yet. */
  lag(head: Head): bigint;
  /** For `/status`. */
  view(): Readonly<Record<string, string | number | boolean>>;
}
