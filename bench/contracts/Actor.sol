// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice An account that makes several calls in one transaction, for the rows that measure a call and not a
/// transaction.
contract Actor {
    struct Call {
        address target;
        bytes data;
    }

    /// @notice Thrown when call `index` reverts.
    error CallFailed(uint256 index, bytes reason);

    function run(Call[] calldata calls) external {
        for (uint256 i; i < calls.length; ++i) {
            // solhint-disable-next-line avoid-low-level-calls
            (bool success, bytes memory reason) = calls[i].target.call(calls[i].data);
            if (!success) revert CallFailed(i, reason);
        }
    }
}
