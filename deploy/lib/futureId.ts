/** A name as Ignition takes it in an id: "ETH / USD" becomes "ETH_USD". */
export function futureId(...parts: string[]): string {
  return parts.join("_").replaceAll(/[^A-Za-z0-9]+/g, "_");
}
