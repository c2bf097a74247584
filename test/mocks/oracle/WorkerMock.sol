// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILayerZeroExecutor} from "@layerzerolabs/lz-evm-messagelib-v2/contracts/interfaces/ILayerZeroExecutor.sol";
import {ILayerZeroDVN} from "@layerzerolabs/lz-evm-messagelib-v2/contracts/uln/interfaces/ILayerZeroDVN.sol";

/// @notice Takes a fee for a job of a verifier or an executor, and does none.
contract WorkerMock is ILayerZeroDVN, ILayerZeroExecutor {
    uint256 public constant FEE = 0.001 ether;

    /// @notice Of the last executor's job.
    bytes public options;

    function assignJob(AssignJobParam calldata, bytes calldata) external payable returns (uint256) {
        return FEE;
    }

    function getFee(uint32, uint64, address, bytes calldata) external pure returns (uint256) {
        return FEE;
    }

    function assignJob(uint32, address, uint256, bytes calldata options_) external returns (uint256) {
        options = options_;
        return FEE;
    }

    function getFee(uint32, address, uint256, bytes calldata) external pure returns (uint256) {
        return FEE;
    }
}
