// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {StaticRead} from "../libraries/StaticRead.sol";
import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "./interfaces/IPriceOracle.sol";
import {IPriceSources} from "./interfaces/IPriceSources.sol";
import {SourceWord} from "./libraries/SourceWord.sol";
import {PriceOracleState} from "./PriceOracleState.sol";

/// @title Prices for the protocols
/// @notice Each asset has one to three sources in order; the first that has a price answers. `price` is fresh or
/// reverts, `tryPrice` says how good the price is and from when on a liquidation may rely on it.
/// What it trusts: the receiver for relayed feeds, a listed aggregator for itself, the DEX for nothing but leaving.
/// Upgrade: none. This contract answers for an asset whose first source is a relayed feed that has a price, which is what
/// every other call loads; the rest is `PriceOracleExtension`'s, fixed at deployment.
/// @dev The functions of `IPriceOracle`, but not declared as views: the compiler lets no view pass a call on. They write
/// nothing, and neither do the extension's, which are views.
contract PriceOracle is AuthoritySlot, PriceOracleState, PassTo {
    using FixedPointMathLib for uint256;

    address private immutable _EXTENSION;

    /// @param extension_ knows the receiver
    constructor(
        address authority_,
        IPriceSources extension_
    ) AuthoritySlot(authority_) PriceOracleState(IPriceFeedReceiver(extension_.receiver())) {
        _EXTENSION = address(extension_);
    }

    /// @notice See `IPriceOracle`.
    function price(address asset) external returns (uint256) {
        SourceWord first = _sources[asset][0];
        if (first.isFeed()) {
            bytes4 selector = IPriceFeedReceiver.freshPrice.selector;
            uint256 found = StaticRead.one(address(_RECEIVER), selector, first.feedId());
            if (found != 0) return found;
        }
        _passTo(_EXTENSION);
    }

    /// @notice See `IPriceOracle`: the words of its `Quote`.
    function tryPrice(
        address asset
    )
        external
        returns (uint256 low, uint256 high, uint256 updatedAt, uint256 liquidatableFrom, IPriceOracle.Quality quality)
    {
        SourceWord first = _sources[asset][0];
        if (first.isFeed()) {
            bytes4 selector = IPriceFeedReceiver.quote.selector;
            uint256 state;
            (low, high, updatedAt, liquidatableFrom, state) = StaticRead.five(
                address(_RECEIVER),
                selector,
                first.feedId()
            );
            if (state != uint256(IPriceFeedReceiver.FeedState.Stale)) {
                // Pending and fresh are one more than a feed's.
                quality = IPriceOracle.Quality(state + 1);
                return (low, high, updatedAt, liquidatableFrom.max(first.graceUntil()), quality);
            }
        }
        _passTo(_EXTENSION);
    }

    /// @dev Everything else is the extension's, over this contract's storage.
    fallback() external {
        _passTo(_EXTENSION);
    }
}
