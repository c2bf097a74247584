/**
 * Figures of systems that the npm registry does not carry, each measured on its own code under the rules of
 * `docs/benchmarks.md` or published by its project. They are printed, marked, and not written to the results.
 */
export const QUOTED: Record<string, Record<string, number>> = {
  "dex.createFirst": { "Clober v2, first at a tick": 330_266, "Rubicon v2": 254_843 },
  "dex.create": { "Clober v2, same tick": 179_654, "Rubicon v2": 254_843 },
  "dex.fill": {
    "Clober v2, and 106,331 for the maker's claim": 118_850,
    "Rubicon v2": 106_629,
  },
  "dex.fillFull": { "Clober v2, and 109,799 for the maker's claim": 118_850, "Rubicon v2": 114_173 },
  "dex.cancel": { "Clober v2": 129_281, "Rubicon v2": 112_570 },
  "dex.size": { "Clober v2": 23_549 },
  "lend.supplyNew": { Comet: 91_462, "Euler v2": 140_791 },
  "lend.supply": { Comet: 75_410, "Euler v2": 123_691 },
  "lend.withdraw": { Comet: 72_541, "Euler v2": 132_226 },
  "lend.borrowFirst": { Comet: 85_847, "Euler v2": 233_162 },
  "lend.borrow": { Comet: 86_991, "Euler v2": 207_663 },
  "lend.repay": { Comet: 74_753, "Euler v2": 145_466 },
  "lend.liquidate": { "Comet, absorb, and 104,623 for buyCollateral": 99_787, "Euler v2": 345_779 },
  "lend.flashLoan": { "Euler v2": 66_211 },
  "oracle.receive1": { "a receiver that only stores": 49_825, "Pyth, pushed by its user": 192_858 },
  "oracle.receive3": { "a receiver that only stores": 68_242, "Pyth, pushed by its user": 231_546 },
  "oracle.receive10": { "a receiver that only stores": 132_728 },
  "oracle.read": { "a receiver that only stores": 2_738, "Pyth, through its proxy": 8_383 },
};
