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
    function readAttribute(address didAccount, bytes calldata name) external view returns (Attribute memory) {
        _requireThere(didAccount, name);
        return _attributes[didAccount][name];
    }

    /// @inheritdoc IPeaqDid
    function addAttribute(
        address didAccount,
        bytes calldata name,
        bytes calldata value,
        uint32 validityFor
    ) external returns (bool) {
        _requireName(name);
        require(!_isThere(didAccount, name), "AttributeAlreadyExist");
        uint32 validity = _validity(validityFor);
        _attributes[didAccount][name] = Attribute(name, value, validity, block.timestamp * 1000);
        _holders[didAccount][name] = msg.sender;
        emit AddAttribute(msg.sender, didAccount, name, value, validityFor);
        return true;
    }

    /// @inheritdoc IPeaqDid
    function updateAttribute(
        address didAccount,
        bytes calldata name,
        bytes calldata value,
        uint32 validityFor
    ) external returns (bool) {
        _requireHolder(didAccount, name);
        Attribute storage attribute = _attributes[didAccount][name];
        (attribute.value, attribute.validity) = (value, _validity(validityFor));
        emit UpdateAttribute(msg.sender, didAccount, name, value, validityFor);
        return true;
    }

    /// @inheritdoc IPeaqDid
    function removeAttribute(address didAccount, bytes calldata name) external returns (bool) {
        _requireHolder(didAccount, name);
        delete _attributes[didAccount][name];
        delete _holders[didAccount][name];
        emit RemoveAttribte(didAccount, name);
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
