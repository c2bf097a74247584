// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {IProviderDelegation} from "./interfaces/IProviderDelegation.sol";
import {IProviderDelegationCore} from "./interfaces/IProviderDelegationCore.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";

/// @title Stake that others put behind a provision
/// @notice A pool a provision, in shares: rewards raise what they are worth, slashing lowers it, and it is slashed only when
/// nothing of the provision's own stake is left. It adds to what a dispute can take and to how a provision is chosen; it does
/// not lock for fees, so that a payment never has to look at it.
/// What it trusts: the token, for itself; the staking, for faults. A pause stops new delegations, nothing else.
/// Upgrade: none.
contract ProviderDelegation is GuardianPausable, IProviderDelegation {
    using SafeCast for uint256;

    /// @dev One word.
    struct Pool {
        uint128 tokens;
        uint128 shares;
    }

    /// @dev One word.
    struct Terms {
        uint96 dripping;
        uint40 dripFrom;
        uint40 dripEnds;
        bool isOpen;
        uint16 cut;
        uint16 nextCut;
        uint40 nextCutFrom;
    }

    struct Delegation {
        uint128 shares;
        uint128 thawing;
        uint40 thawEnds;
    }

    /// @notice How long what is delegated takes to leave, rewards to drip, and a higher cut to hold: the dispute period.
    uint256 public constant PERIOD = 7 days;
    /// @notice The least that is delegated at once: a UNXV.
    uint256 public constant LEAST_DELEGATION = 1e18;
    /// @notice So many times a provision's own stake may be delegated to it.
    uint256 public constant MAX_RATIO = 8;

    uint256 private constant _BPS = 10_000;
    /// @dev Shares and a unit that nobody owns: whoever lifts the price of a nearly empty pool gives it all to them.
    uint256 private constant _VIRTUAL_SHARES = 1_000;

    address private immutable _TOKEN;
    IProviderStakingCore private immutable _STAKING;

    mapping(uint256 provisionId => Pool) private _pools;
    mapping(uint256 provisionId => Terms) private _terms;
    mapping(uint256 provisionId => mapping(address delegator => Delegation)) private _delegations;

    /// @param token_ UNXV
    constructor(address authority_, address token_, IProviderStakingCore staking_) AccessManaged(authority_) {
        if (token_ == address(0)) revert InvalidAddress(token_);
        if (address(staking_) == address(0)) revert InvalidAddress(address(staking_));
        (_TOKEN, _STAKING) = (token_, staking_);
    }

    // -------------------------------------------------------------------------------------------------- delegators

    /// @inheritdoc IProviderDelegation
    function delegate(uint256 provisionId, uint256 amount, uint256 leastShares) external returns (uint256 shares) {
        _requireNotPaused(_requireUnlocked());
        if (amount < LEAST_DELEGATION) revert TooLittle(amount, LEAST_DELEGATION);
        (Pool memory pool, Terms memory terms) = _settled(provisionId);
        if (!terms.isOpen) revert PoolClosed(provisionId);
        _requireRoom(provisionId, pool.tokens + terms.dripping, amount);
        shares = FixedPointMathLib.fullMulDiv(amount, pool.shares + _VIRTUAL_SHARES, uint256(pool.tokens) + 1);
        if (shares < leastShares || shares == 0) revert TooFewShares(shares, leastShares);

        pool.tokens += amount.toUint128();
        pool.shares += shares.toUint128();
        (_pools[provisionId], _terms[provisionId]) = (pool, terms);
        _delegations[provisionId][msg.sender].shares += shares.toUint128();
        emit Delegated(provisionId, msg.sender, amount, shares);
        // The token is UNXV: it calls nobody, and takes no fee.
        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), amount);
    }

    function _requireRoom(uint256 provisionId, uint256 delegated, uint256 amount) private view {
        (uint256 own, uint256 thawing) = _STAKING.stakeOf(provisionId);
        uint256 most = (own - thawing) * MAX_RATIO;
        uint256 room = most > delegated ? most - delegated : 0;
        if (amount > room) revert PoolFull(room, amount);
    }

    /// @inheritdoc IProviderDelegation
    function undelegate(uint256 provisionId, uint256 shares) external {
        if (shares == 0) revert ZeroAmount();
        Delegation memory own = _delegations[provisionId][msg.sender];
        uint256 available = own.shares - own.thawing;
        if (available < shares) revert InsufficientShares(available, shares);

        own.thawing += uint128(shares);
        own.thawEnds = uint40(block.timestamp + PERIOD);
        _delegations[provisionId][msg.sender] = own;
        emit DelegationThawing(provisionId, msg.sender, own.thawing, own.thawEnds);
    }

    /// @inheritdoc IProviderDelegation
    function cancelUndelegate(uint256 provisionId, uint256 shares) external {
        if (shares == 0) revert ZeroAmount();
        Delegation memory own = _delegations[provisionId][msg.sender];
        if (own.thawing < shares) revert InsufficientShares(own.thawing, shares);

        own.thawing -= uint128(shares);
        if (own.thawing == 0) own.thawEnds = 0;
        _delegations[provisionId][msg.sender] = own;
        emit DelegationThawing(provisionId, msg.sender, own.thawing, own.thawEnds);
    }

    /// @inheritdoc IProviderDelegation
    function withdraw(uint256 provisionId, address to) external returns (uint256 amount) {
        if (to == address(0) || to == address(this)) revert InvalidAddress(to);
        Delegation memory own = _delegations[provisionId][msg.sender];
        if (own.thawing == 0) revert NothingToDo();
        if (block.timestamp < own.thawEnds) revert TooEarly(own.thawEnds);
        if (_STAKING.isFrozen(provisionId)) revert StakeLocked(provisionId);

        uint128 shares = own.thawing;
        (Pool memory pool, Terms memory terms) = _settled(provisionId);
        amount = _worth(pool, shares);
        (own.shares, own.thawing, own.thawEnds) = (own.shares - shares, 0, 0);
        pool.tokens -= uint128(amount);
        pool.shares -= shares;
        _delegations[provisionId][msg.sender] = own;
        uint256 left = pool.shares == 0 ? pool.tokens + terms.dripping : 0;
        if (left != 0) (pool.tokens, terms.dripping) = (0, 0);
        (_pools[provisionId], _terms[provisionId]) = (pool, terms);

        emit DelegationWithdrawn(provisionId, msg.sender, to, amount, shares);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        if (left != 0) {
            emit PoolEmptied(provisionId, left);
            SafeTransferLib.safeTransfer(_TOKEN, ComputeIds.providerOf(provisionId), left);
        }
    }

    // --------------------------------------------------------------------------------------------------- providers

    /// @inheritdoc IProviderDelegation
    function setCut(uint256 provisionId, uint256 cut) external {
        bool isOwn =
            ComputeIds.providerOf(provisionId) == msg.sender &&
                ComputeIds.indexOf(provisionId) != 0 &&
                ComputeIds.provisionOf(provisionId) == provisionId;
        if (!isOwn) revert NotYourProvision(provisionId, msg.sender);
        if (cut > _BPS) revert CutTooHigh(cut, _BPS);
        Terms memory terms = _withCutNow(_terms[provisionId]);
        if (!terms.isOpen || cut <= terms.cut) {
            (terms.isOpen, terms.cut, terms.nextCut, terms.nextCutFrom) = (true, uint16(cut), 0, 0);
        } else {
            (terms.nextCut, terms.nextCutFrom) = (uint16(cut), uint40(block.timestamp + PERIOD));
        }
        _terms[provisionId] = terms;
        emit CutSet(provisionId, terms.cut, terms.nextCut, terms.nextCutFrom);
    }

    // ------------------------------------------------------------------------------------------- rewards, slashing

    /// @inheritdoc IProviderDelegationCore
    function addRewards(uint256 provisionId, uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        address provider = ComputeIds.providerOf(provisionId);
        if (provider == address(0)) revert InvalidAddress(provider);
        (Pool memory pool, Terms memory terms) = _settled(provisionId);
        uint256 toPool = pool.shares == 0 ? 0 : amount - FixedPointMathLib.fullMulDivUp(amount, terms.cut, _BPS);
        if (toPool != 0) {
            uint256 dripping = terms.dripping + toPool;
            // Weighed by amounts: nobody puts off what drips by adding dust to it.
            uint256 time =
                (terms.dripping * (terms.dripEnds - terms.dripFrom) + toPool * PERIOD + dripping - 1) / dripping;
            (terms.dripping, terms.dripEnds) = (dripping.toUint96(), uint40(block.timestamp + time));
        }
        (_pools[provisionId], _terms[provisionId]) = (pool, terms);

        emit PoolRewarded(provisionId, amount - toPool, toPool, terms.dripEnds);
        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), amount);
        if (amount != toPool) SafeTransferLib.safeTransfer(_TOKEN, provider, amount - toPool);
    }

    /// @inheritdoc IProviderDelegationCore
    function slash(uint256 provisionId, uint256 amount, address to) external returns (uint256 slashed) {
        if (msg.sender != address(_STAKING)) revert NotAllowed(msg.sender);
        (Pool memory pool, Terms memory terms) = _settled(provisionId);
        slashed = amount < pool.tokens ? amount : pool.tokens;
        if (slashed == 0) return 0;
        pool.tokens -= uint128(slashed);
        (_pools[provisionId], _terms[provisionId]) = (pool, terms);
        emit PoolSlashed(provisionId, slashed);
        SafeTransferLib.safeTransfer(_TOKEN, to, slashed);
    }

    // ------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IProviderDelegationCore
    function delegatedTo(uint256 provisionId) external view returns (uint256) {
        (Pool memory pool, ) = _settled(provisionId);
        return pool.tokens;
    }

    /// @inheritdoc IProviderDelegation
    function poolOf(uint256 provisionId) external view returns (PoolView memory) {
        (Pool memory pool, Terms memory terms) = _settled(provisionId);
        return
            PoolView(
                pool.tokens,
                pool.shares,
                terms.dripping,
                terms.dripEnds,
                terms.isOpen,
                terms.cut,
                terms.nextCut,
                terms.nextCutFrom
            );
    }

    /// @inheritdoc IProviderDelegation
    function delegationOf(uint256 provisionId, address delegator) external view returns (DelegationView memory) {
        Delegation memory own = _delegations[provisionId][delegator];
        (Pool memory pool, ) = _settled(provisionId);
        return DelegationView(own.shares, own.thawing, own.thawEnds, _worth(pool, own.shares));
    }

    /// @dev The pool with what has dripped until now, and a cut whose time has come.
    function _settled(uint256 provisionId) private view returns (Pool memory pool, Terms memory terms) {
        pool = _pools[provisionId];
        terms = _withCutNow(_terms[provisionId]);
        uint256 dripped = terms.dripping;
        if (block.timestamp < terms.dripEnds) {
            dripped = (dripped * (block.timestamp - terms.dripFrom)) / (terms.dripEnds - terms.dripFrom);
            terms.dripFrom = uint40(block.timestamp);
        } else {
            (terms.dripFrom, terms.dripEnds) = (uint40(block.timestamp), uint40(block.timestamp));
        }
        terms.dripping -= uint96(dripped);
        pool.tokens += uint128(dripped);
    }

    function _withCutNow(Terms memory terms) private view returns (Terms memory) {
        if (terms.nextCutFrom != 0 && block.timestamp >= terms.nextCutFrom) {
            (terms.cut, terms.nextCut, terms.nextCutFrom) = (terms.nextCut, 0, 0);
        }
        return terms;
    }

    function _worth(Pool memory pool, uint256 shares) private pure returns (uint256) {
        return FixedPointMathLib.fullMulDiv(shares, uint256(pool.tokens) + 1, pool.shares + _VIRTUAL_SHARES);
    }
}
