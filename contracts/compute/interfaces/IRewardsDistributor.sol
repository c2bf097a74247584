// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Roots of cumulative rewards: who proposes, who challenges, what activates, who claims. Amounts are in units of UNXV
/// unless they say USDC; times in seconds; epochs are weeks from Thursday 00:00 UTC, `timestamp / 7 days`.
interface IRewardsDistributor {
    enum Status {
        None,
        Proposed,
        Challenged,
        Upheld
    }

    /// @param until when it can be activated; while it is challenged, when the arbitrator's time is over
    /// @param challenger of a challenged or upheld root
    struct Proposal {
        uint256 id;
        Status status;
        uint256 epoch;
        bytes32 root;
        uint256 cumulativeTotal;
        address proposer;
        address challenger;
        uint256 until;
    }

    /// @param from the first epoch that grants `perEpoch`, up to the next step's
    struct Step {
        uint32 from;
        uint96 perEpoch;
    }

    /// @param kind 0 an account, 1 a delegation pool
    /// @param account the account's address, or the provision's id
    /// @param cumulative all that it has earned, what was claimed included
    /// @param proof sorted pairs, from the leaf up
    struct Claim {
        uint256 kind;
        uint256 account;
        uint256 cumulative;
        bytes32[] proof;
    }

    /// @notice `from` gave `amount`, `funded` in all.
    event Funded(address indexed from, uint256 amount, uint256 funded);
    /// @notice `account` put `amount` down as a bond.
    event BondDeposited(address indexed account, uint256 amount);
    /// @notice `account` took `amount` of its bond back.
    event BondWithdrawn(address indexed account, address indexed to, uint256 amount);
    /// @notice A root for all epochs up to `epoch`; what it was computed from has the hash `dataHash`.
    event Proposed(
        uint256 indexed id,
        uint256 indexed epoch,
        address indexed proposer,
        bytes32 root,
        uint256 cumulativeTotal,
        bytes32 paramsHash,
        bytes32 dataHash
    );
    /// @notice The root is frozen until the arbitrator rules, at most until `until`.
    event Challenged(uint256 indexed id, address indexed challenger, bytes32 evidenceHash, uint256 until);
    /// @notice The arbitrator ruled: `loser` lost its bond, of which `toWinner` went to `winner` and the rest to the rewards.
    event Ruled(uint256 indexed id, bool isValid, address indexed winner, address indexed loser, uint256 toWinner);
    /// @notice Nobody ruled: the root is dropped, both bonds are free.
    event Dropped(uint256 indexed id);
    /// @notice Claims are of this root from now on.
    event Activated(uint256 indexed id, uint256 indexed epoch, bytes32 root, uint256 cumulativeTotal);
    /// @notice `amount` was paid to `recipient`: the contract of all pools, for a delegation pool.
    event Claimed(uint256 indexed kind, uint256 indexed account, address indexed recipient, uint256 amount);
    /// @notice What `account` earns goes to `recipient`; zero for itself.
    event RecipientSet(address indexed account, address indexed recipient);
    /// @notice Who rules on challenges.
    event ArbitratorSet(address indexed arbitrator);
    /// @notice Units of UNXV that a unit of USDC in fees allows, for fees after the first `fees`.
    event RateSet(uint256 rate, uint256 fees);
    /// @notice What an epoch grants, from the first step's epoch on.
    event ScheduleSet(Step[] steps);
    /// @notice What rewards are computed with, from epoch `from` on.
    event ParametersSet(uint256 indexed from, bytes32 indexed paramsHash, bytes parameters);

    /// @notice Thrown when an amount is zero where it must not be.
    error ZeroAmount();
    /// @notice Thrown when an address must not be zero, or not this one.
    error InvalidAddress(address account);
    /// @notice Thrown when the caller may not.
    error NotAllowed(address caller);
    /// @notice Thrown when a value is not between `least` and `most`.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);
    /// @notice Thrown when a bond is smaller, or in use.
    error InsufficientBond(uint256 free, uint256 needed);
    /// @notice Thrown when another proposal is not done with.
    error ProposalPending(uint256 id);
    /// @notice Thrown when proposal `id` is not the one that is pending, or not in the state that the call is about.
    error WrongProposal(uint256 id, Status status);
    /// @notice Thrown when a root is zero.
    error ZeroRoot();
    /// @notice Thrown when an epoch has not ended.
    error EpochRunning(uint256 epoch);
    /// @notice Thrown when an epoch is not after the last one activated.
    error EpochNotRising(uint256 epoch, uint256 last);
    /// @notice Thrown when the epoch's parameters have another hash; zero when it has none.
    error WrongParameters(bytes32 expected, bytes32 given);
    /// @notice Thrown when a total is below the last one activated.
    error TotalFalls(uint256 total, uint256 last);
    /// @notice Thrown when a total is above what was funded, what the schedule grants or what the fees allow.
    error TotalTooHigh(uint256 total, uint256 funded, uint256 scheduled, uint256 byFees);
    /// @notice Thrown before `from`.
    error TooEarly(uint256 from);
    /// @notice Thrown from `until` on.
    error TooLate(uint256 until);
    /// @notice Thrown when another root is active.
    error RootChanged(bytes32 root);
    /// @notice Thrown when there is no such kind of account.
    error UnknownKind(uint256 kind);
    /// @notice Thrown when an account is no address.
    error NotAnAddress(uint256 account);
    /// @notice Thrown when a proof does not lead to the active root.
    error InvalidProof(uint256 kind, uint256 account);
    /// @notice Thrown when a schedule's steps do not rise, or change an epoch that has begun: the least that `from` can be.
    error StepTooEarly(uint256 from, uint256 least);
    /// @notice Thrown when a schedule does not end, with a step of zero.
    error EndlessSchedule();

    // ------------------------------------------------------------------------------------------------------- in

    /// @notice Pulls `amount` from the caller for rewards. Anybody. What is sent without this call is not counted.
    function fund(uint256 amount) external;

    /// @notice Pulls `amount` from the caller as its bond.
    function depositBond(uint256 amount) external;

    /// @notice Sends `amount` of the caller's bond that is not in use to `to`.
    function withdrawBond(uint256 amount, address to) external;

    // ---------------------------------------------------------------------------------------------------- roots

    /// @notice Proposes a root for all epochs up to `epoch`, which has ended and is after the last one activated. Anybody with a
    /// free bond; one at a time.
    /// @param cumulativeTotal the sum of the tree's leaves: at least the last one's, at most what was funded, what the schedule
    /// grants and what the fees allow
    /// @param paramsHash what governance set for that epoch
    /// @param dataHash of what the root was computed from, for whoever computes it again
    /// @return id counted from 1
    function propose(
        uint256 epoch,
        bytes32 root,
        uint256 cumulativeTotal,
        bytes32 paramsHash,
        bytes32 dataHash
    ) external returns (uint256 id);

    /// @notice Freezes proposal `id`, within 24 h of its proposal. Anybody with a free bond.
    /// @param evidenceHash of what shows that it is wrong
    function challenge(uint256 id, bytes32 evidenceHash) external;

    /// @notice Decides the challenge of proposal `id`, within seven days of it. The loser's bond goes in halves to the winner and
    /// to the rewards. A valid root can be activated 24 h after its challenge, and is challenged no more; an invalid one is gone
    /// and its epoch can be proposed again. Arbitrator.
    function rule(uint256 id, bool isValid) external;

    /// @notice Drops a root whose challenge nobody ruled on for seven days. Both bonds are free, the epoch can be proposed
    /// again. Anybody.
    function drop() external;

    /// @notice Makes the proposed root the one that claims are of, 24 h after it was proposed and not while it is challenged.
    /// Checks the total anew. Anybody.
    function activate() external;

    // --------------------------------------------------------------------------------------------------- claims

    /// @notice Pays what a leaf of the active root says beyond what was paid before, to the account's recipient, or into the
    /// provision's delegation pool. Anybody, for anybody.
    /// @param expectedRoot reverts when another is active by then
    /// @return paid zero when nothing is due; less than is due when the leaves of a root were more than its total
    function claim(
        uint256 kind,
        uint256 account,
        uint256 cumulative,
        bytes32[] calldata proof,
        bytes32 expectedRoot
    ) external returns (uint256 paid);

    /// @notice `claim` for each. One that has nothing due does not hinder the others; a wrong proof does.
    function claimMany(Claim[] calldata claims, bytes32 expectedRoot) external returns (uint256[] memory paid);

    /// @notice Sends what the caller earns to `recipient` from now on; zero for itself.
    function setRecipient(address recipient) external;

    // ------------------------------------------------------------------------------------------- administration

    /// @notice Who rules on challenges, on an open one too. Governance.
    function setArbitrator(address arbitrator) external;

    /// @notice Sets how many units of UNXV a unit of USDC in later fees allows: at most twice, at least half of now. Governance.
    function setRate(uint256 rate) external;

    /// @notice Replaces what epochs grant from the first step's epoch on, which has not begun. 1 to 16 steps, rising, the last
    /// of them zero. Governance.
    function setSchedule(Step[] calldata steps) external;

    /// @notice Sets what rewards are computed with from the next epoch on. Governance.
    function setParameters(bytes calldata parameters) external;

    // ---------------------------------------------------------------------------------------------------- views

    /// @return The proposal that is pending, or the last one with status `None`.
    function proposal() external view returns (Proposal memory);

    /// @return root what claims are of; zero before the first
    /// @return epoch the last epoch it is about
    /// @return total the most that all claims ever take
    /// @return claimed what they took
    function active() external view returns (bytes32 root, uint256 epoch, uint256 total, uint256 claimed);

    /// @return funded what was given
    /// @return scheduled what all epochs up to `epoch` grant
    /// @return byFees what the platform's fees allow
    function caps(uint256 epoch) external view returns (uint256 funded, uint256 scheduled, uint256 byFees);

    /// @return The hash of what the rewards of `epoch` are computed with; zero for an epoch before the first.
    function parametersHash(uint256 epoch) external view returns (bytes32);

    /// @return What the account was paid.
    function claimedOf(uint256 kind, uint256 account) external view returns (uint256);

    /// @return Where the account's rewards go.
    function recipientOf(address account) external view returns (address);

    /// @return bond all that the account put down and won
    /// @return inUse the part that a proposal or a challenge needs
    function bondOf(address account) external view returns (uint256 bond, uint256 inUse);

    /// @return Who rules on challenges.
    function arbitrator() external view returns (address);

    /// @return Units of UNXV that a unit of USDC in fees allows.
    function unxvPerUsdc() external view returns (uint256);
}
