// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

/// @notice The storage of OpenZeppelin's `AccessManaged` without its functions: for a core whose administration is in an
/// extension over the same storage. Must come first in the core's bases, as `AccessManaged` does in the extension's.
abstract contract AuthoritySlot {
    /// @dev authority 160 | consuming a scheduled operation 8 (low to high), as in `AccessManaged`.
    uint256 private _authoritySlot;

    constructor(address authority_) {
        _authoritySlot = uint160(authority_);
        emit IAccessManaged.AuthorityUpdated(authority_);
    }
}
