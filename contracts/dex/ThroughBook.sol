// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "./interfaces/IOrderTypes.sol";

/// @notice A part of the order book that runs by delegatecall only. At its own address it would work on a storage of its
/// own, and keep what it is sent.
abstract contract ThroughBook {
    address private immutable _SELF = address(this);

    modifier onlyThroughBook() {
        if (address(this) == _SELF) revert IOrderTypes.NotThroughOrderBook();
        _;
    }
}
