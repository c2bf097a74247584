import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { hexToBytes, zeroAddress } from "viem";

import { endpointAbi } from "../../layerzero/abi/endpoint.ts";
import { ulnAbi } from "../../layerzero/abi/uln.ts";
import { layerZeroAccounts } from "../../layerzero/accounts.ts";
import { layerZeroArtifact } from "../../layerzero/artifacts.ts";
import { checkVerifiers } from "../../layerzero/checkVerifiers.ts";
import { deployLayerZero } from "../../layerzero/deployLayerZero.ts";
import { EIDS } from "../../layerzero/eids.ts";
import { readUlnConfig } from "../../layerzero/readUlnConfig.ts";
import { startWorkers } from "../../layerzero/startWorkers.ts";
import { transact } from "../../layerzero/transact.ts";
import { devAccount } from "../../stack/accounts.ts";
import { freeBase } from "../support.ts";
import { startChain } from "./support/startChain.ts";
import { type Pair, startPair } from "./support/startPair.ts";

const { deployer } = layerZeroAccounts();
let pair: Pair;
before(async () => {
  pair = await startPair();
});
after(() => pair?.stop());

test("the endpoints are LayerZero's own, with the ids of the networks they stand for", async () => {
  for (const [{ client, deployment }, eid] of [
    [pair.ethereum, EIDS.ethereum],
    [pair.peaq, EIDS.peaq],
  ] as const) {
    const endpoint = { address: deployment.endpoint, abi: endpointAbi } as const;
    assert.equal(await client.readContract({ ...endpoint, functionName: "eid" }), eid);
    const code = await client.getCode({ address: deployment.endpoint });
    const { deployedBytecode } = layerZeroArtifact("EndpointV2");
    // Immutables, of which the id is one, are zero in what was compiled.
    const [found, compiled] = [hexToBytes(code ?? "0x"), hexToBytes(deployedBytecode)];
    assert.equal(found.length, compiled.length);
    assert.ok(compiled.every((byte, index) => byte === 0 || byte === found[index]));
  }
});

test("every library of both chains requires both verifiers, and no application gets by with less", async () => {
  for (const [{ client, deployment }, remoteEid] of [
    [pair.ethereum, EIDS.peaq],
    [pair.peaq, EIDS.ethereum],
  ] as const) {
    for (const library of [deployment.sendLibrary, deployment.receiveLibrary]) {
      for (const application of [zeroAddress, devAccount(3).address]) {
        const config = await readUlnConfig(client, library, application, remoteEid);
        assert.equal(config.requiredDVNCount, 2);
        assert.deepEqual(config.requiredDVNs, deployment.verifiers);
        assert.equal(config.optionalDVNCount, 0);
      }
    }
    const [first, second] = deployment.verifiers;
    assert.ok(BigInt(first) < BigInt(second), "ascending");
  }
});

test("a second deployment finds everything in place and sends nothing", async () => {
  const { rpcUrl, client, deployment } = pair.peaq;
  const block = await client.getBlockNumber();
  assert.deepEqual(await deployLayerZero({ rpcUrl, eid: EIDS.peaq, remoteEid: EIDS.ethereum }), deployment);
  assert.equal(await client.getBlockNumber(), block);
});

test("a chain that was stopped and taken up again keeps its deployment", async () => {
  const { rpcUrl, client, deployment, restart } = pair.peaq;
  const block = await client.getBlockNumber();
  await restart();
  assert.deepEqual(await deployLayerZero({ rpcUrl, eid: EIDS.peaq, remoteEid: EIDS.ethereum }), deployment);
  assert.equal(await client.getBlockNumber(), block);
});

test("a path with one required verifier is refused by the check and by the workers, and mended by a deployment", async () => {
  const { client, deployment, rpcUrl } = pair.peaq;
  const [only] = deployment.verifiers;
  const config = {
    confirmations: 1n,
    requiredDVNCount: 1,
    optionalDVNCount: 0,
    optionalDVNThreshold: 0,
    requiredDVNs: [only],
    optionalDVNs: [],
  };
  await transact(client, deployer.privateKey, (envelope) =>
    client.writeContract({
      ...envelope,
      address: deployment.receiveLibrary,
      abi: ulnAbi,
      functionName: "setDefaultUlnConfigs",
      args: [[{ eid: EIDS.ethereum, config }]],
    }),
  );
  await assert.rejects(checkVerifiers(client, deployment, EIDS.ethereum), /requires 1 verifiers/);
  await assert.rejects(startWorkers({ networks: pair.networks }), /requires 1 verifiers/);

  await deployLayerZero({ rpcUrl, eid: EIDS.peaq, remoteEid: EIDS.ethereum });
  await checkVerifiers(client, deployment, EIDS.ethereum);
});

test("what stands is not taken for something else", async () => {
  const { rpcUrl } = pair.peaq;
  await assert.rejects(
    deployLayerZero({ rpcUrl, eid: EIDS.ethereum, remoteEid: EIDS.peaq }),
    /The id of the endpoint that stands is 30302, not 30101/,
  );
  const accounts = { ...layerZeroAccounts(), executor: devAccount(3) };
  await assert.rejects(
    deployLayerZero({ rpcUrl, eid: EIDS.peaq, remoteEid: EIDS.ethereum, accounts }),
    /The owner of the executor that stands is/,
  );
});

test("an interrupted deployment is taken up where it was, a deployer with other transactions is refused", async (t) => {
  const { rpcUrl, client, stop } = await startChain(await freeBase(), 31_337);
  t.after(stop);
  const path = { rpcUrl, eid: EIDS.peaq, remoteEid: EIDS.ethereum };
  await client.setBalance({ address: deployer.address, value: 10n ** 20n });
  const args = [EIDS.peaq, deployer.address];
  await transact(client, deployer.privateKey, (envelope) =>
    client.deployContract({ ...envelope, ...layerZeroArtifact("EndpointV2"), args }),
  );
  assert.deepEqual(await deployLayerZero(path), pair.peaq.deployment);

  const busy = devAccount(0);
  const to = devAccount(1).address;
  await transact(client, busy.privateKey, (envelope) => client.sendTransaction({ ...envelope, to, value: 1n }));
  const accounts = { ...layerZeroAccounts(), deployer: busy };
  await assert.rejects(deployLayerZero({ ...path, accounts }), /did something else before/);
});
