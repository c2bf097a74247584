// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IPriceOracle} from "./IPriceOracle.sol";
import {IPriceSources} from "./IPriceSources.sol";

/// @notice The whole oracle, as it answers at its one address.
interface IWholePriceOracle is IPriceOracle, IPriceSources, IAccessManaged {}
