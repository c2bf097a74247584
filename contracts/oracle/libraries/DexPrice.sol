// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {IPairObserver} from "../../dex/interfaces/IPairObserver.sol";
import {SourceWord} from "./SourceWord.sol";

/// @notice The order book's price of an asset in a quote token over half an hour, and what was traded.
library DexPrice {
    uint256 internal constant WINDOW = 30 minutes;
    /// @dev Nobody reads what it traded in the same block.
    uint256 internal constant LAG = 1 seconds;

    uint256 private constant _WAD = 1e18;
    int256 private constant _LN_10 = 2_302_585_092_994_045_684;
    /// @dev e^88 < 2^128, and e^-41 < 1e-17.
    int256 private constant _MOST_LN = 88e18;
    int256 private constant _LEAST_LN = -41e18;

    /// @param mean time-weighted geometric mean, quote tokens for an asset, whole tokens, 1e18, rounded down
    /// @param average volume-weighted mean, likewise
    /// @param volume in units of the quote token
    /// @param blocks with at least one fill
    struct Window {
        uint256 mean;
        uint256 average;
        uint256 volume;
        uint256 blocks;
    }

    /// @return window all zero when there is no usable price
    function read(
        IPairObserver observer,
        address asset,
        SourceWord source
    ) internal view returns (Window memory window) {
        bool isFirst = asset < source.at();
        (address token0, address token1) = isFirst ? (asset, source.at()) : (source.at(), asset);
        IPairObserver.Observation memory start;
        try observer.observe(token0, token1, WINDOW + LAG) returns (IPairObserver.Observation memory sums) {
            start = sums;
        } catch {
            return window;
        }
        // What is known of half an hour ago is known of a second ago.
        IPairObserver.Observation memory end = observer.observe(token0, token1, LAG);

        (uint256 sold, uint256 bought) = _volumes(start, end);
        if (!isFirst) (sold, bought) = (bought, sold);
        // Amounts of an order are below 2^96; only a token of its own making trades more in half an hour.
        if (sold == 0 || bought == 0 || bought > type(uint96).max) return window;

        // Rounds towards zero, by less than 1e-18 of the price.
        int256 ln = (end.logPriceSeconds - start.logPriceSeconds) / int256(WINDOW);
        if (!isFirst) ln = -ln;
        // From units to whole tokens.
        ln += (int256(source.decimals()) - int256(source.quoteDecimals())) * _LN_10;
        if (ln <= _LEAST_LN || ln >= _MOST_LN) return window;

        window.mean = uint256(FixedPointMathLib.expWad(ln));
        // Rounds down. Below 2^96 * 2^150 and 2^128 * 2^90.
        window.average = (bought * 10 ** source.decimals() * _WAD) / (sold * 10 ** source.quoteDecimals());
        window.volume = bought;
        unchecked {
            window.blocks = end.blocks - start.blocks;
        }
    }

    /// @return Whether the higher price is at most 5 % above the lower.
    function agree(uint256 low, uint256 high) internal pure returns (bool) {
        return high * 100 <= low * 105;
    }

    /// @dev Sums run modulo 2^128.
    function _volumes(
        IPairObserver.Observation memory start,
        IPairObserver.Observation memory end
    ) private pure returns (uint256 volume0, uint256 volume1) {
        unchecked {
            return (uint128(end.volume0 - start.volume0), uint128(end.volume1 - start.volume1));
        }
    }
}
