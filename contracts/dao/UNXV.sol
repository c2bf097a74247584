// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title UNXV, the token that providers stake and the DAO locks
/// @notice One billion for ever, 18 decimals, ERC-2612. It has no votes: they come from the lock. No owner, no mint.
contract UNXV is ERC20Permit {
    uint256 public constant SUPPLY = 1_000_000_000e18;

    /// @param recipient receives all of it
    constructor(address recipient) ERC20("unxversal", "UNXV") ERC20Permit("unxversal") {
        _mint(recipient, SUPPLY);
    }
}
