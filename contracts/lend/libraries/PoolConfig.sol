// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardWord} from "../../access/GuardWord.sol";

/// @notice A pool's parameters, in the free upper bits of its guard word: one read serves lock, pause, fee and these.
/// @dev From bit 104, low to high: base 14 | slope 1 16 | slope 2 18 | kink 14 | reserve factor 12 | supply cap 39 |
/// borrow cap 39. Rates and shares in basis points, rates a year; caps in whole tokens.
library PoolConfig {
    uint256 internal constant MAX_CAP = (1 << 39) - 1;

    uint256 private constant _BASE = 104;
    uint256 private constant _SLOPE1 = 118;
    uint256 private constant _SLOPE2 = 134;
    uint256 private constant _KINK = 152;
    uint256 private constant _RESERVE_FACTOR = 166;
    uint256 private constant _SUPPLY_CAP = 178;
    uint256 private constant _BORROW_CAP = 217;
    uint256 private constant _CURVE_MASK = (1 << 62) - 1;

    /// @dev For a lock that was taken in an earlier call.
    function unlocked(GuardWord self) internal pure returns (GuardWord) {
        return GuardWord.wrap(GuardWord.unwrap(self) & ~uint256(1));
    }

    function baseBps(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _BASE) & 0x3fff;
    }

    function slope1Bps(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _SLOPE1) & 0xffff;
    }

    function slope2Bps(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _SLOPE2) & 0x3ffff;
    }

    function kinkBps(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _KINK) & 0x3fff;
    }

    function reserveFactorBps(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _RESERVE_FACTOR) & 0xfff;
    }

    function supplyCap(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _SUPPLY_CAP) & MAX_CAP;
    }

    function borrowCap(GuardWord self) internal pure returns (uint256) {
        return GuardWord.unwrap(self) >> _BORROW_CAP;
    }

    /// @dev Every argument must fit its bits.
    function withCurve(
        GuardWord self,
        uint256 base,
        uint256 slope1,
        uint256 slope2,
        uint256 kink
    ) internal pure returns (GuardWord) {
        uint256 cleared = GuardWord.unwrap(self) & ~(_CURVE_MASK << _BASE);
        return GuardWord.wrap(cleared | (base << _BASE) | (slope1 << _SLOPE1) | (slope2 << _SLOPE2) | (kink << _KINK));
    }

    /// @dev `factor` must fit 12 bits.
    function withReserveFactor(GuardWord self, uint256 factor) internal pure returns (GuardWord) {
        uint256 cleared = GuardWord.unwrap(self) & ~(uint256(0xfff) << _RESERVE_FACTOR);
        return GuardWord.wrap(cleared | (factor << _RESERVE_FACTOR));
    }

    /// @dev Each cap at most `MAX_CAP`.
    function withCaps(GuardWord self, uint256 supply, uint256 borrow) internal pure returns (GuardWord) {
        uint256 kept = GuardWord.unwrap(self) & ((1 << _SUPPLY_CAP) - 1);
        return GuardWord.wrap(kept | (supply << _SUPPLY_CAP) | (borrow << _BORROW_CAP));
    }
}
