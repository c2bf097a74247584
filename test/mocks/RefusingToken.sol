// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../contracts/demo/DemoToken.sol";

/// @notice A token whose issuer can refuse receivers, as issuers of real ones do.
contract RefusingToken is DemoToken {
    mapping(address account => bool) public refused;

    error Refused(address account);

    constructor(string memory name_, string memory symbol_, uint8 decimals_) DemoToken(name_, symbol_, decimals_) {}

    function setRefused(address account, bool isRefused) external {
        refused[account] = isRefused;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (refused[to]) revert Refused(to);
        super._update(from, to, amount);
    }
}
