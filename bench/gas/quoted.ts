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
};
