// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {MerkleProofLib} from "solady/src/utils/MerkleProofLib.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {IProviderDelegationCore} from "./interfaces/IProviderDelegationCore.sol";
import {IRewardsDistributor} from "./interfaces/IRewardsDistributor.sol";

/// @title Rewards that everybody can compute again
/// @notice A root is over totals that only grow, so that one claim pays all epochs since the last. Anybody proposes one with a
/// bond, anybody challenges it within a day with as much, and whatever it says, claims take no more than was funded, than the
/// schedule grants and than the platform's fees allow.
/// What it trusts: the token, for itself; the escrow, for fees that never fall; the delegation, which takes what delegators earn;
/// the arbitrator, for challenged roots, within those three bounds.
/// Upgrade: none. Nothing can be paused: a root that must not become active is challenged, and claims are always open.
contract RewardsDistributor is AccessManaged, IRewardsDistributor {
    /// @dev One word. Written anew by each proposal and never cleared: a slot that stays full is cheap to write.
    /// `until` is when it can be activated, while it is challenged when the arbitrator's time is over.
    struct State {
        address challenger;
        uint24 id;
        uint24 epoch;
        uint40 until;
        Status status;
    }

    /// @dev One word.
    struct Terms {
        address proposer;
        uint96 cumulativeTotal;
    }

    /// @dev One word. `segment` is that of `epoch`: later epochs are looked up from there. `place` is where the root is; what is
    /// proposed has the other one, so that becoming active moves nothing.
    struct Active {
        uint96 total;
        uint96 claimed;
        uint24 epoch;
        uint32 segment;
        uint8 place;
    }

    /// @dev One word: the epochs from `from` to before `until` grant `perEpoch` each, all before them `before`.
    struct Segment {
        uint32 from;
        uint32 until;
        uint96 perEpoch;
        uint96 before;
    }

    /// @dev One word: the first `fees` units of USDC allow `allowance`, each one after them `rate`.
    /// The current parameters hold from epoch `parametersFrom` on.
    struct Limits {
        uint96 allowance;
        uint80 fees;
        uint56 rate;
        uint24 parametersFrom;
    }

    /// @dev One word.
    struct Account {
        address recipient;
        uint96 claimed;
    }

    struct PastParameters {
        bytes32 hash;
        uint256 from;
    }

    /// @notice An epoch: a week from Thursday 00:00 UTC.
    uint256 public constant EPOCH = 7 days;
    /// @notice What a proposer, and a challenger, has to lose.
    uint256 public constant BOND = 5_000e18;
    /// @notice How long a root can be challenged.
    uint256 public constant CHALLENGE_PERIOD = 24 hours;
    /// @notice How long the arbitrator has.
    uint256 public constant RULING_PERIOD = 7 days;
    /// @notice Bounds of the rate: a USD in fees allows from 0.001 to 10,000 UNXV.
    uint256 public constant LEAST_RATE = 1e9;
    uint256 public constant MOST_RATE = 1e16;
    /// @notice The most an epoch can be granted: a week of the community's first year has 1.54 million for all.
    uint256 public constant MOST_PER_EPOCH = 1_600_000e18;
    /// @notice The most a schedule can grant: all that the community gets.
    uint256 public constant MOST_SCHEDULED = 350_000_000e18;
    /// @notice The most steps that one change of the schedule has.
    uint256 public constant MOST_STEPS = 16;

    /// @dev Kinds of leaves.
    uint256 private constant _ACCOUNT = 0;
    uint256 private constant _POOL = 1;

    address private immutable _TOKEN;
    IPaymentsEscrowCore private immutable _ESCROW;
    IProviderDelegationCore private immutable _DELEGATION;

    State private _state;
    Terms private _terms;
    bytes32[2] private _roots;
    Active private _active;
    Limits private _limits;
    address private _arbitrator;
    uint96 private _funded;
    bytes32 private _parametersHash;
    PastParameters[] private _pastParameters;
    mapping(uint256 index => Segment) private _segments;
    mapping(address account => uint256) private _bonds;
    mapping(address account => Account) private _accounts;
    mapping(uint256 provisionId => uint256) private _claimedOfPool;

    /// @param token_ UNXV
    /// @param escrow_ asked for the platform's fees, in units of USDC
    /// @param delegation_ takes the rewards of delegation pools, and the provider's cut of them
    /// @param rate units of UNXV that a unit of USDC in fees allows
    /// @param steps what epochs grant, from the one that runs at the earliest
    /// @param parameters what rewards are computed with from the epoch that runs on
    constructor(
        address authority_,
        address token_,
        IPaymentsEscrowCore escrow_,
        IProviderDelegationCore delegation_,
        address arbitrator_,
        uint256 rate,
        Step[] memory steps,
        bytes memory parameters
    ) AccessManaged(authority_) {
        if (token_ == address(0)) revert InvalidAddress(token_);
        if (address(escrow_) == address(0)) revert InvalidAddress(address(escrow_));
        if (address(delegation_) == address(0)) revert InvalidAddress(address(delegation_));
        (_TOKEN, _ESCROW, _DELEGATION) = (token_, escrow_, delegation_);
        _setArbitrator(arbitrator_);
        _requireBounds(rate, LEAST_RATE, MOST_RATE);
        _limits.rate = uint56(rate);
        emit RateSet(rate, 0);
        uint256 epoch = block.timestamp / EPOCH;
        _segments[0].until = type(uint32).max;
        _setSchedule(steps, epoch);
        _setParameters(parameters, epoch);
    }

    // ----------------------------------------------------------------------------------------------------------- in

    /// @inheritdoc IRewardsDistributor
    function fund(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        _addFunds(amount);
        _pull(amount);
    }

    /// @dev The token has a supply of less than 2^90.
    function _addFunds(uint256 amount) private {
        uint256 funded = _funded + amount;
        _funded = uint96(funded);
        emit Funded(msg.sender, amount, funded);
    }

    /// @inheritdoc IRewardsDistributor
    function depositBond(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        _bonds[msg.sender] += amount;
        emit BondDeposited(msg.sender, amount);
        _pull(amount);
    }

    /// @inheritdoc IRewardsDistributor
    function withdrawBond(uint256 amount, address to) external {
        if (to == address(0) || to == address(this)) revert InvalidAddress(to);
        if (amount == 0) revert ZeroAmount();
        _requireFreeBond(amount, _state);
        _bonds[msg.sender] -= amount;
        emit BondWithdrawn(msg.sender, to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
    }

    /// @dev The token is UNXV: it calls nobody, and takes no fee.
    function _pull(uint256 amount) private {
        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), amount);
    }

    function _requireFreeBond(uint256 needed, State memory state) private view {
        uint256 free = _bonds[msg.sender] - _bondInUse(msg.sender, state);
        if (free < needed) revert InsufficientBond(free, needed);
    }

    /// @dev Only one proposal is pending, so that what is in use needs no count of its own.
    function _bondInUse(address account, State memory state) private view returns (uint256 inUse) {
        bool isChallenged = state.status == Status.Challenged;
        if (isChallenged && state.challenger == account) inUse = BOND;
        if ((isChallenged || state.status == Status.Proposed) && _terms.proposer == account) inUse += BOND;
    }

    // -------------------------------------------------------------------------------------------------------- roots

    /// @inheritdoc IRewardsDistributor
    function propose(
        uint256 epoch,
        bytes32 root,
        uint256 cumulativeTotal,
        bytes32 paramsHash,
        bytes32 dataHash
    ) external returns (uint256 id) {
        State memory state = _state;
        if (state.status != Status.None) revert ProposalPending(state.id);
        if (root == bytes32(0)) revert ZeroRoot();
        if (epoch >= block.timestamp / EPOCH) revert EpochRunning(epoch);
        Active memory last = _active;
        if (epoch <= last.epoch) revert EpochNotRising(epoch, last.epoch);
        bytes32 expected = parametersHash(epoch);
        if (paramsHash != expected || expected == bytes32(0)) revert WrongParameters(expected, paramsHash);
        _requireFreeBond(BOND, state);
        _requireWithinCaps(epoch, cumulativeTotal, last);

        id = uint256(state.id) + 1;
        _state = State(
            address(0),
            uint24(id),
            uint24(epoch),
            uint40(block.timestamp + CHALLENGE_PERIOD),
            Status.Proposed
        );
        _terms = Terms(msg.sender, uint96(cumulativeTotal));
        _roots[1 - last.place] = root;
        emit Proposed(id, epoch, msg.sender, root, cumulativeTotal, paramsHash, dataHash);
    }

    /// @inheritdoc IRewardsDistributor
    function challenge(uint256 id, bytes32 evidenceHash) external {
        State memory state = _requireProposal(id, Status.Proposed);
        if (block.timestamp >= state.until) revert TooLate(state.until);
        _requireFreeBond(BOND, state);

        state.challenger = msg.sender;
        state.status = Status.Challenged;
        state.until = uint40(block.timestamp + RULING_PERIOD);
        _state = state;
        emit Challenged(id, msg.sender, evidenceHash, state.until);
    }

    /// @inheritdoc IRewardsDistributor
    function rule(uint256 id, bool isValid) external {
        if (msg.sender != _arbitrator) revert NotAllowed(msg.sender);
        State memory state = _requireProposal(id, Status.Challenged);
        if (block.timestamp >= state.until) revert TooLate(state.until);

        state.status = isValid ? Status.Upheld : Status.None;
        state.until = uint40(state.until - RULING_PERIOD + CHALLENGE_PERIOD);
        _state = state;
        address proposer = _terms.proposer;
        (address winner, address loser) = isValid ? (proposer, state.challenger) : (state.challenger, proposer);
        // Not all of it to the winner: who proposes a wrong root and challenges it itself would hold everybody up for free.
        uint256 toWinner = BOND / 2;
        _bonds[loser] -= BOND;
        _bonds[winner] += toWinner;
        emit Ruled(id, isValid, winner, loser, toWinner);
        _addFunds(BOND - toWinner);
    }

    /// @inheritdoc IRewardsDistributor
    function drop() external {
        State memory state = _state;
        if (state.status != Status.Challenged) revert WrongProposal(state.id, state.status);
        if (block.timestamp < state.until) revert TooEarly(state.until);

        _state.status = Status.None;
        emit Dropped(state.id);
    }

    /// @inheritdoc IRewardsDistributor
    function activate() external {
        State memory state = _state;
        if (state.status != Status.Proposed && state.status != Status.Upheld) {
            revert WrongProposal(state.id, state.status);
        }
        if (block.timestamp < state.until) revert TooEarly(state.until);
        Active memory next = _active;
        uint256 total = _terms.cumulativeTotal;
        next.segment = uint32(_requireWithinCaps(state.epoch, total, next));

        next.epoch = state.epoch;
        next.total = uint96(total);
        next.place = 1 - next.place;
        _active = next;
        _state.status = Status.None;
        emit Activated(state.id, state.epoch, _roots[next.place], total);
    }

    function _requireProposal(uint256 id, Status status) private view returns (State memory state) {
        state = _state;
        if (state.id != id || state.status != status) revert WrongProposal(state.id, state.status);
    }

    /// @return segment that of the epoch
    function _requireWithinCaps(
        uint256 epoch,
        uint256 total,
        Active memory last
    ) private view returns (uint256 segment) {
        if (total < last.total) revert TotalFalls(total, last.total);
        uint256 funded = _funded;
        uint256 scheduled;
        (scheduled, segment) = _scheduled(epoch, last.segment);
        uint256 byFees = _allowedByFees(_ESCROW.feesCollected());
        if (total > funded || total > scheduled || total > byFees) {
            revert TotalTooHigh(total, funded, scheduled, byFees);
        }
    }

    /// @param segment that of the epoch or one before it
    /// @return granted by all epochs up to this one
    /// @return at the epoch's segment
    function _scheduled(uint256 epoch, uint256 segment) private view returns (uint256 granted, uint256 at) {
        Segment memory one = _segments[segment];
        while (epoch >= one.until && one.until != type(uint32).max) one = _segments[++segment];
        return (one.before + one.perEpoch * (epoch + 1 - one.from), segment);
    }

    function _allowedByFees(uint256 fees) private view returns (uint256) {
        Limits memory limits = _limits;
        return limits.allowance + limits.rate * (fees - limits.fees);
    }

    // ------------------------------------------------------------------------------------------------------- claims

    /// @inheritdoc IRewardsDistributor
    function claim(
        uint256 kind,
        uint256 account,
        uint256 cumulative,
        bytes32[] calldata proof,
        bytes32 expectedRoot
    ) external returns (uint256 paid) {
        _requireRoot(expectedRoot);
        return _claim(kind, account, cumulative, proof, expectedRoot);
    }

    /// @inheritdoc IRewardsDistributor
    function claimMany(Claim[] calldata claims, bytes32 expectedRoot) external returns (uint256[] memory paid) {
        _requireRoot(expectedRoot);
        paid = new uint256[](claims.length);
        for (uint256 i; i < claims.length; ++i) {
            Claim calldata one = claims[i];
            paid[i] = _claim(one.kind, one.account, one.cumulative, one.proof, expectedRoot);
        }
    }

    /// @inheritdoc IRewardsDistributor
    function setRecipient(address recipient) external {
        if (recipient == address(this)) revert InvalidAddress(recipient);
        _accounts[msg.sender].recipient = recipient;
        emit RecipientSet(msg.sender, recipient);
    }

    function _requireRoot(bytes32 expected) private view {
        bytes32 root = _roots[_active.place];
        if (root != expected) revert RootChanged(root);
    }

    function _claim(
        uint256 kind,
        uint256 account,
        uint256 cumulative,
        bytes32[] calldata proof,
        bytes32 root
    ) private returns (uint256 paid) {
        // The chain and this contract are in it: a leaf counts here alone. Hashed twice: no inner node is a leaf.
        bytes32 leaf = keccak256(abi.encode(block.chainid, address(this), kind, account, cumulative));
        leaf = keccak256(abi.encode(leaf));
        if (!MerkleProofLib.verifyCalldata(proof, root, leaf)) revert InvalidProof(kind, account);

        if (kind == _ACCOUNT) return _claimAccount(account, cumulative);
        if (kind == _POOL) return _claimPool(account, cumulative);
        revert UnknownKind(kind);
    }

    function _claimAccount(uint256 account, uint256 cumulative) private returns (uint256 paid) {
        if (account == 0 || account > type(uint160).max) revert NotAnAddress(account);
        address owner = address(uint160(account));
        Account memory own = _accounts[owner];
        paid = _take(own.claimed, cumulative);
        if (paid == 0) return 0;

        _accounts[owner].claimed = uint96(own.claimed + paid);
        address recipient = own.recipient == address(0) ? owner : own.recipient;
        emit Claimed(_ACCOUNT, account, recipient, paid);
        SafeTransferLib.safeTransfer(_TOKEN, recipient, paid);
    }

    function _claimPool(uint256 provisionId, uint256 cumulative) private returns (uint256 paid) {
        uint256 claimed = _claimedOfPool[provisionId];
        paid = _take(claimed, cumulative);
        if (paid == 0) return 0;

        _claimedOfPool[provisionId] = claimed + paid;
        emit Claimed(_POOL, provisionId, address(_DELEGATION), paid);
        SafeTransferLib.safeApprove(_TOKEN, address(_DELEGATION), paid);
        _DELEGATION.addRewards(provisionId, paid);
    }

    /// @dev Counts what is due against the root's total. What does not fit any more stays due: a later root may have room.
    function _take(uint256 claimed, uint256 cumulative) private returns (uint256 paid) {
        if (cumulative <= claimed) return 0;
        paid = cumulative - claimed;
        Active memory now_ = _active;
        uint256 left = now_.total - now_.claimed;
        if (paid > left) paid = left;
        if (paid != 0) _active.claimed = uint96(now_.claimed + paid);
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IRewardsDistributor
    function setArbitrator(address arbitrator_) external restricted {
        _setArbitrator(arbitrator_);
    }

    /// @inheritdoc IRewardsDistributor
    function setRate(uint256 rate) external restricted {
        uint256 now_ = _limits.rate;
        uint256 least = now_ / 2 > LEAST_RATE ? now_ / 2 : LEAST_RATE;
        uint256 most = now_ * 2 < MOST_RATE ? now_ * 2 : MOST_RATE;
        _requireBounds(rate, least, most);

        // What fees have allowed stays: the change is for later ones, and no cap ever falls. The schedule ends long before the
        // allowance does not fit.
        uint256 fees = _ESCROW.feesCollected();
        uint256 allowance = _allowedByFees(fees);
        if (allowance > type(uint96).max) allowance = type(uint96).max;
        _limits.allowance = uint96(allowance);
        _limits.fees = uint80(fees);
        _limits.rate = uint56(rate);
        emit RateSet(rate, fees);
    }

    /// @inheritdoc IRewardsDistributor
    function setSchedule(Step[] calldata steps) external restricted {
        _setSchedule(steps, block.timestamp / EPOCH + 1);
    }

    /// @inheritdoc IRewardsDistributor
    function setParameters(bytes calldata parameters) external restricted {
        uint256 from = block.timestamp / EPOCH + 1;
        uint256 before = _limits.parametersFrom;
        // What would have held from the next epoch on never did.
        if (before < from) _pastParameters.push(PastParameters(_parametersHash, before));
        _setParameters(parameters, from);
    }

    function _setArbitrator(address arbitrator_) private {
        if (arbitrator_ == address(0)) revert InvalidAddress(arbitrator_);
        _arbitrator = arbitrator_;
        emit ArbitratorSet(arbitrator_);
    }

    /// @param least the first epoch that may change
    function _setSchedule(Step[] memory steps, uint256 least) private {
        _requireBounds(steps.length, 1, MOST_STEPS);
        if (steps[0].from < least) revert StepTooEarly(steps[0].from, least);
        (, uint256 at) = _scheduled(steps[0].from, _active.segment);
        Segment memory last = _segments[at];
        for (uint256 i; i < steps.length; ++i) {
            (uint256 from, uint256 perEpoch) = (steps[i].from, steps[i].perEpoch);
            if (i != 0 && from <= last.from) revert StepTooEarly(from, uint256(last.from) + 1);
            _requireBounds(perEpoch, 0, MOST_PER_EPOCH);
            uint256 before = last.before + last.perEpoch * (from - last.from);
            _requireBounds(before, 0, MOST_SCHEDULED);
            if (from != last.from) _segments[at++].until = uint32(from);
            last = Segment(uint32(from), type(uint32).max, uint96(perEpoch), uint96(before));
            _segments[at] = last;
        }
        if (last.perEpoch != 0) revert EndlessSchedule();
        emit ScheduleSet(steps);
    }

    function _setParameters(bytes memory parameters, uint256 from) private {
        if (parameters.length == 0) revert ZeroAmount();
        bytes32 hash = keccak256(parameters);
        _parametersHash = hash;
        _limits.parametersFrom = uint24(from);
        emit ParametersSet(from, hash, parameters);
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert OutOfBounds(value, least, most);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IRewardsDistributor
    function proposal() external view returns (Proposal memory) {
        State memory state = _state;
        Terms memory terms = _terms;
        return
            Proposal(
                state.id,
                state.status,
                state.epoch,
                _proposedRoot(state),
                terms.cumulativeTotal,
                terms.proposer,
                state.challenger,
                state.until
            );
    }

    /// @dev The last proposal is in the active place once it was activated; what was dropped is still in the other.
    function _proposedRoot(State memory state) private view returns (bytes32) {
        Active memory now_ = _active;
        bool isActive = state.status == Status.None && state.epoch == now_.epoch;
        return _roots[isActive ? now_.place : 1 - now_.place];
    }

    /// @inheritdoc IRewardsDistributor
    function active() external view returns (bytes32 root, uint256 epoch, uint256 total, uint256 claimed) {
        Active memory now_ = _active;
        return (_roots[now_.place], now_.epoch, now_.total, now_.claimed);
    }

    /// @inheritdoc IRewardsDistributor
    function caps(uint256 epoch) external view returns (uint256 funded, uint256 scheduled, uint256 byFees) {
        (scheduled, ) = _scheduled(epoch, 0);
        return (_funded, scheduled, _allowedByFees(_ESCROW.feesCollected()));
    }

    /// @inheritdoc IRewardsDistributor
    function parametersHash(uint256 epoch) public view returns (bytes32) {
        if (epoch >= _limits.parametersFrom) return _parametersHash;
        for (uint256 i = _pastParameters.length; i != 0; --i) {
            PastParameters storage past = _pastParameters[i - 1];
            if (epoch >= past.from) return past.hash;
        }
        return bytes32(0);
    }

    /// @inheritdoc IRewardsDistributor
    function claimedOf(uint256 kind, uint256 account) external view returns (uint256) {
        if (kind == _POOL) return _claimedOfPool[account];
        if (kind != _ACCOUNT) revert UnknownKind(kind);
        if (account > type(uint160).max) revert NotAnAddress(account);
        return _accounts[address(uint160(account))].claimed;
    }

    /// @inheritdoc IRewardsDistributor
    function recipientOf(address account) external view returns (address) {
        address recipient = _accounts[account].recipient;
        return recipient == address(0) ? account : recipient;
    }

    /// @inheritdoc IRewardsDistributor
    function bondOf(address account) external view returns (uint256 bond, uint256 inUse) {
        return (_bonds[account], _bondInUse(account, _state));
    }

    /// @inheritdoc IRewardsDistributor
    function arbitrator() external view returns (address) {
        return _arbitrator;
    }

    /// @inheritdoc IRewardsDistributor
    function unxvPerUsdc() external view returns (uint256) {
        return _limits.rate;
    }
}
