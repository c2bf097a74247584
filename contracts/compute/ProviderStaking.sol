// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {IProviderDelegationCore} from "./interfaces/IProviderDelegationCore.sol";
import {IProviderStaking} from "./interfaces/IProviderStaking.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {IProvisionRegistryCore} from "./interfaces/IProvisionRegistryCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {BUCKET_MASK, LockRing} from "./libraries/LockRing.sol";

/// @title What providers have to lose
/// @notice Stake stands behind provisions. Every fee locks twice its worth of it for the dispute period, and what is taken
/// back thaws as long, so that whoever is wronged by a paid request finds stake to be slashed.
/// What it trusts: the token, for itself; the escrow, for fees; the registry, for what must be kept; the delegation, for what
/// others put behind a provision; the dispute manager, for faults, and never for more than a tenth of a provision's stake in
/// seven days.
/// Upgrade: none. A pause stops new stake, nothing else.
contract ProviderStaking is GuardianPausable, IProviderStaking {
    /// @dev One word.
    struct Stake {
        uint96 tokens;
        uint96 thawing;
        uint40 thawEnds;
        uint24 lockDay;
    }

    struct Slash {
        uint40 at;
        uint96 amount;
    }

    /// @notice How long stake takes to leave, and a fee can be disputed.
    uint256 public constant DISPUTE_PERIOD = 7 days;
    /// @notice Of a provision's stake, the most that all disputes take in a dispute period: a tenth.
    uint256 public constant SLASH_PART = 10;
    /// @notice The most that the filer of a dispute gets of what is slashed.
    uint256 public constant MAX_REWARD = 500e18;
    /// @notice Bounds of the rate: a UNXV is worth from 0.0001 to 1,000 USDC.
    uint256 public constant LEAST_RATE = 1e9;
    uint256 public constant MOST_RATE = 1e16;

    /// @dev A fee locks so many times its worth.
    uint256 private constant _TIMES = 2;
    /// @dev What locks are counted in: a hundredth of a token.
    uint256 private constant _LOCK_UNIT = 1e16;

    address private immutable _TOKEN;

    mapping(address provider => uint256) private _idle;
    mapping(uint256 provisionId => Stake) private _stakes;
    mapping(uint256 provisionId => LockRing) private _locks;
    mapping(uint256 provisionId => uint256) private _frozen;
    mapping(uint256 provisionId => Slash[]) private _slashes;
    address private _escrow;
    uint96 private _rate;
    IProvisionRegistryCore private _registry;
    address private _disputes;
    IProviderDelegationCore private _delegation;
    address private _insurance;

    /// @param token_ UNXV
    /// @param rate units of UNXV that a unit of USDC is counted as
    constructor(address authority_, address token_, address insurance_, uint256 rate) AccessManaged(authority_) {
        if (token_ == address(0)) revert InvalidAddress(token_);
        _TOKEN = token_;
        _setInsurance(insurance_);
        _requireBounds(rate, LEAST_RATE, MOST_RATE);
        _storeRate(rate);
    }

    // ------------------------------------------------------------------------------------------------------- in, out

    /// @inheritdoc IProviderStaking
    function stake(address provider, uint256 amount) external {
        _requireNotPaused(_requireUnlocked());
        if (provider == address(0)) revert InvalidAddress(provider);
        if (amount == 0) revert ZeroAmount();
        _idle[provider] += amount;
        _pull(provider, amount);
    }

    /// @inheritdoc IProviderStaking
    function assign(uint256 provisionId, uint96 amount) external {
        _requireNotPaused(_requireUnlocked());
        _takeIdle(amount);
        _assign(provisionId, amount);
    }

    /// @inheritdoc IProviderStaking
    function stakeAndAssign(uint256 provisionId, uint96 amount) external {
        _requireNotPaused(_requireUnlocked());
        _assign(provisionId, amount);
        _pull(msg.sender, amount);
    }

    function _assign(uint256 provisionId, uint96 amount) private {
        _requireOwn(provisionId);
        if (amount == 0) revert ZeroAmount();
        _stakes[provisionId].tokens += amount;
        emit Assigned(provisionId, amount);
    }

    /// @dev The token is UNXV: it calls nobody, and takes no fee.
    function _pull(address provider, uint256 amount) private {
        emit Staked(provider, msg.sender, amount);
        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), amount);
    }

    /// @inheritdoc IProviderStaking
    function thaw(uint256 provisionId, uint96 amount) external {
        _requireUnlocked();
        _requireOwn(provisionId);
        if (amount == 0) revert ZeroAmount();
        Stake memory own = _stakes[provisionId];
        uint256 available = own.tokens - own.thawing;
        if (available < amount) revert InsufficientStake(available, amount);
        uint256 minimum = _registry.requiredStake(provisionId);
        if (available - amount < minimum) revert StakeBelowMinimum(available - amount, minimum);

        own.thawing += amount;
        own.thawEnds = uint40(block.timestamp + DISPUTE_PERIOD);
        _stakes[provisionId] = own;
        emit Thawing(provisionId, own.thawing, own.thawEnds);
    }

    /// @inheritdoc IProviderStaking
    function cancelThaw(uint256 provisionId, uint96 amount) external {
        _requireUnlocked();
        _requireOwn(provisionId);
        if (amount == 0) revert ZeroAmount();
        Stake memory own = _stakes[provisionId];
        if (own.thawing < amount) revert InsufficientStake(own.thawing, amount);

        own.thawing -= amount;
        if (own.thawing == 0) own.thawEnds = 0;
        _stakes[provisionId] = own;
        emit ThawCancelled(provisionId, amount);
    }

    /// @inheritdoc IProviderStaking
    function deprovision(uint256 provisionId) external returns (uint256) {
        _requireUnlocked();
        _requireOwn(provisionId);
        Stake memory own = _stakes[provisionId];
        if (own.thawing == 0) revert NothingToDo();
        if (block.timestamp < own.thawEnds) revert TooEarly(own.thawEnds);
        uint256 locked = lockedOf(provisionId);
        if (_frozen[provisionId] != 0 || own.tokens <= locked) revert StakeLocked(provisionId);

        uint256 amount = own.tokens - locked;
        if (amount > own.thawing) amount = own.thawing;
        own.tokens -= uint96(amount);
        own.thawing -= uint96(amount);
        if (own.thawing == 0) own.thawEnds = 0;
        _stakes[provisionId] = own;
        _idle[msg.sender] += amount;
        emit Deprovisioned(provisionId, amount);
        return amount;
    }

    /// @inheritdoc IProviderStaking
    function unstake(uint256 amount, address to) external {
        _requireUnlocked();
        if (to == address(0) || to == address(this)) revert InvalidAddress(to);
        if (amount == 0) revert ZeroAmount();
        _takeIdle(amount);
        emit Unstaked(msg.sender, to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
    }

    function _takeIdle(uint256 amount) private {
        uint256 idle = _idle[msg.sender];
        if (idle < amount) revert InsufficientIdle(idle, amount);
        _idle[msg.sender] = idle - amount;
    }

    function _requireOwn(uint256 provisionId) private view {
        bool isOwn =
            ComputeIds.providerOf(provisionId) == msg.sender &&
                ComputeIds.indexOf(provisionId) != 0 &&
                ComputeIds.provisionOf(provisionId) == provisionId;
        if (!isOwn) revert NotYourProvision(provisionId, msg.sender);
    }

    // -------------------------------------------------------------------------------------------------------- locks

    /// @inheritdoc IProviderStakingCore
    function lock(uint256 provisionId, uint256 usdcAmount) external returns (uint256 uncovered) {
        if (msg.sender != _escrow) revert NotAllowed(msg.sender);
        uint256 today = block.timestamp / 1 days;
        Stake memory own = _stakes[provisionId];
        LockRing locks = _locks[provisionId].rolled(own.lockDay, today);
        uint256 rate = _rate * _TIMES;
        // Rounded up: a fee is never locked for less than it is worth.
        uint256 needed = (usdcAmount * rate + _LOCK_UNIT - 1) / _LOCK_UNIT;
        uint256 taken = (own.tokens - own.thawing) / _LOCK_UNIT;
        uint256 locked = locks.sum();
        taken = taken > locked ? taken - locked : 0;
        uint256 room = BUCKET_MASK - locks.at(today);
        if (taken > room) taken = room;
        if (taken >= needed) taken = needed;
        else uncovered = _uncovered(usdcAmount, taken, rate);

        if (taken != 0) {
            _locks[provisionId] = locks.plus(today, taken);
            if (own.lockDay != today) _stakes[provisionId].lockDay = uint24(today);
        }
    }

    /// @dev Rounded up, in units of USDC.
    function _uncovered(uint256 usdcAmount, uint256 taken, uint256 rate) private pure returns (uint256) {
        return (usdcAmount * rate - taken * _LOCK_UNIT + rate - 1) / rate;
    }

    /// @inheritdoc IProviderStaking
    function lockedOf(uint256 provisionId) public view returns (uint256) {
        uint256 today = block.timestamp / 1 days;
        return _locks[provisionId].rolled(_stakes[provisionId].lockDay, today).sum() * _LOCK_UNIT;
    }

    // ----------------------------------------------------------------------------------------------------- disputes

    /// @inheritdoc IProviderStakingCore
    function freeze(uint256 provisionId) external returns (uint256 snapshot) {
        _requireDisputes();
        uint256 count = ++_frozen[provisionId];
        emit FrozenChanged(provisionId, count);
        return _stakes[provisionId].tokens + _delegation.delegatedTo(provisionId);
    }

    /// @inheritdoc IProviderStakingCore
    function unfreeze(uint256 provisionId) external {
        _requireDisputes();
        uint256 count = _frozen[provisionId];
        if (count == 0) revert NothingToDo();
        _frozen[provisionId] = --count;
        emit FrozenChanged(provisionId, count);
    }

    /// @inheritdoc IProviderStakingCore
    function slash(
        uint256 provisionId,
        uint256 amount,
        uint256 snapshot,
        address filer
    ) external returns (uint256 slashed) {
        _requireDisputes();
        uint256 recent = slashedRecently(provisionId);
        uint256 most = snapshot / SLASH_PART;
        most = most > recent ? most - recent : 0;
        if (amount < most) most = amount;
        slashed = _slashOwn(provisionId, most);
        // Delegated stake, which comes here too, pays what the provider's own cannot.
        if (slashed < most) slashed += _delegation.slash(provisionId, most - slashed, address(this));
        if (slashed == 0) return 0;

        _slashes[provisionId].push(Slash(uint40(block.timestamp), uint96(slashed)));
        uint256 reward = slashed / 2;
        if (reward > MAX_REWARD) reward = MAX_REWARD;
        if (filer == address(0)) reward = 0;
        emit Slashed(provisionId, filer, slashed, reward);

        if (reward != 0) SafeTransferLib.safeTransfer(_TOKEN, filer, reward);
        SafeTransferLib.safeTransfer(_TOKEN, _insurance, slashed - reward);
    }

    function _slashOwn(uint256 provisionId, uint256 most) private returns (uint256 slashed) {
        Stake memory own = _stakes[provisionId];
        slashed = most < own.tokens ? most : own.tokens;
        own.tokens -= uint96(slashed);
        if (own.thawing > own.tokens) own.thawing = own.tokens;
        _stakes[provisionId] = own;
    }

    /// @inheritdoc IProviderStaking
    function slashedRecently(uint256 provisionId) public view returns (uint256 sum) {
        Slash[] storage slashes = _slashes[provisionId];
        // The newest last: as soon as one is old, all before it are.
        for (uint256 i = slashes.length; i != 0; --i) {
            Slash memory one = slashes[i - 1];
            if (one.at + DISPUTE_PERIOD <= block.timestamp) break;
            sum += one.amount;
        }
    }

    function _requireDisputes() private view {
        if (msg.sender != _disputes) revert NotAllowed(msg.sender);
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IProviderStaking
    function setUp(address escrow, address registry, address disputes, address delegation) external restricted {
        if (_escrow != address(0)) revert AlreadySet();
        if (escrow == address(0)) revert InvalidAddress(escrow);
        if (registry == address(0)) revert InvalidAddress(registry);
        if (disputes == address(0)) revert InvalidAddress(disputes);
        if (delegation == address(0)) revert InvalidAddress(delegation);
        (_escrow, _registry, _disputes) = (escrow, IProvisionRegistryCore(registry), disputes);
        _delegation = IProviderDelegationCore(delegation);
        emit PartsSet(escrow, registry, disputes, delegation);
    }

    /// @inheritdoc IProviderStaking
    function setRate(uint256 rate) external restricted {
        uint256 now_ = _rate;
        uint256 least = now_ / 2 > LEAST_RATE ? now_ / 2 : LEAST_RATE;
        uint256 most = now_ * 2 < MOST_RATE ? now_ * 2 : MOST_RATE;
        _requireBounds(rate, least, most);
        _storeRate(rate);
    }

    /// @inheritdoc IProviderStaking
    function setInsurance(address insurance) external restricted {
        _setInsurance(insurance);
    }

    function _storeRate(uint256 rate) private {
        _rate = uint96(rate);
        emit RateSet(rate);
    }

    function _setInsurance(address insurance) private {
        if (insurance == address(0) || insurance == address(this)) revert InvalidAddress(insurance);
        _insurance = insurance;
        emit InsuranceSet(insurance);
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert OutOfBounds(value, least, most);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IProviderStakingCore
    function stakeOf(uint256 provisionId) external view returns (uint256 tokens, uint256 thawing) {
        Stake memory own = _stakes[provisionId];
        return (own.tokens, own.thawing);
    }

    /// @inheritdoc IProviderStakingCore
    function isFrozen(uint256 provisionId) external view returns (bool) {
        return _frozen[provisionId] != 0;
    }

    /// @inheritdoc IProviderStaking
    function idleOf(address provider) external view returns (uint256) {
        return _idle[provider];
    }

    /// @inheritdoc IProviderStaking
    function thawEndsAt(uint256 provisionId) external view returns (uint256) {
        return _stakes[provisionId].thawEnds;
    }

    /// @inheritdoc IProviderStaking
    function unxvPerUsdc() external view returns (uint256) {
        return _rate;
    }
}
