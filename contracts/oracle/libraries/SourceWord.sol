// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceSources} from "../interfaces/IPriceSources.sol";
import {OracleConstants} from "./OracleConstants.sol";

/// @notice One source of an asset's price in one word. Zero: none.
/// @dev Low to high: kind 8 | at 160 | feedId, heartbeat or minVolume 32 | minBlocks 8 | decimals 8 (of the aggregator,
/// or of the asset) | quote token's decimals 8 | setAt 32 (seconds, of the asset's first source).
type SourceWord is uint256;

using SourceWordLib for SourceWord global;

library SourceWordLib {
    SourceWord internal constant NONE = SourceWord.wrap(0);

    uint256 private constant _AT = 8;
    uint256 private constant _NUMBER = 168;
    uint256 private constant _MIN_BLOCKS = 200;
    uint256 private constant _DECIMALS = 208;
    uint256 private constant _QUOTE_DECIMALS = 216;
    uint256 private constant _SET_AT = 224;

    function feed(uint256 feedId_) internal pure returns (SourceWord) {
        return SourceWord.wrap(uint256(IPriceSources.SourceKind.Feed) | (feedId_ << _NUMBER));
    }

    function aggregator(address at_, uint256 heartbeat_, uint256 decimals_) internal pure returns (SourceWord) {
        uint256 word = uint256(IPriceSources.SourceKind.Aggregator) | (uint256(uint160(at_)) << _AT);
        return SourceWord.wrap(word | (heartbeat_ << _NUMBER) | (decimals_ << _DECIMALS));
    }

    function dex(
        address quote_,
        uint256 minVolume_,
        uint256 minBlocks_,
        uint256 decimals_,
        uint256 quoteDecimals_
    ) internal pure returns (SourceWord) {
        uint256 word = uint256(IPriceSources.SourceKind.Dex) | (uint256(uint160(quote_)) << _AT);
        word |= (minVolume_ << _NUMBER) | (minBlocks_ << _MIN_BLOCKS);
        return SourceWord.wrap(word | (decimals_ << _DECIMALS) | (quoteDecimals_ << _QUOTE_DECIMALS));
    }

    function kind(SourceWord self) internal pure returns (IPriceSources.SourceKind) {
        return IPriceSources.SourceKind(SourceWord.unwrap(self) & type(uint8).max);
    }

    function isFeed(SourceWord self) internal pure returns (bool) {
        return SourceWord.unwrap(self) & type(uint8).max == uint256(IPriceSources.SourceKind.Feed);
    }

    /// @return The aggregator, or the quote token.
    function at(SourceWord self) internal pure returns (address) {
        return address(uint160(SourceWord.unwrap(self) >> _AT));
    }

    function feedId(SourceWord self) internal pure returns (uint256) {
        return _number(self);
    }

    /// @return Seconds that a round of the aggregator stays valid.
    function maxAge(SourceWord self) internal pure returns (uint256) {
        return OracleConstants.maxAge(_number(self));
    }

    /// @return Whole USD.
    function minVolume(SourceWord self) internal pure returns (uint256) {
        return _number(self);
    }

    function minBlocks(SourceWord self) internal pure returns (uint256) {
        return (SourceWord.unwrap(self) >> _MIN_BLOCKS) & type(uint8).max;
    }

    /// @return Of the aggregator's answers, or of the asset.
    function decimals(SourceWord self) internal pure returns (uint256) {
        return (SourceWord.unwrap(self) >> _DECIMALS) & type(uint8).max;
    }

    function quoteDecimals(SourceWord self) internal pure returns (uint256) {
        return (SourceWord.unwrap(self) >> _QUOTE_DECIMALS) & type(uint8).max;
    }

    /// @return When the asset's sources were set, seconds.
    function setAt(SourceWord self) internal pure returns (uint256) {
        return SourceWord.unwrap(self) >> _SET_AT;
    }

    /// @return The first second at which a liquidation may rely on the asset, as far as its sources' age is concerned: an
    /// asset that had no price may have one since they were set, and comes back with a grace like any other.
    function graceUntil(SourceWord self) internal pure returns (uint256) {
        unchecked {
            return setAt(self) + OracleConstants.GRACE;
        }
    }

    function withSetAt(SourceWord self, uint256 setAt_) internal pure returns (SourceWord) {
        return SourceWord.wrap(SourceWord.unwrap(self) | (setAt_ << _SET_AT));
    }

    function unpack(SourceWord self) internal pure returns (IPriceSources.Source memory source) {
        source.kind = kind(self);
        source.at = at(self);
        uint32 number = uint32(_number(self));
        if (source.kind == IPriceSources.SourceKind.Feed) source.feedId = number;
        else if (source.kind == IPriceSources.SourceKind.Aggregator) source.heartbeat = number;
        else source.minVolume = number;
        source.minBlocks = uint8(minBlocks(self));
    }

    function _number(SourceWord self) private pure returns (uint256) {
        return (SourceWord.unwrap(self) >> _NUMBER) & type(uint32).max;
    }
}
