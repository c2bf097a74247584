// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {IOrderNFT} from "../dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../dex/libraries/FillFlags.sol";
import {OrderFlags} from "../dex/libraries/OrderFlags.sol";
import {PriceMath} from "../libraries/PriceMath.sol";
import {IOrderMatcher} from "./interfaces/IOrderMatcher.sol";
import {BookAllowance} from "./libraries/BookAllowance.sol";

/// @title Crossing orders settle against each other
/// @notice Order A sells X for Y, order B sells Y for X. The book sends what both sell to this contract, takes from it
/// what both ask for, and the rest goes to who called.
///
/// How much: the greatest takes for which each order's payment is covered by what the other one brings after fees. Of
/// two feasible pairs of takes the greater of each is feasible too, since each bound grows with the other take; so
/// there is one greatest pair, and cutting the takes by each other, from what is available downwards, ends there.
/// Nothing stays: this contract holds nothing between calls, and each call sends on exactly what it brought. It pays out
/// of nothing else either: a token that takes from this contract what somebody else's call holds is refused.
/// Private orders: this contract is the taker, so an order reserved for another account is not matchable.
contract OrderMatcher is IOrderMatcher {
    uint256 private constant _MILLION = 1e6;
    /// @dev Takes that cross by more than the rounding are settled in two rounds. What is left of them after this many
    /// is dust between prices that hardly cross.
    uint256 private constant _MAX_ROUNDS = 16;

    IOrderNFT private immutable _BOOK;

    /// @dev One side while it is worked out.
    struct Side {
        IOrderTypes.Order order;
        uint256 take;
        uint256 cost;
        uint256 received;
    }

    constructor(IOrderNFT book) {
        _BOOK = book;
    }

    /// @inheritdoc IOrderMatcher
    function matchOrders(
        uint256 idA,
        uint256 idB,
        address recipient,
        uint256 minSurplusA,
        uint256 minSurplusB
    ) external returns (Match memory result) {
        if (recipient == address(0)) recipient = msg.sender;
        if (recipient == address(this) || recipient == address(_BOOK)) revert InvalidRecipient(recipient);
        (Side memory a, Side memory b) = _sides(idA, idB);
        _requireMatchable(idA, a);
        _requireMatchable(idB, b);
        if (!_isMirrored(a, b)) revert NotMirrored(idA, idB);
        if (!_solve(a, b)) revert SurplusTooSmall(idA, idB);

        (address tokenA, address tokenB) = (a.order.sellToken, b.order.sellToken);
        uint256 heldA = SafeTransferLib.balanceOf(tokenA, address(this));
        uint256 heldB = SafeTransferLib.balanceOf(tokenB, address(this));
        BookAllowance.ensure(tokenA, address(_BOOK), b.cost);
        BookAllowance.ensure(tokenB, address(_BOOK), a.cost);
        _fill(idA, a, idB, b);

        result.takeA = a.take;
        result.takeB = b.take;
        result.surplusA = _gained(tokenA, heldA);
        result.surplusB = _gained(tokenB, heldB);
        if (result.surplusA < minSurplusA || result.surplusB < minSurplusB) {
            revert SurplusBelowMinimum(result.surplusA, result.surplusB);
        }
        emit OrdersMatched(idA, idB, recipient, result.surplusA, result.surplusB);

        if (result.surplusA != 0) SafeTransferLib.safeTransfer(tokenA, recipient, result.surplusA);
        if (result.surplusB != 0) SafeTransferLib.safeTransfer(tokenB, recipient, result.surplusB);
    }

    /// @inheritdoc IOrderMatcher
    function previewMatch(uint256 idA, uint256 idB) external view returns (Match memory result) {
        (Side memory a, Side memory b) = _sides(idA, idB);
        if (a.order.status != IOrderTypes.FillStatus.Fillable || b.order.status != IOrderTypes.FillStatus.Fillable) {
            return result;
        }
        if (!_isMirrored(a, b) || !_solve(a, b)) return result;
        result.takeA = a.take;
        result.takeB = b.take;
        result.surplusA = a.received - b.cost;
        result.surplusB = b.received - a.cost;
    }

    function _sides(uint256 idA, uint256 idB) private view returns (Side memory a, Side memory b) {
        a.order = _BOOK.order(idA, address(this));
        b.order = _BOOK.order(idB, address(this));
    }

    function _requireMatchable(uint256 id, Side memory side) private pure {
        if (side.order.status != IOrderTypes.FillStatus.Fillable) revert NotMatchable(id, side.order.status);
    }

    function _isMirrored(Side memory a, Side memory b) private pure returns (bool) {
        return a.order.sellToken == b.order.buyToken && a.order.buyToken == b.order.sellToken;
    }

    /// @dev Finds the greatest takes. False when there are none that both orders' terms allow.
    function _solve(Side memory a, Side memory b) private view returns (bool) {
        uint256 feeRate = _BOOK.takerFee();
        _setTake(a, a.order.available, feeRate);
        _setTake(b, b.order.available, feeRate);
        for (uint256 round; round < _MAX_ROUNDS; ++round) {
            if (a.cost > b.received) {
                _setTake(a, PriceMath.amountDown(a.order.price, b.received, a.take), feeRate);
            } else if (b.cost > a.received) {
                _setTake(b, PriceMath.amountDown(b.order.price, a.received, b.take), feeRate);
            } else {
                return _isAllowed(a) && _isAllowed(b);
            }
        }
        return false;
    }

    /// @dev The fee is rounded as the order book rounds it.
    function _setTake(Side memory side, uint256 take, uint256 feeRate) private pure {
        side.take = take;
        side.cost = side.order.price.costUp(take);
        side.received = take - (take * feeRate) / _MILLION;
    }

    /// @dev Both rules allow more wherever they allow less, so that they can be asked of the greatest takes alone.
    function _isAllowed(Side memory side) private pure returns (bool) {
        if (side.take == 0) return false;
        if (side.take == side.order.remaining) return true;
        return side.take >= OrderFlags.minFill(side.order.terms);
    }

    /// @dev Exactly these takes at no more than these costs, whatever a token's approval did in between.
    function _fill(uint256 idA, Side memory a, uint256 idB, Side memory b) private {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](2);
        _setLeg(legs[0], idA, a);
        _setLeg(legs[1], idB, b);
        IOrderTypes.FillOptions memory options;
        options.flags = uint8(FillFlags.FILL_OR_KILL);
        _BOOK.fillOrders(legs, options);
    }

    function _setLeg(IOrderTypes.Leg memory leg, uint256 id, Side memory side) private pure {
        leg.sellToken = side.order.sellToken;
        leg.buyToken = side.order.buyToken;
        leg.takeAmount = side.take;
        leg.maxPay = side.cost;
        leg.ids = new uint256[](1);
        leg.ids[0] = id;
    }

    function _gained(address token, uint256 held) private view returns (uint256) {
        uint256 holds = SafeTransferLib.balanceOf(token, address(this));
        if (holds < held) revert TokenMisbehaved(token);
        return holds - held;
    }
}
