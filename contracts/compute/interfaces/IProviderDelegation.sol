// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IProviderDelegationCore} from "./IProviderDelegationCore.sol";

/// @notice Stake that others put behind a provision. Amounts are in units of UNXV, times in seconds, cuts in basis points.
interface IProviderDelegation is IProviderDelegationCore {
    /// @param tokens what its shares are worth now
    /// @param shares of all delegators
    /// @param dripping rewards that the shares will be worth more when they have dripped
    /// @param dripEnds when all of it has
    /// @param isOpen whether the provider takes delegations
    /// @param cut of rewards, the provider's, now
    /// @param nextCut from `nextCutFrom` on
    /// @param nextCutFrom zero when no raise is coming
    struct PoolView {
        uint256 tokens;
        uint256 shares;
        uint256 dripping;
        uint256 dripEnds;
        bool isOpen;
        uint256 cut;
        uint256 nextCut;
        uint256 nextCutFrom;
    }

    /// @param shares all, what thaws included
    /// @param thawing the part that thaws
    /// @param thawEnds zero when nothing thaws
    /// @param tokens what all its shares are worth now
    struct DelegationView {
        uint256 shares;
        uint256 thawing;
        uint256 thawEnds;
        uint256 tokens;
    }

    /// @notice `delegator` put `amount` behind the provision for `shares` of its pool.
    event Delegated(uint256 indexed provisionId, address indexed delegator, uint256 amount, uint256 shares);
    /// @notice `shares` in all of the delegator's thaw until `endsAt`; zero of both when it took all of them back.
    event DelegationThawing(uint256 indexed provisionId, address indexed delegator, uint256 shares, uint256 endsAt);
    /// @notice The delegator took `amount` for `shares` out.
    event DelegationWithdrawn(
        uint256 indexed provisionId,
        address indexed delegator,
        address to,
        uint256 amount,
        uint256 shares
    );
    /// @notice `toProvider` of a reward went to the provider, `toPool` drips to the delegators until `dripEnds`.
    event PoolRewarded(uint256 indexed provisionId, uint256 toProvider, uint256 toPool, uint256 dripEnds);
    /// @notice `amount` of the pool was slashed.
    event PoolSlashed(uint256 indexed provisionId, uint256 amount);
    /// @notice `amount` that belonged to no delegator any more went to the provider.
    event PoolEmptied(uint256 indexed provisionId, uint256 amount);
    /// @notice The provider's cut now, and from `nextCutFrom` on (zero: no raise is coming).
    event CutSet(uint256 indexed provisionId, uint256 cut, uint256 nextCut, uint256 nextCutFrom);

    /// @notice Thrown when less than `least` is delegated.
    error TooLittle(uint256 amount, uint256 least);
    /// @notice Thrown when an amount is zero where it must not be.
    error ZeroAmount();
    /// @notice Thrown when an address must not be zero, or not this one.
    error InvalidAddress(address account);
    /// @notice Thrown when an id names no provision of the caller.
    error NotYourProvision(uint256 provisionId, address caller);
    /// @notice Thrown when a provider takes no delegations.
    error PoolClosed(uint256 provisionId);
    /// @notice Thrown when more would be delegated than `MAX_RATIO` times the provision's own stake.
    error PoolFull(uint256 room, uint256 amount);
    /// @notice Thrown when the delegator has fewer shares that do not thaw, or that do.
    error InsufficientShares(uint256 available, uint256 shares);
    /// @notice Thrown when `delegate` would give fewer shares than asked for.
    error TooFewShares(uint256 shares, uint256 least);
    /// @notice Thrown when a thaw has not ended yet.
    error TooEarly(uint256 endsAt);
    /// @notice Thrown while a dispute is open against the provision.
    error StakeLocked(uint256 provisionId);
    /// @notice Thrown when nothing thaws.
    error NothingToDo();
    /// @notice Thrown when a cut is above all of it.
    error CutTooHigh(uint256 cut, uint256 most);
    /// @notice Thrown when the caller is not the contract that may call.
    error NotAllowed(address caller);

    /// @notice Pulls `amount`, at least `LEAST_DELEGATION`, for shares at the pool's price, rounded down. The pool must be
    /// open, and hold at most `MAX_RATIO` times the provision's own stake with it. Stopped by a pause.
    /// @param leastShares reverts when fewer are given
    function delegate(uint256 provisionId, uint256 amount, uint256 leastShares) external returns (uint256 shares);

    /// @notice Begins to take `shares` back; the seven days of all that thaws start anew. What thaws is slashed and rewarded
    /// like the rest: its worth is that of the day it leaves.
    function undelegate(uint256 provisionId, uint256 shares) external;

    /// @notice Takes `shares` back out of what thaws.
    function cancelUndelegate(uint256 provisionId, uint256 shares) external;

    /// @notice Sends what has thawed to `to`, at the pool's price now, rounded down. Waits while a dispute is open.
    function withdraw(uint256 provisionId, address to) external returns (uint256 amount);

    /// @notice Sets the provider's cut of the pool's rewards; the first time opens the pool. A lower cut holds at once, a
    /// higher one in seven days, so that whoever disagrees is out before. The provider.
    function setCut(uint256 provisionId, uint256 cut) external;

    /// @return The provision's pool as it is now.
    function poolOf(uint256 provisionId) external view returns (PoolView memory);

    /// @return What `delegator` has in it.
    function delegationOf(uint256 provisionId, address delegator) external view returns (DelegationView memory);
}
