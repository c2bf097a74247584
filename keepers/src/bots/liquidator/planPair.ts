import { previewPair, type PreviewParameters } from "./previewPair.ts";
import type { PlannedPair } from "./types.ts";

/**
 * What repaying up to `capital` can come to. Where the collateral's pool has less cash than would be seized there are two
 * choices: as much less as it can pay out, or all of it in uTokens.
 * @returns nothing when the controller refuses. Throws when the chain does not answer.
 */
export async function planPair(parameters: PreviewParameters): Promise<PlannedPair[]> {
  const whole = await previewPair(parameters);
  if (whole === undefined) return [];
  const { cash } = parameters.collateral.totals;
  if (whole.seized <= cash) return [whole];
  const shares = { ...whole, asShares: true };
  // Down: a unit too much would be refused.
  const capital = (whole.repaid * cash) / whole.seized;
  const part = capital === 0n ? undefined : await previewPair({ ...parameters, capital });
  return part === undefined || part.seized > cash ? [shares] : [part, shares];
}
