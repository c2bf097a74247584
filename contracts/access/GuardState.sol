// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardWord, GuardWordLib} from "./GuardWord.sol";
import {IGuardianPausable} from "./IGuardianPausable.sol";

/// @notice Lock, pause and fee in one word, for a protocol whose entry points may be spread over several contracts
/// that share one storage. Administration is in `GuardianPausable`.
abstract contract GuardState {
    /// @dev Never zero, or every lock would pay for a fresh slot.
    GuardWord internal _guard = GuardWordLib.OPEN;

    /// @dev Takes the lock and returns the word as it was, for `_unlock` to put back. Putting back the original value
    /// is what makes the lock cheap: the refund covers most of both writes.
    function _lock() internal returns (GuardWord guard) {
        guard = _guard;
        if (guard.isLocked()) revert IGuardianPausable.Reentrancy();

        _guard = guard.locked();
    }

    function _unlock(GuardWord guard) internal {
        _guard = guard;
    }

    /// @dev For entry points that make no call: they need no lock of their own, but must respect one.
    function _requireUnlocked() internal view returns (GuardWord guard) {
        guard = _guard;
        if (guard.isLocked()) revert IGuardianPausable.Reentrancy();
    }

    function _requireNotPaused(GuardWord guard) internal view {
        uint256 until = guard.pausedUntil();
        if (block.timestamp < until) revert IGuardianPausable.ProtocolPaused(until);
    }
}
