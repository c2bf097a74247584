// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Whether a LayerZero application's path is secured as this project asks: two or more required verifiers that
/// the application chose itself, in a message library that it chose itself. Nobody else can then change either.
interface IVerifierCheck {
    /// @notice Thrown when the application requires fewer than `least` verifiers of its own choice.
    error TooFewDVNs(address oapp, uint32 eid, uint256 count, uint256 least);
    /// @notice Thrown when the path uses LayerZero's default library, which LayerZero can change.
    error DefaultLibrary(address oapp, uint32 eid);
    /// @notice Thrown when a former library may still deliver until `expiry`: a block number.
    error FormerLibrary(address oapp, uint32 eid, address library_, uint256 expiry);

    /// @notice Reverts unless what `oapp` receives from `eid` is secured.
    /// @return requiredDVNs who must sign
    function checkReceiver(address oapp, uint32 eid) external view returns (address[] memory requiredDVNs);

    /// @notice Reverts unless what `oapp` sends to `eid` is secured.
    /// @return requiredDVNs who must sign
    function checkSender(address oapp, uint32 eid) external view returns (address[] memory requiredDVNs);
}
