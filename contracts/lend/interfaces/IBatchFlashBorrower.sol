// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a borrower of several flash loans at once implements.
interface IBatchFlashBorrower {
    /// @notice Called once all loans have arrived. `amounts[i] + fees[i]` is pulled from this contract afterwards.
    /// @return This function's selector.
    function onBatchFlashLoan(
        address initiator,
        address[] calldata assets,
        uint256[] calldata amounts,
        uint256[] calldata fees,
        bytes calldata data
    ) external returns (bytes4);
}
