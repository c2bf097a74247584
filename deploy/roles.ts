/** Roles of the AccessManager. Zero is OpenZeppelin's own; governance and guardian are ours. */
export const Role = { admin: 0n, governance: 1n, guardian: 2n } as const;

/** What each role may call on a contract. What is not listed stays with the admin, which is the timelock too. */
export type TargetRoles = Readonly<Record<"governance" | "guardian", readonly string[]>>;

const pausing = ["function pause(uint256 duration)", "function unpause()"] as const;

export const orderBookRoles = {
  governance: [
    "function setTakerFee(uint256 fee)",
    "function setFeeCollector(address collector)",
    "function setFeeDiscount(address discount)",
    "function retire()",
  ],
  guardian: pausing,
} as const satisfies TargetRoles;

/** The receiver's path (`setPeer`, `setDelegate`) is its owner's, which is the timelock. */
export const receiverRoles = {
  governance: [
    "function addFeed(uint256 feedId, uint256 decimals, uint256 heartbeat)",
    "function setHeartbeat(uint256 feedId, uint256 heartbeat)",
    "function setBlockTime(uint256 milliseconds)",
  ],
  guardian: [],
} as const satisfies TargetRoles;

export const priceOracleRoles = {
  governance: [
    "function setSources(address asset, (uint8 kind, uint32 feedId, address at, uint32 heartbeat, uint32 minVolume, uint8 minBlocks)[] sources)",
  ],
  guardian: [],
} as const satisfies TargetRoles;

const assetParameters =
  "(uint256 collateralFactor, uint256 threshold, uint256 closeFactor, bool isolated, bool isolationDebt) parameters";

export const controllerRoles = {
  governance: [
    `function list(address pool, ${assetParameters})`,
    `function setAsset(uint256 id, ${assetParameters})`,
    "function setTreasury(address treasury)",
  ],
  guardian: [],
} as const satisfies TargetRoles;

export const poolRoles = {
  governance: [
    "function setRateModel((uint256 baseBps, uint256 slope1Bps, uint256 slope2Bps, uint256 kinkBps) model)",
    "function setReserveFactor(uint256 bps)",
    "function setCaps(uint256 supplyCap, uint256 borrowCap)",
    "function setFlashFee(uint256 fee)",
    "function retire()",
  ],
  guardian: pausing,
} as const satisfies TargetRoles;

const planTerms = "(uint40 fee, uint32 concurrency, uint32 requestsPerMinute, uint56 bucket) terms";

/** By the names that a deployment file gives the marketplace's contracts. */
export const computeRoles = {
  paymentsEscrow: {
    governance: [
      "function setUp(address voucherCollector, address subscriptionManager, address signerRegistry)",
      "function setFee(uint256 bps)",
      "function setFeeCollector(address feeCollector)",
      "function setInsurance(address insurance)",
      "function retire()",
    ],
    guardian: pausing,
  },
  providerStaking: {
    governance: [
      "function setUp(address escrow, address registry, address disputes, address delegation)",
      "function setRate(uint256 rate)",
      "function setInsurance(address insurance)",
      "function retire()",
    ],
    guardian: pausing,
  },
  providerDelegation: { governance: ["function retire()"], guardian: pausing },
  provisionRegistry: {
    governance: [
      "function setMinimum(uint8 tier, uint256 minimum)",
      "function setUp(address disputes)",
      "function retire()",
    ],
    guardian: pausing,
  },
  priceBook: {
    governance: [
      "function setBand(uint8 service, uint8 tier, (uint64 leastInput, uint64 mostInput, uint64 leastOutput, uint64 mostOutput) band)",
    ],
    guardian: [],
  },
  subscriptionManager: {
    governance: [
      `function addPlan(${planTerms})`,
      `function addVersion(uint256 planId, ${planTerms})`,
      "function retireVersion(uint256 planId, uint256 version)",
      "function retire()",
    ],
    guardian: pausing,
  },
  disputeManager: {
    governance: ["function setBond(uint256 bond)", "function setArbitrator(address arbitrator)"],
    guardian: [],
  },
  attestationHub: {
    governance: ["function setAttesters(address[] attesters, uint256 quorum)"],
    guardian: [],
  },
  rewardsDistributor: {
    governance: [
      "function setArbitrator(address arbitrator)",
      "function setRate(uint256 rate)",
      "function setSchedule((uint32 from, uint96 perEpoch)[] steps)",
      "function setParameters(bytes parameters)",
    ],
    guardian: [],
  },
} as const satisfies Readonly<Record<string, TargetRoles>>;
