// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The lowest and highest accepted price of the current bucket of 10 minutes and of the one before, relative to
/// the last accepted answer, in 48 bits.
/// @dev Low to high, 12 bits each, in 1/32768 of the answer: low, high, earlier low, earlier high. Zero: the answer
/// itself. An accepted answer is at most 10 % above the lowest and 10 % below the highest.
library PriceWindow {
    uint256 private constant _UNIT = 32_768;
    uint256 private constant _MASK12 = (1 << 12) - 1;
    /// @dev 1 / 0.9 - 1, which no true distance exceeds, rounded up, and a little for the rounding.
    uint256 private constant _FARTHEST = 3_650;

    /// @param answer the last accepted, not zero
    /// @param window as it was written with it
    /// @param passed buckets since then
    /// @param next the answer to judge, not zero
    /// @return within whether `next` is within 10 % of everything that stood in the two buckets
    /// @return moved the window after `next` is accepted; only meaningful if `within`
    function move(
        uint256 answer,
        uint256 window,
        uint256 passed,
        uint256 next
    ) internal pure returns (bool within, uint256 moved) {
        if (window == 0 || passed > 1) return _moveFrom(answer, next);
        // The same price again, as a heartbeat brings it, moves nothing.
        if (next == answer && passed == 0) return (true, window);

        unchecked {
            // What stands at the beginning of a bucket counts in it.
            (uint256 low, uint256 high) = passed == 0 ? _pair(answer, window) : (answer, answer);
            (uint256 earlierLow, uint256 earlierHigh) = _pair(answer, passed == 0 ? window >> 24 : window);

            // The last answer was within, so a fall cannot be too far above the lowest, whatever rounding says.
            within =
                next < answer
                    ? next * 10 >= (high > earlierHigh ? high : earlierHigh) * 9
                    : next == answer || next * 10 <= (low < earlierLow ? low : earlierLow) * 11;
            if (!within) return (false, 0);

            if (next < low) low = next;
            if (next > high) high = next;
            moved = _distances(next, low, high) | (_distances(next, earlierLow, earlierHigh) << 24);
        }
    }

    /// @dev The last answer is all that stood in the two buckets.
    function _moveFrom(uint256 answer, uint256 next) private pure returns (bool within, uint256 moved) {
        if (!agree(answer, next)) return (false, 0);

        unchecked {
            uint256 distances = _distances(next, answer, answer);
            moved = distances | (distances << 24);
            within = true;
        }
    }

    /// @return Whether `next` is at most 10 % above `answer` and at most 10 % below it. Both below 2^128.
    function agree(uint256 answer, uint256 next) internal pure returns (bool) {
        unchecked {
            // Below nine tenths the difference wraps round and is larger than everything.
            return next * 10 - answer * 9 <= answer * 2;
        }
    }

    /// @dev The low rounds down and the high up: the clamp may become tighter, never wider.
    function _pair(uint256 answer, uint256 distances) private pure returns (uint256 low, uint256 high) {
        unchecked {
            low = (answer * (_UNIT - (distances & _MASK12))) / _UNIT;
            high = (answer * (_UNIT + ((distances >> 12) & _MASK12)) + _UNIT - 1) / _UNIT;
        }
    }

    /// @dev Both distances round up. A low above `next`, or a high below it, counts as `next`: it is then not the bound.
    function _distances(uint256 next, uint256 low, uint256 high) private pure returns (uint256) {
        unchecked {
            uint256 below = low < next ? _capped(((next - low) * _UNIT + next - 1) / next) : 0;
            uint256 above = high > next ? _capped(((high - next) * _UNIT + next - 1) / next) : 0;
            return below | (above << 12);
        }
    }

    /// @dev Rounding adds up over many messages; the true distance never passes the cap.
    function _capped(uint256 distance) private pure returns (uint256) {
        return distance < _FARTHEST ? distance : _FARTHEST;
    }
}
