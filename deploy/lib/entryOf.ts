/** What `record` holds under `key`; throws an `Error` that names the key when there is nothing. */
export function entryOf<T>(record: Readonly<Record<string, T | undefined>>, key: string): T {
  const value = record[key];
  if (value === undefined) throw new Error(`${key} is not among ${Object.keys(record).join(", ") || "none"}`);
  return value;
}
