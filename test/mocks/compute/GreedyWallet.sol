// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A wallet whose answer to a signature costs all gas it is given, or is endless.
contract GreedyWallet {
    bool public immutable isLoop;

    constructor(bool isLoop_) {
        isLoop = isLoop_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        if (isLoop) while (true) {}
        assembly {
            return(0, 0x20000)
        }
    }
}
