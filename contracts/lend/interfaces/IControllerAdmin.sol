// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "./ILendControllerTypes.sol";

/// @notice The list of assets, and views.
interface IControllerAdmin is ILendControllerTypes {
    /// @notice Adds `pool` as the next asset. Its price must be fresh.
    /// @dev Governance, as the next two.
    function list(address pool, AssetParameters calldata parameters) external returns (uint256 id);

    /// @notice Changes the parameters of asset `id`. A threshold falls by at most 5 points in 7 days.
    function setAsset(uint256 id, AssetParameters calldata parameters) external;

    /// @notice Sets where reserves are swept to.
    function setTreasury(address treasury) external;

    /// @return How many assets there are; ids count from zero.
    function assetCount() external view returns (uint256);

    /// @return What is known of asset `id`.
    function assetInfo(uint256 id) external view returns (AssetInfo memory);

    /// @return collateral bit `id` is set where the account's shares are collateral
    /// @return debt bit `id` is set where the account owes
    function accountBits(address account) external view returns (uint256 collateral, uint256 debt);

    /// @return The account over all pools, at the prices that count against it. Never reverts for a bad price.
    function healthOf(address account) external view returns (AccountHealth memory);

    /// @return assets of pool `id` that `account` could withdraw as far as its debts are concerned, rounded down; the largest
    /// number when they are not
    function withdrawable(uint256 id, address account) external view returns (uint256 assets);

    /// @return Where reserves are swept to.
    function treasury() external view returns (address);

    /// @return The oracle that all values come from.
    function oracle() external view returns (address);
}
