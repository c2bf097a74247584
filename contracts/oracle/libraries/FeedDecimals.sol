// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Answers of any decimals up to `MAX` in 1e18. Answers must be below 2^128.
library FeedDecimals {
    uint256 internal constant MAX = 27;
    uint256 private constant _WAD_DECIMALS = 18;

    /// @dev The low rounds down, the high up: one conversion for two answers of a feed.
    function toWad(uint256 low, uint256 high, uint256 decimals) internal pure returns (uint256, uint256) {
        unchecked {
            if (decimals <= _WAD_DECIMALS) {
                uint256 scale = 10 ** (_WAD_DECIMALS - decimals);
                return (low * scale, high * scale);
            }
            uint256 unit = 10 ** (decimals - _WAD_DECIMALS);
            return (low / unit, (high + unit - 1) / unit);
        }
    }

    /// @dev Rounds down.
    function toWadDown(uint256 answer, uint256 decimals) internal pure returns (uint256) {
        unchecked {
            if (decimals <= _WAD_DECIMALS) return answer * 10 ** (_WAD_DECIMALS - decimals);
            return answer / 10 ** (decimals - _WAD_DECIMALS);
        }
    }
}
