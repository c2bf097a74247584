// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "./IUTokenTypes.sol";

/// @notice Borrowing and repaying. Supplying and withdrawing are ERC-4626's `deposit`, `mint`, `withdraw`, `redeem`.
interface IUTokenCore is IUTokenTypes {
    /// @notice Lends `assets` to `receiver`, owed by `onBehalf`: the caller, or who approved the caller for it.
    /// @return debtShares added to the debt, rounded up
    function borrow(uint256 assets, address onBehalf, address receiver) external returns (uint256 debtShares);

    /// @notice As `borrow`, by debt shares.
    /// @return assets that the shares are worth, rounded down
    function borrowShares(uint256 debtShares, address onBehalf, address receiver) external returns (uint256 assets);

    /// @notice Repays up to `assets` of the debt of `onBehalf`, from the caller; more than is owed repays all.
    /// @return repaid assets that were taken
    function repay(uint256 assets, address onBehalf) external returns (uint256 repaid);

    /// @notice As `repay`, by debt shares.
    /// @return repaid assets that the shares cost, rounded up
    function repayShares(uint256 debtShares, address onBehalf) external returns (uint256 repaid);

    /// @notice Writes the interest up to now.
    function accrue() external;

    /// @notice What the controller asks of a pool about an account, with interest up to now.
    /// @return asset of the pool
    /// @return collateral assets that the account's shares are worth, rounded down; zero unless switched on
    /// @return debt assets that the account owes, rounded up
    function accountState(address account) external view returns (address asset, uint256 collateral, uint256 debt);
}
