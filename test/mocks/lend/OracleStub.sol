// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceOracle} from "../../../contracts/oracle/interfaces/IPriceOracle.sol";

/// @notice An oracle that says what it is told. One word a price in the usual case.
contract OracleStub is IPriceOracle {
    /// @dev low 96 | high 96 | quality 8 | grace until 40 (high to low, 16 unused).
    mapping(address asset => uint256) private _words;

    /// @notice A fresh price.
    function set(address asset, uint256 value) external {
        _set(asset, value, value, Quality.Fresh, 0);
    }

    function setQuote(address asset, uint256 low, uint256 high, Quality quality, uint256 liquidatableFrom) external {
        _set(asset, low, high, quality, liquidatableFrom);
    }

    function price(address asset) external view returns (uint256) {
        Quote memory quote = tryPrice(asset);
        if (quote.quality != Quality.Fresh) revert StalePrice(asset, quote.updatedAt);
        return quote.low;
    }

    function tryPrice(address asset) public view returns (Quote memory quote) {
        uint256 word = _words[asset];
        if (word == 0) revert UnknownAsset(asset);
        quote.low = word >> 160;
        quote.high = (word >> 64) & type(uint96).max;
        quote.quality = Quality((word >> 40) & 0xff);
        quote.liquidatableFrom = word & type(uint40).max;
        quote.updatedAt = block.timestamp;
    }

    function _set(address asset, uint256 low, uint256 high, Quality quality, uint256 from) private {
        _words[asset] = (low << 160) | (high << 64) | (uint256(quality) << 40) | from;
    }
}
