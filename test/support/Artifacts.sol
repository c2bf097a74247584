// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "./Vm.sol";

/// @notice Deploys contracts from the artifacts of the build: what is tested is the code that goes live, and tests are
/// compiled without it, and without the optimizer.
library Artifacts {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error NotDeployed(string artifact);

    /// @param artifact such as "contracts/dex/OrderNFT.sol:OrderNFT"
    /// @param arguments of the constructor, ABI-encoded
    function deploy(string memory artifact, bytes memory arguments) internal returns (address at) {
        bytes memory code = abi.encodePacked(VM.getCode(artifact), arguments);
        assembly ("memory-safe") {
            at := create(0, add(code, 0x20), mload(code))
            // What the constructor reverted with is what the test wants to see.
            if and(iszero(at), gt(returndatasize(), 0)) {
                let memory_ := mload(0x40)
                returndatacopy(memory_, 0, returndatasize())
                revert(memory_, returndatasize())
            }
        }
        if (at == address(0)) revert NotDeployed(artifact);
    }
}
