// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OAppCore} from "@lz/oapp-evm/contracts/oapp/OAppCore.sol";
import {OAppReceiver, Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {FeedDecimals} from "./libraries/FeedDecimals.sol";
import {FeedWord, FeedWordLib} from "./libraries/FeedWord.sol";
import {OracleConstants} from "./libraries/OracleConstants.sol";
import {PathWord, PathWordLib} from "./libraries/PathWord.sol";
import {PendingWord} from "./libraries/PendingWord.sol";
import {PriceMessage, PriceRecord} from "./libraries/PriceMessage.sol";
import {PriceWindow} from "./libraries/PriceWindow.sol";

/// @title Chainlink's prices on peaq
/// @notice Order: an older observation never replaces a newer one; it is passed over, and the rest of its message counts.
/// Clamp: unconfirmed prices accepted within any 10 minutes span at most 10 %.
/// Confirmation: a larger jump is pending until a message observed and delivered a minute later agrees with it.
/// Grace: what came back after being stale, and a chain that came back after a stall, say from when liquidations may
/// rely on them.
/// Trust: all required verifiers of the LayerZero path together. The owner, which LayerZero's base needs and which sets
/// the sender, is the timelock; it is also the authority's governance. Neither can set a price.
contract PriceFeedReceiver is OAppReceiver, AccessManaged, IPriceFeedReceiver {
    /// @dev Seconds between a jump's first message and the one that confirms it, of Ethereum and of this chain.
    uint256 public constant CONFIRMATION_DELAY = 60 seconds;
    /// @dev Milliseconds.
    uint256 public constant MIN_BLOCK_TIME = 500;
    uint256 public constant MAX_BLOCK_TIME = 30_000;

    /// @dev A struct of one word, so that it can be pointed at: the slot is computed once for reading and writing.
    struct Feed {
        FeedWord word;
    }

    PendingWord private constant _NO_JUMP = PendingWord.wrap(0);

    uint32 public immutable SOURCE_EID;

    PathWord private _path;
    mapping(uint256 feedId => Feed) private _feeds;
    mapping(uint256 feedId => PendingWord) private _pending;

    /// @param endpoint_ LayerZero's on this chain
    /// @param authority_ whose governance configures feeds
    /// @param owner_ of the path: the timelock
    /// @param sourceEid LayerZero's id of the sender's chain
    /// @param blockTime of this chain, milliseconds
    constructor(
        address endpoint_,
        address authority_,
        address owner_,
        uint32 sourceEid,
        uint256 blockTime
    ) OAppCore(endpoint_, owner_) Ownable(owner_) AccessManaged(authority_) {
        _requireBounds(blockTime, MIN_BLOCK_TIME, MAX_BLOCK_TIME);

        SOURCE_EID = sourceEid;
        _path = PathWordLib.start(blockTime);

        emit BlockTimeSet(blockTime);
    }

    // ------------------------------------------------------------------------------------------------ configuration

    /// @inheritdoc IPriceFeedReceiver
    function addFeed(uint256 feedId, uint256 decimals, uint256 heartbeat) external restricted {
        if (_feeds[feedId].word.exists()) revert FeedExists(feedId);
        _requireBounds(feedId, 0, type(uint32).max);
        _requireBounds(decimals, 0, FeedDecimals.MAX);
        _requireBounds(heartbeat, OracleConstants.MIN_HEARTBEAT, OracleConstants.MAX_HEARTBEAT);

        _feeds[feedId].word = FeedWordLib.create(decimals, OracleConstants.maxAge(heartbeat));

        emit FeedAdded(feedId, decimals, heartbeat);
    }

    /// @inheritdoc IPriceFeedReceiver
    function setHeartbeat(uint256 feedId, uint256 heartbeat) external restricted {
        FeedWord word = _known(feedId);
        _requireBounds(heartbeat, OracleConstants.MIN_HEARTBEAT, OracleConstants.MAX_HEARTBEAT);

        _feeds[feedId].word = word.withMaxAge(OracleConstants.maxAge(heartbeat)).withGrace();
        _startGrace(feedId);

        emit HeartbeatSet(feedId, heartbeat);
    }

    /// @inheritdoc IPriceFeedReceiver
    function setBlockTime(uint256 milliseconds) external restricted {
        _requireBounds(milliseconds, MIN_BLOCK_TIME, MAX_BLOCK_TIME);

        _beat(_path, milliseconds);

        emit BlockTimeSet(milliseconds);
    }

    /// @notice Names the sender whose messages are accepted; the zero peer accepts nobody's. The owner only.
    function setPeer(uint32 eid, bytes32 peer) public override onlyOwner {
        if (eid != SOURCE_EID) revert UnknownSource(eid);
        if (uint256(peer) > type(uint160).max) revert InvalidPeer(peer);

        _path = _path.withSender(address(uint160(uint256(peer))));

        _setPeer(eid, peer);
    }

    // ----------------------------------------------------------------------------------------------------- delivery

    /// @inheritdoc OAppReceiver
    function lzReceive(
        Origin calldata origin,
        bytes32 guid,
        bytes calldata message,
        address executor,
        bytes calldata extraData
    ) public payable override {
        if (msg.sender != address(endpoint)) revert OnlyEndpoint(msg.sender);
        if (origin.srcEid != SOURCE_EID) revert UnknownSource(origin.srcEid);
        PathWord path = _path;
        // One word for peer and heartbeat, instead of LayerZero's mapping, which `setPeer` keeps for who reads it.
        if (path.sender() == address(0)) revert NoPeer(origin.srcEid);
        if (origin.sender != bytes32(uint256(uint160(path.sender())))) revert OnlyPeer(origin.srcEid, origin.sender);

        if (path.isDue()) _beat(path, path.blockTime());
        _lzReceive(origin, guid, message, executor, extraData);
    }

    /// @inheritdoc IPriceFeedReceiver
    function poke() external returns (bool) {
        PathWord path = _path;
        if (!path.isDue()) return false;

        _beat(path, path.blockTime());
        return true;
    }

    function _lzReceive(Origin calldata, bytes32, bytes calldata message, address, bytes calldata) internal override {
        uint256 records = PriceMessage.count(message);
        if (records == 0) revert MalformedMessage(message.length);
        uint256 observedAt = PriceMessage.observedAt(message);
        unchecked {
            // Far below 2^256.
            if (observedAt > block.timestamp + OracleConstants.MAX_SKEW) {
                revert ObservedInFuture(observedAt, block.timestamp);
            }
        }

        for (uint256 i; i < records; ++i) _record(PriceMessage.at(message, i), observedAt);
    }

    function _record(PriceRecord record, uint256 observedAt) private {
        uint256 feedId = record.feedId();
        Feed storage feed = _feeds[feedId];
        FeedWord word = feed.word;
        PendingWord jump;
        if (word.isPending()) jump = _pending[feedId];
        if (!_isNews(word, jump, record, observedAt)) {
            emit RecordIgnored(feedId, observedAt);
            return;
        }

        (bool within, uint256 window) = _move(word, record.answer());
        if (within) {
            _accept(feed, feedId, word, record, observedAt, window);
        } else if (word.isPending() && PriceWindow.agree(jump.answer(), record.answer())) {
            (uint256 observedFrom, uint256 deliveredFrom) = _confirmableFrom(jump);
            bool confirms = observedAt >= observedFrom && block.timestamp >= deliveredFrom;
            if (confirms) _accept(feed, feedId, word, record, observedAt, 0);
            else _await(feedId, word, record, observedAt, jump);
        } else {
            _await(feedId, word, record, observedAt, _NO_JUMP);
        }
    }

    /// @dev Of a known feed, newer than anything seen, a price, and fresh on arrival.
    function _isNews(
        FeedWord word,
        PendingWord jump,
        PriceRecord record,
        uint256 observedAt
    ) private view returns (bool) {
        if (!word.exists() || record.answer() == 0) return false;

        (uint256 seenAt, uint256 seenRound) = word.isPending()
            ? (jump.observedAt(), jump.round())
            : (word.observedAt(), word.round());
        // Both in one number, the second first: rounds have 40 bits.
        if (((observedAt << 40) | record.round()) <= ((seenAt << 40) | seenRound)) return false;

        return block.timestamp <= word.expiry(observedAt, record.age());
    }

    function _move(FeedWord word, uint256 answer) private view returns (bool within, uint256 window) {
        uint256 last = word.answer();
        // The first price of a feed has nothing to be compared with: it needs a confirmation.
        if (last == 0) return (false, 0);

        unchecked {
            // Rounds down, as a bucket's number does.
            uint256 passed = block.timestamp / FeedWordLib.BUCKET - word.bucket();
            return PriceWindow.move(last, word.window(), passed, answer);
        }
    }

    function _accept(
        Feed storage feed,
        uint256 feedId,
        FeedWord word,
        PriceRecord record,
        uint256 observedAt,
        uint256 window
    ) private {
        bool wasStale = block.timestamp > word.freshUntil();
        FeedWord next = word.accept(record, observedAt, window);
        if (wasStale) next = next.withGrace();
        else if (next.hasGrace() && block.timestamp >= _pending[feedId].graceUntil()) next = next.withoutGrace();
        feed.word = next;
        if (wasStale) _startGrace(feedId);

        unchecked {
            emit PriceAccepted(feedId, record.answer(), observedAt - record.age(), observedAt);
        }
    }

    /// @param agreed the jump that the record agrees with, and whose clock it inherits; `_NO_JUMP` for none
    function _await(uint256 feedId, FeedWord word, PriceRecord record, uint256 observedAt, PendingWord agreed) private {
        bool isFirst = PendingWord.unwrap(agreed) == 0;
        uint256 firstObservedAt = isFirst ? observedAt : agreed.firstObservedAt();
        uint256 firstDeliveredAt = isFirst ? block.timestamp : agreed.firstDeliveredAt();
        PendingWord jump = _pending[feedId].withJump(record, observedAt, firstObservedAt, firstDeliveredAt);
        if (!word.isPending()) _feeds[feedId].word = word.withPending();
        _pending[feedId] = jump;

        (uint256 observedFrom, uint256 deliveredFrom) = _confirmableFrom(jump);
        emit PricePending(feedId, record.answer(), jump.updatedAt(), observedAt, observedFrom, deliveredFrom);
    }

    function _confirmableFrom(PendingWord jump) private pure returns (uint256 observedFrom, uint256 deliveredFrom) {
        return (jump.firstObservedAt() + CONFIRMATION_DELAY, jump.firstDeliveredAt() + CONFIRMATION_DELAY);
    }

    function _startGrace(uint256 feedId) private {
        uint256 until = block.timestamp + OracleConstants.GRACE;
        _pending[feedId] = _pending[feedId].withGrace(until);

        emit FeedGraceStarted(feedId, until);
    }

    function _beat(PathWord path, uint256 blockTime) private {
        uint256 missing = path.missing();
        _path = path.beaten(blockTime);

        if (path.hasStalled()) emit StallFound(missing, block.timestamp + OracleConstants.GRACE);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IPriceFeedReceiver
    function freshPrice(uint256 feedId) external view returns (uint256 price, uint256 updatedAt) {
        FeedWord word = _known(feedId);
        updatedAt = word.updatedAt();
        if (block.timestamp > word.freshUntil() || word.isPending()) return (0, updatedAt);

        price = FeedDecimals.toWadDown(word.answer(), word.decimals());
    }

    /// @inheritdoc IPriceFeedReceiver
    function quote(uint256 feedId) external view returns (FeedQuote memory quoted) {
        FeedWord word = _known(feedId);
        quoted.updatedAt = word.updatedAt();
        (uint256 low, uint256 high) = (word.answer(), word.answer());
        PendingWord rare;
        if (word.isPending() || word.hasGrace()) rare = _pending[feedId];
        if (word.isPending()) {
            if (rare.answer() < low) low = rare.answer();
            if (rare.answer() > high) high = rare.answer();
        }
        quoted.low = FeedDecimals.toWadDown(low, word.decimals());
        if (block.timestamp > word.freshUntil() || quoted.low == 0) {
            (quoted.low, quoted.high) = (0, OracleConstants.NO_PRICE);
            quoted.liquidatableFrom = OracleConstants.NEVER;
            return quoted;
        }

        quoted.high = FeedDecimals.toWadUp(high, word.decimals());
        quoted.state = word.isPending() ? FeedState.Pending : FeedState.Fresh;
        quoted.liquidatableFrom = _path.liquidatableFrom();
        if (word.hasGrace() && rare.graceUntil() > quoted.liquidatableFrom) {
            quoted.liquidatableFrom = rare.graceUntil();
        }
    }

    /// @inheritdoc IPriceFeedReceiver
    function accepted(uint256 feedId) external view returns (Answer memory) {
        FeedWord word = _known(feedId);
        return Answer(word.answer(), word.updatedAt(), word.observedAt(), word.round());
    }

    /// @inheritdoc IPriceFeedReceiver
    function pending(
        uint256 feedId
    ) external view returns (Answer memory answer, uint256 observedFrom, uint256 deliveredFrom) {
        if (!_known(feedId).isPending()) return (answer, 0, 0);
        PendingWord jump = _pending[feedId];
        answer = Answer(jump.answer(), jump.updatedAt(), jump.observedAt(), jump.round());
        (observedFrom, deliveredFrom) = _confirmableFrom(jump);
    }

    /// @inheritdoc IPriceFeedReceiver
    function feedConfig(uint256 feedId) external view returns (uint256 decimals, uint256 maxAge) {
        FeedWord word = _known(feedId);
        return (word.decimals(), word.maxAge());
    }

    /// @inheritdoc IPriceFeedReceiver
    function chainLiquidatableFrom() external view returns (uint256) {
        return _path.liquidatableFrom();
    }

    /// @inheritdoc IPriceFeedReceiver
    function beat() external view returns (uint256 beatAt, uint256 beatBlock, uint256 blockTime) {
        PathWord path = _path;
        return (path.beatAt(), path.beatBlock(), path.blockTime());
    }

    function _known(uint256 feedId) private view returns (FeedWord word) {
        word = _feeds[feedId].word;
        if (!word.exists()) revert UnknownFeed(feedId);
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert OutOfBounds(value, least, most);
    }
}
