import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { type Deployment as Known, parseDeployment } from "@cxmpute/sdk";
import type { Address } from "viem";

/** The oracle's contracts on peaq. */
export interface OracleSection {
  readonly priceOracle: Address;
  readonly priceFeedReceiver: Address;
  /** By Chainlink's description. */
  readonly feeds: Readonly<Record<string, { readonly id: number; readonly adapter: Address }>>;
}

/** The lending contracts. */
export interface LendSection {
  readonly controller: Address;
  /** By the asset's symbol. */
  readonly pools: Readonly<Record<string, Address>>;
}

export interface Deployment extends Known {
  readonly oracle?: OracleSection | undefined;
  readonly lend?: LendSection | undefined;
}

/** Where the Ethereum side of a deployment is told: beside its own file. */
export function senderFile(file: string): string {
  return file.replace(/(\.json)?$/, ".sender.json");
}

export function writeDeployment(file: string, deployment: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(deployment, null, 2)}\n`);
}

/** @throws Error that says what to do when the file is absent, or what is wrong with it. */
export function readDeployment(file: string): Deployment {
  if (!existsSync(file)) throw new Error(`there is no deployment file ${file}: deploy first, or name one`);
  const text = readFileSync(file, "utf8");
  const { oracle, lend } = JSON.parse(text) as Deployment;
  return { ...parseDeployment(text), ...(oracle && { oracle }), ...(lend && { lend }) };
}
