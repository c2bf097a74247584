// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {HostileReceiver} from "./HostileReceiver.sol";

/// @notice An account of the invariant tests: a contract, so that no cheat code is needed to act as it, that signs
/// (ERC-1271) what it was told to sign.
contract BookActor is HostileReceiver, IERC1271 {
    mapping(bytes32 hash => bool) public signs;

    function sign(bytes32 hash) external {
        signs[hash] = true;
    }

    /// @notice As `execute`, but says whether the call went through instead of passing its reversion on.
    function attempt(address target, bytes calldata data) external returns (bool success, bytes memory result) {
        return target.call(data);
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        return signs[hash] ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
