// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

/// @notice An aggregator that says what it is told to say, and misbehaves where it is told to.
contract AggregatorMock is AggregatorV3Interface {
    enum Mode {
        Honest,
        Reverting,
        Burning,
        Bomb,
        Short,
        Wide
    }

    struct Round {
        uint80 roundId;
        int256 answer;
        uint256 startedAt;
        uint256 updatedAt;
        uint80 answeredInRound;
    }

    uint8 public decimals;
    string public constant description = "MOCK / USD";
    uint256 public constant version = 4;

    Mode public mode;
    Round public round;

    error Refused();

    constructor(uint8 decimals_) {
        decimals = decimals_;
        round.roundId = (1 << 64) | 1;
    }

    /// @notice A new, complete round.
    function set(int256 answer, uint256 updatedAt) external {
        uint80 next = round.roundId + 1;
        round = Round(next, answer, updatedAt, updatedAt, next);
    }

    function setRound(Round calldata round_) external {
        round = round_;
    }

    function setMode(Mode mode_) external {
        mode = mode_;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        if (mode == Mode.Reverting) revert Refused();
        if (mode == Mode.Burning) {
            for (uint256 i; ; ++i) if (i == type(uint256).max) break;
        }
        if (mode == Mode.Bomb) {
            assembly ("memory-safe") {
                return(0, 800000)
            }
        }
        if (mode == Mode.Short) {
            assembly ("memory-safe") {
                return(0, 159)
            }
        }
        if (mode == Mode.Wide) {
            // Words that fit none of the interface's shorter types.
            assembly ("memory-safe") {
                mstore(0, not(0))
                mstore(32, 100000000)
                mstore(64, 1)
                mstore(96, timestamp())
                mstore(128, not(0))
                return(0, 160)
            }
        }
        return (round.roundId, round.answer, round.startedAt, round.updatedAt, round.answeredInRound);
    }

    function getRoundData(uint80) external view returns (uint80, int256, uint256, uint256, uint80) {
        return (round.roundId, round.answer, round.startedAt, round.updatedAt, round.answeredInRound);
    }
}
