// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Says how much stake a provision must keep, as it is told.
contract SteeredRegistry {
    mapping(uint256 provisionId => uint256) public requiredStake;

    function setRequiredStake(uint256 provisionId, uint256 amount) external {
        requiredStake[provisionId] = amount;
    }
}
