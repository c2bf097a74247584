// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "./interfaces/IUTokenTypes.sol";

/// @notice A part of a pool or of the controller that runs by delegatecall only. At its own address it would work on a
/// storage of its own.
abstract contract ThroughCore {
    address private immutable _SELF = address(this);

    modifier onlyThroughCore() {
        if (address(this) == _SELF) revert IUTokenTypes.NotThroughCore();
        _;
    }
}
