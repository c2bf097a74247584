// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

import {IChainlinkFeedAdapter} from "./interfaces/IChainlinkFeedAdapter.sol";
import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {IWholePriceFeedReceiver} from "./interfaces/IWholePriceFeedReceiver.sol";

/// @notice One feed of the receiver as `AggregatorV3Interface`. Answers, decimals, round ids and times are Chainlink's.
/// Only the latest round is known.
contract ChainlinkFeedAdapter is AggregatorV3Interface, IChainlinkFeedAdapter {
    uint256 public constant version = 1;

    IWholePriceFeedReceiver public immutable RECEIVER;
    uint256 public immutable FEED_ID;
    uint8 private immutable _DECIMALS;

    string public description;

    /// @param description_ such as "ETH / USD"
    constructor(IWholePriceFeedReceiver receiver, uint256 feedId, string memory description_) {
        (uint256 decimals_, ) = receiver.feedConfig(feedId);

        (RECEIVER, FEED_ID, _DECIMALS) = (receiver, feedId, uint8(decimals_));
        description = description_;
    }

    /// @inheritdoc AggregatorV3Interface
    function decimals() external view returns (uint8) {
        return _DECIMALS;
    }

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return _latest();
    }

    /// @inheritdoc AggregatorV3Interface
    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        (uint80 latest, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = _latest();
        if (roundId != latest) revert NoSuchRound(roundId, latest);
        return (latest, answer, startedAt, updatedAt, answeredIn);
    }

    function _latest() private view returns (uint80, int256, uint256, uint256, uint80) {
        IPriceFeedReceiver.Answer memory last = RECEIVER.accepted(FEED_ID);
        if (RECEIVER.freshPrice(FEED_ID) == 0) revert FeedNotFresh(FEED_ID, last.updatedAt);

        // phase 8 | round 32, back to Chainlink's phase 16 | round 64.
        uint80 roundId = uint80(((last.round >> 32) << 64) | (last.round & type(uint32).max));
        return (roundId, int256(last.answer), last.updatedAt, last.updatedAt, roundId);
    }
}
