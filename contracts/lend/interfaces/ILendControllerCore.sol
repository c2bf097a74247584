// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "./ILendControllerTypes.sol";

/// @notice What pools tell and ask. Each function takes the caller's own id, asset, and the account's state there as it
/// is after the action: a pool is locked meanwhile, and is not asked back.
interface ILendControllerCore is ILendControllerTypes {
    /// @notice The account borrowed: its debts must be covered, every price fresh, isolation kept.
    function onBorrow(uint256 id, address asset, address account, uint256 collateral, uint256 debt) external;

    /// @notice The account's collateral shrank: with debt, it must still be covered, every price fresh.
    function onWithdraw(uint256 id, address asset, address account, uint256 collateral, uint256 debt) external view;

    /// @notice The account owes nothing in the pool any more.
    function onRepaid(uint256 id, address account) external;

    /// @notice The account switched its collateral in the pool.
    function onCollateral(
        uint256 id,
        address asset,
        address account,
        bool on,
        uint256 collateral,
        uint256 debt
    ) external;

    /// @notice Reverts unless a deposit for `account` secures a debt: what a pool that refuses new risk still takes.
    function requireTopUp(uint256 id, address account) external view;
}
