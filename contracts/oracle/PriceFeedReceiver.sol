// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OAppReceiver, Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";
import {IOAppCore} from "@lz/oapp-evm/contracts/oapp/interfaces/IOAppCore.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {FeedDecimals} from "./libraries/FeedDecimals.sol";
import {FeedWord, FeedWordLib} from "./libraries/FeedWord.sol";
import {OracleConstants} from "./libraries/OracleConstants.sol";
import {PathWord, PathWordLib} from "./libraries/PathWord.sol";
import {PendingWord} from "./libraries/PendingWord.sol";
import {PriceMessage, PriceRecord} from "./libraries/PriceMessage.sol";
import {PriceWindow} from "./libraries/PriceWindow.sol";
import {OAppSlots} from "./OAppSlots.sol";
import {PriceFeedReceiverExtension} from "./PriceFeedReceiverExtension.sol";
import {ReceiverState} from "./ReceiverState.sol";

/// @title Chainlink's prices on peaq
/// @notice Order: an older observation never replaces a newer one; it is passed over, and the rest of its message counts.
/// Clamp: unconfirmed prices accepted within any 10 minutes span at most 10 %.
/// Confirmation: a larger jump is pending until a message observed and delivered a minute later agrees with it.
/// Grace: what came back after being stale, and a chain that came back after a stall, say from when liquidations may
/// rely on them.
/// Trust: all required verifiers of the LayerZero path together. The owner, which LayerZero's applications have and which
/// sets the sender, is the timelock; it is also the authority's governance. Neither can set a price.
/// Upgrade: none. Deliveries and what protocols read are here, which is what they load; the rest is
/// `PriceFeedReceiverExtension`'s, fixed at deployment.
contract PriceFeedReceiver is OAppSlots, AuthoritySlot, ReceiverState, PassTo, IPriceFeedReceiver {
    PendingWord private constant _NO_JUMP = PendingWord.wrap(0);

    uint32 private immutable _SOURCE_EID;
    address private immutable _EXTENSION;

    /// @param authority_ whose governance configures feeds
    /// @param owner_ of the path: the timelock
    /// @param blockTime of this chain, milliseconds
    /// @param extension_ knows endpoint and source
    constructor(
        address authority_,
        address owner_,
        uint256 blockTime,
        PriceFeedReceiverExtension extension_
    ) OAppSlots(extension_.endpoint(), owner_) AuthoritySlot(authority_) {
        _requireBounds(blockTime, _MIN_BLOCK_TIME, _MAX_BLOCK_TIME);

        (_SOURCE_EID, _EXTENSION) = (extension_.SOURCE_EID(), address(extension_));
        _path = PathWordLib.start(blockTime);

        emit BlockTimeSet(blockTime);
    }

    // ----------------------------------------------------------------------------------------------------- delivery

    /// @notice LayerZero's: takes a message that its verifiers have signed. The endpoint only.
    function lzReceive(
        Origin calldata origin,
        bytes32,
        bytes calldata message,
        address,
        bytes calldata
    ) external payable {
        if (msg.sender != address(_ENDPOINT)) revert OAppReceiver.OnlyEndpoint(msg.sender);
        if (origin.srcEid != _SOURCE_EID) revert UnknownSource(origin.srcEid);
        PathWord path = _path;
        // One word for peer and heartbeat, instead of LayerZero's mapping, which `setPeer` keeps for who reads it.
        if (path.sender() == address(0)) revert IOAppCore.NoPeer(origin.srcEid);
        if (origin.sender != bytes32(uint256(uint160(path.sender())))) {
            revert IOAppCore.OnlyPeer(origin.srcEid, origin.sender);
        }

        if (path.isDue()) _beat(path, path.blockTime());
        _receive(message);
    }

    /// @inheritdoc IPriceFeedReceiver
    function poke() external returns (bool) {
        PathWord path = _path;
        if (!path.isDue()) return false;

        _beat(path, path.blockTime());
        return true;
    }

    function _receive(bytes calldata message) private {
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

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IPriceFeedReceiver
    function freshPrice(uint256 feedId) external view returns (uint256) {
        FeedWord word = _known(feedId);
        if (word.isPending()) return 0;
        if (block.timestamp > word.freshUntil()) return 0;

        return FeedDecimals.toWadDown(word.answer(), word.decimals());
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
        (quoted.low, quoted.high) = FeedDecimals.toWad(low, high, word.decimals());
        if (block.timestamp > word.freshUntil() || quoted.low == 0) {
            (quoted.low, quoted.high) = (0, OracleConstants.NO_PRICE);
            quoted.liquidatableFrom = OracleConstants.NEVER;
            return quoted;
        }

        quoted.state = word.isPending() ? FeedState.Pending : FeedState.Fresh;
        quoted.liquidatableFrom = _path.liquidatableFrom();
        if (word.hasGrace() && rare.graceUntil() > quoted.liquidatableFrom) {
            quoted.liquidatableFrom = rare.graceUntil();
        }
    }

    /// @inheritdoc IPriceFeedReceiver
    function chainLiquidatableFrom() external view returns (uint256) {
        return _path.liquidatableFrom();
    }

    /// @dev Everything else is the extension's, over this contract's storage.
    fallback() external {
        _passTo(_EXTENSION);
    }
}
