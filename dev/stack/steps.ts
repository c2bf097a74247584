/** Where progress goes; `process.stdout` in real life. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** Runs the named steps of a start one after the other and shows each with the time that it took. */
export class Steps {
  readonly #output: Output;
  readonly #total: number;
  readonly #now: () => number;
  #done = 0;

  constructor(total: number, output: Output = process.stdout, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#output = output;
    this.#now = now;
  }

  /** Runs `work`; what it returns as `note` is shown behind the step's name. Errors pass through after a line. */
  async run(title: string, work: () => Promise<string>): Promise<void> {
    const label = `[${++this.#done}/${this.#total}] ${title.padEnd(12)}`;
    if (this.#output.isTTY === true) this.#output.write(`${label} …`);
    const started = this.#now();
    try {
      const note = await work();
      this.#finish(`${label} ${this.#seconds(started)}  ${note}`);
    } catch (error) {
      this.#finish(`${label} ${this.#seconds(started)}  failed`);
      throw error;
    }
  }

  #finish(line: string): void {
    this.#output.write(this.#output.isTTY === true ? `\r\u001b[2K${line}\n` : `${line}\n`);
  }

  #seconds(started: number): string {
    return `${((this.#now() - started) / 1000).toFixed(1)} s`.padStart(7);
  }
}
