// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "./interfaces/IPriceOracle.sol";
import {IPriceSources} from "./interfaces/IPriceSources.sol";
import {ReceiverReader} from "./libraries/ReceiverReader.sol";
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
            uint256 found = ReceiverReader.freshPrice(_RECEIVER, first.feedId());
            if (found != 0) return found;
        }
        _passTo(_EXTENSION);
    }

    /// @notice See `IPriceOracle`.
    function tryPrice(address asset) external returns (IPriceOracle.Quote memory quote) {
        SourceWord first = _sources[asset][0];
        if (first.isFeed()) {
            quote = ReceiverReader.quote(_RECEIVER, first.feedId());
            if (quote.quality != IPriceOracle.Quality.Halted) {
                _addGrace(quote, first);
                return quote;
            }
        }
        _passTo(_EXTENSION);
    }

    /// @dev Everything else is the extension's, over this contract's storage.
    fallback() external {
        _passTo(_EXTENSION);
    }
}
