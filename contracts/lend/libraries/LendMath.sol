// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

/// @notice Divisions that say which way they round. The product must fit 256 bits, or they revert; the raw ones leave that to
/// who calls them.
library LendMath {
    uint256 internal constant WAD = 1e18;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant MILLION = 1e6;

    function mulDivDown(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return FixedPointMathLib.mulDiv(x, y, d);
    }

    function mulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return FixedPointMathLib.mulDivUp(x, y, d);
    }

    /// @dev For a product that is known to fit and a divisor that is not zero: checks neither.
    function rawMulDivDown(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        unchecked {
            return FixedPointMathLib.rawDiv(x * y, d);
        }
    }

    /// @dev As `rawMulDivDown`; the product and the divisor together must fit.
    function rawMulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        unchecked {
            return FixedPointMathLib.rawDiv(x * y + d - 1, d);
        }
    }

    function min(uint256 x, uint256 y) internal pure returns (uint256) {
        return FixedPointMathLib.min(x, y);
    }

    /// @return x - y, or zero.
    function minusOrZero(uint256 x, uint256 y) internal pure returns (uint256) {
        return FixedPointMathLib.zeroFloorSub(x, y);
    }
}
