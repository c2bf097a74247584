// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IProvisionRegistryCore} from "../../../contracts/compute/interfaces/IProvisionRegistryCore.sol";

/// @notice Says about provisions what it is told: what stake they must keep, when which machine key was theirs, who is absent.
contract SteeredRegistry is IProvisionRegistryCore {
    struct Term {
        address key;
        uint256 from;
        uint256 to;
    }

    mapping(uint256 provisionId => uint256) public requiredStake;
    mapping(uint256 provisionId => bool) public isAbsent;
    mapping(uint256 provisionId => uint256) public timesTurnedOff;
    mapping(uint256 provisionId => Term[]) private _terms;

    function setRequiredStake(uint256 provisionId, uint256 amount) external {
        requiredStake[provisionId] = amount;
    }

    /// @notice `key` is the provision's machine key from now on, and the one before it no longer.
    function setMachineKey(uint256 provisionId, address key) external {
        Term[] storage terms = _terms[provisionId];
        if (terms.length != 0) terms[terms.length - 1].to = block.timestamp;
        terms.push(Term(key, block.timestamp, type(uint256).max));
    }

    function setAbsent(uint256 provisionId, bool absent) external {
        isAbsent[provisionId] = absent;
    }

    function wasMachineKey(uint256 provisionId, address key, uint256 timestamp) external view returns (bool) {
        Term[] storage terms = _terms[provisionId];
        for (uint256 i; i < terms.length; ++i) {
            if (terms[i].key == key && terms[i].from <= timestamp && timestamp < terms[i].to) return true;
        }
        return false;
    }

    function turnOff(uint256 provisionId) external {
        isAbsent[provisionId] = false;
        ++timesTurnedOff[provisionId];
    }
}
