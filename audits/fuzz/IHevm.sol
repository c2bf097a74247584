// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @dev The cheat codes that the harnesses need; Echidna, Medusa and Hardhat have them at Foundry's address.
interface IHevm {
    function warp(uint256 timestamp) external;
    function roll(uint256 blockNumber) external;
}

IHevm constant HEVM = IHevm(address(uint160(uint256(keccak256("hevm cheat code")))));
