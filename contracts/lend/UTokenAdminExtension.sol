// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {IControllerAdmin} from "./interfaces/IControllerAdmin.sol";
import {IUTokenAdmin} from "./interfaces/IUTokenAdmin.sol";
import {InterestRateModel} from "./libraries/InterestRateModel.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {Market, MarketLib} from "./libraries/Market.sol";
import {PoolConfig} from "./libraries/PoolConfig.sol";
import {ThroughCore} from "./ThroughCore.sol";
import {UTokenState} from "./UTokenState.sol";

/// @title A pool's reserve and parameters
/// @notice Runs by delegatecall from `UToken` through `UTokenExtension`, over the pool's storage and at its address.
contract UTokenAdminExtension is GuardianPausable, UTokenState, ThroughCore, IUTokenAdmin {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    uint256 public constant MAX_RESERVE_FACTOR_BPS = 2_500;
    /// @notice In millionths: 9 bps.
    uint256 public constant MAX_FLASH_FEE = 900;
    /// @notice Most units that a cap may stand for: the shares of so many fit their 112 bits.
    uint256 public constant MAX_UNITS = (1 << 92) - 1;

    constructor(PoolSetup memory setup) AccessManaged(setup.authority) UTokenState(setup) {}

    // ------------------------------------------------------------------------------------------------------ reserve

    /// @inheritdoc IUTokenAdmin
    function sweepReserve() external onlyThroughCore returns (uint256 amount) {
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        amount = m.reserve.minusOrZero(_insurance).min(m.cash);
        if (amount == 0) revert NothingToSend();
        address treasury = IControllerAdmin(address(_CONTROLLER)).treasury();

        m.cash -= amount;
        m.reserve -= amount;
        _market.store(m);

        emit ReserveSwept(treasury, amount);

        _push(_ASSET, treasury, amount);
        _unlock(guard);
    }

    /// @inheritdoc IUTokenAdmin
    function fundInsurance(uint256 amount) external onlyThroughCore {
        if (amount == 0) revert ZeroAmount();
        GuardWord guard = _lock();
        Market memory m = _accrued(guard);
        m.cash += amount;
        m.reserve += amount;
        if (m.reserve > MarketLib.MAX_RESERVE) revert MarketLib.AmountTooLarge(amount);
        _market.store(m);
        _insurance += amount;

        emit InsuranceFunded(msg.sender, amount);

        _pull(_ASSET, msg.sender, amount);
        _unlock(guard);
    }

    // --------------------------------------------------------------------------------------------------- parameters

    /// @inheritdoc IUTokenAdmin
    function setRateModel(RateModel calldata model) external restricted {
        GuardWord guard = _requireUnlocked();
        _requireAtMost(model.baseBps, InterestRateModel.MAX_BASE_BPS);
        _requireAtMost(model.slope1Bps, InterestRateModel.MAX_SLOPE1_BPS);
        _requireAtMost(model.slope2Bps, InterestRateModel.MAX_SLOPE2_BPS);
        _requireAtMost(model.kinkBps, InterestRateModel.MAX_KINK_BPS);
        if (model.kinkBps < InterestRateModel.MIN_KINK_BPS) {
            revert OutOfBounds(model.kinkBps, InterestRateModel.MIN_KINK_BPS);
        }
        // What has passed is paid by the curve that stood then.
        _market.store(_accrued(guard));
        _guard = guard.withCurve(model.baseBps, model.slope1Bps, model.slope2Bps, model.kinkBps);

        emit RateModelSet(model);
    }

    /// @inheritdoc IUTokenAdmin
    function setReserveFactor(uint256 bps) external restricted {
        GuardWord guard = _requireUnlocked();
        _requireAtMost(bps, MAX_RESERVE_FACTOR_BPS);
        _market.store(_accrued(guard));
        _guard = guard.withReserveFactor(bps);

        emit ReserveFactorSet(bps);
    }

    /// @inheritdoc IUTokenAdmin
    function setCaps(uint256 supplyCap, uint256 borrowCap) external restricted {
        GuardWord guard = _requireUnlocked();
        _requireAtMost(supplyCap, PoolConfig.MAX_CAP);
        _requireAtMost(borrowCap, PoolConfig.MAX_CAP);
        _requireAtMost(supplyCap * _UNIT, MAX_UNITS);
        _requireAtMost(borrowCap * _UNIT, MAX_UNITS);
        _guard = guard.withCaps(supplyCap, borrowCap);

        emit CapsSet(supplyCap, borrowCap);
    }

    /// @inheritdoc IUTokenAdmin
    function setFlashFee(uint256 fee) external restricted {
        GuardWord guard = _requireUnlocked();
        _requireAtMost(fee, MAX_FLASH_FEE);
        _guard = guard.withFee(fee);

        emit FlashFeeSet(fee);
    }

    /// @inheritdoc IUTokenAdmin
    function parameters() external view returns (RateModel memory, uint256, uint256, uint256, uint256) {
        GuardWord guard = _guard;
        return (
            RateModel(guard.baseBps(), guard.slope1Bps(), guard.slope2Bps(), guard.kinkBps()),
            guard.reserveFactorBps(),
            guard.supplyCap(),
            guard.borrowCap(),
            guard.fee()
        );
    }

    function _requireAtMost(uint256 value, uint256 limit) private pure {
        if (value > limit) revert OutOfBounds(value, limit);
    }
}
