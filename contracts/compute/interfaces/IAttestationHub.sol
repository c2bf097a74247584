// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What k of n attesters measured, an epoch at a time. An epoch is a week from Thursday 00:00 UTC: epoch =
/// timestamp / 7 days. Reports of it are taken for a week after its end; what is not attested then is silent for good.
interface IAttestationHub {
    /// @notice What an attester measured of a provision in an hour.
    /// @param hour of the epoch, 0 to 167
    /// @param uptimePpm millionths of the hour
    /// @param p50Ms median time of an answer, in milliseconds
    struct Leaf {
        uint256 provisionId;
        uint8 hour;
        uint64 requests;
        uint64 inputTokens;
        uint64 outputTokens;
        uint32 uptimePpm;
        uint32 p50Ms;
        uint64 failures;
    }

    /// @notice A leaf of an attester's report.
    /// @param proof to the report's root: keccak256(keccak256(abi.encode(leaf))), pairs sorted
    struct Claim {
        address attester;
        Leaf leaf;
        bytes32[] proof;
    }

    /// @notice `attester` reported. `dataHash` is that of the published leaves.
    event Reported(uint64 indexed epoch, address indexed attester, bytes32 root, bytes32 dataHash);
    /// @notice A quorum of the attesters reported.
    event Attested(uint64 indexed epoch);
    /// @notice Who attests from now on, and how many make a quorum. `generation` counts the sets.
    event AttestersSet(uint256 indexed generation, address[] attesters, uint256 quorum);

    /// @notice Thrown when a set has no attester or more than 16.
    error BadCount(uint256 count);
    /// @notice Thrown when a quorum is not more than half and at most all.
    error BadQuorum(uint256 quorum, uint256 count);
    /// @notice Thrown when an attester is zero, or not above the one before it.
    error BadAttester(address attester);
    /// @notice Thrown when an account may not report for the epoch, or its report does not count.
    error NotAttester(address attester);
    /// @notice Thrown when an epoch ends only at `endsAt`.
    error EpochNotEnded(uint256 endsAt);
    /// @notice Thrown when reports were taken until `closedAt`.
    error EpochClosed(uint256 closedAt);
    /// @notice Thrown when the attester reported before: its first report stands.
    error AlreadyReported(uint64 epoch, address attester);
    /// @notice Thrown when a root is zero.
    error EmptyReport();
    /// @notice Thrown when a signature is not the attester's.
    error InvalidSignature(address attester);
    /// @notice Thrown when an epoch is not attested.
    error NotAttested(uint64 epoch);
    /// @notice Thrown when there are fewer claims than the epoch's quorum.
    error TooFewClaims(uint256 count, uint256 quorum);
    /// @notice Thrown when claims are not of one provision and hour, or the hour is none.
    error BadClaim(uint256 provisionId, uint256 hour);
    /// @notice Thrown when claims are not in rising order of their attesters.
    error OutOfOrder(address attester);
    /// @notice Thrown when a leaf is not in its attester's report.
    error NotInReport(address attester);

    /// @notice Brings an attester's report. Anybody. From the epoch's end on, for a week. The first of an attester stands.
    /// Once attested, an epoch takes further reports of those that were attesters then, and still are.
    /// @param signature over `Report(uint64 epoch,bytes32 root,bytes32 dataHash)`, by an account or a contract (ERC-1271)
    function submit(uint64 epoch, bytes32 root, bytes32 dataHash, address attester, bytes calldata signature) external;

    /// @notice Counts the reports of an epoch anew after the set or the quorum changed. Anybody, for a week after its end.
    /// @return Whether it is attested.
    function recount(uint64 epoch) external returns (bool);

    /// @notice Sets who attests. What removed attesters reported of epochs that are not attested does not count, and does not
    /// count again if they come back. Governance.
    /// @param attesters 1 to 16, in rising order
    /// @param quorum more than half of them, at most all
    function setAttesters(address[] calldata attesters, uint256 quorum) external;

    /// @return Whether a quorum reported for the epoch. Never changes back.
    function isAttested(uint64 epoch) external view returns (bool);

    /// @return Whether no further report of the epoch will be taken: a week passed, or all attesters reported that may.
    function isFinal(uint64 epoch) external view returns (bool);

    /// @notice The lower median of each metric over claims of one provision and hour. Of m claims, up to (m - 1) / 2, rounded
    /// down, may be lies, and each median is still between what the others measured: who knows a further attester's claim can
    /// ask with it, and the answer over more claims is the better one.
    /// @param claims of at least the epoch's quorum of distinct attesters, in rising order of their addresses
    function median(uint64 epoch, Claim[] calldata claims) external view returns (Leaf memory);

    /// @return Whether no epoch was attested for a week after the first one that could have been since the last attested one:
    /// points are counted with neutral multipliers.
    function isSilent() external view returns (bool);

    /// @return Whether the epoch was not attested in the week after its end: its points are neutral, for good.
    function isSilentEpoch(uint64 epoch) external view returns (bool);

    /// @return The last epoch that is attested; before the first, the one before the hub's own.
    function lastAttested() external view returns (uint64);

    /// @return The root that the attester reported for the epoch, if it counts; else zero.
    function reportOf(uint64 epoch, address attester) external view returns (bytes32);

    /// @return How many reports of the epoch count.
    function reportsOf(uint64 epoch) external view returns (uint256);

    /// @return attesters who attests now, in rising order
    /// @return quorum how many make an epoch attested
    function attestersNow() external view returns (address[] memory attesters, uint256 quorum);

    /// @return The EIP-712 digest that an attester signs.
    function hashReport(uint64 epoch, bytes32 root, bytes32 dataHash) external view returns (bytes32);
}
