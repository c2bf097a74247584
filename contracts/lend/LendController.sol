// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {IPriceOracle} from "../oracle/interfaces/IPriceOracle.sol";
import {ControllerState} from "./ControllerState.sol";
import {ILendControllerCore} from "./interfaces/ILendControllerCore.sol";
import {AccountBits, AccountBitsLib} from "./libraries/AccountBits.sol";
import {AssetWord, AssetWordLib} from "./libraries/AssetWord.sol";
import {LendMath} from "./libraries/LendMath.sol";

/// @title The controller: what an account has and owes over all pools
/// @notice A pool tells it of borrowing, of a debt that ended and of collateral that is switched, and asks it before
/// collateral leaves an account. It holds no token.
///
/// Values: collateral counts at the lower price, rounded down, debt at the higher, rounded up. A risk grows only while every
/// price of the account is fresh.
/// Reads: every pool of the account but the caller, which is locked and says itself how the account stands there. A pool
/// that is locked by something else answers nothing, so nothing half done is ever counted.
/// Upgrade: none. What this contract does not know it passes on to `LiquidationExtension`, fixed at deployment.
contract LendController is AuthoritySlot, ControllerState, PassTo, ILendControllerCore {
    using AccountBitsLib for uint256;
    using LendMath for uint256;

    address private immutable _NEXT;

    constructor(
        address authority_,
        IPriceOracle oracle_,
        address liquidationExtension_,
        address treasury_
    ) AuthoritySlot(authority_) ControllerState(oracle_) {
        _NEXT = liquidationExtension_;
        if (treasury_ == address(0)) revert InvalidAccount(treasury_);
        _treasury = treasury_;
        emit TreasurySet(treasury_);
    }

    /// @inheritdoc ILendControllerCore
    function onBorrow(uint256 id, address asset, address account, uint256 collateral, uint256 debt) external {
        AssetWord word = _requirePool(id);
        AccountBits bits = _bits[account];
        if (bits.debt() & (1 << id) == 0) {
            bits = bits.withDebt(id, true);
            _bits[account] = bits;
        }
        (uint256 power, uint256 owed) = _weigh(word, asset, collateral, debt);
        uint256 flags = _requireCovered(bits, id, account, power, owed);
        if (bits.collateral() & (1 << id) != 0) flags |= word.flags();
        if (flags & AssetWordLib.ISOLATED != 0) _requireIsolation(bits);
    }

    /// @inheritdoc ILendControllerCore
    function onWithdraw(uint256 id, address asset, address account, uint256 collateral, uint256 debt) external view {
        AssetWord word = _requirePool(id);
        AccountBits bits = _bits[account];
        if (bits.debt() == 0) return;
        (uint256 power, uint256 owed) = _weigh(word, asset, collateral, debt);
        _requireCovered(bits, id, account, power, owed);
    }

    /// @inheritdoc ILendControllerCore
    function onRepaid(uint256 id, address account) external {
        _requirePool(id);
        _bits[account] = _bits[account].withDebt(id, false);
    }

    /// @inheritdoc ILendControllerCore
    function onCollateral(
        uint256 id,
        address asset,
        address account,
        bool on,
        uint256 collateral,
        uint256 debt
    ) external {
        AssetWord word = _requirePool(id);
        AccountBits bits = _bits[account].withCollateral(id, on);
        _bits[account] = bits;
        if (on) {
            if (word.threshold() == 0) revert NotCollateral(id);
            _requireIsolation(bits);
        } else if (bits.debt() != 0) {
            (uint256 power, uint256 owed) = _weigh(word, asset, collateral, debt);
            _requireCovered(bits, id, account, power, owed);
        }
    }

    /// @inheritdoc ILendControllerCore
    function requireTopUp(uint256 id, address account) external view {
        AccountBits bits = _bits[account];
        if (bits.debt() == 0 || bits.collateral() & (1 << id) == 0) revert NoDebtToSecure(account);
    }

    // ----------------------------------------------------------------------------------------------------- coverage

    /// @dev Reverts unless the account's debts stand within its borrowing power, at fresh prices.
    /// @param here the pool that asks, which is locked, and has said itself how the account stands there
    /// @param power of what the account has there, in basis points of 1e18 USD
    /// @param owed value of what it owes there, 1e18 USD
    /// @return flags of all its other collateral
    function _requireCovered(
        AccountBits bits,
        uint256 here,
        address account,
        uint256 power,
        uint256 owed
    ) private view returns (uint256 flags) {
        uint256 left = bits.either() & ~(1 << here);
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            AssetWord word = _assets[id];
            if (bits.collateral() & (1 << id) != 0) flags |= word.flags();
            (address asset, uint256 collateral, uint256 debt) = _stateAt(word, account);
            (uint256 morePower, uint256 moreOwed) = _weigh(word, asset, collateral, debt);
            power += morePower;
            owed += moreOwed;
        }
        if (power < owed * LendMath.BPS) revert Undercollateralised(power / LendMath.BPS, owed);
    }

    /// @return power what the collateral lets borrow, in basis points of 1e18 USD, rounded down
    /// @return owed value of the debt, 1e18 USD, rounded up
    function _weigh(
        AssetWord word,
        address asset,
        uint256 collateral,
        uint256 debt
    ) private view returns (uint256 power, uint256 owed) {
        uint256 factor = word.collateralFactor();
        if (factor == 0) collateral = 0;
        if (collateral | debt == 0) return (0, 0);

        (uint256 low, uint256 high, , IPriceOracle.Quality quality) = _quoteOf(asset);
        if (quality != IPriceOracle.Quality.Fresh || low == 0) revert PriceNotFresh(asset, quality);
        uint256 unit = word.unit();
        if (collateral != 0) power = collateral.mulDivDown(low, unit) * factor;
        if (debt != 0) owed = debt.mulDivUp(high, unit);
    }

    /// @dev Isolated collateral stands alone, and behind marked debts only.
    function _requireIsolation(AccountBits bits) private view {
        uint256 collateral = bits.collateral();
        uint256 left = collateral;
        bool isolated;
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            if (_assets[id].flags() & AssetWordLib.ISOLATED == 0) continue;
            // More than this one bit.
            if (collateral & (collateral - 1) != 0) revert IsolationBroken(id);
            isolated = true;
        }
        if (!isolated) return;
        left = bits.debt();
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            if (_assets[id].flags() & AssetWordLib.ISOLATION_DEBT == 0) revert IsolationBroken(id);
        }
    }

    function _requirePool(uint256 id) private view returns (AssetWord word) {
        word = _assets[id];
        if (word.pool() != msg.sender) revert NotPool(msg.sender);
    }

    /// @dev Everything else is the extensions', over this contract's storage.
    fallback() external {
        _passTo(_NEXT);
    }
}
