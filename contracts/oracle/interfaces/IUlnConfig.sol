// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The part of LayerZero's message libraries that knows an application's verifiers.
interface IUlnConfig {
    /// @param confirmations blocks of the source chain
    /// @param requiredDVNCount zero: the default; 255: none
    struct UlnConfig {
        uint64 confirmations;
        uint8 requiredDVNCount;
        uint8 optionalDVNCount;
        uint8 optionalDVNThreshold;
        address[] requiredDVNs;
        address[] optionalDVNs;
    }

    /// @return What the application set itself, without LayerZero's defaults.
    function getAppUlnConfig(address oapp, uint32 eid) external view returns (UlnConfig memory);
}
