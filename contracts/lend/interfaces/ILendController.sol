// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IControllerAdmin} from "./IControllerAdmin.sol";
import {ILendControllerCore} from "./ILendControllerCore.sol";
import {ILiquidations} from "./ILiquidations.sol";

/// @notice The whole controller, as it answers at its one address.
interface ILendController is ILendControllerCore, ILiquidations, IControllerAdmin {}
