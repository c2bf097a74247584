// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The one storage word that a protocol reads on every entry: reentrancy lock, pause and fee.
/// @dev Low to high: locked 1 | always set 1 | free 6 | pausedUntil 40 | pauseAllowedAt 40 | fee 16 | free 152.
/// A pause that never ends (`NEVER`) marks a retired protocol.
type GuardWord is uint256;

using GuardWordLib for GuardWord global;

library GuardWordLib {
    uint256 internal constant NEVER = type(uint40).max;
    /// @dev A new protocol: unlocked, not paused, no fee.
    GuardWord internal constant OPEN = GuardWord.wrap(2);

    uint256 private constant _LOCKED = 1;
    uint256 private constant _PAUSED_UNTIL = 8;
    uint256 private constant _PAUSE_ALLOWED_AT = 48;
    uint256 private constant _FEE = 88;
    uint256 private constant _MASK40 = type(uint40).max;
    uint256 private constant _MASK16 = type(uint16).max;

    function isLocked(GuardWord self) internal pure returns (bool) {
        return GuardWord.unwrap(self) & _LOCKED != 0;
    }

    function locked(GuardWord self) internal pure returns (GuardWord) {
        return GuardWord.wrap(GuardWord.unwrap(self) | _LOCKED);
    }

    /// @return The first second at which the protocol is not paused.
    function pausedUntil(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _PAUSED_UNTIL) & _MASK40;
    }

    /// @return The first second at which the guardian may pause again.
    function pauseAllowedAt(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _PAUSE_ALLOWED_AT) & _MASK40;
    }

    /// @return The protocol's fee, in millionths.
    function fee(GuardWord self) internal pure returns (uint256) {
        return (GuardWord.unwrap(self) >> _FEE) & _MASK16;
    }

    /// @dev `until` and `allowedAt` must fit 40 bits.
    function withPause(GuardWord self, uint256 until, uint256 allowedAt) internal pure returns (GuardWord) {
        uint256 cleared = GuardWord.unwrap(self) & ~((_MASK40 << _PAUSED_UNTIL) | (_MASK40 << _PAUSE_ALLOWED_AT));
        return GuardWord.wrap(cleared | (until << _PAUSED_UNTIL) | (allowedAt << _PAUSE_ALLOWED_AT));
    }

    /// @dev `newFee` must fit 16 bits.
    function withFee(GuardWord self, uint256 newFee) internal pure returns (GuardWord) {
        return GuardWord.wrap((GuardWord.unwrap(self) & ~(_MASK16 << _FEE)) | (newFee << _FEE));
    }
}
