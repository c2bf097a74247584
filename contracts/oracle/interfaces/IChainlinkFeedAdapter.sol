// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A relayed feed as Chainlink's consumers know it, stricter in one thing: without a fresh price it reverts,
/// since `updatedAt` alone would not show that the relay is silent.
interface IChainlinkFeedAdapter {
    /// @notice Thrown when the feed is stale, or a jump awaits its confirmation. Seconds.
    error FeedNotFresh(uint256 feedId, uint256 updatedAt);
    /// @notice Thrown when a round is asked for that is not the latest.
    error NoSuchRound(uint80 asked, uint80 latest);
}
