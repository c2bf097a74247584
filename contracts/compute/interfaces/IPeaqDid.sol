// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice peaq's DID precompile at 0x0000000000000000000000000000000000000800, as its node answers.
/// @dev An attribute is named by account and name, and held by whoever wrote it first, be that the account or not.
interface IPeaqDid {
    /// @param validity the block until which it is meant to hold; reading does not check it
    /// @param created milliseconds
    struct Attribute {
        bytes name;
        bytes value;
        uint32 validity;
        uint256 created;
    }

    event AddAttribute(address sender, address didAccount, bytes name, bytes value, uint32 validity);
    event UpdateAttribute(address sender, address didAccount, bytes name, bytes value, uint32 validity);
    event RemoveAttribte(address didAccount, bytes name);

    /// @notice Reverts where there is none.
    function readAttribute(address didAccount, bytes calldata name) external view returns (Attribute memory);

    /// @notice Reverts where there is one.
    /// @param validityFor blocks from now; zero for ever
    function addAttribute(
        address didAccount,
        bytes calldata name,
        bytes calldata value,
        uint32 validityFor
    ) external returns (bool);

    /// @notice Reverts unless the caller added it.
    function updateAttribute(
        address didAccount,
        bytes calldata name,
        bytes calldata value,
        uint32 validityFor
    ) external returns (bool);

    /// @notice Reverts unless the caller added it.
    function removeAttribute(address didAccount, bytes calldata name) external returns (bool);
}
