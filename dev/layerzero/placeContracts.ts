import { type Address, getContractAddress, parseEther, type ReadContractParameters } from "viem";

import { endpointAbi } from "./abi/endpoint.ts";
import { ownerAbi } from "./abi/owner.ts";
import type { LayerZeroAccounts } from "./accounts.ts";
import { type Artifact, layerZeroArtifact, workerArtifact } from "./artifacts.ts";
import { ascending } from "./ascending.ts";
import type { Client } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";
import { transact } from "./transact.ts";

/** What a worker takes for a message, in wei. */
const VERIFIER_FEE = parseEther("0.0002");
const EXECUTOR_FEE = parseEther("0.0005");
/** Gas that the send library grants its treasury for saying its fee; and the most that fee may be beyond the workers'. */
const TREASURY_GAS = 100_000n;
const TREASURY_FEE_CAP = 0n;

interface Placement {
  artifact: Artifact;
  args: readonly unknown[];
}

/**
 * The contracts are the deployer's first transactions, so their addresses follow from its own, and its nonce says how
 * many of them stand.
 */
export async function placeContracts(
  client: Client,
  accounts: LayerZeroAccounts,
  eid: number,
): Promise<LayerZeroDeployment> {
  const { address: from, privateKey } = accounts.deployer;
  const at = (nonce: number): Address => getContractAddress({ from, nonce: BigInt(nonce) });
  const [endpoint, sendLibrary, receiveLibrary, treasury] = [at(0), at(1), at(2), at(3)];
  const [firstVerifier, secondVerifier, executor] = [at(4), at(5), at(6)];
  const [first, second] = accounts.verifiers;
  const placements: Placement[] = [
    { artifact: layerZeroArtifact("EndpointV2"), args: [eid, from] },
    { artifact: layerZeroArtifact("uln/uln302/SendUln302"), args: [endpoint, TREASURY_GAS, TREASURY_FEE_CAP] },
    { artifact: layerZeroArtifact("uln/uln302/ReceiveUln302"), args: [endpoint] },
    { artifact: layerZeroArtifact("Treasury"), args: [] },
    { artifact: workerArtifact("DevVerifier"), args: [first.address, VERIFIER_FEE] },
    { artifact: workerArtifact("DevVerifier"), args: [second.address, VERIFIER_FEE] },
    { artifact: workerArtifact("DevExecutor"), args: [endpoint, accounts.executor.address, EXECUTOR_FEE] },
  ];

  const standing = await client.getTransactionCount({ address: from });
  for (const [nonce, { artifact, args }] of placements.entries()) {
    if (nonce >= standing) {
      await transact(client, privateKey, (envelope) => client.deployContract({ ...envelope, ...artifact, args }));
    } else if ((await client.getCode({ address: at(nonce) })) === undefined) {
      throw new Error(`No contract at ${at(nonce)}: ${from}, which deploys LayerZero, did something else before`);
    }
  }

  await expect(client, "id of the endpoint", eid, { address: endpoint, abi: endpointAbi, functionName: "eid" });
  const owner = { abi: ownerAbi, functionName: "owner" } as const;
  await expect(client, "owner of the endpoint", from, { address: endpoint, ...owner });
  await expect(client, "owner of a verifier", first.address, { address: firstVerifier, ...owner });
  await expect(client, "owner of a verifier", second.address, { address: secondVerifier, ...owner });
  await expect(client, "owner of the executor", accounts.executor.address, { address: executor, ...owner });

  const verifiers = ascending([firstVerifier, secondVerifier]);
  return { eid, endpoint, sendLibrary, receiveLibrary, treasury, verifiers, executor };
}

/** Refuses what an earlier call deployed with other arguments. */
async function expect(client: Client, what: string, expected: unknown, call: ReadContractParameters): Promise<void> {
  const found = await client.readContract(call);
  if (found !== expected) throw new Error(`The ${what} that stands is ${String(found)}, not ${String(expected)}`);
}
