// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A part of a contract that runs by delegatecall only, over the storage and at the address of the contract that
/// passes calls on to it. At its own address it would work on a storage that nobody else reads.
abstract contract ComputeExtension {
    address private immutable _SELF = address(this);

    /// @notice Thrown when an extension is called at its own address.
    error NotThroughCore();

    modifier onlyThroughCore() {
        if (address(this) == _SELF) revert NotThroughCore();
        _;
    }
}
