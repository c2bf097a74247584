// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Reads Chainlink on Ethereum and sends what it read to peaq. Everything is fixed at construction.
interface IPriceFeedSender {
    /// @param feedId the receiver's id, below 2^32
    /// @param aggregator AggregatorV3
    /// @param heartbeat Chainlink's own, seconds
    /// @param minAnswer answers must be above it: the aggregator's lower circuit breaker, or zero
    /// @param maxAnswer answers must be below it
    struct FeedSetup {
        uint32 feedId;
        address aggregator;
        uint32 heartbeat;
        uint88 minAnswer;
        uint88 maxAnswer;
    }

    /// @param endpoint LayerZero's, on this chain
    /// @param receiverEid LayerZero's id of the receiver's chain
    /// @param receiver on that chain
    /// @param library_ LayerZero's send library
    /// @param executor who delivers
    /// @param maxMessageSize bytes, as the executor takes
    /// @param confirmations blocks of this chain before verifiers sign
    /// @param requiredDVNs ascending, two or more
    /// @param optionalDVNs ascending
    /// @param optionalThreshold how many of the optional ones must sign
    /// @param baseGas of a delivery
    /// @param gasPerFeed of a delivery, for each price
    struct PathSetup {
        address endpoint;
        uint32 receiverEid;
        address receiver;
        address library_;
        address executor;
        uint32 maxMessageSize;
        uint64 confirmations;
        address[] requiredDVNs;
        address[] optionalDVNs;
        uint8 optionalThreshold;
        uint64 baseGas;
        uint64 gasPerFeed;
    }

    /// @notice Prices are on their way.
    event PricesPushed(bytes32 indexed guid, address indexed payer, uint256[] feedIds);

    /// @notice Thrown when nothing would be sent.
    error NoFeeds();
    /// @notice Thrown when the feed is unknown.
    error UnknownFeed(uint256 feedId);
    /// @notice Thrown at construction for a feed without aggregator, listed twice, or with a heartbeat or bounds that
    /// make no sense.
    error InvalidFeed(uint256 feedId);
    /// @notice Thrown at construction when the path has fewer than `least` required verifiers.
    error TooFewDVNs(uint256 count, uint256 least);
    /// @notice Thrown at construction for a path without receiver.
    error InvalidReceiver();
    /// @notice Thrown when the answer is zero or negative.
    error InvalidAnswer(uint256 feedId, int256 answer);
    /// @notice Thrown when the answer is at or beyond the feed's bounds.
    error AnswerOutOfBounds(uint256 feedId, uint256 answer, uint256 minAnswer, uint256 maxAnswer);
    /// @notice Thrown when a round has no time of update, or was answered in an earlier one.
    error IncompleteRound(uint256 feedId, uint256 roundId);
    /// @notice Thrown when a round is of the future.
    error FutureRound(uint256 feedId, uint256 updatedAt);
    /// @notice Thrown when a round is older than `maxAge` seconds.
    error StaleRound(uint256 feedId, uint256 updatedAt, uint256 maxAge);
    /// @notice Thrown when a phase is not below 2^8 or its round not below 2^32.
    error RoundTooLarge(uint256 feedId, uint256 roundId);
    /// @notice Thrown when options are not of LayerZero's type 3.
    error InvalidOptions(bytes options);

    /// @notice Sends the feeds' prices of now. The caller pays LayerZero's fee; what is too much comes back to it.
    /// @param options of LayerZero's type 3, added to those of the sender; may be empty
    /// @return guid LayerZero's id of the message
    function push(uint256[] calldata feedIds, bytes calldata options) external payable returns (bytes32 guid);

    /// @notice What `push` would cost now, wei. Reverts where `push` would.
    function quote(uint256[] calldata feedIds, bytes calldata options) external view returns (uint256 nativeFee);

    /// @notice All feeds.
    function feedIds() external view returns (uint256[] memory);

    /// @return aggregator that the feed is read from
    /// @return maxAge seconds that a round stays valid: the heartbeat and a tenth
    /// @return minAnswer answers are above it
    /// @return maxAnswer answers are below it
    function feed(
        uint256 feedId
    ) external view returns (address aggregator, uint256 maxAge, uint256 minAnswer, uint256 maxAnswer);
}
