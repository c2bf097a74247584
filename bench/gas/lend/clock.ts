import type { Chain } from "../chain.ts";

/** Seconds between two blocks, as on peaq. */
export const BLOCK_TIME = 6;

const DAY = 24 * 3600;

/** Gives every block its second, so that interest, and with it each figure, is the same in every run. */
export async function steadyClock(chain: Chain): Promise<void> {
  await chain.client.setBlockTimestampInterval({ interval: BLOCK_TIME });
}

/** Mines a block a day later. */
export async function passDay(chain: Chain): Promise<void> {
  const { timestamp } = await chain.client.getBlock();
  await chain.client.setNextBlockTimestamp({ timestamp: timestamp + BigInt(DAY) });
  await chain.client.mine({ blocks: 1 });
}

/** Mines all the blocks of so many seconds. */
export async function passBlocks(chain: Chain, seconds: number): Promise<void> {
  await chain.client.mine({ blocks: Math.ceil(seconds / BLOCK_TIME), interval: BLOCK_TIME });
}
