// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What collectors ask of the signer registry.
interface ISignerRegistryCore {
    /// @notice Whether a statement that `signer` stamped at `timestamp` (seconds) for a collection of `kind` binds `payer`
    /// now. The signature itself is the caller's to check; a payer binds itself without being asked for here.
    function binds(address payer, address signer, uint256 timestamp, uint256 kind) external view returns (bool);
}
