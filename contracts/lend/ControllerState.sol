// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardState} from "../access/GuardState.sol";
import {IPriceOracle} from "../oracle/interfaces/IPriceOracle.sol";
import {ILendControllerTypes} from "./interfaces/ILendControllerTypes.sol";
import {AccountBits} from "./libraries/AccountBits.sol";
import {AssetWord} from "./libraries/AssetWord.sol";

/// @notice The storage of the controller. Its guard word is a lock over liquidations and batch loans; it has no pause of
/// its own, each pool has one.
abstract contract ControllerState is GuardState, ILendControllerTypes {
    IPriceOracle internal immutable _ORACLE;

    mapping(address account => AccountBits) internal _bits;
    mapping(uint256 id => AssetWord) internal _assets;
    uint256 internal _assetCount;
    address internal _treasury;

    constructor(IPriceOracle oracle_) {
        _ORACLE = oracle_;
    }
}
