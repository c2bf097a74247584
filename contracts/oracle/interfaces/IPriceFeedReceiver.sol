// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Chainlink's prices as they were observed on Ethereum: what protocols read. See docs/oracle.md for the rules.
interface IPriceFeedReceiver {
    /// @notice Stale: no usable price. Pending: a jump awaits its confirmation. Fresh: normal.
    enum FeedState {
        Stale,
        Pending,
        Fresh
    }

    /// @param low 1e18 USD, rounded down; zero when stale
    /// @param high 1e18 USD, rounded up; 2^128 - 1 when stale
    /// @param updatedAt Chainlink's, of the accepted price, seconds
    /// @param liquidatableFrom the first second after the grace of feed and chain; the largest integer when stale
    struct FeedQuote {
        uint256 low;
        uint256 high;
        uint256 updatedAt;
        uint256 liquidatableFrom;
        FeedState state;
    }

    /// @param answer in the feed's own decimals; zero when there is none yet
    /// @param updatedAt Chainlink's, seconds
    /// @param observedAt when Ethereum's block saw it, seconds
    /// @param round phase 8 | aggregator round 32
    struct Answer {
        uint256 answer;
        uint256 updatedAt;
        uint256 observedAt;
        uint256 round;
    }

    /// @notice The feed `feedId` exists.
    event FeedAdded(uint256 indexed feedId, uint256 decimals, uint256 heartbeat);
    /// @notice The feed's heartbeat is now `heartbeat` seconds.
    event HeartbeatSet(uint256 indexed feedId, uint256 heartbeat);
    /// @notice A price is accepted.
    event PriceAccepted(uint256 indexed feedId, uint256 answer, uint256 updatedAt, uint256 observedAt);
    /// @notice A price beyond the clamp awaits its confirmation by one observed at `observedFrom` or later and delivered
    /// at `deliveredFrom` or later.
    event PricePending(
        uint256 indexed feedId,
        uint256 answer,
        uint256 updatedAt,
        uint256 observedAt,
        uint256 observedFrom,
        uint256 deliveredFrom
    );
    /// @notice A record was passed over: it is not newer than what is known, stale, or of an unknown feed.
    event RecordIgnored(uint256 indexed feedId, uint256 observedAt);
    /// @notice The feed came back after it was stale; no liquidation relies on it before `until`.
    event FeedGraceStarted(uint256 indexed feedId, uint256 until);
    /// @notice `missing` milliseconds of blocks are missing since the last beat; no liquidation before `until`.
    event StallFound(uint256 missing, uint256 until);
    /// @notice A block is expected every `milliseconds`.
    event BlockTimeSet(uint256 milliseconds);

    /// @notice Thrown when the feed is unknown.
    error UnknownFeed(uint256 feedId);
    /// @notice Thrown when a feed is added twice.
    error FeedExists(uint256 feedId);
    /// @notice Thrown when a parameter is not between `least` and `most`.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);
    /// @notice Thrown when a message is from another chain than the sender's.
    error UnknownSource(uint32 eid);
    /// @notice Thrown when a peer is not the address of an EVM chain.
    error InvalidPeer(bytes32 peer);
    /// @notice Thrown when a message was observed later than this chain's clock allows. It can be delivered again later.
    error ObservedInFuture(uint256 observedAt, uint256 now_);
    /// @notice Thrown when a message is not a time and one or more whole records.
    error MalformedMessage(uint256 length);

    /// @notice Notes block number and time, so that a stall of the chain is seen and its grace can end. Anybody.
    /// @return Whether anything was written: not within 10 minutes of the last beat, unless a stall is found.
    function poke() external returns (bool);

    /// @notice For the cheapest read.
    /// @return 1e18 USD, rounded down; zero unless the feed is fresh
    function freshPrice(uint256 feedId) external view returns (uint256);

    /// @notice What is known of a feed's price. Reverts only for an unknown feed.
    function quote(uint256 feedId) external view returns (FeedQuote memory);

    /// @return The first second at which the chain's last stall does not stand in the way of a liquidation.
    function chainLiquidatableFrom() external view returns (uint256);
}
