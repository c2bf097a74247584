// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "./IOrderTypes.sol";

/// @notice What a taker implements to use what it bought before it pays.
interface IFillCallback {
    /// @notice Called after `results[i].received` of each leg was sent and before `results[i].paid` is pulled.
    /// @dev The order book is locked meanwhile.
    /// @return The selector of this function.
    function onFill(IOrderTypes.LegResult[] calldata results, bytes calldata data) external returns (bytes4);
}
