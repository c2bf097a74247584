// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashLender} from "@openzeppelin/contracts/interfaces/IERC3156FlashLender.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

import {IGuardianPausable} from "../../access/IGuardianPausable.sol";
import {IUTokenAdmin} from "./IUTokenAdmin.sol";
import {IUTokenCore} from "./IUTokenCore.sol";
import {IUTokenExtension} from "./IUTokenExtension.sol";
import {IUTokenHooks} from "./IUTokenHooks.sol";

/// @notice A whole pool, as it answers at its one address.
interface IUToken is
    IERC4626,
    IERC20Permit,
    IERC3156FlashLender,
    IUTokenCore,
    IUTokenExtension,
    IUTokenAdmin,
    IUTokenHooks,
    IGuardianPausable
{
    /// @return The pool's number at the controller.
    function id() external view returns (uint256);

    /// @return The controller that the pool asks.
    function controller() external view returns (address);
}
