/** Runs something and catches what it writes to standard output meanwhile. */
export async function withOutput<T>(run: () => Promise<T>): Promise<{ result: T; output: string }> {
  const original = process.stdout.write.bind(process.stdout);
  let output = "";
  process.stdout.write = (chunk: string | Uint8Array) => {
    output += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  try {
    return { result: await run(), output };
  } finally {
    process.stdout.write = original;
  }
}

/** The message that something fails with; fails itself when nothing does. */
export async function failureOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await withOutput(run);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it should have failed, and did not");
}
