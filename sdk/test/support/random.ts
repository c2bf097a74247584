/** A repeatable source of numbers (SplitMix64): the same seed gives the same test. */
export class Random {
  #state: bigint;

  constructor(seed: number | bigint) {
    this.#state = BigInt(seed);
  }

  /** 64 random bits. */
  next(): bigint {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  }

  /** `low` to `high`, both included. */
  between(low: bigint, high: bigint): bigint {
    let wide = 0n;
    for (let i = 0; i < 5; ++i) wide = (wide << 64n) | this.next();
    return low + (wide % (high - low + 1n));
  }

  int(low: number, high: number): number {
    return Number(this.between(BigInt(low), BigInt(high)));
  }

  /** A number of 1 to `maxBits` bits, every length equally likely: small and huge ones alike. */
  anySize(maxBits: number): bigint {
    const bits = this.between(1n, BigInt(maxBits));
    return this.between(1n << (bits - 1n), (1n << bits) - 1n);
  }

  chance(percent: number): boolean {
    return this.int(1, 100) <= percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }
}
