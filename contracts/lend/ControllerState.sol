// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardState} from "../access/GuardState.sol";
import {StaticRead} from "../libraries/StaticRead.sol";
import {IPriceOracle} from "../oracle/interfaces/IPriceOracle.sol";
import {ILendControllerTypes} from "./interfaces/ILendControllerTypes.sol";
import {IUTokenCore} from "./interfaces/IUTokenCore.sol";
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

    /// @return asset of the pool of `word`
    /// @return has collateral of `account` there
    /// @return owes debt of `account` there
    function _stateAt(
        AssetWord word,
        address account
    ) internal view returns (address asset, uint256 has, uint256 owes) {
        uint256 at;
        (at, has, owes) = StaticRead.three(word.pool(), IUTokenCore.accountState.selector, uint160(account));
        asset = address(uint160(at));
    }

    /// @return low as `IPriceOracle.Quote`, and so on
    function _quoteOf(
        address asset
    ) internal view returns (uint256 low, uint256 high, uint256 liquidatableFrom, IPriceOracle.Quality quality) {
        uint256 word;
        (low, high, , liquidatableFrom, word) = StaticRead.five(
            address(_ORACLE),
            IPriceOracle.tryPrice.selector,
            uint160(asset)
        );
        quality = IPriceOracle.Quality(word);
    }
}
