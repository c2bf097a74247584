// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {OracleConstants} from "./OracleConstants.sol";
import {PriceRecord} from "./PriceMessage.sol";

/// @notice A feed's storage word. Zero: there is no such feed.
/// @dev Low to high: answer 88 | observedAt 32 | age 18 | maxAge 18 | decimals 5 | pending 1 | grace 1 | bucket 3 |
/// window 48 | round 40 | free 2.
type FeedWord is uint256;

using FeedWordLib for FeedWord global;

library FeedWordLib {
    using FixedPointMathLib for uint256;

    /// @dev Length of a bucket of the clamp's window.
    uint256 internal constant BUCKET = 10 minutes;

    uint256 private constant _OBSERVED_AT = 88;
    uint256 private constant _AGE = 120;
    uint256 private constant _MAX_AGE = 138;
    uint256 private constant _DECIMALS = 156;
    uint256 private constant _PENDING = 1 << 161;
    uint256 private constant _GRACE = 1 << 162;
    uint256 private constant _BUCKET = 163;
    uint256 private constant _WINDOW = 166;
    uint256 private constant _ROUND = 214;
    uint256 private constant _MASK3 = 7;
    uint256 private constant _MASK5 = 31;
    uint256 private constant _MASK18 = (1 << 18) - 1;
    /// @dev What an acceptance leaves as it is, `grace` included.
    uint256 private constant _KEPT = (_MASK18 << _MAX_AGE) | (_MASK5 << _DECIMALS) | _GRACE;

    /// @dev A feed without a price. `maxAge_` must fit 18 bits and not be zero.
    function create(uint256 decimals_, uint256 maxAge_) internal pure returns (FeedWord) {
        return FeedWord.wrap((decimals_ << _DECIMALS) | (maxAge_ << _MAX_AGE));
    }

    function exists(FeedWord self) internal pure returns (bool) {
        return FeedWord.unwrap(self) != 0;
    }

    /// @return In the feed's decimals; zero when there is none yet.
    function answer(FeedWord self) internal pure returns (uint256) {
        return FeedWord.unwrap(self) & type(uint88).max;
    }

    function observedAt(FeedWord self) internal pure returns (uint256) {
        return (FeedWord.unwrap(self) >> _OBSERVED_AT) & type(uint32).max;
    }

    function updatedAt(FeedWord self) internal pure returns (uint256) {
        unchecked {
            return observedAt(self) - ((FeedWord.unwrap(self) >> _AGE) & _MASK18);
        }
    }

    function maxAge(FeedWord self) internal pure returns (uint256) {
        return (FeedWord.unwrap(self) >> _MAX_AGE) & _MASK18;
    }

    function decimals(FeedWord self) internal pure returns (uint256) {
        return (FeedWord.unwrap(self) >> _DECIMALS) & _MASK5;
    }

    function isPending(FeedWord self) internal pure returns (bool) {
        return FeedWord.unwrap(self) & _PENDING != 0;
    }

    /// @return Whether a grace may be running: the pending word knows until when.
    function hasGrace(FeedWord self) internal pure returns (bool) {
        return FeedWord.unwrap(self) & _GRACE != 0;
    }

    function window(FeedWord self) internal pure returns (uint256) {
        return (FeedWord.unwrap(self) >> _WINDOW) & type(uint48).max;
    }

    function round(FeedWord self) internal pure returns (uint256) {
        return (FeedWord.unwrap(self) >> _ROUND) & type(uint40).max;
    }

    /// @return The last second at which the accepted price is fresh; long gone when there is none, since it then counts
    /// from zero.
    function freshUntil(FeedWord self) internal pure returns (uint256) {
        return expiry(self, observedAt(self), (FeedWord.unwrap(self) >> _AGE) & _MASK18);
    }

    /// @return The last second at which an answer observed at `observedAt_`, `age_` seconds old then, is fresh.
    function expiry(FeedWord self, uint256 observedAt_, uint256 age_) internal pure returns (uint256) {
        unchecked {
            // A forged age may be larger than everything.
            uint256 updated = (observedAt_ + maxAge(self)).zeroFloorSub(age_);
            return updated.min(observedAt_ + OracleConstants.MAX_OBSERVATION_AGE);
        }
    }

    /// @return Number of the bucket in which the price was accepted. An accepted message is at most 30 minutes old and a
    /// minute early, so the distance from its own bucket is -1 to 3.
    function bucket(FeedWord self) internal pure returns (uint256) {
        unchecked {
            // Rounds down, as a bucket's number does.
            return observedAt(self) / BUCKET + ((FeedWord.unwrap(self) >> _BUCKET) & _MASK3) - 1;
        }
    }

    /// @dev The record must be fresh now, so that its age fits. Keeps configuration and grace; nothing is pending.
    function accept(
        FeedWord self,
        PriceRecord record,
        uint256 observedAt_,
        uint256 window_
    ) internal view returns (FeedWord) {
        unchecked {
            // Both round down, as a bucket's number does.
            uint256 distance = block.timestamp / BUCKET + 1 - observedAt_ / BUCKET;
            return
                FeedWord.wrap(
                    (FeedWord.unwrap(self) & _KEPT) |
                        record.answer() |
                        (observedAt_ << _OBSERVED_AT) |
                        (record.age() << _AGE) |
                        (distance << _BUCKET) |
                        (window_ << _WINDOW) |
                        (record.round() << _ROUND)
                );
        }
    }

    function withPending(FeedWord self) internal pure returns (FeedWord) {
        return FeedWord.wrap(FeedWord.unwrap(self) | _PENDING);
    }

    function withGrace(FeedWord self) internal pure returns (FeedWord) {
        return FeedWord.wrap(FeedWord.unwrap(self) | _GRACE);
    }

    function withoutGrace(FeedWord self) internal pure returns (FeedWord) {
        return FeedWord.wrap(FeedWord.unwrap(self) & ~_GRACE);
    }

    /// @dev `maxAge_` must fit 18 bits and not be zero.
    function withMaxAge(FeedWord self, uint256 maxAge_) internal pure returns (FeedWord) {
        return FeedWord.wrap((FeedWord.unwrap(self) & ~(_MASK18 << _MAX_AGE)) | (maxAge_ << _MAX_AGE));
    }
}
