// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../dex/interfaces/IOrderTypes.sol";
import {Price} from "../../libraries/Price.sol";

/// @notice Fills and creations for who pays by Permit2 or in the chain's own coin. Holds nothing between calls.
interface IOrderRouter {
    /// @notice A one-time Permit2 permission for a leg's payment, signed for this router as spender: token is the leg's
    /// `buyToken`, amount its `maxPay`. Only what the leg pays is taken; a leg that pays nothing leaves it unused.
    struct Permit {
        uint256 nonce;
        uint256 deadline;
        bytes signature;
    }

    /// @notice Thrown when the call has no permit for a leg, or one too many.
    error PermitCountMismatch(uint256 permits, uint256 legs);
    /// @notice Thrown when coin was sent by anybody but the wrapping contract.
    error UnexpectedCoin(address from);
    /// @notice Thrown when a leg of a coin fill does not pay or receive the wrapped coin as it must.
    error NotWrappedCoin(address token);
    /// @notice Thrown when the value sent is not the leg's `maxPay`.
    error ValueMismatch(uint256 value, uint256 maxPay);
    /// @notice Thrown when this router would be the recipient: it would keep what it receives.
    error InvalidRecipient(address recipient);
    /// @notice Thrown when somebody else than the order book asks for payment.
    error NotOrderBook(address caller);
    /// @notice Thrown when a callback or a discount is asked for, which only the taker itself can have.
    error OptionNotRouted();

    /// @notice `fillOrders` for the caller, paid through Permit2, one permit a leg; what is not spent is never taken.
    /// @dev `options.recipient` zero means the caller. Private orders see this router as their taker.
    function fillWithPermit2(
        IOrderTypes.Leg[] calldata legs,
        IOrderTypes.FillOptions calldata options,
        Permit[] calldata permits
    ) external returns (IOrderTypes.LegResult[] memory results);

    /// @notice `fillOrders` of one leg, paid with the coin that comes with the call; what is not spent goes back.
    /// The leg's buy token must be the wrapped coin and its `maxPay` the value sent.
    function fillWithCoin(
        IOrderTypes.Leg calldata leg,
        IOrderTypes.FillOptions calldata options
    ) external payable returns (IOrderTypes.LegResult memory result);

    /// @notice `fillOrders` of one leg that sells the wrapped coin, received unwrapped. The caller pays by allowance to
    /// this router, and only what the leg pays is taken.
    function fillForCoin(
        IOrderTypes.Leg calldata leg,
        IOrderTypes.FillOptions calldata options
    ) external returns (IOrderTypes.LegResult memory result);

    /// @notice Creates an order of the caller that sells the coin that comes with the call.
    function createWithCoin(
        address buyToken,
        Price price,
        uint32 expiry,
        uint16 terms
    ) external payable returns (uint256 id);
}
