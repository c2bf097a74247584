// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {ISignerRegistryCore} from "./interfaces/ISignerRegistryCore.sol";
import {ISubscriptionManager} from "./interfaces/ISubscriptionManager.sol";
import {BoundedSignature} from "./libraries/BoundedSignature.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {Lots} from "./libraries/Lots.sol";

/// @title Plans: a fee a period, tokens to use, and who of those that served a subscriber has which share of it
/// @notice A subscriber consents to a version of a plan, which never changes, and to a number of renewals; nobody charges it
/// more. Each fee is shared among the providers that served that subscriber in that period, by what the subscriber signed, and
/// never pays for another's usage. The money is in the escrow's pot.
/// What it trusts: the escrow, for the money; the signer registry, for who signs. Governance adds and retires versions, and
/// reaches no subscription and no fee.
/// Upgrade: none. A pause stops new charges, nothing else.
/// @dev All is written before the escrow is asked, which calls only the token and the staking; and a contract that checks a
/// signature cannot write.
contract SubscriptionManager is GuardianPausable, EIP712, ISubscriptionManager {
    using Lots for mapping(uint256 number => Lots.Charge);

    /// @dev One word.
    struct Version {
        uint40 fee;
        uint32 concurrency;
        uint32 requestsPerMinute;
        uint56 bucket;
        bool isRetired;
    }

    /// @dev One word. `number` is of the last charged period, which is the running one, the next one, or over.
    struct Record {
        uint32 planId;
        uint16 version;
        uint16 renewals;
        uint32 number;
        uint40 paidUntil;
        bool isCancelled;
    }

    /// @dev One word. `unshared` counts collections that may be due something.
    struct Pool {
        uint160 listValue;
        uint40 settled;
        uint32 unshared;
        bool isSwept;
    }

    /// @dev One word.
    struct Used {
        uint128 listValue;
        uint64 tokens;
        bool isShared;
    }

    /// @notice How long a fee is for.
    uint256 public constant PERIOD = 30 days;
    /// @notice How long after its end usage of a period is recorded.
    uint256 public constant WINDOW = 7 days;
    /// @notice How far ahead of this chain's clock usage may be stamped.
    uint256 public constant LEEWAY = 60;
    /// @notice Bounds of a fee, in units of USDC.
    uint256 public constant LEAST_FEE = 1e4;
    uint256 public constant MOST_FEE = 1e12;
    /// @notice Bounds of a bucket, in tokens.
    uint256 public constant LEAST_BUCKET = 1e3;
    uint256 public constant MOST_BUCKET = 1e15;
    /// @notice The most requests at once, and a minute.
    uint256 public constant MOST_CONCURRENCY = 1e5;
    uint256 public constant MOST_REQUESTS = 1e7;

    uint256 private constant _VALUE_PER_UNIT = 1e6;

    bytes32 private constant _USAGE = keccak256(
        "PlanUsage(address subscriber,uint256 period,bytes32 collectionId,uint128 listValue,uint64 bucketTokens,uint64 timestamp,bytes32 usageRoot)"
    );

    IPaymentsEscrowCore private immutable _ESCROW;
    ISignerRegistryCore private immutable _SIGNERS;

    uint32 private _plans;
    mapping(uint256 planId => uint16) private _versionCounts;
    mapping(uint256 planId => mapping(uint256 version => Version)) private _versions;
    mapping(address subscriber => Record) private _records;
    mapping(address subscriber => mapping(uint256 number => Lots.Charge)) private _charges;
    mapping(address subscriber => mapping(uint256 number => Pool)) private _pools;
    mapping(address subscriber => mapping(uint256 number => mapping(bytes32 collectionId => Used))) private _used;

    constructor(
        address authority_,
        IPaymentsEscrowCore escrow_,
        ISignerRegistryCore signers_
    ) AccessManaged(authority_) EIP712("cxmpute plans", "1") {
        if (address(escrow_) == address(0)) revert InvalidAddress(address(escrow_));
        if (address(signers_) == address(0)) revert InvalidAddress(address(signers_));
        (_ESCROW, _SIGNERS) = (escrow_, signers_);
    }

    // -------------------------------------------------------------------------------------------------------- plans

    /// @inheritdoc ISubscriptionManager
    function addPlan(Terms calldata terms) external restricted returns (uint256 planId) {
        planId = ++_plans;
        _addVersion(planId, terms);
    }

    /// @inheritdoc ISubscriptionManager
    function addVersion(uint256 planId, Terms calldata terms) external restricted returns (uint256) {
        if (planId == 0 || planId > _plans) revert NoVersion(planId, 0);
        return _addVersion(planId, terms);
    }

    function _addVersion(uint256 planId, Terms calldata terms) private returns (uint256 version) {
        _requireBounds(terms.fee, LEAST_FEE, MOST_FEE);
        _requireBounds(terms.concurrency, 1, MOST_CONCURRENCY);
        _requireBounds(terms.requestsPerMinute, 1, MOST_REQUESTS);
        _requireBounds(terms.bucket, LEAST_BUCKET, MOST_BUCKET);
        version = ++_versionCounts[planId];
        _versions[planId][version] = Version(
            terms.fee,
            terms.concurrency,
            terms.requestsPerMinute,
            terms.bucket,
            false
        );
        emit VersionAdded(planId, version, terms);
    }

    /// @inheritdoc ISubscriptionManager
    function retireVersion(uint256 planId, uint256 version) external restricted {
        _usableVersion(planId, version);
        _versions[planId][version].isRetired = true;
        emit VersionRetired(planId, version);
    }

    function _usableVersion(uint256 planId, uint256 version) private view returns (Version memory found) {
        found = _versions[planId][version];
        if (found.fee == 0) revert NoVersion(planId, version);
        if (found.isRetired) revert RetiredVersion(planId, version);
    }

    function _termsOf(Version memory version) private pure returns (Terms memory) {
        return Terms(version.fee, version.concurrency, version.requestsPerMinute, version.bucket);
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert OutOfBounds(value, least, most);
    }

    // -------------------------------------------------------------------------------------------------- subscribers

    /// @inheritdoc ISubscriptionManager
    function subscribe(uint256 planId, uint256 version, uint16 renewals) external {
        _requireNotPaused(_guard);
        Version memory terms = _usableVersion(planId, version);
        Record memory record_ = _records[msg.sender];
        if (block.timestamp < record_.paidUntil) revert AlreadySubscribed(record_.paidUntil);

        // Both fit: there is such a version.
        (record_.planId, record_.version) = (uint32(planId), uint16(version));
        (record_.renewals, record_.isCancelled) = (renewals, false);
        emit Subscribed(msg.sender, planId, version, renewals);
        _charge(msg.sender, record_, terms, block.timestamp);
    }

    /// @inheritdoc ISubscriptionManager
    function renew(address subscriber) external {
        _requireNotPaused(_guard);
        Record memory record_ = _records[subscriber];
        uint256 paidUntil = record_.paidUntil;
        // A consent fades: funds that come months later are not for a plan that nobody used since.
        if (record_.isCancelled || block.timestamp >= paidUntil + PERIOD) revert NotSubscribed(subscriber);
        if (record_.renewals == 0) revert NoRenewals(subscriber);
        if (block.timestamp < paidUntil - PERIOD) revert TooEarly(paidUntil - PERIOD);
        Version memory terms = _usableVersion(record_.planId, record_.version);

        --record_.renewals;
        _charge(subscriber, record_, terms, block.timestamp < paidUntil ? paidUntil : block.timestamp);
    }

    /// @dev Charges the period that begins at `startsAt`, and writes the record.
    function _charge(address subscriber, Record memory record_, Version memory terms, uint256 startsAt) private {
        uint256 number = ++record_.number;
        record_.paidUntil = uint40(startsAt + PERIOD);
        _records[subscriber] = record_;
        _charges[subscriber][number] = Lots.Charge(uint40(startsAt), terms.fee, terms.bucket, 0, 0);

        emit PeriodCharged(subscriber, number, startsAt, terms.fee, terms.bucket);
        _ESCROW.charge(subscriber, terms.fee);
    }

    /// @inheritdoc ISubscriptionManager
    function setRenewals(uint16 renewals) external {
        _requireSubscription().renewals = renewals;
        emit RenewalsSet(msg.sender, renewals);
    }

    /// @inheritdoc ISubscriptionManager
    function cancel() external {
        Record storage record_ = _requireSubscription();
        record_.isCancelled = true;
        emit SubscriptionCancelled(msg.sender, record_.paidUntil);
    }

    function _requireSubscription() private view returns (Record storage record_) {
        record_ = _records[msg.sender];
        if (record_.number == 0 || record_.isCancelled) revert NotSubscribed(msg.sender);
    }

    /// @inheritdoc ISubscriptionManager
    function upgrade(uint256 planId, uint256 version) external returns (uint256 fee, uint256 tokens) {
        _requireNotPaused(_guard);
        Record memory record_ = _records[msg.sender];
        if (block.timestamp >= record_.paidUntil) revert NotSubscribed(msg.sender);
        Version memory terms = _usableVersion(planId, version);
        Version memory old = _versions[record_.planId][record_.version];
        if (terms.fee <= old.fee || terms.bucket < old.bucket) revert NotAnUpgrade(planId, version);

        (record_.planId, record_.version) = (uint32(planId), uint16(version));
        _records[msg.sender] = record_;
        emit Upgraded(msg.sender, planId, version);

        uint256 secondsLeft = record_.paidUntil - block.timestamp;
        uint256 number = record_.number;
        if (secondsLeft > PERIOD) {
            (fee, tokens) = (terms.fee - old.fee, terms.bucket - old.bucket);
            _raise(number, fee, tokens);
            secondsLeft -= PERIOD;
            --number;
        }
        // The fee against the subscriber and the tokens too, by less than one unit and one token.
        uint256 part = (uint256(terms.fee - old.fee) * secondsLeft + PERIOD - 1) / PERIOD;
        uint256 partTokens = (uint256(terms.bucket - old.bucket) * secondsLeft) / PERIOD;
        _raise(number, part, partTokens);
        (fee, tokens) = (fee + part, tokens + partTokens);
        _ESCROW.charge(msg.sender, uint96(fee));
    }

    /// @dev What a period's fee and lot rise to is at most the dearest version's, so it fits.
    function _raise(uint256 number, uint256 fee, uint256 tokens) private {
        Lots.Charge storage charge = _charges[msg.sender][number];
        (charge.fee, charge.granted) = (charge.fee + uint40(fee), charge.granted + uint56(tokens));
        emit PeriodRaised(msg.sender, number, fee, tokens);
    }

    // -------------------------------------------------------------------------------------------------------- usage

    /// @inheritdoc ISubscriptionManager
    function record(PlanUsage calldata usage, address signer, bytes calldata signature) external {
        (Status status, uint256 left, uint256 asked) = _record(usage, signer, signature);
        if (status == Status.Recorded) return;
        if (status == Status.NothingToDo) revert NothingToDo();
        if (status == Status.BadCollection) revert BadCollection(usage.collectionId);
        if (status == Status.NoPeriod) revert NoPeriod(usage.subscriber, usage.period);
        if (status == Status.WindowOver) revert WindowOver(_windowEnd(_charges[usage.subscriber][usage.period]));
        if (status == Status.FutureTimestamp) revert FutureTimestamp(usage.timestamp);
        if (status == Status.NotASigner) revert NotASigner(usage.subscriber, signer);
        if (status == Status.BadSignature) revert InvalidSignature(signer);
        revert BucketEmpty(left, asked);
    }

    /// @inheritdoc ISubscriptionManager
    function recordMany(Item[] calldata items) external returns (Status[] memory statuses) {
        statuses = new Status[](items.length);
        for (uint256 i; i < items.length; ++i) {
            (statuses[i], , ) = _record(items[i].usage, items[i].signer, items[i].signature);
        }
    }

    /// @return left and asked tokens, when the bucket is empty
    function _record(
        PlanUsage calldata usage,
        address signer,
        bytes calldata signature
    ) private returns (Status, uint256, uint256) {
        Lots.Charge memory charge = _charges[usage.subscriber][usage.period];
        Used memory used = _used[usage.subscriber][usage.period][usage.collectionId];
        Status status = _judge(usage, charge, used, signer);
        if (status != Status.Recorded) return (status, 0, 0);
        if (!BoundedSignature.isBy(signer, _hash(usage), signature)) return (Status.BadSignature, 0, 0);

        if (usage.bucketTokens > used.tokens) {
            uint256 asked = usage.bucketTokens - used.tokens;
            // What is recorded after the period's end was used before it.
            uint256 last = charge.startsAt + PERIOD - 1;
            uint256 time = block.timestamp < last ? block.timestamp : last;
            uint256 found = _charges[usage.subscriber].take(usage.period, time, asked);
            if (found < asked) return (Status.BucketEmpty, found, asked);
            used.tokens = usage.bucketTokens;
        }
        if (usage.listValue > used.listValue) {
            _addValue(_pools[usage.subscriber][usage.period], used.listValue, usage.listValue);
            used.listValue = usage.listValue;
        }
        _used[usage.subscriber][usage.period][usage.collectionId] = used;
        emit Recorded(usage.subscriber, usage.period, usage.collectionId, used.listValue, used.tokens, usage.usageRoot);
        return (Status.Recorded, 0, 0);
    }

    /// @return Recorded, unless something but the signature or the lots is against it
    function _judge(
        PlanUsage calldata usage,
        Lots.Charge memory charge,
        Used memory used,
        address signer
    ) private view returns (Status) {
        uint256 collectionId = uint256(usage.collectionId);
        bool isCollection =
            ComputeIds.providerOf(collectionId) != address(0) &&
                ComputeIds.indexOf(collectionId) != 0 &&
                ComputeIds.kindOf(collectionId) == ComputeIds.KIND_PLAN;
        if (!isCollection) return Status.BadCollection;
        if (charge.startsAt == 0 || block.timestamp < charge.startsAt) return Status.NoPeriod;
        if (block.timestamp >= _windowEnd(charge)) return Status.WindowOver;
        if (usage.listValue <= used.listValue && usage.bucketTokens <= used.tokens) return Status.NothingToDo;
        if (usage.timestamp > block.timestamp + LEEWAY) return Status.FutureTimestamp;
        bool isSigner =
            signer == usage.subscriber ||
                _SIGNERS.binds(usage.subscriber, signer, usage.timestamp, ComputeIds.KIND_PLAN);
        return isSigner ? Status.Recorded : Status.NotASigner;
    }

    /// @dev A collection that is not worth a unit is never due one, and nothing waits for it.
    function _addValue(Pool storage pool, uint256 before, uint256 value) private {
        Pool memory pool_ = pool;
        pool_.listValue += uint160(value - before);
        if (before < _VALUE_PER_UNIT && value >= _VALUE_PER_UNIT) ++pool_.unshared;
        (pool.listValue, pool.unshared) = (pool_.listValue, pool_.unshared);
    }

    function _hash(PlanUsage calldata usage) private view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        _USAGE,
                        usage.subscriber,
                        usage.period,
                        usage.collectionId,
                        usage.listValue,
                        usage.bucketTokens,
                        usage.timestamp,
                        usage.usageRoot
                    )
                )
            );
    }

    // ------------------------------------------------------------------------------------------------------- shares

    /// @inheritdoc ISubscriptionManager
    function share(
        address subscriber,
        uint256 period,
        bytes32[] calldata collectionIds
    ) external returns (uint256 paid) {
        uint256 fee = _requireShareable(subscriber, period);
        Pool memory pool = _pools[subscriber][period];
        uint256[] memory amounts = new uint256[](collectionIds.length);
        uint256 before = pool.unshared;
        for (uint256 i; i < collectionIds.length; ++i) {
            Used memory used = _used[subscriber][period][collectionIds[i]];
            if (used.isShared || used.listValue < _VALUE_PER_UNIT) continue;
            amounts[i] = _shareOf(fee, used.listValue, pool.listValue);
            paid += amounts[i];
            --pool.unshared;
            _used[subscriber][period][collectionIds[i]].isShared = true;
            emit Shared(subscriber, period, collectionIds[i], amounts[i]);
        }
        if (pool.unshared == before) revert NothingToDo();
        pool.settled += uint40(paid);
        _pools[subscriber][period] = pool;
        _pay(collectionIds, amounts);
    }

    /// @dev Neighbours of one provision together.
    function _pay(bytes32[] calldata collectionIds, uint256[] memory amounts) private {
        uint256 due;
        for (uint256 i; i < amounts.length; ++i) {
            due += amounts[i];
            uint256 provisionId = ComputeIds.provisionOf(uint256(collectionIds[i]));
            bool isLast =
                i + 1 == amounts.length || ComputeIds.provisionOf(uint256(collectionIds[i + 1])) != provisionId;
            if (!isLast || due == 0) continue;
            _ESCROW.payFromPot(provisionId, uint96(due));
            due = 0;
        }
    }

    /// @inheritdoc ISubscriptionManager
    function close(address subscriber, uint256 period) external returns (uint256 amount) {
        uint256 fee = _requireShareable(subscriber, period);
        Pool memory pool = _pools[subscriber][period];
        if (pool.unshared == 0)
            amount = fee - pool.settled;
            // Shares come to no more than all list values: what is beyond them need not wait.
        else if (!pool.isSwept) amount = fee - _shareOf(fee, pool.listValue, pool.listValue);
        if (amount == 0) revert NothingToDo();

        pool.isSwept = true;
        pool.settled += uint40(amount);
        _pools[subscriber][period] = pool;
        emit Closed(subscriber, period, amount);
        _ESCROW.potToInsurance(uint96(amount));
    }

    function _requireShareable(address subscriber, uint256 period) private view returns (uint256 fee) {
        Lots.Charge memory charge = _charges[subscriber][period];
        if (charge.startsAt == 0) revert NoPeriod(subscriber, period);
        uint256 endsAt = _windowEnd(charge);
        if (block.timestamp < endsAt) revert TooEarly(endsAt);
        return charge.fee;
    }

    /// @dev Rounded down, both ways: the shares of a fee never exceed it.
    function _shareOf(uint256 fee, uint256 value, uint256 sum) private pure returns (uint256 amount) {
        amount = value / _VALUE_PER_UNIT;
        uint256 part = sum == 0 ? 0 : (fee * value) / sum;
        if (part < amount) amount = part;
    }

    /// @dev The first second at which nothing is recorded any more.
    function _windowEnd(Lots.Charge memory charge) private pure returns (uint256) {
        return charge.startsAt + PERIOD + WINDOW;
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc ISubscriptionManager
    function versionOf(uint256 planId, uint256 version) external view returns (Terms memory, bool) {
        Version memory found = _versions[planId][version];
        return (_termsOf(found), found.isRetired);
    }

    /// @inheritdoc ISubscriptionManager
    function planCount() external view returns (uint256) {
        return _plans;
    }

    /// @inheritdoc ISubscriptionManager
    function versionCount(uint256 planId) external view returns (uint256) {
        return _versionCounts[planId];
    }

    /// @inheritdoc ISubscriptionManager
    function subscriptionOf(address subscriber) external view returns (Subscription memory view_) {
        Record memory record_ = _records[subscriber];
        view_.planId = record_.planId;
        view_.version = record_.version;
        view_.period = _running(record_);
        view_.startsAt = _charges[subscriber][view_.period].startsAt;
        view_.paidUntil = record_.paidUntil;
        view_.periods = record_.number;
        view_.renewals = record_.renewals;
        view_.isCancelled = record_.isCancelled;
        view_.terms = _termsOf(_versions[record_.planId][record_.version]);
    }

    /// @dev Zero when none runs.
    function _running(Record memory record_) private view returns (uint256) {
        if (block.timestamp >= record_.paidUntil) return 0;
        return record_.paidUntil - block.timestamp > PERIOD ? record_.number - 1 : record_.number;
    }

    /// @inheritdoc ISubscriptionManager
    function bucketOf(address subscriber) external view returns (uint256, uint256) {
        uint256 number = _running(_records[subscriber]);
        if (number == 0) return (0, 0);
        return _charges[subscriber].left(number, block.timestamp);
    }

    /// @inheritdoc ISubscriptionManager
    function periodOf(address subscriber, uint256 period) external view returns (Period memory view_) {
        Lots.Charge memory charge = _charges[subscriber][period];
        if (charge.startsAt == 0) return view_;
        Pool memory pool = _pools[subscriber][period];
        view_.startsAt = charge.startsAt;
        view_.endsAt = charge.startsAt + PERIOD;
        view_.recordUntil = _windowEnd(charge);
        view_.lotEnds = charge.startsAt + Lots.LIFE;
        view_.fee = charge.fee;
        view_.granted = charge.granted;
        view_.used = charge.used;
        view_.listValue = pool.listValue;
        view_.unshared = pool.unshared;
        view_.settled = pool.settled;
    }

    /// @inheritdoc ISubscriptionManager
    function recorded(
        address subscriber,
        uint256 period,
        bytes32 collectionId
    ) external view returns (uint256, uint256, bool) {
        Used memory used = _used[subscriber][period][collectionId];
        return (used.listValue, used.tokens, used.isShared);
    }

    /// @inheritdoc ISubscriptionManager
    function shareOf(address subscriber, uint256 period, bytes32 collectionId) external view returns (uint256) {
        Pool memory pool = _pools[subscriber][period];
        uint256 value = _used[subscriber][period][collectionId].listValue;
        return _shareOf(_charges[subscriber][period].fee, value, pool.listValue);
    }

    /// @inheritdoc ISubscriptionManager
    function hashUsage(PlanUsage calldata usage) external view returns (bytes32) {
        return _hash(usage);
    }
}
