// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../libraries/Price.sol";
import {IOrderTypes} from "./IOrderTypes.sol";

/// @notice The entry points that traders pay for most often.
interface IOrderCore is IOrderTypes {
    /// @notice Sells `sellAmount` of `sellToken` at `price`, escrowed here; the order is an ERC-721 token of the caller.
    /// @param sellAmount 1 to 2^96 - 1 units; exactly this must arrive, so tokens that take a fee are refused
    /// @param expiry first second at which it can no longer be filled; 2^32 - 1 for never
    /// @param terms of `OrderFlags.SIMPLE`: minimum fill, all-or-none, exact payment
    /// @return id maker 160 | nonce 64 | expiry 32
    function create(
        address sellToken,
        address buyToken,
        uint256 sellAmount,
        Price price,
        uint32 expiry,
        uint16 terms
    ) external returns (uint256 id);

    /// @notice Takes up to `takeAmount` from one order and pays its owner; reverts when nothing can be taken.
    /// @param takeAmount most units of the sold token, fee included; 1 to 2^96 - 1
    /// @param maxPay most units of the bought token for all of `takeAmount`; for a part of it, that part of `maxPay`;
    /// 2^160 or more for no limit
    /// @return received units of the sold token, fee deducted
    /// @return paid units of the bought token, rounded up in favour of the order's owner
    function fill(uint256 id, uint256 takeAmount, uint256 maxPay) external returns (uint256 received, uint256 paid);

    /// @notice Sweeps orders of one or more pairs. Orders that cannot be filled as asked are passed over.
    /// @dev What the caller receives in all legs is sent first, then its callback runs, then it pays: legs in opposite
    /// directions need no capital. An owner who cannot be paid is credited instead.
    function fillOrders(
        Leg[] calldata legs,
        FillOptions calldata options
    ) external returns (LegResult[] memory results);

    /// @notice Ends an order and refunds its owner. The owner and who it approved may always; anybody may once the
    /// order has expired or is older than its maker's epoch.
    /// @return refund units of the sold token; credited when the owner cannot receive them
    function cancel(uint256 id) external returns (uint256 refund);
}
