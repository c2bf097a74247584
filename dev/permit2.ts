import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { type Address, type Hex, encodeAbiParameters, keccak256, parseAbiParameters, stringToHex } from "viem";

/** Permit2's address on every chain that has it. */
export const PERMIT2_ADDRESS: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

/** keccak256 of the runtime code on Ethereum. */
const CODE_HASH: Hex = "0xc67d1657868aa5146eaf24fb879fb1fdec3d2d493b3683a61c9c2f4fb2851131";

/** The package's test helper that holds the code as a hex literal. */
const SOURCE = "@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol";

/** Where the immutables lie in the code, in bytes: the chain id and the domain separator that are cached together. */
const CHAIN_ID_AT = 6945;
const SEPARATOR_AT = 6983;

/**
 * Permit2's runtime code, byte for byte as on Ethereum, for `hardhat_setCode` or `anvil_setCode` at
 * {@link PERMIT2_ADDRESS} on a local chain. On every chain id but 1 it computes its domain separator itself.
 *
 * The literal in the package caches the separator of chain 31337 at another address: used as it is, no signature
 * would pass on a local chain. So both immutables become those of Ethereum's deployment.
 *
 * @throws when the package holds other code than the one expected
 */
export function permit2Bytecode(): Hex {
  const source = readFileSync(createRequire(import.meta.url).resolve(SOURCE), "utf8");
  const literal = /hex"([0-9a-f]+)"/.exec(source)?.[1] ?? "";
  const withChain = replaceWord(literal, CHAIN_ID_AT, "1".padStart(64, "0"));
  const code: Hex = `0x${replaceWord(withChain, SEPARATOR_AT, domainSeparator(1n).slice(2))}`;
  if (keccak256(code) !== CODE_HASH) throw new Error(`${SOURCE} does not hold Permit2 as it is on Ethereum`);
  return code;
}

function replaceWord(digits: string, at: number, word: string): string {
  return digits.slice(0, at * 2) + word + digits.slice(at * 2 + 64);
}

function domainSeparator(chainId: bigint): Hex {
  return keccak256(
    encodeAbiParameters(parseAbiParameters("bytes32, bytes32, uint256, address"), [
      keccak256(stringToHex("EIP712Domain(string name,uint256 chainId,address verifyingContract)")),
      keccak256(stringToHex("Permit2")),
      chainId,
      PERMIT2_ADDRESS,
    ]),
  );
}
