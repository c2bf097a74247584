// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {IControllerAdmin} from "./interfaces/IControllerAdmin.sol";
import {IUTokenAdmin} from "./interfaces/IUTokenAdmin.sol";
import {AccountWord, PoolAccount} from "./libraries/Account.sol";
import {InterestRateModel} from "./libraries/InterestRateModel.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {Market, MarketLib} from "./libraries/Market.sol";
import {PoolConfig} from "./libraries/PoolConfig.sol";
import {ThroughCore} from "./ThroughCore.sol";
import {UTokenState} from "./UTokenState.sol";

/// @title A pool's reserve, parameters, and what its controller orders
/// @notice Runs by delegatecall from `UToken` through `UTokenExtension`, over the pool's storage and at its address.
contract UTokenAdminExtension is GuardianPausable, UTokenState, ThroughCore, IUTokenAdmin {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    uint256 public constant MAX_RESERVE_FACTOR_BPS = 2_500;
    /// @notice In millionths: 9 bps.
    uint256 public constant MAX_FLASH_FEE = 900;
    /// @notice For how long liquidations wait after a pause.
    uint256 public constant GRACE = 15 minutes;

    /// @dev Of the protocol's part of a liquidation bonus: 25 of 40.
    uint256 private constant _INSURANCE_OF_BONUS = 6_250;

    constructor(PoolSetup memory setup) AccessManaged(setup.authority) UTokenState(setup) {}

    modifier onlyController() {
        if (msg.sender != address(_CONTROLLER)) revert NotController(msg.sender);
        _;
    }

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

        _push(treasury, amount);
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

        _pull(msg.sender, amount);
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

    // -------------------------------------------------------------------------------------------------- liquidation

    /// @inheritdoc IUTokenAdmin
    function settle(
        address borrower,
        address payer,
        uint256 assets,
        bool strikeOff
    ) external onlyController returns (uint256 remaining) {
        GuardWord guard = _lock();
        _requireGrace(guard);
        Market memory m = _accrued(guard);
        PoolAccount storage account = _accounts[borrower];
        AccountWord word = account.word;
        uint256 owed = word.debtShares();
        uint256 debtShares = assets >= m.debtUp(owed) ? owed : m.toDebtSharesDown(assets);

        m.cash += assets;
        m.debtShares -= debtShares;
        remaining = owed - debtShares;
        if (strikeOff && remaining != 0) {
            _strikeOff(m, borrower, remaining);
            remaining = 0;
        }
        _market.store(m);
        account.word = word.withDebt(remaining);

        emit Repay(payer, borrower, assets, debtShares);
        // Still locked: the payment is to come.
    }

    /// @inheritdoc IUTokenAdmin
    function forgive(address borrower) external onlyController {
        Market memory m = _accrued(_requireUnlocked());
        PoolAccount storage account = _accounts[borrower];
        AccountWord word = account.word;
        _strikeOff(m, borrower, word.debtShares());
        _market.store(m);
        account.word = word.withDebt(0);
    }

    /// @inheritdoc IUTokenAdmin
    function seize(
        address borrower,
        address receiver,
        uint256 assets,
        uint256 protocolAssets,
        bool all,
        bool asShares
    ) external onlyController returns (uint256 seized) {
        // Locked already where debt and collateral are of one pool.
        GuardWord guard = _guard;
        _guard = guard.locked();
        _requireGrace(guard);
        _requireReceiver(receiver);
        Market memory m = _accrued(guard);
        uint256 protocolShares = m.toSharesDown(protocolAssets);
        PoolAccount storage account = _accounts[borrower];
        AccountWord word = account.word;
        uint256 shares = all ? word.supplyShares() - protocolShares : m.toSharesDown(assets);
        account.word = _minus(borrower, word, shares + protocolShares);

        seized = asShares ? shares : m.toAssetsDown(shares);
        _reserve(m, borrower, receiver, seized, shares, protocolShares, asShares);
        if (asShares) {
            PoolAccount storage other = _accounts[receiver];
            other.word = other.word.plusSupply(shares);
        } else if (seized != 0) {
            _push(receiver, seized);
        }
        _guard = guard;
    }

    /// @dev The protocol's part leaves the shares and stays in the pool: a part that is kept for bad debt, a part that the
    /// treasury may sweep. The share price does not fall, since it is worth no more than the shares that are burned.
    function _reserve(
        Market memory m,
        address borrower,
        address receiver,
        uint256 seized,
        uint256 shares,
        uint256 protocolShares,
        bool asShares
    ) private {
        uint256 kept = m.toAssetsDown(protocolShares);
        uint256 insured = kept.mulDivDown(_INSURANCE_OF_BONUS, LendMath.BPS);
        if (!asShares) {
            if (seized > m.cash) revert InsufficientCash(seized, m.cash);
            m.cash -= seized;
            m.supplyShares -= shares;
            emit IERC20.Transfer(borrower, address(0), shares);
            emit IERC4626.Withdraw(msg.sender, receiver, borrower, seized, shares);
        } else {
            emit IERC20.Transfer(borrower, receiver, shares);
        }
        if (protocolShares != 0) {
            m.supplyShares -= protocolShares;
            m.reserve = (m.reserve + kept).min(MarketLib.MAX_RESERVE);
            _insurance += insured;
            emit IERC20.Transfer(borrower, address(0), protocolShares);
        }
        _market.store(m);

        emit Seized(borrower, receiver, shares, seized, insured, kept - insured);
    }

    /// @dev Takes `debtShares` out of the debt for nothing: the reserve bears it, then the suppliers.
    function _strikeOff(Market memory m, address borrower, uint256 debtShares) private {
        uint256 before = m.debtDown();
        m.debtShares -= debtShares;
        uint256 loss = before - m.debtDown();
        uint256 fromReserve = loss.min(m.reserve);
        m.reserve -= fromReserve;
        _insurance = _insurance.min(m.reserve);

        emit BadDebt(borrower, loss, fromReserve, debtShares);
    }

    function _requireGrace(GuardWord guard) private view {
        uint256 until = guard.pausedUntil();
        if (block.timestamp >= until && block.timestamp < until + GRACE) revert LiquidationGrace(until + GRACE);
    }

    // -------------------------------------------------------------------------------------------- batches, payments

    /// @inheritdoc IUTokenAdmin
    function lend(address receiver, address initiator, uint256 amount) external onlyController returns (uint256 fee) {
        fee = _lend(_lock(), initiator, receiver, amount);
        // Still locked: the payment is to come.
    }

    /// @inheritdoc IUTokenAdmin
    function collect(address payer, uint256 amount) external onlyController {
        if (amount != 0) _pull(payer, amount);
        _guard = _guard.unlocked();
    }
}
