// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A price: units of the bought token for one unit of the sold token, as a float of 80 bits.
/// @dev exponent 8 | mantissa 72, value = mantissa * 2^(exponent - 191), the mantissa's top bit always set. With it
/// set, prices compare as plain integers, and rounding one up costs at most a 2^-71 part of it. The range, 2^-120 to
/// 2^136, covers a token without decimals against one with 27 in either direction.
type Price is uint80;

using PriceLib for Price global;

library PriceLib {
    uint256 private constant _MANTISSA_BITS = 72;
    uint256 private constant _MANTISSA_MASK = (1 << 72) - 1;
    uint256 private constant _TOP_BIT = 1 << 71;

    /// @return Whether the mantissa's top bit is set. Zero is not a price.
    function isNormalised(Price self) internal pure returns (bool) {
        return Price.unwrap(self) & _TOP_BIT != 0;
    }

    /// @notice What `amount` units cost, rounded up: in favour of who sells.
    /// @dev Cannot overflow for `amount` < 2^96: 96 + 72 + 64 bits before the shift, and one more in the rounding.
    function costUp(Price self, uint256 amount) internal pure returns (uint256) {
        unchecked {
            (uint256 mantissa, uint256 shift) = _split(self);
            return (((amount * mantissa) << 64) + (1 << shift) - 1) >> shift;
        }
    }

    /// @notice The most units that `budget` pays for, rounded down: `costUp` of the result is at most `budget`.
    /// @dev `budget` must be below `costUp(2^96)`, as it is wherever an order costs more than the budget. The product
    /// then stays below 2^232.
    function amountDown(Price self, uint256 budget) internal pure returns (uint256) {
        unchecked {
            (uint256 mantissa, uint256 shift) = _split(self);
            return shift < 64 ? budget / (mantissa << (64 - shift)) : (budget << (shift - 64)) / mantissa;
        }
    }

    function _split(Price self) private pure returns (uint256 mantissa, uint256 shift) {
        mantissa = Price.unwrap(self) & _MANTISSA_MASK;
        shift = 255 - (Price.unwrap(self) >> _MANTISSA_BITS);
    }
}
