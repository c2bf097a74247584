// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {IOrderNFT} from "../dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../dex/libraries/OrderFlags.sol";
import {Price} from "../libraries/Price.sol";
import {PriceMath} from "../libraries/PriceMath.sol";
import {IOrderLens} from "./interfaces/IOrderLens.sol";

/// @title Batch reads of the order book
/// @notice No state, no rights: for `eth_call`. `previewLeg` goes through a leg as the book does, order by order, the
/// same id given twice included; a test holds the two against each other.
contract OrderLens is IOrderLens {
    uint256 private constant _MILLION = 1e6;

    IOrderNFT private immutable _BOOK;

    constructor(IOrderNFT book) {
        _BOOK = book;
    }

    /// @inheritdoc IOrderLens
    function orders(uint256[] calldata ids, address taker) external view returns (IOrderTypes.Order[] memory result) {
        result = new IOrderTypes.Order[](ids.length);
        for (uint256 i; i < ids.length; ++i) result[i] = _BOOK.order(ids[i], taker);
    }

    /// @inheritdoc IOrderLens
    /// @dev The fee is the full one; a relayer's fee comes on top. Orders behind the one that completes the leg say what
    /// they are and take nothing.
    function previewLeg(
        IOrderTypes.Leg calldata leg,
        address taker
    )
        external
        view
        returns (IOrderTypes.LegResult memory result, IOrderTypes.FillStatus[] memory statuses, uint256[] memory taken)
    {
        uint256 count = leg.ids.length;
        if (leg.limits.length != 0 && leg.limits.length != count) {
            revert IOrderTypes.LimitCountMismatch(leg.limits.length, count);
        }
        uint256 feeRate = _BOOK.takerFee();
        statuses = new IOrderTypes.FillStatus[](count);
        taken = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            IOrderTypes.Order memory order = _orderAfter(leg.ids, taken, i, taker);
            uint256 cost;
            (statuses[i], taken[i], cost) = _take(leg, order, i, result);
            if (taken[i] == 0) continue;
            result.taken += taken[i];
            result.received += taken[i] - (taken[i] * feeRate) / _MILLION;
            result.paid += cost;
            ++result.filled;
        }
    }

    /// @inheritdoc IOrderLens
    /// @dev A token that cannot say counts as zero, so that one bad token does not spoil the page.
    function wallet(
        address account,
        address[] calldata tokens
    ) external view returns (uint256[] memory balances, uint256[] memory allowances, uint256[] memory credits) {
        balances = new uint256[](tokens.length);
        allowances = new uint256[](tokens.length);
        credits = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            balances[i] = SafeTransferLib.balanceOf(tokens[i], account);
            allowances[i] = _allowance(tokens[i], account);
            credits[i] = _BOOK.creditOf(account, tokens[i]);
        }
    }

    /// @dev The order as it is when the leg comes to its place `index`: less what the leg took of it before.
    function _orderAfter(
        uint256[] calldata ids,
        uint256[] memory taken,
        uint256 index,
        address taker
    ) private view returns (IOrderTypes.Order memory order) {
        order = _BOOK.order(ids[index], taker);
        uint256 before;
        for (uint256 j; j < index; ++j) {
            if (ids[j] == ids[index]) before += taken[j];
        }
        if (before == 0) return order;
        order.remaining -= uint96(before);
        order.available -= uint96(before);
        if (order.remaining == 0) order.status = IOrderTypes.FillStatus.Nonexistent;
        else if (order.available == 0) order.status = IOrderTypes.FillStatus.NotReleased;
    }

    /// @dev What the leg takes of an order, and at what cost, after the sums in `done`.
    function _take(
        IOrderTypes.Leg calldata leg,
        IOrderTypes.Order memory order,
        uint256 index,
        IOrderTypes.LegResult memory done
    ) private pure returns (IOrderTypes.FillStatus status, uint256 sold, uint256 cost) {
        // That too little is available for the minimum fill is worked out again below, after what comes before it.
        if (order.status != IOrderTypes.FillStatus.Fillable && order.status != IOrderTypes.FillStatus.BelowMinFill) {
            return (order.status, 0, 0);
        }
        if (order.sellToken != leg.sellToken || order.buyToken != leg.buyToken) {
            return (IOrderTypes.FillStatus.OtherPair, 0, 0);
        }
        if (leg.limits.length != 0 && Price.unwrap(order.price) > Price.unwrap(leg.limits[index])) {
            return (IOrderTypes.FillStatus.AboveLimit, 0, 0);
        }
        uint256 want = leg.takeAmount - done.taken;
        if (want == 0) return (order.status, 0, 0);

        sold = PriceMath.amountDown(
            order.price,
            leg.maxPay - done.paid,
            order.available < want ? order.available : want
        );
        if (sold == 0) return (IOrderTypes.FillStatus.BudgetSpent, 0, 0);
        if (sold != order.remaining && sold < OrderFlags.minFill(order.terms)) {
            return (IOrderTypes.FillStatus.BelowMinFill, 0, 0);
        }
        return (IOrderTypes.FillStatus.Fillable, sold, order.price.costUp(sold));
    }

    function _allowance(address token, address account) private view returns (uint256 result) {
        (bool success, bytes memory answer) = token.staticcall(
            abi.encodeWithSignature("allowance(address,address)", account, address(_BOOK))
        );
        if (success && answer.length >= 32) result = abi.decode(answer, (uint256));
    }
}
