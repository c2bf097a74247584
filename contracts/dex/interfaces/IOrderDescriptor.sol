// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "./IOrderTypes.sol";

/// @notice Draws an order as ERC-721 metadata.
interface IOrderDescriptor {
    /// @return A data URI with JSON that holds an SVG image.
    function tokenURI(uint256 id, IOrderTypes.Order calldata order) external view returns (string memory);
}
