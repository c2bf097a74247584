// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILayerZeroDVN} from "@layerzerolabs/lz-evm-messagelib-v2/contracts/uln/interfaces/ILayerZeroDVN.sol";
import {IReceiveUlnE2} from "@layerzerolabs/lz-evm-messagelib-v2/contracts/uln/interfaces/IReceiveUlnE2.sol";

/// @notice A verifier of LayerZero messages for chains of development: a fixed fee, and one key where a real one has a
/// quorum.
contract DevVerifier is ILayerZeroDVN {
    address public immutable owner;
    uint256 public immutable fee;

    error NotOwner(address caller);

    constructor(address owner_, uint256 fee_) {
        (owner, fee) = (owner_, fee_);
    }

    /// @notice Signs a packet that was sent from the other chain.
    function verify(IReceiveUlnE2 library_, bytes calldata header, bytes32 payloadHash, uint64 confirmations) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);

        library_.verify(header, payloadHash, confirmations);
    }

    /// @dev The owner watches the endpoint's packets; nothing has to be noted here.
    function assignJob(AssignJobParam calldata, bytes calldata) external payable returns (uint256) {
        return fee;
    }

    function getFee(uint32, uint64, address, bytes calldata) external view returns (uint256) {
        return fee;
    }
}
