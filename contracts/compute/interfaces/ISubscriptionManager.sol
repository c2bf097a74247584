// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Plans, who subscribed to them, what was used of them, and how a fee is shared. Fees and shares are in units of USDC,
/// list values in 1e-12 USD, tokens weighted by tier as whoever signs usage weighs them, times in seconds.
interface ISubscriptionManager {
    /// @notice What a version of a plan is. It never changes.
    /// @param fee of a period of 30 days
    /// @param concurrency requests at once
    /// @param requestsPerMinute requests a minute
    /// @param bucket tokens that a period grants
    struct Terms {
        uint40 fee;
        uint32 concurrency;
        uint32 requestsPerMinute;
        uint56 bucket;
    }

    /// @notice What a subscriber used of a period with one collection, in all. Only the highest of each number counts.
    /// @param subscriber whose plan it is
    /// @param period the number of the charged period, counted from 1 for each subscriber
    /// @param collectionId provider 160 | index 32 | kind 8 | period 56; of kind 3
    /// @param listValue what the usage is worth at list prices
    /// @param bucketTokens what it takes of the lots
    /// @param timestamp when it was signed
    /// @param usageRoot the root of the usage tree over all receipts; zero for none
    struct PlanUsage {
        address subscriber;
        uint256 period;
        bytes32 collectionId;
        uint128 listValue;
        uint64 bucketTokens;
        uint64 timestamp;
        bytes32 usageRoot;
    }

    /// @notice Usage with who signed it.
    /// @param signer the subscriber, or one of its signers for kind 3; an account or a contract (ERC-1271)
    struct Item {
        PlanUsage usage;
        address signer;
        bytes signature;
    }

    /// @notice What became of an item.
    /// Recorded: it raised what was recorded. NothingToDo: as much was recorded before. BadCollection: not of a provision, or
    /// not of kind 3. NoPeriod: not charged, or not begun. WindowOver: more than seven days after the period's end.
    /// FutureTimestamp: stamped more than 60 seconds ahead. NotASigner: the signer does not bind the subscriber. BadSignature:
    /// not the signer's. BucketEmpty: more than the lots and their overage hold.
    enum Status {
        Recorded,
        NothingToDo,
        BadCollection,
        NoPeriod,
        WindowOver,
        FutureTimestamp,
        NotASigner,
        BadSignature,
        BucketEmpty
    }

    /// @param period the number of the period that runs; zero when none does, and nothing can be used
    /// @param startsAt when that began
    /// @param paidUntil the end of the last charged period, which may be the one after
    /// @param periods how many were charged, ever
    /// @param renewals how often it may be renewed
    /// @param isCancelled whether it is renewed no more
    /// @param terms of the version
    struct Subscription {
        uint256 planId;
        uint256 version;
        uint256 period;
        uint256 startsAt;
        uint256 paidUntil;
        uint256 periods;
        uint256 renewals;
        bool isCancelled;
        Terms terms;
    }

    /// @param recordUntil from then on nothing is recorded any more, and the fee is shared
    /// @param lotEnds when its lot ends
    /// @param fee what was charged for it
    /// @param granted tokens of its lot
    /// @param used tokens taken of its lot, its overage included
    /// @param listValue all that was recorded
    /// @param unshared collections that wait for their share
    /// @param settled what of the fee was shared, or went to the insurance
    struct Period {
        uint256 startsAt;
        uint256 endsAt;
        uint256 recordUntil;
        uint256 lotEnds;
        uint256 fee;
        uint256 granted;
        uint256 used;
        uint256 listValue;
        uint256 unshared;
        uint256 settled;
    }

    /// @notice There is a version of a plan; its first one makes the plan.
    event VersionAdded(uint256 indexed planId, uint256 indexed version, Terms terms);
    /// @notice The version takes no subscribers and is renewed no more.
    event VersionRetired(uint256 indexed planId, uint256 indexed version);
    /// @notice `subscriber` subscribed.
    event Subscribed(address indexed subscriber, uint256 indexed planId, uint256 indexed version, uint256 renewals);
    /// @notice A period was charged, and its lot granted.
    event PeriodCharged(
        address indexed subscriber,
        uint256 indexed period,
        uint256 startsAt,
        uint256 fee,
        uint256 tokens
    );
    /// @notice How often the subscription may be renewed from now on.
    event RenewalsSet(address indexed subscriber, uint256 renewals);
    /// @notice The subscription ends with what is paid.
    event SubscriptionCancelled(address indexed subscriber, uint256 paidUntil);
    /// @notice `subscriber` has another version.
    event Upgraded(address indexed subscriber, uint256 indexed planId, uint256 indexed version);
    /// @notice `fee` more was charged for a period, and its lot has `tokens` more.
    event PeriodRaised(address indexed subscriber, uint256 indexed period, uint256 fee, uint256 tokens);
    /// @notice What was used of the period with the collection, in all.
    event Recorded(
        address indexed subscriber,
        uint256 indexed period,
        bytes32 indexed collectionId,
        uint256 listValue,
        uint256 bucketTokens,
        bytes32 usageRoot
    );
    /// @notice The collection's share of the period's fee, the platform's fee included.
    event Shared(address indexed subscriber, uint256 indexed period, bytes32 indexed collectionId, uint256 amount);
    /// @notice `amount` of the period's fee is nobody's share and went to the insurance.
    event Closed(address indexed subscriber, uint256 indexed period, uint256 amount);

    /// @notice Thrown when an address must not be zero.
    error InvalidAddress(address account);
    /// @notice Thrown when one of a version's terms is not between `least` and `most`.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);
    /// @notice Thrown when there is no such version.
    error NoVersion(uint256 planId, uint256 version);
    /// @notice Thrown when the version takes nobody any more.
    error RetiredVersion(uint256 planId, uint256 version);
    /// @notice Thrown when a subscription is paid for already.
    error AlreadySubscribed(uint256 paidUntil);
    /// @notice Thrown when there is no subscription, it was cancelled, or it was unpaid for a whole period.
    error NotSubscribed(address subscriber);
    /// @notice Thrown when the subscriber allows no further renewal.
    error NoRenewals(address subscriber);
    /// @notice Thrown when the next period is paid, or the fee cannot be shared, until `allowedAt`.
    error TooEarly(uint256 allowedAt);
    /// @notice Thrown when a version has no higher fee, or a smaller bucket.
    error NotAnUpgrade(uint256 planId, uint256 version);
    /// @notice Thrown when nothing would change.
    error NothingToDo();
    /// @notice Thrown when a collection is not of a provision, or not of kind 3.
    error BadCollection(bytes32 collectionId);
    /// @notice Thrown when the period was not charged, or has not begun.
    error NoPeriod(address subscriber, uint256 period);
    /// @notice Thrown when usage of the period could be recorded until `endedAt`.
    error WindowOver(uint256 endedAt);
    /// @notice Thrown when usage is stamped more than 60 seconds ahead.
    error FutureTimestamp(uint256 timestamp);
    /// @notice Thrown when `signer` does not bind the subscriber.
    error NotASigner(address subscriber, address signer);
    /// @notice Thrown when a signature is not by who must sign.
    error InvalidSignature(address signer);
    /// @notice Thrown when usage takes `asked` more tokens and the lots and their overage hold `left`.
    error BucketEmpty(uint256 left, uint256 asked);

    /// @notice Makes a plan with a first version. Governance.
    function addPlan(Terms calldata terms) external returns (uint256 planId);

    /// @notice Adds a version to a plan. The others stay as they are. Governance.
    function addVersion(uint256 planId, Terms calldata terms) external returns (uint256 version);

    /// @notice The version takes no subscribers and is renewed no more, for good. What is paid stays. Governance.
    function retireVersion(uint256 planId, uint256 version) external;

    /// @notice Charges the caller's free funds for a first period, which begins now. Stopped by a pause.
    /// @param renewals how often anybody may renew it
    function subscribe(uint256 planId, uint256 version, uint16 renewals) external;

    /// @notice Charges the next period of a subscription. Anybody, from the beginning of the last paid period on. It begins when
    /// that ends, or now if it has ended; what was unpaid for a whole period has ended for good. Stopped by a pause.
    function renew(address subscriber) external;

    /// @notice Sets how often the caller's subscription may be renewed from now on.
    function setRenewals(uint16 renewals) external;

    /// @notice Ends renewals of the caller's subscription for good. What is paid stays, with its lots.
    function cancel() external;

    /// @notice Exchanges the version of the caller's running subscription for one with a higher fee and no smaller bucket. For
    /// the rest of the period the difference is charged, rounded up, and granted, rounded down; for a next period that is paid
    /// already, all of it. Stopped by a pause.
    /// @return fee what was charged
    /// @return tokens what was granted
    function upgrade(uint256 planId, uint256 version) external returns (uint256 fee, uint256 tokens);

    /// @notice Records usage. Anybody, until seven days after the period's end.
    function record(PlanUsage calldata usage, address signer, bytes calldata signature) external;

    /// @notice As `record` for each item.
    /// @return statuses one for each item: a bad one changes nothing for the others
    function recordMany(Item[] calldata items) external returns (Status[] memory statuses);

    /// @notice Pays collections their shares of a period's fee, once each, less the platform's fee. A share is the collection's
    /// list value, or its part by list value of the fee when that is less, rounded down. What was shared before, and what was
    /// never recorded, is passed over. Anybody, once usage is recorded no more, in any chunks. One payment for neighbours of
    /// one provision.
    /// @return paid all shares of this call
    function share(
        address subscriber,
        uint256 period,
        bytes32[] calldata collectionIds
    ) external returns (uint256 paid);

    /// @notice Sends what no collection is due of a period's fee to the insurance: before all are paid what exceeds all list
    /// values, after it the rest. Anybody, once usage is recorded no more.
    /// @return amount what went there
    function close(address subscriber, uint256 period) external returns (uint256 amount);

    /// @return terms of the version
    /// @return isRetired whether it takes nobody any more
    function versionOf(uint256 planId, uint256 version) external view returns (Terms memory terms, bool isRetired);

    /// @return plans how many there are, counted from 1
    function planCount() external view returns (uint256 plans);

    /// @return versions how many the plan has, counted from 1
    function versionCount(uint256 planId) external view returns (uint256 versions);

    /// @return All about a subscription, as of now.
    function subscriptionOf(address subscriber) external view returns (Subscription memory);

    /// @notice What usage of the running period may still take, as far as usage was recorded; zeros when none runs.
    /// @return tokens in lots that last
    /// @return overage beyond them
    function bucketOf(address subscriber) external view returns (uint256 tokens, uint256 overage);

    /// @return All about a charged period; zeros when it was not charged.
    function periodOf(address subscriber, uint256 period) external view returns (Period memory);

    /// @return listValue what was recorded of the collection
    /// @return bucketTokens the tokens it took
    /// @return isShared whether it had its share
    function recorded(
        address subscriber,
        uint256 period,
        bytes32 collectionId
    ) external view returns (uint256 listValue, uint256 bucketTokens, bool isShared);

    /// @return The collection's share by what is recorded now, whether it was paid or not.
    function shareOf(address subscriber, uint256 period, bytes32 collectionId) external view returns (uint256);

    /// @return The EIP-712 digest of `usage`.
    function hashUsage(PlanUsage calldata usage) external view returns (bytes32);
}
