// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

import {IPriceSources} from "../interfaces/IPriceSources.sol";

/// @notice Reads an aggregator that may misbehave in any way, and finds either a price or none.
library AggregatorReader {
    /// @dev What an aggregator may burn. Chainlink's proxies need about 20,000.
    uint256 internal constant GAS = 100_000;
    /// @dev With so much left, the aggregator gets all of `GAS` after the 64th that stays behind.
    uint256 internal constant GAS_NEEDED = 110_000;

    uint256 private constant _ROUND_SIZE = 5 * 32;

    /// @return answer zero when there is none
    /// @return updatedAt seconds; not later than now
    function latest(address aggregator) internal view returns (uint256 answer, uint256 updatedAt) {
        // Or whoever calls could choose by its gas which source answers.
        if (gasleft() < GAS_NEEDED) revert IPriceSources.NotEnoughGas(gasleft(), GAS_NEEDED);
        // A long return costs the aggregator as much as it costs to copy, so the gas bounds it.
        (bool isOk, bytes memory data) = aggregator.staticcall{gas: GAS}(
            abi.encodeCall(AggregatorV3Interface.latestRoundData, ())
        );
        if (!isOk || data.length < _ROUND_SIZE) return (0, 0);

        // As whole words: decoding into shorter types would revert.
        int256 signed;
        uint256 roundId;
        uint256 answeredInRound;
        (roundId, signed, , updatedAt, answeredInRound) = abi.decode(
            data,
            (uint256, int256, uint256, uint256, uint256)
        );
        bool isValid =
            signed > 0 &&
                uint256(signed) <= type(uint128).max &&
                updatedAt != 0 &&
                updatedAt <= block.timestamp &&
                answeredInRound >= roundId;
        return isValid ? (uint256(signed), updatedAt) : (0, 0);
    }
}
