// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PlainToken} from "./PlainToken.sol";

/// @notice The plain token for those who ask a token for its decimals: lending counts in whole tokens.
contract SixDecimalToken is PlainToken {
    constructor(string memory name_, string memory symbol_) PlainToken(name_, symbol_) {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
