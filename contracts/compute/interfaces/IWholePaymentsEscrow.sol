// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IGuardianPausable} from "../../access/IGuardianPausable.sol";
import {IPaymentsEscrow} from "./IPaymentsEscrow.sol";

/// @notice The whole escrow, as it answers at its one address: core, extension, pause.
interface IWholePaymentsEscrow is IPaymentsEscrow, IGuardianPausable, IAccessManaged {}
