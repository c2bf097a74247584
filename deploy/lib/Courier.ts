/** How time passes and messages arrive during a deployment over two chains. */
export interface Courier {
  /** Returns when at least `seconds` have passed on both chains. */
  pass(seconds: number): Promise<void>;
  /** Brings across what can be brought, or waits a moment for those who do. */
  carry(): Promise<void>;
  /** Milliseconds after which a message that has not arrived is taken for lost. */
  readonly patience: number;
}
