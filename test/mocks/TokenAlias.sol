// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {HostileToken} from "./HostileToken.sol";

/// @notice A second address of the same balances: what "double-entry" tokens have.
contract TokenAlias {
    HostileToken private immutable _TOKEN;

    constructor(HostileToken token) {
        _TOKEN = token;
    }

    function balanceOf(address account) external view returns (uint256) {
        return _TOKEN.balanceOf(account);
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        _TOKEN.approveFor(msg.sender, spender, amount);
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _TOKEN.transferFor(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _TOKEN.transferFromFor(msg.sender, from, to, amount);
        return true;
    }
}
