/** Bytes that the executor takes in one message: LayerZero's usual limit. */
export const MAX_MESSAGE_SIZE = 10_000;
