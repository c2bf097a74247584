// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "./Vm.sol";

/// @notice Base of the Solidity tests: cheat codes, assertions that say what they found, bounded fuzz inputs.
abstract contract Test {
    /// @dev Marks a contract as a test for Hardhat's runner.
    bool public constant IS_TEST = true;

    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error Unequal(string message, uint256 actual, uint256 expected);
    error UnequalAddress(string message, address actual, address expected);
    error UnequalBytes32(string message, bytes32 actual, bytes32 expected);
    error UnequalString(string message, string actual, string expected);
    error NotAtMost(string message, uint256 actual, uint256 limit);
    error NotAtLeast(string message, uint256 actual, uint256 limit);
    error Untrue(string message);

    /// @dev Targets of an invariant test; each contract fills them in its `setUp`.
    address[] private _targets;

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    function targetContract(address target) internal {
        _targets.push(target);
    }

    function assertEq(uint256 actual, uint256 expected, string memory message) internal pure {
        if (actual != expected) revert Unequal(message, actual, expected);
    }

    function assertEq(address actual, address expected, string memory message) internal pure {
        if (actual != expected) revert UnequalAddress(message, actual, expected);
    }

    function assertEq(bytes32 actual, bytes32 expected, string memory message) internal pure {
        if (actual != expected) revert UnequalBytes32(message, actual, expected);
    }

    function assertEq(bool actual, bool expected, string memory message) internal pure {
        if (actual != expected) revert Untrue(message);
    }

    function assertEq(string memory actual, string memory expected, string memory message) internal pure {
        if (keccak256(bytes(actual)) != keccak256(bytes(expected))) revert UnequalString(message, actual, expected);
    }

    function assertLe(uint256 actual, uint256 limit, string memory message) internal pure {
        if (actual > limit) revert NotAtMost(message, actual, limit);
    }

    function assertGe(uint256 actual, uint256 limit, string memory message) internal pure {
        if (actual < limit) revert NotAtLeast(message, actual, limit);
    }

    function assertTrue(bool condition, string memory message) internal pure {
        if (!condition) revert Untrue(message);
    }

    /// @return `x` folded into `low` to `high`, both included.
    function bound(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        if (x >= low && x <= high) return x;
        if (low == 0 && high == type(uint256).max) return x;
        return low + (x % (high - low + 1));
    }
}
