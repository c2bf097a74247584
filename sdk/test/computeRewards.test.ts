import assert from "node:assert/strict";
import { test } from "node:test";

import { type Address, encodeAbiParameters, getAddress, type Hex, keccak256, numberToHex, padHex } from "viem";

import {
  type Attestation,
  attestationLeafHash,
  attestationTree,
  type AttesterReport,
  basePoints,
  capOf,
  computeEpoch,
  demandMultiplier,
  encodeRewardParameters,
  epochAt,
  type EpochData,
  type EpochProvision,
  epochSpan,
  hashRewardParameters,
  hourOfEpoch,
  hourPoints,
  latencyMultiplier,
  lowerMedian,
  packProvisionId,
  pointsOfFee,
  poolPart,
  referencePoints,
  type RewardLeaf,
  rewardLeafHash,
  rewardOf,
  type RewardParameters,
  rewardTree,
  type Service,
  SERVICES,
  SortedMerkleTree,
  uptimeMultiplier,
  utilisationOf,
  verifySortedProof,
} from "../src/index.ts";
import { Random } from "./support/random.ts";
import { readVectors } from "./support/readVectors.ts";

type Row = Readonly<Record<string, bigint>>;

const vectors = readVectors("points.json") as { hours: readonly Row[]; epochs: readonly Row[] };
const SERVICE_NAMES = Object.keys(SERVICES) as Service[];
const domain = { chainId: 3338, contract: "0x00000000000000000000000000000000000000D1" as Address };
const providers = [1, 2, 3].map((n) => getAddress(padHex(numberToHex(n), { size: 20 })));
const [ONE, TWO, THREE] = providers.map((provider) => packProvisionId({ provider, index: 1 })) as [
  bigint,
  bigint,
  bigint,
];

function field(row: Row, name: string): bigint {
  const value = row[name];
  assert.ok(value !== undefined, name);
  return value;
}

// ------------------------------------------------------------------------------------------------------------- points

test("the points of an hour are those of the vectors that Solidity has", () => {
  assert.ok(vectors.hours.length >= 100);
  for (const [i, row] of vectors.hours.entries()) {
    const of = (name: string) => field(row, name);
    const service = SERVICE_NAMES[Number(of("service"))];
    assert.ok(service !== undefined);
    const tier = Number(of("tier"));
    const usage = {
      requests: of("requests"),
      inputTokens: of("inputTokens"),
      outputTokens: of("outputTokens"),
    };
    assert.equal(basePoints(service, tier, usage), of("base"), `base ${i}`);
    assert.equal(referencePoints(service, tier), of("referencePoints"), `reference ${i}`);
    assert.equal(uptimeMultiplier(of("uptime")), of("uptimeX"), `uptime ${i}`);
    assert.equal(latencyMultiplier(of("p50")), of("latencyX"), `latency ${i}`);
    assert.equal(utilisationOf(of("used"), of("capacity"), of("uptimes")), of("utilisation"), `utilisation ${i}`);
    assert.equal(demandMultiplier(of("utilisation")), of("demandX"), `demand ${i}`);
    assert.equal(hourPoints(of("base"), of("uptimeX"), of("latencyX"), of("demandX")), of("points"), `points ${i}`);
  }
});

test("caps, rewards and parts of pools are those of the vectors that Solidity has", () => {
  for (const [i, row] of vectors.epochs.entries()) {
    const of = (name: string) => field(row, name);
    assert.equal(capOf(of("fee"), of("ofReference"), of("referenceFee")), of("cap"), `cap ${i}`);
    assert.equal(pointsOfFee(of("fee"), of("ofReference"), of("referenceFee")), of("byFee"), `by fee ${i}`);
    assert.equal(rewardOf(of("points"), of("all"), of("pool")), of("reward"), `reward ${i}`);
    assert.equal(poolPart(of("reward"), of("own"), of("delegated")), of("toPool"), `pool ${i}`);
  }
});

test("a tier that does not exist has no points", () => {
  const usage = { requests: 1n, inputTokens: 1n, outputTokens: 1n };
  for (const tier of [-1, 4, 0.5]) assert.throws(() => basePoints("chat", tier, usage), /no tier/);
});

test("epochs are weeks from Thursday", () => {
  assert.equal(epochAt(0n), 0n);
  assert.equal(epochAt(604_799n), 0n);
  assert.equal(epochAt(604_800n), 1n);
  assert.deepEqual(epochSpan(2n), { start: 1_209_600n, end: 1_814_400n });
  assert.equal(new Date(Number(epochSpan(2_976n).start) * 1000).getUTCDay(), 4);
  assert.equal(hourOfEpoch(604_800n), 0);
  assert.equal(hourOfEpoch(604_800n + 3_599n), 0);
  assert.equal(hourOfEpoch(604_800n + 3_600n), 1);
  assert.equal(hourOfEpoch(1_209_599n), 167);
});

test("the lower median", () => {
  assert.equal(lowerMedian([7n]), 7n);
  assert.equal(lowerMedian([9n, 1n]), 1n);
  assert.equal(lowerMedian([10n, 9n, 100n]), 10n);
  assert.equal(lowerMedian([4n, 3n, 2n, 1n]), 2n);
  assert.throws(() => lowerMedian([]), RangeError);
});

// -------------------------------------------------------------------------------------------------------------- trees

const hash = (i: number): Hex => keccak256(numberToHex(i, { size: 32 }));

test("every leaf of trees of 1 to 33 is proved, in whatever order they come, and nothing else is", () => {
  for (let size = 1; size <= 33; ++size) {
    const leaves = Array.from({ length: size }, (_, i) => hash(i));
    const tree = new SortedMerkleTree(leaves);
    assert.equal(new SortedMerkleTree([...leaves].reverse()).root, tree.root);
    for (const leaf of leaves) {
      const proof = tree.prove(leaf);
      assert.ok(proof.length <= Math.ceil(Math.log2(size)));
      assert.equal(verifySortedProof(tree.root, leaf, proof), true);
      assert.equal(verifySortedProof(tree.root, hash(99), proof), false);
      assert.equal(verifySortedProof(tree.root, leaf, [...proof, hash(99)]), false);
    }
    assert.throws(() => tree.prove(hash(99)), /not in the tree/);
  }
  assert.throws(() => new SortedMerkleTree([]), /without leaves/);
  assert.throws(() => new SortedMerkleTree([hash(1), hash(1)]), /twice/);
});

test("the tree is that of OpenZeppelin's: three leaves by hand", () => {
  const [a, b, c] = [hash(1), hash(2), hash(3)].sort() as [Hex, Hex, Hex];
  const pair = (x: Hex, y: Hex) => keccak256(x < y ? `${x}${y.slice(2)}` : `${y}${x.slice(2)}`);
  assert.equal(new SortedMerkleTree([a, b, c]).root, pair(pair(a, b), c));
});

test("a leaf of the rewards names chain, distributor, kind and account", () => {
  const leaf: RewardLeaf = { kind: "pool", account: ONE, cumulative: 5n };
  const encoded = encodeAbiParameters(
    ["uint256", "address", "uint256", "uint256", "uint256"].map((type) => ({ type })),
    [3338n, domain.contract, 1n, ONE, 5n],
  );
  assert.equal(rewardLeafHash(domain, leaf), keccak256(keccak256(encoded)));
  const others = [
    rewardLeafHash({ ...domain, chainId: 1 }, leaf),
    rewardLeafHash({ ...domain, contract: providers[0]! }, leaf),
    rewardLeafHash(domain, { ...leaf, kind: "account" }),
    rewardLeafHash(domain, { ...leaf, account: TWO }),
    rewardLeafHash(domain, { ...leaf, cumulative: 6n }),
  ];
  assert.equal(new Set([rewardLeafHash(domain, leaf), ...others]).size, 6);
});

test("an attester's tree has a leaf for each provision and hour", () => {
  const leaves = [0, 1, 167].map((hour) => measured(ONE, { hour }));
  const tree = attestationTree(leaves);
  for (const leaf of leaves) {
    assert.equal(verifySortedProof(tree.root, attestationLeafHash(leaf), tree.prove(attestationLeafHash(leaf))), true);
  }
  const encoded = encodeAbiParameters(
    Array.from({ length: 8 }, () => ({ type: "uint256" })),
    [ONE, 7n, 100n, 0n, 0n, 1_000_000n, 300n, 2n],
  );
  assert.equal(attestationLeafHash(measured(ONE, { hour: 7, failures: 2n })), keccak256(keccak256(encoded)));
  for (const hour of [-1, 168, 0.5]) assert.throws(() => attestationLeafHash(measured(ONE, { hour })), /no hour/);
});

// --------------------------------------------------------------------------------------------------------- parameters

const parameters: RewardParameters = {
  feeBps: 500n,
  quorum: 3,
  services: [
    { service: "chat", tier: 1, referencePrice: 1_050_000_000n, capacity: 0n },
    { service: "chat", tier: 0, referencePrice: 450_000_000n, capacity: 200_000_000n },
    { service: "speech", tier: 0, referencePrice: 8_000_000_000n, capacity: 0n },
  ],
};

test("parameters have one encoding, whatever the order of their services", () => {
  const turned = { ...parameters, services: [...parameters.services].reverse() };
  assert.equal(encodeRewardParameters(turned), encodeRewardParameters(parameters));
  assert.equal(hashRewardParameters(parameters), keccak256(encodeRewardParameters(parameters)));
  assert.notEqual(hashRewardParameters({ ...parameters, quorum: 2 }), hashRewardParameters(parameters));
});

test("parameters that cannot be computed with are refused", () => {
  const [chat] = parameters.services;
  assert.ok(chat !== undefined);
  const wrong: Partial<RewardParameters>[] = [
    { feeBps: 0n },
    { feeBps: 10_001n },
    { quorum: 0 },
    { quorum: 1.5 },
    { services: [chat, chat] },
    { services: [{ ...chat, tier: 4 }] },
    { services: [{ ...chat, referencePrice: 0n }] },
    { services: [{ ...chat, referencePrice: 19n }] },
    { services: [{ ...chat, capacity: -1n }] },
  ];
  for (const part of wrong) assert.throws(() => encodeRewardParameters({ ...parameters, ...part }), RangeError);
});

// --------------------------------------------------------------------------------------------------------- the epoch

function measured(provisionId: bigint, given: Partial<Attestation> = {}): Attestation {
  return {
    provisionId,
    hour: 0,
    requests: 100n,
    inputTokens: 0n,
    outputTokens: 0n,
    uptimePpm: 1_000_000n,
    p50Ms: 300n,
    failures: 0n,
    ...given,
  };
}

function provision(provisionId: bigint, given: Partial<EpochProvision> = {}): EpochProvision {
  const stake = { ownTokens: 1_000n, delegatedTokens: 0n };
  return { provisionId, service: "chat", tier: 0, fee: 1_000_000n, ...stake, ...given };
}

const reportOf = (n: number, leaves: readonly Attestation[]): AttesterReport => ({ attester: hash(n), leaves });
const alike = (leaves: readonly Attestation[]) => [1, 2, 3].map((n) => reportOf(n, leaves));

function epochOf(given: Partial<EpochData>): EpochData {
  const nothing = { provisions: [], reports: [], isSilent: false, previous: [], pool: 0n };
  return { domain, parameters, ...nothing, ...given };
}

test("an epoch by hand: one provision, one hour, half of its capacity", () => {
  const result = computeEpoch(epochOf({ provisions: [provision(ONE)], reports: alike([measured(ONE)]), pool: 1_000n }));
  // 100 requests × 1.3 × 1.15 × 1.25: half of a capacity of 200 points.
  assert.equal(result.provisions[0]?.points, 186_875_000n);
  assert.equal(result.provisions[0]?.cap, 88_888_888_888n);
  assert.deepEqual(result.leaves, [{ kind: "account", account: BigInt(providers[0]!), cumulative: 1_000n }]);
  assert.equal(result.cumulativeTotal, 1_000n);
  assert.equal(result.tree?.root, rewardTree(domain, result.leaves).root);
});

test("what is served counts up to twice what reference requests of the same fee have", () => {
  const reports = alike([measured(ONE, { requests: 10_000_000n }), measured(TWO, { requests: 10n })]);
  const provisions = [provision(ONE, { fee: 1_000n }), provision(TWO, { fee: 0n })];
  const [one, two] = computeEpoch(epochOf({ provisions, reports, pool: 10n ** 18n })).provisions;
  assert.equal(one?.points, one?.cap);
  assert.equal(one?.cap, 88_888_888n);
  assert.equal(one?.reward, 10n ** 18n);
  assert.equal(two?.points, 0n, "unpaid usage has none");
  assert.equal(two?.reward, 0n);
});

test("one liar of three changes nothing beyond what the honest ones measured", () => {
  const honest = [measured(ONE), measured(TWO, { requests: 50n, p50Ms: 400n })];
  const provisions = [provision(ONE), provision(TWO)];
  const expected = computeEpoch(epochOf({ provisions, reports: alike(honest), pool: 10n ** 20n }));
  for (const factor of [0n, 1_000n]) {
    const lies = honest.map((leaf) => ({
      ...leaf,
      requests: leaf.requests * factor,
      uptimePpm: factor === 0n ? 0n : 1_000_000n,
      p50Ms: leaf.p50Ms * factor,
    }));
    const reports = [reportOf(1, honest), reportOf(2, lies), reportOf(3, honest)];
    assert.deepEqual(computeEpoch(epochOf({ provisions, reports, pool: 10n ** 20n })), expected);
  }
});

test("an hour that fewer than k attesters measured does not count", () => {
  const both = [measured(ONE), measured(ONE, { hour: 1 })];
  const reports = [reportOf(1, both), reportOf(2, both), reportOf(3, both.slice(0, 1))];
  const only = computeEpoch(epochOf({ provisions: [provision(ONE)], reports, pool: 1n }));
  const one = computeEpoch(epochOf({ provisions: [provision(ONE)], reports: alike(both.slice(0, 1)), pool: 1n }));
  assert.deepEqual(only, one);
});

test("demand is that of the service and tier in its hour; other services do not count, no capacity is neutral", () => {
  const reports = alike([
    measured(ONE),
    measured(TWO, { requests: 300n }),
    measured(THREE, { requests: 100n, outputTokens: 600n }),
  ]);
  const provisions = [provision(ONE), provision(TWO), provision(THREE, { service: "speech" })];
  const [one, two, three] = computeEpoch(epochOf({ provisions, reports, pool: 1n })).provisions;
  // 400 points of 400: all used.
  assert.equal(one?.points, 299_000_000n);
  assert.equal(two?.points, 897_000_000n);
  assert.equal(three?.points, 29_900_000n, "ten minutes, neutral demand");
});

test("while attesters are silent fees alone count, at one", () => {
  const provisions = [
    provision(ONE, { fee: 22_500n }),
    provision(TWO, { fee: 52_500n, tier: 1 }),
    provision(THREE, { fee: 0n }),
  ];
  const result = computeEpoch(epochOf({ provisions, reports: alike([measured(ONE)]), isSilent: true, pool: 400n }));
  assert.deepEqual(
    result.provisions.map(({ points, reward }) => [points, reward]),
    [
      [1_000_000_000n, 100n],
      [3_000_000_000n, 300n],
      [0n, 0n],
    ],
  );
});

test("a pool has its part by tokens", () => {
  const staked = { ownTokens: 1_000n, delegatedTokens: 3_000n };
  const result = computeEpoch(
    epochOf({ provisions: [provision(ONE, staked)], reports: alike([measured(ONE)]), pool: 1_000n }),
  );
  assert.equal(result.provisions[0]?.toPool, 750n);
  assert.deepEqual(result.leaves, [
    { kind: "account", account: BigInt(providers[0]!), cumulative: 250n },
    { kind: "pool", account: ONE, cumulative: 750n },
  ]);
});

test("totals go on: old leaves stay, a provider's provisions add up, the order of data does not matter", () => {
  const second = packProvisionId({ provider: providers[0]!, index: 2 });
  const previous: RewardLeaf[] = [
    { kind: "pool", account: THREE, cumulative: 7n },
    { kind: "account", account: BigInt(providers[0]!), cumulative: 50n },
  ];
  const data = epochOf({
    provisions: [provision(second), provision(TWO), provision(ONE)],
    reports: alike([measured(ONE), measured(second), measured(TWO)]),
    previous,
    pool: 301n,
  });
  const result = computeEpoch(data);
  assert.deepEqual(result.leaves, [
    { kind: "account", account: BigInt(providers[0]!), cumulative: 250n },
    { kind: "account", account: BigInt(providers[1]!), cumulative: 100n },
    { kind: "pool", account: THREE, cumulative: 7n },
  ]);
  assert.equal(result.cumulativeTotal, 357n, "what is rounded down stays for the next epoch");
  const turned = {
    ...data,
    provisions: [...data.provisions].reverse(),
    previous: [...previous].reverse(),
    reports: [...data.reports].reverse().map((one) => ({ ...one, leaves: [...one.leaves].reverse() })),
  };
  assert.equal(computeEpoch(turned).tree?.root, result.tree?.root);
});

test("an epoch without points adds nothing, and one without anybody has no tree", () => {
  const previous: RewardLeaf[] = [{ kind: "account", account: 1n, cumulative: 50n }];
  const idle = computeEpoch(epochOf({ provisions: [provision(ONE)], previous, pool: 1_000n }));
  assert.deepEqual(idle.leaves, previous);
  assert.equal(idle.cumulativeTotal, 50n);
  const empty = computeEpoch(epochOf({}));
  assert.equal(empty.tree, undefined);
  assert.equal(empty.cumulativeTotal, 0n);
});

test("data that are not whole are refused", () => {
  const provisions = [provision(ONE)];
  const wrong: Partial<EpochData>[] = [
    { provisions: [provision(ONE), provision(ONE)] },
    { provisions: [provision(ONE + 1n)] },
    { provisions: [provision(ONE, { tier: 2 })] },
    { provisions: [provision(ONE, { fee: -1n })] },
    { provisions: [provision(ONE, { delegatedTokens: -1n })] },
    { provisions, pool: -1n },
    { provisions, reports: [reportOf(1, []), reportOf(1, [])] },
    { provisions, reports: [reportOf(1, [measured(ONE), measured(ONE)])] },
    { provisions, reports: [reportOf(1, [measured(TWO)])] },
    { provisions, reports: [reportOf(1, [measured(ONE, { hour: 168 })])] },
    {
      previous: [
        { kind: "pool", account: 1n, cumulative: 1n },
        { kind: "pool", account: 1n, cumulative: 2n },
      ],
    },
  ];
  for (const part of wrong) assert.throws(() => computeEpoch(epochOf(part)), RangeError);
});

test("any epoch: rewards within the pool and the caps, leaves that add up and are proved", () => {
  const random = new Random(7);
  for (let round = 0; round < 20; ++round) {
    const count = random.int(1, 12);
    const provisions = Array.from({ length: count }, (_, i) =>
      provision(packProvisionId({ provider: providers[i % 3]!, index: i + 1 }), {
        tier: random.int(0, 1),
        fee: random.anySize(32),
        ownTokens: random.anySize(80),
        delegatedTokens: random.chance(50) ? 0n : random.anySize(80),
      }),
    );
    const reports = [1, 2, 3, 4].map((n) =>
      reportOf(
        n,
        provisions.flatMap(({ provisionId }) =>
          [0, 80, 167].map((hour) =>
            measured(provisionId, {
              hour,
              requests: random.anySize(20),
              uptimePpm: random.between(900_000n, 1_000_000n),
              p50Ms: random.between(100n, 1_000n),
            }),
          ),
        ),
      ),
    );
    const pool = random.anySize(80);
    const result = computeEpoch(epochOf({ provisions, reports, pool }));
    const sum = result.provisions.reduce((total, { reward }) => total + reward, 0n);
    assert.ok(sum <= pool);
    assert.equal(result.cumulativeTotal, sum);
    for (const { points, cap, reward, toPool } of result.provisions) {
      assert.ok(points <= cap);
      assert.ok(toPool <= reward);
    }
    for (const leaf of result.leaves.map((one) => rewardLeafHash(domain, one))) {
      const tree = result.tree;
      assert.ok(tree !== undefined);
      assert.equal(verifySortedProof(tree.root, leaf, tree.prove(leaf)), true);
    }
  }
});
