// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../libraries/Price.sol";
import {IOrderTypes} from "./IOrderTypes.sol";

/// @notice What makers do besides creating and cancelling one order. Runs at the order book's own address.
interface IOrderMaker is IOrderTypes {
    /// @notice Thrown when an epoch would not rise, or would reach beyond the account's nonce.
    error InvalidEpoch(uint256 epoch, uint256 current, uint256 nonce);

    /// @notice As `create`, for the account of `maker`; the caller pays.
    function createFor(
        address maker,
        address sellToken,
        address buyToken,
        uint256 sellAmount,
        Price price,
        uint32 expiry,
        uint16 terms
    ) external returns (uint256 id);

    /// @notice Creates several orders, with every feature; the caller pays for all.
    function createMany(NewOrder[] calldata orders) external returns (uint256[] memory ids);

    /// @notice Changes amount and price in place; id, place in wallets and approvals stay.
    /// @param newRemaining 1 to 2^96 - 1 units; the caller pays a difference in, the owner receives a difference out
    /// @dev Raising the amount is new risk and is refused during a pause.
    function amend(uint256 id, uint256 newRemaining, Price newPrice) external;

    /// @notice `cancel` for each id; ids that are gone or not the caller's to cancel are passed over.
    /// @return cancelled how many were ended
    function cancelMany(uint256[] calldata ids) external returns (uint256 cancelled);

    /// @notice Cancels at once all of the caller's orders with a nonce below `epoch` that were never transferred.
    /// Refunds follow by `cancel` or `cancelMany`, from anybody.
    function raiseEpoch(uint256 epoch) external;
}
