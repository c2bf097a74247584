// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OAppCore} from "@lz/oapp-evm/contracts/oapp/OAppCore.sol";
import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IPriceFeedAdmin} from "./interfaces/IPriceFeedAdmin.sol";
import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {FeedDecimals} from "./libraries/FeedDecimals.sol";
import {FeedWord, FeedWordLib} from "./libraries/FeedWord.sol";
import {OracleConstants} from "./libraries/OracleConstants.sol";
import {PathWord} from "./libraries/PathWord.sol";
import {PendingWord} from "./libraries/PendingWord.sol";
import {ReceiverState} from "./ReceiverState.sol";

/// @title The receiver's path, configuration and rarer views
/// @notice Runs by delegatecall from `PriceFeedReceiver`, over its storage and at its address. At its own address it has
/// no authority, and the endpoint, which never calls it, for its owner: nobody can do anything with it there.
contract PriceFeedReceiverExtension is OAppCore, AccessManaged, ReceiverState, IPriceFeedAdmin {
    /// @dev Of LayerZero's receiving applications.
    uint64 private constant _RECEIVER_VERSION = 2;

    uint32 public immutable SOURCE_EID;

    /// @param endpoint_ LayerZero's on this chain
    /// @param sourceEid LayerZero's id of the sender's chain
    constructor(
        address endpoint_,
        uint32 sourceEid
    ) OAppCore(endpoint_, endpoint_) Ownable(endpoint_) AccessManaged(address(0)) {
        SOURCE_EID = sourceEid;
    }

    // --------------------------------------------------------------------------------------------------------- path

    /// @notice Names the sender whose messages are accepted; the zero peer accepts nobody's. The owner only.
    function setPeer(uint32 eid, bytes32 peer) public override onlyOwner {
        if (eid != SOURCE_EID) revert IPriceFeedReceiver.UnknownSource(eid);
        if (uint256(peer) > type(uint160).max) revert IPriceFeedReceiver.InvalidPeer(peer);

        _path = _path.withSender(address(uint160(uint256(peer))));

        _setPeer(eid, peer);
    }

    /// @notice LayerZero's: whether the endpoint may open a path for messages of `origin`.
    function allowInitializePath(Origin calldata origin) external view returns (bool) {
        return peers[origin.srcEid] == origin.sender;
    }

    /// @notice LayerZero's: zero, since messages may be delivered in any order.
    function nextNonce(uint32, bytes32) external pure returns (uint64) {
        return 0;
    }

    /// @notice LayerZero's: only this contract could compose a message for itself, and it never does.
    function isComposeMsgSender(Origin calldata, bytes calldata, address sender) external view returns (bool) {
        return sender == address(this);
    }

    /// @notice LayerZero's: receives and does not send.
    function oAppVersion() external pure returns (uint64 senderVersion, uint64 receiverVersion) {
        return (0, _RECEIVER_VERSION);
    }

    // ------------------------------------------------------------------------------------------------ configuration

    /// @inheritdoc IPriceFeedAdmin
    function addFeed(uint256 feedId, uint256 decimals, uint256 heartbeat) external restricted {
        if (_feeds[feedId].word.exists()) revert IPriceFeedReceiver.FeedExists(feedId);
        _requireBounds(feedId, 0, type(uint32).max);
        _requireBounds(decimals, 0, FeedDecimals.MAX);
        _requireBounds(heartbeat, OracleConstants.MIN_HEARTBEAT, OracleConstants.MAX_HEARTBEAT);

        _feeds[feedId].word = FeedWordLib.create(decimals, OracleConstants.maxAge(heartbeat));

        emit IPriceFeedReceiver.FeedAdded(feedId, decimals, heartbeat);
    }

    /// @inheritdoc IPriceFeedAdmin
    function setHeartbeat(uint256 feedId, uint256 heartbeat) external restricted {
        FeedWord word = _known(feedId);
        _requireBounds(heartbeat, OracleConstants.MIN_HEARTBEAT, OracleConstants.MAX_HEARTBEAT);

        _feeds[feedId].word = word.withMaxAge(OracleConstants.maxAge(heartbeat)).withGrace();
        _startGrace(feedId);

        emit IPriceFeedReceiver.HeartbeatSet(feedId, heartbeat);
    }

    /// @inheritdoc IPriceFeedAdmin
    function setBlockTime(uint256 milliseconds) external restricted {
        _requireBounds(milliseconds, _MIN_BLOCK_TIME, _MAX_BLOCK_TIME);

        _beat(_path, milliseconds);

        emit IPriceFeedReceiver.BlockTimeSet(milliseconds);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IPriceFeedAdmin
    function accepted(uint256 feedId) external view returns (IPriceFeedReceiver.Answer memory) {
        FeedWord word = _known(feedId);
        return IPriceFeedReceiver.Answer(word.answer(), word.updatedAt(), word.observedAt(), word.round());
    }

    /// @inheritdoc IPriceFeedAdmin
    function pending(
        uint256 feedId
    ) external view returns (IPriceFeedReceiver.Answer memory answer, uint256 observedFrom, uint256 deliveredFrom) {
        if (!_known(feedId).isPending()) return (answer, 0, 0);
        PendingWord jump = _pending[feedId];
        answer = IPriceFeedReceiver.Answer(jump.answer(), jump.updatedAt(), jump.observedAt(), jump.round());
        (observedFrom, deliveredFrom) = _confirmableFrom(jump);
    }

    /// @inheritdoc IPriceFeedAdmin
    function feedConfig(uint256 feedId) external view returns (uint256 decimals, uint256 maxAge) {
        FeedWord word = _known(feedId);
        return (word.decimals(), word.maxAge());
    }

    /// @inheritdoc IPriceFeedAdmin
    function beat() external view returns (uint256 beatAt, uint256 beatBlock, uint256 blockTime) {
        PathWord path = _path;
        return (path.beatAt(), path.beatBlock(), path.blockTime());
    }
}
