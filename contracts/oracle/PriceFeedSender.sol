// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {SetConfigParam} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/IMessageLibManager.sol";
import {OAppCore} from "@lz/oapp-evm/contracts/oapp/OAppCore.sol";
import {MessagingFee, OAppSender} from "@lz/oapp-evm/contracts/oapp/OAppSender.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IPriceFeedSender} from "./interfaces/IPriceFeedSender.sol";
import {DeliveryOptions} from "./libraries/DeliveryOptions.sol";
import {OracleConstants} from "./libraries/OracleConstants.sol";
import {PriceMessage, PriceRecord} from "./libraries/PriceMessage.sol";
import {UlnSettings} from "./libraries/UlnSettings.sol";

/// @title Chainlink's prices on their way from Ethereum
/// @notice Whoever wants a price on peaq pushes it and pays for it. Feeds, receiver, message library, verifiers,
/// executor and gas are fixed at construction, after which the contract has neither owner nor LayerZero delegate: a new
/// feed means a new sender, which the receiver's timelock accepts. It holds no funds and keeps no state.
contract PriceFeedSender is OAppSender, IPriceFeedSender {
    /// @dev Two words: aggregator 160 | maxAge 32; minAnswer 88 | maxAnswer 88.
    struct Feed {
        address aggregator;
        uint32 maxAge;
        uint88 minAnswer;
        uint88 maxAnswer;
    }

    uint32 public immutable RECEIVER_EID;
    uint256 public immutable BASE_GAS;
    uint256 public immutable GAS_PER_FEED;

    mapping(uint256 feedId => Feed) private _feeds;
    uint256[] private _feedIds;

    constructor(
        PathSetup memory path,
        FeedSetup[] memory feeds
    ) OAppCore(path.endpoint, address(this)) Ownable(msg.sender) {
        if (path.receiver == address(0)) revert InvalidReceiver();
        if (path.requiredDVNs.length < UlnSettings.LEAST_DVNS) {
            revert TooFewDVNs(path.requiredDVNs.length, UlnSettings.LEAST_DVNS);
        }
        if (feeds.length == 0) revert NoFeeds();

        (RECEIVER_EID, BASE_GAS, GAS_PER_FEED) = (path.receiverEid, path.baseGas, path.gasPerFeed);
        for (uint256 i; i < feeds.length; ++i) _addFeed(feeds[i]);

        _setPeer(path.receiverEid, bytes32(uint256(uint160(path.receiver))));
        _configure(path);
        endpoint.setDelegate(address(0));
        _transferOwnership(address(0));
    }

    /// @inheritdoc IPriceFeedSender
    function push(uint256[] calldata ids, bytes calldata options) external payable returns (bytes32 guid) {
        bytes memory message = _read(ids);
        bytes memory allOptions = _options(ids.length, options);

        // All of the call's ether goes to LayerZero, which keeps its fee and sends the rest back to the caller.
        guid = _lzSend(RECEIVER_EID, message, allOptions, MessagingFee(msg.value, 0), msg.sender).guid;

        emit PricesPushed(guid, msg.sender, ids);
    }

    /// @inheritdoc IPriceFeedSender
    function quote(uint256[] calldata ids, bytes calldata options) external view returns (uint256 nativeFee) {
        return _quote(RECEIVER_EID, _read(ids), _options(ids.length, options), false).nativeFee;
    }

    /// @inheritdoc IPriceFeedSender
    function feedIds() external view returns (uint256[] memory) {
        return _feedIds;
    }

    /// @inheritdoc IPriceFeedSender
    function feed(
        uint256 feedId
    ) external view returns (address aggregator, uint256 maxAge, uint256 minAnswer, uint256 maxAnswer) {
        Feed memory known = _feeds[feedId];
        return (known.aggregator, known.maxAge, known.minAnswer, known.maxAnswer);
    }

    function _read(uint256[] calldata ids) private view returns (bytes memory) {
        if (ids.length == 0) revert NoFeeds();

        PriceRecord[] memory records = new PriceRecord[](ids.length);
        for (uint256 i; i < ids.length; ++i) records[i] = _observe(ids[i]);
        return PriceMessage.encode(block.timestamp, records);
    }

    function _observe(uint256 feedId) private view returns (PriceRecord) {
        Feed memory known = _feeds[feedId];
        if (known.aggregator == address(0)) revert UnknownFeed(feedId);
        (uint80 roundId, int256 answer, , uint256 updatedAt, uint80 answeredInRound) = AggregatorV3Interface(
            known.aggregator
        ).latestRoundData();

        if (answer <= 0) revert InvalidAnswer(feedId, answer);
        if (uint256(answer) <= known.minAnswer || uint256(answer) >= known.maxAnswer) {
            revert AnswerOutOfBounds(feedId, uint256(answer), known.minAnswer, known.maxAnswer);
        }
        if (updatedAt == 0 || answeredInRound < roundId) revert IncompleteRound(feedId, roundId);
        if (updatedAt > block.timestamp) revert FutureRound(feedId, updatedAt);
        uint256 age = block.timestamp - updatedAt;
        if (age > known.maxAge) revert StaleRound(feedId, updatedAt, known.maxAge);

        return PriceMessage.record(feedId, uint256(answer), age, _packedRound(feedId, roundId));
    }

    /// @dev Chainlink's ids are phase 16 | aggregator round 64. What does not fit 8 and 32 bits is refused.
    function _packedRound(uint256 feedId, uint256 roundId) private pure returns (uint256) {
        (uint256 phase, uint256 round) = (roundId >> 64, roundId & type(uint64).max);
        if (phase > type(uint8).max || round > type(uint32).max) revert RoundTooLarge(feedId, roundId);
        return (phase << 32) | round;
    }

    function _options(uint256 count, bytes calldata options) private view returns (bytes memory) {
        if (!DeliveryOptions.isAddable(options)) revert InvalidOptions(options);
        return DeliveryOptions.withGas(BASE_GAS + count * GAS_PER_FEED, options);
    }

    function _addFeed(FeedSetup memory setup) private {
        bool isKnown = _feeds[setup.feedId].aggregator != address(0);
        bool isPossible =
            setup.aggregator != address(0) &&
                setup.minAnswer < setup.maxAnswer &&
                setup.heartbeat >= OracleConstants.MIN_HEARTBEAT &&
                setup.heartbeat <= OracleConstants.MAX_HEARTBEAT;
        if (isKnown || !isPossible) revert InvalidFeed(setup.feedId);

        uint32 maxAge = uint32(OracleConstants.maxAge(setup.heartbeat));
        _feeds[setup.feedId] = Feed(setup.aggregator, maxAge, setup.minAnswer, setup.maxAnswer);
        _feedIds.push(setup.feedId);
    }

    /// @dev The application may configure its own path at LayerZero; after construction no code here ever does.
    function _configure(PathSetup memory path) private {
        SetConfigParam[] memory settings = new SetConfigParam[](2);
        settings[0] = UlnSettings.executor(path.receiverEid, path.maxMessageSize, path.executor);
        settings[1] = UlnSettings.verifiers(
            path.receiverEid,
            path.confirmations,
            path.requiredDVNs,
            path.optionalDVNs,
            path.optionalThreshold
        );
        endpoint.setSendLibrary(address(this), path.receiverEid, path.library_);
        endpoint.setConfig(address(this), path.library_, settings);
    }
}
