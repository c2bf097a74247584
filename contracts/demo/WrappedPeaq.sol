// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {WETH} from "solady/src/tokens/WETH.sol";

/// @notice The wrapped coin of local chains, where none is deployed yet.
contract WrappedPeaq is WETH {
    function name() public pure override returns (string memory) {
        return "Wrapped PEAQ";
    }

    function symbol() public pure override returns (string memory) {
        return "WPEAQ";
    }
}
