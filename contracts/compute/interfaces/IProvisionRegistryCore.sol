// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What other contracts of the marketplace ask of the provision registry.
interface IProvisionRegistryCore {
    /// @return The stake (units of UNXV) that a provision must keep now: its tier's minimum while it is started or
    /// running, else zero.
    function requiredStake(uint256 provisionId) external view returns (uint256);

    /// @return Whether `key` was the provision's machine key at `timestamp` (seconds).
    function wasMachineKey(uint256 provisionId, address key, uint256 timestamp) external view returns (bool);

    /// @return Whether the provision runs, owes heartbeats and sent none for the limit of 60 minutes.
    function isAbsent(uint256 provisionId) external view returns (bool);

    /// @notice Ends the provision's run for a fault, without a drain.
    /// @dev Dispute manager only.
    function turnOff(uint256 provisionId) external;
}
