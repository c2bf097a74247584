import { type Address, type Hex, zeroAddress } from "viem";

import { endpointAbi } from "./abi/endpoint.ts";
import { sendLibraryAbi } from "./abi/sendLibrary.ts";
import { ulnAbi } from "./abi/uln.ts";
import type { Client } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";
import { MAX_MESSAGE_SIZE } from "./maxMessageSize.ts";
import { transact, type Write } from "./transact.ts";

export interface WirePathParameters {
  client: Client;
  /** Of the owner of LayerZero's contracts. */
  deployerKey: Hex;
  deployment: LayerZeroDeployment;
  remoteEid: number;
  confirmations: number;
}

interface Setting {
  isSet: () => Promise<boolean>;
  set: Write;
}

/** Makes the defaults of the path to and from `remoteEid`; leaves alone what is right already. */
export async function wirePath(parameters: WirePathParameters): Promise<void> {
  for (const { isSet, set } of settings(parameters)) {
    if (!(await isSet())) await transact(parameters.client, parameters.deployerKey, set);
  }
}

/** In the order that LayerZero asks for: a library must know a chain before the endpoint takes it as default. */
function settings(parameters: WirePathParameters): Setting[] {
  const { sendLibrary, receiveLibrary } = parameters.deployment;
  return [
    treasury(parameters),
    verifiers(parameters, sendLibrary),
    verifiers(parameters, receiveLibrary),
    executor(parameters),
    registration(parameters, sendLibrary),
    registration(parameters, receiveLibrary),
    defaultSend(parameters),
    defaultReceive(parameters),
  ];
}

function treasury({ client, deployment }: WirePathParameters): Setting {
  const library = { address: deployment.sendLibrary, abi: sendLibraryAbi } as const;
  return {
    isSet: async () => (await client.readContract({ ...library, functionName: "treasury" })) === deployment.treasury,
    set: (envelope) =>
      client.writeContract({ ...envelope, ...library, functionName: "setTreasury", args: [deployment.treasury] }),
  };
}

function verifiers(parameters: WirePathParameters, address: Address): Setting {
  const { client, deployment, remoteEid } = parameters;
  const confirmations = BigInt(parameters.confirmations);
  const library = { address, abi: ulnAbi } as const;
  return {
    isSet: async () => {
      // A path that was never configured has no verifier at all, and reading it reverts.
      const config = await client
        .readContract({ ...library, functionName: "getUlnConfig", args: [zeroAddress, remoteEid] })
        .catch(() => undefined);
      return (
        config?.confirmations === confirmations &&
        config.optionalDVNCount === 0 &&
        config.requiredDVNs.join() === deployment.verifiers.join()
      );
    },
    set: (envelope) => {
      const config = {
        confirmations,
        requiredDVNCount: deployment.verifiers.length,
        optionalDVNCount: 0,
        optionalDVNThreshold: 0,
        requiredDVNs: deployment.verifiers,
        optionalDVNs: [],
      };
      const args = [[{ eid: remoteEid, config }]] as const;
      return client.writeContract({ ...envelope, ...library, functionName: "setDefaultUlnConfigs", args });
    },
  };
}

function executor({ client, deployment, remoteEid }: WirePathParameters): Setting {
  const library = { address: deployment.sendLibrary, abi: sendLibraryAbi } as const;
  return {
    isSet: async () => {
      const args = [zeroAddress, remoteEid] as const;
      const config = await client.readContract({ ...library, functionName: "getExecutorConfig", args });
      return config.executor === deployment.executor && config.maxMessageSize === MAX_MESSAGE_SIZE;
    },
    set: (envelope) => {
      const config = { maxMessageSize: MAX_MESSAGE_SIZE, executor: deployment.executor };
      const args = [[{ eid: remoteEid, config }]] as const;
      return client.writeContract({ ...envelope, ...library, functionName: "setDefaultExecutorConfigs", args });
    },
  };
}

function registration({ client, deployment }: WirePathParameters, library: Address): Setting {
  const endpoint = { address: deployment.endpoint, abi: endpointAbi, args: [library] } as const;
  return {
    isSet: () => client.readContract({ ...endpoint, functionName: "isRegisteredLibrary" }),
    set: (envelope) => client.writeContract({ ...envelope, ...endpoint, functionName: "registerLibrary" }),
  };
}

function defaultSend({ client, deployment, remoteEid }: WirePathParameters): Setting {
  const endpoint = { address: deployment.endpoint, abi: endpointAbi } as const;
  const { sendLibrary } = deployment;
  return {
    isSet: async () =>
      (await client.readContract({ ...endpoint, functionName: "defaultSendLibrary", args: [remoteEid] })) ===
      sendLibrary,
    set: (envelope) =>
      client.writeContract({
        ...envelope,
        ...endpoint,
        functionName: "setDefaultSendLibrary",
        args: [remoteEid, sendLibrary],
      }),
  };
}

function defaultReceive({ client, deployment, remoteEid }: WirePathParameters): Setting {
  const endpoint = { address: deployment.endpoint, abi: endpointAbi } as const;
  const { receiveLibrary } = deployment;
  return {
    isSet: async () =>
      (await client.readContract({ ...endpoint, functionName: "defaultReceiveLibrary", args: [remoteEid] })) ===
      receiveLibrary,
    set: (envelope) =>
      client.writeContract({
        ...envelope,
        ...endpoint,
        functionName: "setDefaultReceiveLibrary",
        // No grace period: there is no library before this one.
        args: [remoteEid, receiveLibrary, 0n],
      }),
  };
}
