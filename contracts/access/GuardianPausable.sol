// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {GuardState} from "./GuardState.sol";
import {GuardWord, GuardWordLib} from "./GuardWord.sol";
import {IGuardianPausable} from "./IGuardianPausable.sol";

/// @notice The administration of a pause. Who is guardian and who is governance is the authority's matter.
abstract contract GuardianPausable is AccessManaged, GuardState, IGuardianPausable {
    uint256 public constant MAX_PAUSE = 7 days;
    uint256 public constant MIN_PAUSE_INTERVAL = 72 hours;

    /// @inheritdoc IGuardianPausable
    function pause(uint256 duration) external restricted {
        if (duration == 0 || duration > MAX_PAUSE) revert PauseTooLong(duration, MAX_PAUSE);
        GuardWord guard = _requireUnlocked();
        if (block.timestamp < guard.pauseAllowedAt()) revert PauseTooSoon(guard.pauseAllowedAt());

        uint256 until = block.timestamp + duration;
        _guard = guard.withPause(until, until + MIN_PAUSE_INTERVAL);

        emit Paused(msg.sender, until);
    }

    /// @inheritdoc IGuardianPausable
    function unpause() external restricted {
        GuardWord guard = _requireUnlocked();
        uint256 until = guard.pausedUntil();
        if (block.timestamp >= until || until == GuardWordLib.NEVER) revert NotPaused();

        _guard = guard.withPause(block.timestamp, block.timestamp + MIN_PAUSE_INTERVAL);

        emit Unpaused(msg.sender);
    }

    /// @inheritdoc IGuardianPausable
    function retire() external restricted {
        _guard = _requireUnlocked().withPause(GuardWordLib.NEVER, GuardWordLib.NEVER);

        emit Retired(msg.sender);
    }

    /// @inheritdoc IGuardianPausable
    function pausedUntil() external view returns (uint256) {
        return _guard.pausedUntil();
    }

    /// @inheritdoc IGuardianPausable
    function pauseAllowedAt() external view returns (uint256) {
        return _guard.pauseAllowedAt();
    }
}
