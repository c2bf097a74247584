// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {IUTokenHooks} from "./interfaces/IUTokenHooks.sol";
import {AccountWord, PoolAccount} from "./libraries/Account.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {Market, MarketLib} from "./libraries/Market.sol";
import {PoolConfig} from "./libraries/PoolConfig.sol";
import {UTokenStorage} from "./UTokenStorage.sol";

/// @title What pools do at their controller's order
/// @notice Runs by delegatecall from `UToken`, over its storage and at its address; a pool sends here every call of its
/// controller that it does not know itself, so liquidations load this contract and no other part. One for all pools of a
/// controller, so that they load it once: it knows no pool, and each pool adds its asset to the call, as a last word.
contract UTokenHooks is AuthoritySlot, UTokenStorage, IUTokenHooks {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    /// @notice For how long liquidations wait after a pause.
    uint256 public constant GRACE = 15 minutes;

    /// @dev Of the protocol's part of a liquidation bonus: 25 of 40.
    uint256 private constant _INSURANCE_OF_BONUS = 6_250;

    address private immutable _CONTROLLER;

    constructor(address controller_) AuthoritySlot(address(0)) {
        _CONTROLLER = controller_;
    }

    /// @dev At its own address this contract has a storage of its own and no assets: nothing can be done with it there.
    modifier onlyController() {
        if (msg.sender != _CONTROLLER) revert NotController(msg.sender);
        _;
    }

    // -------------------------------------------------------------------------------------------------- liquidation

    /// @inheritdoc IUTokenHooks
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

    /// @inheritdoc IUTokenHooks
    function forgive(address borrower) external onlyController {
        Market memory m = _accrued(_requireUnlocked());
        PoolAccount storage account = _accounts[borrower];
        AccountWord word = account.word;
        _strikeOff(m, borrower, word.debtShares());
        _market.store(m);
        account.word = word.withDebt(0);
    }

    /// @inheritdoc IUTokenHooks
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
        _requireGrace(guard);
        _requireReceiver(receiver);
        Market memory m = _accrued(guard);
        (uint256 total, uint256 supply) = m.ratio();
        uint256 protocolShares = protocolAssets.mulDivDown(supply, total);
        PoolAccount storage account = _accounts[borrower];
        AccountWord word = account.word;
        uint256 shares = all ? word.supplyShares() - protocolShares : assets.mulDivDown(supply, total);
        account.word = _minus(borrower, word, shares + protocolShares);

        uint256 paid = asShares ? 0 : shares.rawMulDivDown(total, supply);
        uint256 burned = asShares ? protocolShares : shares + protocolShares;
        if (paid > m.cash) revert InsufficientCash(paid, m.cash);
        m.cash -= paid;
        m.supplyShares -= burned;
        uint256 kept = protocolShares.rawMulDivDown(total, supply);
        uint256 insured = _keep(m, kept);
        _market.store(m);
        if (burned != 0) emit IERC20.Transfer(borrower, address(0), burned);
        emit Seized(borrower, receiver, shares, paid, insured, kept - insured);

        if (asShares) {
            PoolAccount storage other = _accounts[receiver];
            other.word = other.word.plusSupply(shares);
            emit IERC20.Transfer(borrower, receiver, shares);
            return shares;
        }
        if (paid != 0) {
            _guard = guard.locked();
            _push(_asset(), receiver, paid);
            _guard = guard;
        }
        return paid;
    }

    /// @dev The protocol's part of a seizure leaves the shares and stays in the pool: a part that is kept for bad debt, a part
    /// that the treasury may sweep. The share price does not fall, since it is worth no more than the shares that are burned.
    /// @return insured what is kept for bad debt
    function _keep(Market memory m, uint256 kept) private returns (uint256 insured) {
        if (kept == 0) return 0;
        insured = kept.mulDivDown(_INSURANCE_OF_BONUS, LendMath.BPS);
        m.reserve = (m.reserve + kept).min(MarketLib.MAX_RESERVE);
        // Where the reserve is full, the insurance within it is too.
        _insurance = (_insurance + insured).min(m.reserve);
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

    /// @inheritdoc IUTokenHooks
    function lend(address receiver, uint256 amount) external onlyController returns (uint256 fee) {
        (fee, ) = _lend(_lock(), _asset(), receiver, amount);
        // Still locked: the payment is to come.
    }

    /// @inheritdoc IUTokenHooks
    function collect(address payer, uint256 amount) external onlyController {
        if (amount != 0) _pull(_asset(), payer, amount);
        _guard = _guard.unlocked();
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    /// @dev What the pool added to the controller's call.
    function _asset() private pure returns (address asset) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            asset := calldataload(sub(calldatasize(), 0x20))
        }
    }
}
