// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardWord} from "../../access/GuardWord.sol";
import {LendMath} from "./LendMath.sol";
import {PoolConfig} from "./PoolConfig.sol";

/// @notice The kinked curve: what borrowing costs at a utilisation, and by how much a debt grows in a time.
/// @dev A library, so that no pool pays for a call to find its rate. Replacing the model of an asset is replacing its
/// four parameters, within these bounds.
library InterestRateModel {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    uint256 internal constant MAX_BASE_BPS = 10_000;
    uint256 internal constant MAX_SLOPE1_BPS = 20_000;
    uint256 internal constant MAX_SLOPE2_BPS = 100_000;
    uint256 internal constant MIN_KINK_BPS = 1_000;
    uint256 internal constant MAX_KINK_BPS = 9_900;

    uint256 private constant _BPS_IN_WAD = 1e14;
    uint256 private constant _BPS = 10_000;
    uint256 private constant _WAD = 1e18;

    /// @return Which part of what was supplied is lent, 1e18, rounded up.
    function utilisationUp(uint256 cash, uint256 debt) internal pure returns (uint256) {
        unchecked {
            // Cash below 2^96, debt below 2^134.
            return debt == 0 ? 0 : debt.rawMulDivUp(_WAD, cash + debt);
        }
    }

    /// @return What borrowing costs a year, 1e18.
    function ratePerYear(GuardWord config, uint256 utilisation) internal pure returns (uint256) {
        unchecked {
            // Every factor is far below 2^64: a utilisation is at most 1e18.
            uint256 base = config.baseBps() * _BPS_IN_WAD;
            uint256 kink = config.kinkBps();
            uint256 slope1 = config.slope1Bps();
            if (utilisation <= kink * _BPS_IN_WAD) return base + (slope1 * utilisation) / kink;
            uint256 above = utilisation - kink * _BPS_IN_WAD;
            return base + slope1 * _BPS_IN_WAD + (config.slope2Bps() * above) / (_BPS - kink);
        }
    }

    /// @return By what part a debt grows in `elapsed` seconds, 1e18, rounded down: three terms of the exponential.
    function growthDown(uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        unchecked {
            // rate < 2^64 and elapsed < 2^32, so x < 2^72 and its cube < 2^216.
            uint256 x = (rate * elapsed) / 365 days;
            return x + (x * x) / (2 * _WAD) + (x * x * x) / (6 * _WAD * _WAD);
        }
    }
}
