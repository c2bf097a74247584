import { type Hex, hexToBigInt, hexToNumber, size, slice } from "viem";

/** LayerZero's two forms of options that ask for gas and nothing else. */
const TYPE_1 = 1;
const TYPE_3 = 3;
const EXECUTOR = 1;
const LZ_RECEIVE = 1;

/**
 * Gas for `lzReceive` that options ask for; what is asked for twice adds up. `DevExecutor` refuses every other option
 * when a message is sent.
 */
export function receiveGas(options: Hex): bigint {
  const type = hexToNumber(slice(options, 0, 2));
  if (type === TYPE_1) return hexToBigInt(slice(options, 2, 34));
  if (type !== TYPE_3) throw new Error(`options of type ${type} are not served here`);

  let gas = 0n;
  for (let cursor = 2; cursor < size(options);) {
    // worker 1 | size 2 | type 1 | value; the size counts the type.
    const worker = hexToNumber(slice(options, cursor, cursor + 1));
    const length = hexToNumber(slice(options, cursor + 1, cursor + 3));
    const optionType = hexToNumber(slice(options, cursor + 3, cursor + 4));
    if (worker === EXECUTOR && optionType === LZ_RECEIVE) gas += hexToBigInt(slice(options, cursor + 4, cursor + 20));
    cursor += 3 + length;
  }
  return gas;
}
