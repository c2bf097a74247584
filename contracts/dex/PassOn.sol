// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PassTo} from "../libraries/PassTo.sol";

/// @notice Passes every call that a contract does not know to one other, which is fixed at deployment.
abstract contract PassOn is PassTo {
    address private immutable _NEXT;

    constructor(address next) {
        _NEXT = next;
    }

    /// @dev For the end of a fallback: does not return.
    function _passOn() internal {
        _passTo(_NEXT);
    }
}
