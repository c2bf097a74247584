// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/src/utils/LibString.sol";

import {Price} from "../../libraries/Price.sol";

/// @notice Amounts and prices as a person reads them: nine significant digits, rounded down.
/// @dev Prices are stored rounded up by less than a 2^-71 part, so rounding down gives back what was typed.
library DecimalText {
    uint256 private constant _LIMIT = 1e9;

    /// @return `value * 10^exponent` as decimal text; as `1.5e-20` where it would need too many zeroes.
    function toText(uint256 value, int256 exponent) internal pure returns (string memory) {
        if (value == 0) return "0";
        while (value >= _LIMIT) (value, exponent) = (value / 10, exponent + 1);
        while (value % 10 == 0) (value, exponent) = (value / 10, exponent + 1);

        string memory digits = LibString.toString(value);
        int256 count = int256(bytes(digits).length);
        int256 whole = count + exponent;
        if (whole > 18 || whole < -8) {
            return string.concat(_pointAfter(digits, 1), "e", LibString.toString(whole - 1));
        }
        if (exponent >= 0) return string.concat(digits, LibString.repeat("0", uint256(exponent)));
        if (whole > 0) return _pointAfter(digits, uint256(whole));
        return string.concat("0.", LibString.repeat("0", uint256(-whole)), digits);
    }

    /// @return Whole bought tokens for one whole sold token.
    function toText(Price price, uint256 sellDecimals, uint256 buyDecimals) internal pure returns (string memory) {
        uint256 mantissa = uint72(Price.unwrap(price));
        int256 exponent = int256(uint256(Price.unwrap(price) >> 72)) - 191;
        // The price lies between 2^(exponent + 71) and twice that; scaled, it has nine to eleven digits.
        int256 scale = 9 - ((exponent + 71) * 30_103) / 100_000;
        uint256 scaled;
        if (scale >= 0) {
            // At most 2^-120 * 10^46: the product stays below 2^226, and the exponent is negative here.
            scaled = (mantissa * 10 ** uint256(scale)) >> uint256(-exponent);
        } else if (exponent >= 0) {
            scaled = (mantissa << uint256(exponent)) / 10 ** uint256(-scale);
        } else {
            scaled = (mantissa / 10 ** uint256(-scale)) >> uint256(-exponent);
        }
        return toText(scaled, int256(sellDecimals) - int256(buyDecimals) - scale);
    }

    function _pointAfter(string memory digits, uint256 whole) private pure returns (string memory) {
        if (bytes(digits).length == whole) return digits;
        return string.concat(LibString.slice(digits, 0, whole), ".", LibString.slice(digits, whole));
    }
}
