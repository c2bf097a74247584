/** Thrown for wrong settings: one sentence a wrong value. The process ends with code 2, because a retry cannot help. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join("\n"));
    this.sentences = sentences;
  }
}
