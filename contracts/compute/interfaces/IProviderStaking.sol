// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IProviderStakingCore} from "./IProviderStakingCore.sol";

/// @notice Providers' stake. Amounts are in units of UNXV unless they say USDC; times in seconds.
interface IProviderStaking is IProviderStakingCore {
    /// @notice `from` staked `amount` for `provider`.
    event Staked(address indexed provider, address indexed from, uint256 amount);
    /// @notice `amount` of the provider's idle stake stands behind the provision.
    event Assigned(uint256 indexed provisionId, uint256 amount);
    /// @notice `amount` in all of the provision's stake thaws until `endsAt`.
    event Thawing(uint256 indexed provisionId, uint256 amount, uint256 endsAt);
    /// @notice `amount` no longer thaws.
    event ThawCancelled(uint256 indexed provisionId, uint256 amount);
    /// @notice `amount` is idle again.
    event Deprovisioned(uint256 indexed provisionId, uint256 amount);
    /// @notice `provider` took `amount` out.
    event Unstaked(address indexed provider, address indexed to, uint256 amount);
    /// @notice The provision has `count` open disputes.
    event FrozenChanged(uint256 indexed provisionId, uint256 count);
    /// @notice `amount` was taken; `toFiler` of it went to `filer`.
    event Slashed(uint256 indexed provisionId, address indexed filer, uint256 amount, uint256 toFiler);
    /// @notice Units of UNXV that a unit of USDC is counted as.
    event RateSet(uint256 rate);
    /// @notice Where what is slashed goes.
    event InsuranceSet(address indexed insurance);
    /// @notice Who may lock, who knows what must be kept, who may slash, where what is delegated is, for good.
    event PartsSet(address escrow, address registry, address disputes, address delegation);

    /// @notice Thrown when an amount is zero where it must not be.
    error ZeroAmount();
    /// @notice Thrown when an address must not be zero, or not this one.
    error InvalidAddress(address account);
    /// @notice Thrown when an id names no provision of the caller.
    error NotYourProvision(uint256 provisionId, address caller);
    /// @notice Thrown when less is idle.
    error InsufficientIdle(uint256 idle, uint256 amount);
    /// @notice Thrown when less would stay than the provision must keep.
    error StakeBelowMinimum(uint256 left, uint256 minimum);
    /// @notice Thrown when more is asked for than the provision has beyond what thaws, or than thaws.
    error InsufficientStake(uint256 available, uint256 amount);
    /// @notice Thrown when a thaw has not ended yet.
    error TooEarly(uint256 endsAt);
    /// @notice Thrown when all that thaws backs a fee or a dispute.
    error StakeLocked(uint256 provisionId);
    /// @notice Thrown when nothing thaws.
    error NothingToDo();
    /// @notice Thrown when the caller is not the contract that may call.
    error NotAllowed(address caller);
    /// @notice Thrown when what can be set once was set.
    error AlreadySet();
    /// @notice Thrown when a rate is not between `least` and `most`.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);

    /// @notice Pulls `amount` into the idle stake of `provider`. Anybody. Stopped by a pause.
    function stake(address provider, uint256 amount) external;

    /// @notice Puts idle stake of the caller behind one of its provisions. Stopped by a pause.
    function assign(uint256 provisionId, uint96 amount) external;

    /// @notice `stake` for the caller and `assign` in one. Stopped by a pause.
    function stakeAndAssign(uint256 provisionId, uint96 amount) external;

    /// @notice Begins to take `amount` of a provision's stake back; the seven days of all that thaws start anew. What thaws is
    /// slashed like the rest. While the provision is started or running its tier's minimum must stay.
    function thaw(uint256 provisionId, uint96 amount) external;

    /// @notice Takes `amount` back out of what thaws.
    function cancelThaw(uint256 provisionId, uint96 amount) external;

    /// @notice Makes what has thawed idle, as far as no fee and no dispute needs it. The provider.
    function deprovision(uint256 provisionId) external returns (uint256 amount);

    /// @notice Sends `amount` of the caller's idle stake to `to`.
    function unstake(uint256 amount, address to) external;

    /// @notice Fixes who may lock, who knows what must be kept, who may slash, where what is delegated is. Governance, once.
    function setUp(address escrow, address registry, address disputes, address delegation) external;

    /// @notice Sets how many units of UNXV a unit of USDC is counted as by later locks: at most twice, at least half of now.
    /// Governance.
    function setRate(uint256 rate) external;

    /// @notice Where what is slashed goes. Governance.
    function setInsurance(address insurance) external;

    /// @return The provider's idle stake.
    function idleOf(address provider) external view returns (uint256);

    /// @return endsAt when what thaws can leave; zero when nothing thaws
    function thawEndsAt(uint256 provisionId) external view returns (uint256 endsAt);

    /// @return What of the provision's stake backs fees now.
    function lockedOf(uint256 provisionId) external view returns (uint256);

    /// @return What was slashed of the provision in the last seven days.
    function slashedRecently(uint256 provisionId) external view returns (uint256);

    /// @return Units of UNXV that a unit of USDC is counted as.
    function unxvPerUsdc() external view returns (uint256);
}
