// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {Price} from "./Price.sol";

/// @notice Making prices and turning them round: what periphery and tests need, and no hot path.
library PriceMath {
    /// @notice Thrown when no price can say `buyAmount` for `sellAmount`.
    error PriceOutOfRange(uint256 buyAmount, uint256 sellAmount);

    /// @return The least price at which `sellAmount` units cost at least `buyAmount` units.
    /// @dev Both below 2^128. mantissa = ceil(buy * 2^k / sell) with k such that the mantissa has 72 bits.
    function fromAmountsUp(uint256 buyAmount, uint256 sellAmount) internal pure returns (Price) {
        if (buyAmount == 0 || sellAmount == 0 || buyAmount >> 128 != 0 || sellAmount >> 128 != 0) {
            revert PriceOutOfRange(buyAmount, sellAmount);
        }
        int256 k = 72 + int256(FixedPointMathLib.log2(sellAmount)) - int256(FixedPointMathLib.log2(buyAmount));
        uint256 mantissa = _scaledUp(buyAmount, sellAmount, k);
        if (mantissa >> 72 != 0) mantissa = _scaledUp(buyAmount, sellAmount, --k);
        // Rounding up can carry into the next power of two.
        if (mantissa >> 72 != 0) (mantissa, k) = (mantissa >> 1, k - 1);
        // value = mantissa * 2^-k = mantissa * 2^(exponent - 191)
        int256 exponent = 191 - k;
        if (exponent < 0 || exponent > 255) revert PriceOutOfRange(buyAmount, sellAmount);
        return Price.wrap(uint80((uint256(exponent) << 72) | mantissa));
    }

    /// @return The most units of the sold token, up to `cap`, that cost at most `budget`.
    function amountDown(Price price, uint256 budget, uint256 cap) internal pure returns (uint256) {
        return price.costUp(cap) <= budget ? cap : price.amountDown(budget);
    }

    function _scaledUp(uint256 buyAmount, uint256 sellAmount, int256 k) private pure returns (uint256) {
        return
            k >= 0
                ? FixedPointMathLib.fullMulDivUp(buyAmount, 1 << uint256(k), sellAmount)
                : FixedPointMathLib.divUp(buyAmount, sellAmount << uint256(-k));
    }
}
