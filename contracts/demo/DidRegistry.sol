// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// What the node names with words cannot be custom errors here.
// solhint-disable gas-custom-errors, reason-string

import {IPeaqDid} from "../compute/interfaces/IPeaqDid.sol";

/// @notice Stands in for peaq's DID precompile where there is none: its code is put at the precompile's address on local
/// chains. Behaves as peaq's node does: names are at most 64 bytes, the first writer of a name holds it, whoever's DID it is,
/// and nothing is checked on reading.
/// @dev Has no constructor and no immutables, so that its code can be put anywhere.
contract DidRegistry is IPeaqDid {
    uint256 private constant _MAX_NAME = 64;

    mapping(address account => mapping(bytes name => Attribute)) private _attributes;
    mapping(address account => mapping(bytes name => address)) private _holders;

    /// @inheritdoc IPeaqDid
    function readAttribute(address did_account, bytes calldata name) external view returns (Attribute memory) {
        _requireThere(did_account, name);
        return _attributes[did_account][name];
    }

    /// @inheritdoc IPeaqDid
    function addAttribute(
        address did_account,
        bytes calldata name,
        bytes calldata value,
        uint32 validity_for
    ) external returns (bool) {
        _requireName(name);
        require(!_isThere(did_account, name), "AttributeAlreadyExist");
        uint32 validity = _validity(validity_for);
        _attributes[did_account][name] = Attribute(name, value, validity, block.timestamp * 1000);
        _holders[did_account][name] = msg.sender;
        emit AddAttribute(msg.sender, did_account, name, value, validity_for);
        return true;
    }

    /// @inheritdoc IPeaqDid
    function updateAttribute(
        address did_account,
        bytes calldata name,
        bytes calldata value,
        uint32 validity_for
    ) external returns (bool) {
        _requireHolder(did_account, name);
        Attribute storage attribute = _attributes[did_account][name];
        (attribute.value, attribute.validity) = (value, _validity(validity_for));
        emit UpdateAttribute(msg.sender, did_account, name, value, validity_for);
        return true;
    }

    /// @inheritdoc IPeaqDid
    function removeAttribute(address did_account, bytes calldata name) external returns (bool) {
        _requireHolder(did_account, name);
        delete _attributes[did_account][name];
        delete _holders[did_account][name];
        emit RemoveAttribte(did_account, name);
        return true;
    }

    function _requireName(bytes calldata name) private pure {
        require(name.length <= _MAX_NAME, "AttributeNameExceedMax64");
    }

    function _requireHolder(address account, bytes calldata name) private view {
        _requireName(name);
        require(_holders[account][name] == msg.sender, "AttributeAuthorizationFailed");
    }

    function _requireThere(address account, bytes calldata name) private view {
        require(_isThere(account, name), "Cannot find the item");
    }

    function _isThere(address account, bytes calldata name) private view returns (bool) {
        return _attributes[account][name].created != 0;
    }

    function _validity(uint32 blocks) private view returns (uint32) {
        if (blocks == 0) return type(uint32).max;
        uint256 validity = block.number + blocks;
        require(validity <= type(uint32).max, "MaxBlockNumberExceeded");
        return uint32(validity);
    }
}
