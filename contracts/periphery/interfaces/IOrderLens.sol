// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../dex/interfaces/IOrderTypes.sol";

/// @notice Cheap batch reads: one `eth_call` for a keeper's whole book or a page's dashboard.
interface IOrderLens {
    /// @notice Everything about each order; `Nonexistent` for those that are gone.
    function orders(uint256[] calldata ids, address taker) external view returns (IOrderTypes.Order[] memory);

    /// @notice What a sweep of `leg` by `taker` would come to, order by order, without the balance checks.
    /// @return result the leg's sums
    /// @return statuses for each id why it would be passed over, or `Fillable`
    /// @return taken for each id the units taken
    function previewLeg(
        IOrderTypes.Leg calldata leg,
        address taker
    )
        external
        view
        returns (IOrderTypes.LegResult memory result, IOrderTypes.FillStatus[] memory statuses, uint256[] memory taken);

    /// @notice For each token the account's balance, allowance to the order book, and credit in it.
    function wallet(
        address account,
        address[] calldata tokens
    ) external view returns (uint256[] memory balances, uint256[] memory allowances, uint256[] memory credits);
}
