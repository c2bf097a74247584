// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {BookActor} from "../mocks/BookActor.sol";
import {OrderBookProperties} from "./OrderBookProperties.sol";

/// @notice Actions of makers who create and of takers who fill.
abstract contract OrderBookTrades is OrderBookProperties {
    // -------------------------------------------------------------------------------------------------------- creation

    function create(
        uint256 who,
        uint256 pair,
        uint256 amount,
        uint256 price,
        uint256 lifetime,
        uint256 terms
    ) external {
        BookActor maker = _maker(who);
        IOrderTypes.NewOrder memory o = _newOrder(address(maker), pair, amount, price, lifetime);
        if (terms % 4 == 0) o.terms = uint16((terms >> 8) % 96 << OrderFlags.MIN_FILL_SHIFT);
        if (terms % 16 == 1) o.terms = uint16(OrderFlags.ALL_OR_NONE);
        uint256 before = _wealth(address(book), o.sellToken);
        (bool success, bytes memory result) = maker.attempt(
            address(book),
            abi.encodeCall(book.create, (o.sellToken, o.buyToken, o.sellAmount, o.price, o.expiry, o.terms))
        );
        if (!_created(success, o, address(maker), before)) return;
        _addOrder(abi.decode(result, (uint256)), address(maker), o.sellToken, o.sellAmount, o.price);
        ++done["create"];
    }

    function createFor(uint256 who, uint256 pair, uint256 amount, uint256 price, uint256 lifetime) external {
        BookActor payer = _taker(who);
        IOrderTypes.NewOrder memory o = _newOrder(address(_maker(who >> 16)), pair, amount, price, lifetime);
        uint256 before = _wealth(address(book), o.sellToken);
        (bool success, bytes memory result) = payer.attempt(
            address(book),
            abi.encodeCall(book.createFor, (o.maker, o.sellToken, o.buyToken, o.sellAmount, o.price, o.expiry, 0))
        );
        if (!_created(success, o, address(payer), before)) return;
        _addOrder(abi.decode(result, (uint256)), o.maker, o.sellToken, o.sellAmount, o.price);
        ++done["createFor"];
    }

    /// @dev Two orders with rare features: one private or released, one for another maker.
    function createMany(uint256 who, uint256 pair, uint256 amount, uint256 price, uint256 lifetime) external {
        BookActor payer = _maker(who);
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](2);
        orders[0] = _newOrder(address(payer), pair, amount, price, lifetime);
        orders[1] = _newOrder(address(_maker(who >> 8)), pair, amount >> 64, price, 0);
        if (who % 2 == 0) {
            orders[0].privateTaker = address(_taker(who >> 16));
        } else {
            orders[1].releaseStart = uint40(block.timestamp);
            orders[1].releaseEnd = uint40(block.timestamp + 1 + (lifetime % 10 days));
        }
        uint256 before = _wealth(address(book), orders[0].sellToken);
        (bool success, bytes memory result) = payer.attempt(address(book), abi.encodeCall(book.createMany, (orders)));
        if (!success) return;
        uint256[] memory ids = abi.decode(result, (uint256[]));
        uint256 sum = orders[0].sellAmount + orders[1].sellAmount;
        _check(_wealth(address(book), orders[0].sellToken) == before + sum, 10, "a batch brought less than it says");
        for (uint256 i; i < 2; ++i) {
            _addOrder(ids[i], orders[i].maker, orders[i].sellToken, orders[i].sellAmount, orders[i].price);
        }
        ++done["createMany"];
    }

    function _newOrder(
        address maker,
        uint256 pair,
        uint256 amount,
        uint256 price,
        uint256 lifetime
    ) private view returns (IOrderTypes.NewOrder memory o) {
        o.maker = maker;
        (o.sellToken, o.buyToken) = _pair(pair);
        o.sellAmount = _amount(amount);
        o.price = _price(price);
        o.expiry = uint32(lifetime % 3 == 0 ? block.timestamp + 1 + (lifetime % 5 days) : NEVER);
    }

    /// @dev What the book received is what the order says; a calm token and no pause mean that it was made.
    function _created(
        bool success,
        IOrderTypes.NewOrder memory o,
        address payer,
        uint256 before
    ) private returns (bool) {
        if (!success) {
            bool paused = block.timestamp < book.pausedUntil();
            _check(paused || !_isCalm(o.sellToken, payer, payer), 10, "an honest creation was refused");
            return false;
        }
        _check(_wealth(address(book), o.sellToken) == before + o.sellAmount, 10, "less arrived than was escrowed");
        return true;
    }

    // --------------------------------------------------------------------------------------------------------- filling

    function fill(uint256 who, uint256 idSeed, uint256 amount, uint256 limit) external {
        if (_ids.length == 0) return;
        uint256 id = _anyId(idSeed);
        BookActor taker = _taker(who);
        IOrderTypes.Order memory o = order(id, address(taker));
        uint256 take = amount % 4 == 0 ? MAX_AMOUNT : 1 + (amount % (uint256(o.remaining) + 1));
        (uint256 sold, uint256 cost, ) = book.quote(id, address(taker), take);
        uint256 maxPay = limit % 3 == 0 ? type(uint256).max : (limit % 3 == 1 || cost == 0 ? cost : cost - 1);
        uint256 wealth = _wealth(o.owner, o.buyToken == address(0) ? _tokens[0] : o.buyToken);

        (bool success, bytes memory result) = taker.attempt(
            address(book),
            abi.encodeCall(book.fill, (id, take, maxPay))
        );
        if (_ghosts[id].ended || _isExpired(id) || _isBelowEpoch(id) || sold == 0) {
            _check(!success, 5, "what cannot be filled was filled");
        }
        if (!success) {
            // The limit scales with what is taken, so only the whole is sure to fit.
            bool fits = sold != 0 && (limit % 3 == 0 || (limit % 3 == 1 && sold == take));
            bool calm =
                _isCalm(o.sellToken, address(taker), address(taker)) &&
                    _isCalm(o.buyToken, address(taker), address(taker));
            _check(!(fits && calm), 11, "an honest fill of a live order was refused");
            return;
        }
        (, uint256 paid) = abi.decode(result, (uint256, uint256));
        _check(paid == cost, 3, "paid is not what was quoted");
        _check(paid <= maxPay, 3, "paid is above the limit");
        if (o.owner != address(taker)) {
            _check(_wealth(o.owner, o.buyToken) == wealth + paid, 7, "the owner did not get what was paid");
        }
        _addFill(id, sold, paid);
        ++done["fill"];
    }

    function sweep(uint256 who, uint256 idSeed, uint256 amount, uint256 budget, uint256 options) external {
        if (_ids.length == 0) return;
        BookActor taker = _taker(who);
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = _leg(idSeed, amount, budget);
        IOrderTypes.FillOptions memory o;
        o.flags = uint8(FillFlags.IMMEDIATE_OR_CANCEL);
        if (options % 4 == 0) (o.relayer, o.relayerFee) = (address(_actors[0]), uint16((options >> 8) % 1_001));
        if (options % 3 == 0) o.data = "x";
        uint256[] memory before = _remainders(legs[0].ids);

        (bool success, bytes memory result) = taker.attempt(address(book), abi.encodeCall(book.fillOrders, (legs, o)));
        if (!success) {
            bool calm =
                _isCalm(legs[0].sellToken, address(taker), address(taker)) &&
                    _isCalm(legs[0].buyToken, address(taker), address(taker));
            _check(!calm, 11, "an honest sweep was refused");
            return;
        }
        IOrderTypes.LegResult memory r = abi.decode(result, (IOrderTypes.LegResult[]))[0];
        _check(r.paid <= legs[0].maxPay && r.taken <= legs[0].takeAmount, 3, "a sweep went beyond its limits");
        _bookSweep(legs[0], before, r);
        if (r.filled != 0) ++done["sweep"];
    }

    /// @dev Every order that lost something was filled at its own price; the sums are what the sweep says.
    function _bookSweep(IOrderTypes.Leg memory leg, uint256[] memory before, IOrderTypes.LegResult memory r) private {
        uint256[] memory now_ = _remainders(leg.ids);
        (uint256 taken, uint256 paid, uint256 filled) = (0, 0, 0);
        for (uint256 i; i < leg.ids.length; ++i) {
            if (now_[i] == before[i]) continue;
            _check(now_[i] < before[i], 2, "a sweep raised an amount");
            _check(!_ghosts[leg.ids[i]].ended && !_isExpired(leg.ids[i]), 5, "a sweep filled what has ended");
            _check(!_isBelowEpoch(leg.ids[i]), 5, "a sweep filled what the epoch cancelled");
            uint256 sold = before[i] - now_[i];
            uint256 cost = _cost(_ghosts[leg.ids[i]].price, sold);
            _addFill(leg.ids[i], sold, cost);
            (taken, paid, filled) = (taken + sold, paid + cost, filled + 1);
        }
        _check(taken == r.taken && paid == r.paid && filled == r.filled, 8, "a sweep is not the sum of its fills");
    }

    /// @dev Up to five of the latest orders, each once, of which some are of other pairs or have ended.
    function _leg(uint256 idSeed, uint256 amount, uint256 budget) private view returns (IOrderTypes.Leg memory leg) {
        uint256 count = _ids.length < 5 ? _ids.length : 5;
        uint256 start = idSeed % (_ids.length - count + 1);
        if (idSeed >> 255 == 0) start = _ids.length - count;
        leg.ids = new uint256[](count);
        for (uint256 i; i < count; ++i) leg.ids[i] = _ids[start + i];
        IOrderTypes.Order memory o = order(leg.ids[(idSeed >> 128) % count], address(0));
        (leg.sellToken, leg.buyToken) = (o.sellToken, o.buyToken);
        leg.takeAmount = _amount(amount);
        leg.maxPay = budget % 2 == 0 ? type(uint256).max : _amount(budget >> 1) << ((budget >> 200) % 40);
        if (budget % 5 == 0) {
            leg.limits = new Price[](count);
            for (uint256 i; i < count; ++i) leg.limits[i] = Price.wrap(Price.unwrap(_ghosts[leg.ids[i]].price));
        }
    }

    function _remainders(uint256[] memory ids) private view returns (uint256[] memory amounts) {
        amounts = new uint256[](ids.length);
        for (uint256 i; i < ids.length; ++i) amounts[i] = order(ids[i], address(0)).remaining;
    }
}
