// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SetConfigParam} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/IMessageLibManager.sol";

import {IUlnConfig} from "../interfaces/IUlnConfig.sol";

/// @notice What LayerZero's message libraries take as configuration.
library UlnSettings {
    /// @dev A bridge with one verifier is a bridge with one key.
    uint256 internal constant LEAST_DVNS = 2;

    uint32 private constant _EXECUTOR = 1;
    uint32 private constant _ULN = 2;
    /// @dev Zero would mean LayerZero's default.
    uint8 private constant _NONE = type(uint8).max;

    /// @notice Verifiers of a path, and nobody else: no count is left to a default.
    function verifiers(
        uint32 eid,
        uint64 confirmations,
        address[] memory requiredDVNs,
        address[] memory optionalDVNs,
        uint8 optionalThreshold
    ) internal pure returns (SetConfigParam memory) {
        IUlnConfig.UlnConfig memory config = IUlnConfig.UlnConfig({
            confirmations: confirmations,
            requiredDVNCount: uint8(requiredDVNs.length),
            optionalDVNCount: optionalDVNs.length == 0 ? _NONE : uint8(optionalDVNs.length),
            optionalDVNThreshold: optionalThreshold,
            requiredDVNs: requiredDVNs,
            optionalDVNs: optionalDVNs
        });
        return SetConfigParam(eid, _ULN, abi.encode(config));
    }

    function executor(
        uint32 eid,
        uint32 maxMessageSize,
        address executor_
    ) internal pure returns (SetConfigParam memory) {
        return SetConfigParam(eid, _EXECUTOR, abi.encode(maxMessageSize, executor_));
    }

    /// @return How many verifiers the application itself requires; zero for defaults and for none.
    function requiredOf(IUlnConfig.UlnConfig memory config) internal pure returns (uint256) {
        return config.requiredDVNCount == _NONE ? 0 : config.requiredDVNCount;
    }
}
