// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "./IUTokenTypes.sol";

/// @notice The rarer entry points of a pool for accounts.
interface IUTokenExtension is IUTokenTypes {
    // --------------------------------------------------------------------------------------------------- collateral

    /// @notice Switches the caller's shares here on or off as collateral.
    function setCollateral(bool on) external;

    /// @notice As `setCollateral`, for `owner` by its signature (ECDSA or ERC-1271).
    /// @dev `SetCollateral(address owner,bool on,uint256 nonce,uint256 deadline)`
    function setCollateralWithSignature(address owner, bool on, uint256 deadline, bytes calldata signature) external;

    // --------------------------------------------------------------------------------------------------- delegation

    /// @notice Lets `delegate` borrow `amount` here on the caller's behalf; the largest number is no limit.
    function approveBorrow(address delegate, uint256 amount) external;

    /// @notice As `approveBorrow`, for `owner` by its signature (ECDSA or ERC-1271).
    /// @dev `ApproveBorrow(address owner,address delegate,uint256 amount,uint256 nonce,uint256 deadline)`
    function approveBorrowWithSignature(
        address owner,
        address delegate,
        uint256 amount,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @return What `delegate` may still borrow on behalf of `owner`.
    function borrowAllowance(address owner, address delegate) external view returns (uint256);

    // ------------------------------------------------------------------------------------------------------ permits

    /// @notice `deposit` with the asset's own ERC-2612 permit for `assets`.
    function depositWithPermit(
        uint256 assets,
        address receiver,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 shares);

    /// @notice `repay` with the asset's own ERC-2612 permit for `assets`.
    function repayWithPermit(
        uint256 assets,
        address onBehalf,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 repaid);

    /// @notice Several calls to this pool, all or none.
    function multicall(bytes[] calldata data) external returns (bytes[] memory results);

    // -------------------------------------------------------------------------------------------------------- views

    /// @return What `account` owes now, rounded up.
    function debtOf(address account) external view returns (uint256);

    /// @return The debt shares of `account`.
    function debtSharesOf(address account) external view returns (uint256);

    /// @return Whether the shares of `account` are collateral.
    function isCollateral(address account) external view returns (bool);

    /// @return The pool's totals, with interest up to now.
    function totals() external view returns (Totals memory);

    /// @return What borrowing costs a year now, 1e18.
    function borrowRate() external view returns (uint256);

    /// @return What supplying earns a year now, 1e18, rounded down.
    function supplyRate() external view returns (uint256);
}
