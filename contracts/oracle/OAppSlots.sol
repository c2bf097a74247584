// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ILayerZeroEndpointV2} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";

/// @notice The storage of LayerZero's `OAppCore` without its functions: for a core whose owner acts through an extension
/// over the same storage. Must come first in the core's bases, as `OAppCore` does in the extension's.
abstract contract OAppSlots {
    /// @dev Of OpenZeppelin's `Ownable`.
    address private _owner;
    mapping(uint32 eid => bytes32) private _peers;

    ILayerZeroEndpointV2 internal immutable _ENDPOINT;

    constructor(ILayerZeroEndpointV2 endpoint_, address owner_) {
        if (owner_ == address(0)) revert Ownable.OwnableInvalidOwner(owner_);
        (_ENDPOINT, _owner) = (endpoint_, owner_);
        emit Ownable.OwnershipTransferred(address(0), owner_);
        endpoint_.setDelegate(owner_);
    }
}
