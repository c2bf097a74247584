// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {OracleConstants} from "./OracleConstants.sol";

/// @notice Who may send prices, and the chain's heartbeat: the one word that every delivery reads.
/// @dev Low to high: sender 160 | beatAt 32 | beatBlock 32 | blockTime 16 (milliseconds) | graceLeft 16 (seconds that
/// were left of a grace at the beat).
type PathWord is uint256;

using PathWordLib for PathWord global;

library PathWordLib {
    using FixedPointMathLib for uint256;

    /// @dev Beats closer than this change nothing, unless a stall is found. Seconds.
    uint256 internal constant BEAT_INTERVAL = 10 minutes;
    /// @dev More missing time than this between two beats is a stall. Milliseconds.
    uint256 internal constant STALL = 5 minutes * 1000;

    uint256 private constant _BEAT_AT = 160;
    uint256 private constant _BEAT_BLOCK = 192;
    uint256 private constant _BLOCK_TIME = 224;
    uint256 private constant _GRACE_LEFT = 240;

    /// @dev A first beat. `blockTime_` must fit 16 bits.
    function start(uint256 blockTime_) internal view returns (PathWord) {
        return PathWord.wrap(_beat(blockTime_));
    }

    function sender(PathWord self) internal pure returns (address) {
        return address(uint160(PathWord.unwrap(self)));
    }

    function beatAt(PathWord self) internal pure returns (uint256) {
        return (PathWord.unwrap(self) >> _BEAT_AT) & type(uint32).max;
    }

    function beatBlock(PathWord self) internal pure returns (uint256) {
        return (PathWord.unwrap(self) >> _BEAT_BLOCK) & type(uint32).max;
    }

    /// @return Milliseconds.
    function blockTime(PathWord self) internal pure returns (uint256) {
        return (PathWord.unwrap(self) >> _BLOCK_TIME) & type(uint16).max;
    }

    /// @return Milliseconds of blocks that did not come since the beat; zero when more came than were expected.
    function missing(PathWord self) internal view returns (uint256) {
        unchecked {
            uint256 elapsed = (block.timestamp - beatAt(self)) * 1000;
            uint256 expected = (block.number - beatBlock(self)) * blockTime(self);
            return elapsed.zeroFloorSub(expected);
        }
    }

    /// @return Whether the chain stalled since the beat.
    function hasStalled(PathWord self) internal view returns (bool) {
        return missing(self) > STALL;
    }

    /// @return Whether a beat now would change anything.
    function isDue(PathWord self) internal view returns (bool) {
        unchecked {
            return block.timestamp - beatAt(self) >= BEAT_INTERVAL || hasStalled(self);
        }
    }

    /// @return The first second after the grace of the last stall; a stall that no beat has found yet ends now.
    function liquidatableFrom(PathWord self) internal view returns (uint256) {
        unchecked {
            if (hasStalled(self)) return block.timestamp + OracleConstants.GRACE;
            return beatAt(self) + (PathWord.unwrap(self) >> _GRACE_LEFT);
        }
    }

    /// @dev Measured with the block time as it was; `blockTime_` holds from now on and must fit 16 bits.
    function beaten(PathWord self, uint256 blockTime_) internal view returns (PathWord) {
        uint256 until = liquidatableFrom(self);
        uint256 left = until > block.timestamp ? until - block.timestamp : 0;
        return PathWord.wrap(uint256(uint160(PathWord.unwrap(self))) | _beat(blockTime_) | (left << _GRACE_LEFT));
    }

    function withSender(PathWord self, address sender_) internal pure returns (PathWord) {
        return PathWord.wrap((PathWord.unwrap(self) & ~uint256(type(uint160).max)) | uint256(uint160(sender_)));
    }

    function _beat(uint256 blockTime_) private view returns (uint256) {
        return
            (uint256(uint32(block.timestamp)) << _BEAT_AT) |
            (uint256(uint32(block.number)) << _BEAT_BLOCK) |
            (blockTime_ << _BLOCK_TIME);
    }
}
