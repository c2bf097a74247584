// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {GuardWord} from "../access/GuardWord.sol";
import {IControllerAdmin} from "./interfaces/IControllerAdmin.sol";
import {IUTokenExtension} from "./interfaces/IUTokenExtension.sol";
import {AccountWord} from "./libraries/Account.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {Market, MarketLib} from "./libraries/Market.sol";
import {PoolConfig} from "./libraries/PoolConfig.sol";
import {UTokenState} from "./UTokenState.sol";

/// @notice What ERC-20, ERC-4626 and ERC-3156 let ask. Whatever tells a price refuses to answer while the pool is locked.
abstract contract UTokenViews is UTokenState, IUTokenExtension {
    using LendMath for uint256;
    using PoolConfig for GuardWord;
    using ShortStrings for string;

    ShortString private immutable _NAME;
    ShortString private immutable _SYMBOL;

    constructor(string memory name_, string memory symbol_) {
        _NAME = name_.toShortString();
        _SYMBOL = symbol_.toShortString();
    }

    // ------------------------------------------------------------------------------------------------------- ERC-20

    /// @notice ERC-20.
    function name() external view returns (string memory) {
        return ShortStrings.toString(_NAME);
    }

    /// @notice ERC-20.
    function symbol() external view returns (string memory) {
        return ShortStrings.toString(_SYMBOL);
    }

    /// @notice ERC-20: six more than the asset has.
    function decimals() external view returns (uint8) {
        uint8 digits;
        for (uint256 unit = _UNIT; unit > 1; unit /= 10) ++digits;
        return digits + uint8(_DECIMALS_OFFSET);
    }

    /// @notice ERC-20.
    function totalSupply() external view returns (uint256) {
        Market memory m;
        m.load(_market);
        return m.supplyShares;
    }

    /// @notice ERC-20.
    function allowance(address owner, address spender) external view returns (uint256) {
        return _allowances[owner][spender];
    }

    // ----------------------------------------------------------------------------------------------------- ERC-4626

    /// @notice ERC-4626: cash and debt, less the reserve.
    function totalAssets() external view returns (uint256) {
        return _accruedView().totalAssets();
    }

    /// @notice ERC-4626.
    function convertToShares(uint256 assets) external view returns (uint256) {
        return _accruedView().toSharesDown(assets);
    }

    /// @notice ERC-4626.
    function convertToAssets(uint256 shares) external view returns (uint256) {
        return _accruedView().toAssetsDown(shares);
    }

    /// @notice ERC-4626.
    function previewDeposit(uint256 assets) external view returns (uint256) {
        return _accruedView().toSharesDown(assets);
    }

    /// @notice ERC-4626.
    function previewMint(uint256 shares) external view returns (uint256) {
        return _accruedView().toAssetsUp(shares);
    }

    /// @notice ERC-4626.
    function previewWithdraw(uint256 assets) external view returns (uint256) {
        return _accruedView().toSharesUp(assets);
    }

    /// @notice ERC-4626.
    function previewRedeem(uint256 shares) external view returns (uint256) {
        return _accruedView().toAssetsDown(shares);
    }

    /// @notice ERC-4626: up to the supply cap; zero while the pool is paused, although a deposit that secures a debt passes.
    function maxDeposit(address) external view returns (uint256) {
        return _room(_accruedView());
    }

    /// @notice ERC-4626.
    function maxMint(address) external view returns (uint256) {
        Market memory m = _accruedView();
        return m.toSharesDown(_room(m));
    }

    /// @notice ERC-4626: what the account has, its debts allow and the pool's cash serves.
    function maxWithdraw(address owner) external view returns (uint256) {
        Market memory m = _accruedView();
        return _withdrawable(owner, m, m.toAssetsDown(_accounts[owner].word.supplyShares()));
    }

    /// @notice ERC-4626.
    function maxRedeem(address owner) external view returns (uint256) {
        Market memory m = _accruedView();
        uint256 shares = _accounts[owner].word.supplyShares();
        uint256 held = m.toAssetsDown(shares);
        uint256 assets = _withdrawable(owner, m, held);
        return assets == held ? shares : m.toSharesDown(assets).min(shares);
    }

    function _room(Market memory m) private view returns (uint256) {
        if (block.timestamp < _guard.pausedUntil()) return 0;
        return (_guard.supplyCap() * _UNIT).minusOrZero(m.totalAssets());
    }

    function _withdrawable(address owner, Market memory m, uint256 held) private view returns (uint256) {
        uint256 most = held.min(m.cash);
        if (!_accounts[owner].word.isCollateral()) return most;
        return most.min(IControllerAdmin(address(_CONTROLLER)).withdrawable(_ID, owner));
    }

    // ----------------------------------------------------------------------------------------------------- ERC-3156

    /// @notice ERC-3156.
    function maxFlashLoan(address token) external view returns (uint256) {
        return token == _ASSET && !_guard.isLocked() ? MarketLib.cashOf(_market.a) : 0;
    }

    /// @notice ERC-3156: rounded up.
    function flashFee(address token, uint256 amount) external view returns (uint256) {
        if (token != _ASSET) revert UnsupportedToken(token);
        return amount.mulDivUp(_guard.fee(), LendMath.MILLION);
    }

    // -------------------------------------------------------------------------------------------------------- other

    /// @inheritdoc IUTokenExtension
    function debtOf(address account) external view returns (uint256) {
        return _accruedView().debtUp(_accounts[account].word.debtShares());
    }

    /// @inheritdoc IUTokenExtension
    function debtSharesOf(address account) external view returns (uint256) {
        return _accounts[account].word.debtShares();
    }

    /// @inheritdoc IUTokenExtension
    function isCollateral(address account) external view returns (bool) {
        AccountWord word = _accounts[account].word;
        return word.isCollateral();
    }

    /// @inheritdoc IUTokenExtension
    function borrowAllowance(address owner, address delegate) external view returns (uint256) {
        return _borrowAllowances[owner][delegate];
    }

    /// @inheritdoc IUTokenExtension
    function totals() external view returns (Totals memory) {
        Market memory m = _accruedView();
        return
            Totals({
                cash: m.cash,
                debt: m.debtDown(),
                reserve: m.reserve,
                insurance: _insurance,
                supplyShares: m.supplyShares,
                debtShares: m.debtShares,
                debtIndex: m.debtIndex,
                updatedAt: m.updatedAt
            });
    }
}
