// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceOracle} from "../../../contracts/oracle/interfaces/IPriceOracle.sol";

/// @notice An oracle that says what it is told. One word a price in the usual case.
contract OracleStub is IPriceOracle {
    /// @dev low 96 | high 96 | quality 8 | grace until 40 (high to low, 16 unused).
    mapping(address asset => uint256) private _words;
    mapping(address asset => uint256) private _lastPrices;

    /// @notice A fresh price.
    function set(address asset, uint256 value) external {
        _set(asset, value, value, Quality.Fresh, 0);
    }

    function setQuote(address asset, uint256 low, uint256 high, Quality quality, uint256 liquidatableFrom) external {
        _set(asset, low, high, quality, liquidatableFrom);
    }

    /// @notice What is known of a price that is of no use now.
    function setLastPrice(address asset, uint256 value) external {
        _lastPrices[asset] = value;
    }

    function lastPrice(address asset) external view returns (uint256) {
        return _lastPrices[asset];
    }

    function price(address asset) external view returns (uint256) {
        Quote memory quote = this.tryPrice(asset);
        if (quote.quality != Quality.Fresh) revert StalePrice(asset, quote.updatedAt);
        return quote.low;
    }

    /// @dev Assembly, so that measurements see no more than a read of one word: mocks are compiled without the optimizer.
    function tryPrice(address asset) external view returns (Quote memory) {
        uint256 slot;
        assembly {
            mstore(0, asset)
            mstore(0x20, _words.slot)
            slot := sload(keccak256(0, 0x40))
        }
        if (slot == 0) revert UnknownAsset(asset);
        assembly {
            mstore(0x00, shr(160, slot))
            mstore(0x20, and(shr(64, slot), 0xffffffffffffffffffffffff))
            mstore(0x40, timestamp())
            mstore(0x60, and(slot, 0xffffffffff))
            mstore(0x80, and(shr(40, slot), 0xff))
            return(0, 0xa0)
        }
    }

    function _set(address asset, uint256 low, uint256 high, Quality quality, uint256 from) private {
        _words[asset] = (low << 160) | (high << 64) | (uint256(quality) << 40) | from;
    }
}
