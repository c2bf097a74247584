// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IGuardianPausable} from "../../access/IGuardianPausable.sol";
import {IOrderCore} from "./IOrderCore.sol";
import {IOrderExtension} from "./IOrderExtension.sol";
import {IOrderMaker} from "./IOrderMaker.sol";

/// @notice The order book as one address shows it: core, extension, ERC-721.
interface IOrderNFT is
    IOrderCore,
    IOrderMaker,
    IOrderExtension,
    IGuardianPausable,
    IERC721Metadata,
    IERC4906,
    IERC721Errors
{}
