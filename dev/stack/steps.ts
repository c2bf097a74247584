/** Where progress goes; `process.stdout` in real life. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** Shows named steps, each with the time that it took. On a terminal the last line names those that run. */
export class Steps {
  readonly #output: Output;
  readonly #total: number;
  readonly #now: () => number;
  readonly #running = new Set<string>();
  #done = 0;

  constructor(total: number, output: Output = process.stdout, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#output = output;
    this.#now = now;
  }

  /** Runs `work`; what it returns as `note` is shown behind the step's name. Errors pass through after a line. */
  async run(title: string, work: () => Promise<string>): Promise<void> {
    const label = `[${++this.#done}/${this.#total}] ${title.padEnd(12)}`;
    this.#show("", () => this.#running.add(label));
    const started = this.#now();
    const finish = (note: string): void => {
      this.#show(`${label} ${this.#seconds(started)}  ${note}\n`, () => this.#running.delete(label));
    };
    try {
      finish(await work());
    } catch (error) {
      finish("failed");
      throw error;
    }
  }

  /** Writes text that ends with a line. */
  print(text: string): void {
    this.#show(text, () => undefined);
  }

  /** Writes `text` in the place of the terminal's last line, and that line anew below it after `change`. */
  #show(text: string, change: () => unknown): void {
    const isTerminal = this.#output.isTTY === true;
    const wiped = isTerminal && this.#running.size > 0 ? "\r\u001b[2K" : "";
    change();
    const last = isTerminal ? [...this.#running].map((label) => `${label} …`).join(" ") : "";
    const all = wiped + text + last;
    if (all !== "") this.#output.write(all);
  }

  #seconds(started: number): string {
    return `${((this.#now() - started) / 1000).toFixed(1)} s`.padStart(7);
  }
}
