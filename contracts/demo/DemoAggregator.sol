// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

/// @notice An aggregator of invented prices for local chains and test networks: anybody may answer. Never named by the
/// parameters of a network with money. Rounds are numbered as Chainlink's are: phase 1 in the upper bits.
contract DemoAggregator is AggregatorV3Interface {
    uint256 public constant version = 1;
    uint80 private constant _PHASE = 1 << 64;

    uint8 private immutable _DECIMALS;
    string public description;

    uint80 private _last;
    mapping(uint80 round => int256) private _answers;
    mapping(uint80 round => uint256) private _times;

    /// @notice As Chainlink's aggregators say it.
    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    /// @notice Thrown for an answer that no aggregator gives.
    error NonPositiveAnswer(int256 answer);
    /// @notice Thrown when there is no round `roundId`.
    error UnknownRound(uint80 roundId);

    /// @param description_ such as "ETH / USD"
    constructor(uint8 decimals_, string memory description_, int256 answer) {
        _DECIMALS = decimals_;
        description = description_;
        _last = _PHASE;
        update(answer);
    }

    /// @inheritdoc AggregatorV3Interface
    function decimals() external view returns (uint8) {
        return _DECIMALS;
    }

    /// @notice Begins a round with `answer`.
    function update(int256 answer) public {
        if (answer <= 0) revert NonPositiveAnswer(answer);
        uint80 round = ++_last;
        _answers[round] = answer;
        _times[round] = block.timestamp;

        emit AnswerUpdated(answer, round, block.timestamp);
    }

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return getRoundData(_last);
    }

    /// @inheritdoc AggregatorV3Interface
    function getRoundData(uint80 roundId) public view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 updatedAt = _times[roundId];
        if (updatedAt == 0) revert UnknownRound(roundId);
        return (roundId, _answers[roundId], updatedAt, updatedAt, roundId);
    }
}
