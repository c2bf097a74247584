// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {FeedWord} from "./libraries/FeedWord.sol";
import {OracleConstants} from "./libraries/OracleConstants.sol";
import {PathWord} from "./libraries/PathWord.sol";
import {PendingWord} from "./libraries/PendingWord.sol";

/// @notice The storage of the receiver, and what its core and its extension both do with it.
abstract contract ReceiverState {
    /// @dev Seconds between a jump's first message and the one that confirms it, of Ethereum and of this chain.
    uint256 internal constant _CONFIRMATION_DELAY = 60 seconds;
    /// @dev Milliseconds.
    uint256 internal constant _MIN_BLOCK_TIME = 500;
    uint256 internal constant _MAX_BLOCK_TIME = 30_000;

    /// @dev A struct of one word, so that it can be pointed at: the slot is computed once for reading and writing.
    struct Feed {
        FeedWord word;
    }

    PathWord internal _path;
    mapping(uint256 feedId => Feed) internal _feeds;
    mapping(uint256 feedId => PendingWord) internal _pending;

    function _known(uint256 feedId) internal view returns (FeedWord word) {
        word = _feeds[feedId].word;
        if (!word.exists()) revert IPriceFeedReceiver.UnknownFeed(feedId);
    }

    function _confirmableFrom(PendingWord jump) internal pure returns (uint256 observedFrom, uint256 deliveredFrom) {
        return (jump.firstObservedAt() + _CONFIRMATION_DELAY, jump.firstDeliveredAt() + _CONFIRMATION_DELAY);
    }

    function _startGrace(uint256 feedId) internal {
        uint256 until = block.timestamp + OracleConstants.GRACE;
        _pending[feedId] = _pending[feedId].withGrace(until);

        emit IPriceFeedReceiver.FeedGraceStarted(feedId, until);
    }

    function _beat(PathWord path, uint256 blockTime) internal {
        uint256 missing = path.missing();
        _path = path.beaten(blockTime);

        if (path.hasStalled()) {
            emit IPriceFeedReceiver.StallFound(missing, block.timestamp + OracleConstants.GRACE);
        }
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) internal pure {
        if (value < least || value > most) revert IPriceFeedReceiver.OutOfBounds(value, least, most);
    }
}
