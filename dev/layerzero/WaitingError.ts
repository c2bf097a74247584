/** A packet waits for something that others do; the message says for what. */
export class WaitingError extends Error {}
