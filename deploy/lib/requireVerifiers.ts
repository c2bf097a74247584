import { bounds } from "../parameters.ts";
import type { PathParameters } from "./readPath.ts";

/**
 * A bridge with one verifier is a bridge with one key.
 * @throws Error when fewer than two verifiers are required
 */
export function requireVerifiers(where: string, { requiredDVNs }: PathParameters): void {
  if (requiredDVNs.length < bounds.requiredDVNs) {
    throw new Error(
      `${where} must require at least ${bounds.requiredDVNs} verifiers (requiredDVNs), and requires ${requiredDVNs.length}`,
    );
  }
}
