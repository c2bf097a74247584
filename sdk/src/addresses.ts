import type { Deployment } from "./deployment.ts";
import { deployments } from "./deployments.ts";

/** Thrown when a chain has no committed deployment. */
export class UnknownChainError extends Error {
  override name = "UnknownChainError";
  readonly chainId: number;

  constructor(chainId: number, known: readonly number[]) {
    const list = known.length === 0 ? "none is committed yet" : `known are ${known.join(", ")}`;
    super(
      `There is no committed deployment on chain ${chainId} (${list}); read a deployment file with parseDeployment.`,
    );
    this.chainId = chainId;
  }
}

/**
 * Where everything is on a public chain.
 * @throws UnknownChainError for other chains; a local one is described by the file that it writes.
 */
export function getDeployment(chainId: number): Deployment {
  const found = deployments.find((deployment) => deployment.chainId === chainId);
  if (found === undefined) {
    throw new UnknownChainError(
      chainId,
      deployments.map((deployment) => deployment.chainId),
    );
  }
  return found;
}

/** The public chains that have a committed deployment. */
export function deployedChainIds(): readonly number[] {
  return deployments.map((deployment) => deployment.chainId);
}
