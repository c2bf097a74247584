// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OracleConstants} from "./OracleConstants.sol";
import {PriceRecord} from "./PriceMessage.sol";

/// @notice What a feed needs rarely: a jump that awaits its confirmation, and the grace. The flags of `FeedWord` say
/// which part counts.
/// @dev Low to high: answer 88 | observedAt 32 | age 18 | round 40 | firstObservedAt 32 | graceUntil 32 | delay 14 (from
/// the first observation, less the skew that a message may have, to its delivery).
type PendingWord is uint256;

using PendingWordLib for PendingWord global;

library PendingWordLib {
    uint256 private constant _OBSERVED_AT = 88;
    uint256 private constant _AGE = 120;
    uint256 private constant _ROUND = 138;
    uint256 private constant _FIRST_OBSERVED_AT = 178;
    uint256 private constant _GRACE_UNTIL = 210;
    uint256 private constant _DELAY = 242;
    uint256 private constant _MASK18 = (1 << 18) - 1;

    function answer(PendingWord self) internal pure returns (uint256) {
        return PendingWord.unwrap(self) & type(uint88).max;
    }

    function observedAt(PendingWord self) internal pure returns (uint256) {
        return (PendingWord.unwrap(self) >> _OBSERVED_AT) & type(uint32).max;
    }

    function updatedAt(PendingWord self) internal pure returns (uint256) {
        unchecked {
            return observedAt(self) - ((PendingWord.unwrap(self) >> _AGE) & _MASK18);
        }
    }

    function round(PendingWord self) internal pure returns (uint256) {
        return (PendingWord.unwrap(self) >> _ROUND) & type(uint40).max;
    }

    /// @return When the first message of those that agree with this one was observed.
    function firstObservedAt(PendingWord self) internal pure returns (uint256) {
        return (PendingWord.unwrap(self) >> _FIRST_OBSERVED_AT) & type(uint32).max;
    }

    /// @return When that message was delivered, by this chain's clock.
    function firstDeliveredAt(PendingWord self) internal pure returns (uint256) {
        unchecked {
            return firstObservedAt(self) + (PendingWord.unwrap(self) >> _DELAY) - OracleConstants.MAX_SKEW;
        }
    }

    function graceUntil(PendingWord self) internal pure returns (uint256) {
        return (PendingWord.unwrap(self) >> _GRACE_UNTIL) & type(uint32).max;
    }

    /// @dev The record must be fresh now, so that its age fits; the first one must have been when it was delivered, so
    /// that its delay does.
    function withJump(
        PendingWord self,
        PriceRecord record,
        uint256 observedAt_,
        uint256 firstObservedAt_,
        uint256 firstDeliveredAt_
    ) internal pure returns (PendingWord) {
        uint256 delay = firstDeliveredAt_ + OracleConstants.MAX_SKEW - firstObservedAt_;
        return
            PendingWord.wrap(
                (graceUntil(self) << _GRACE_UNTIL) |
                    record.answer() |
                    (observedAt_ << _OBSERVED_AT) |
                    (record.age() << _AGE) |
                    (record.round() << _ROUND) |
                    (firstObservedAt_ << _FIRST_OBSERVED_AT) |
                    (delay << _DELAY)
            );
    }

    /// @dev `until` must fit 32 bits.
    function withGrace(PendingWord self, uint256 until) internal pure returns (PendingWord) {
        uint256 cleared = PendingWord.unwrap(self) & ~(uint256(type(uint32).max) << _GRACE_UNTIL);
        return PendingWord.wrap(cleared | (until << _GRACE_UNTIL));
    }
}
