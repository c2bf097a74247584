// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {GuardWord} from "../access/GuardWord.sol";
import {Price} from "../libraries/Price.sol";
import {TokenLib} from "../libraries/TokenLib.sol";
import {IPairObserver} from "./interfaces/IPairObserver.sol";
import {OrderFlags} from "./libraries/OrderFlags.sol";
import {OrderId} from "./libraries/OrderId.sol";
import {OrderWords, OrderWordsLib} from "./libraries/OrderWords.sol";
import {OrderState} from "./OrderState.sol";

/// @notice Creation with the rare features, and amendment: what both extensions do.
abstract contract OrderMaking is OrderState {
    using OrderId for uint256;
    using OrderWordsLib for uint256;

    IPairObserver private immutable _OBSERVER;

    constructor(IPairObserver observer_) {
        _OBSERVER = observer_;
    }

    /// @dev Writes an order with whatever rare features it asks for.
    function _mintNew(NewOrder calldata o) internal returns (uint256 id) {
        uint256 flags = o.terms;
        if (flags & ~OrderFlags.ALL != 0) revert InvalidTerms(flags);
        if (flags & OrderFlags.OBSERVED != 0 && !_OBSERVER.isObserved(o.sellToken, o.buyToken)) {
            revert PairNotObserved(o.sellToken, o.buyToken);
        }
        if (o.privateTaker != address(0)) flags |= OrderFlags.PRIVATE;
        if (o.releaseEnd != 0) {
            if (o.releaseStart >= o.releaseEnd || o.releaseEnd <= block.timestamp || o.releaseEnd >= o.expiry) {
                revert InvalidRelease(o.releaseStart, o.releaseEnd);
            }
            flags |= OrderFlags.RELEASED;
        } else if (o.releaseStart != 0) {
            revert InvalidRelease(o.releaseStart, 0);
        }

        id = _mint(o.maker, o.sellToken, o.buyToken, o.sellAmount, o.price, o.expiry, flags);

        if (flags & OrderFlags.PRIVATE != 0) {
            _privateTaker[id] = o.privateTaker;
            emit PrivateTakerSet(id, o.privateTaker);
        }
        if (flags & OrderFlags.RELEASED != 0) {
            _release[id] = (o.sellAmount << 80) | (uint256(o.releaseEnd) << 40) | o.releaseStart;
            emit ReleaseSet(id, o.releaseStart, o.releaseEnd);
        }
    }

    function _amend(GuardWord guard, uint256 id, address owner, uint256 newRemaining, Price newPrice) internal {
        if (newRemaining == 0 || newRemaining > OrderWordsLib.MAX_AMOUNT) revert InvalidAmount(newRemaining);
        if (!newPrice.isNormalised()) revert InvalidPrice(newPrice);
        OrderWords storage words = _orders[id];
        (uint256 a, uint256 b) = (words.a, words.b);
        address token = a.tokenOf();
        uint256 remaining = a.remainingOf();

        words.b = OrderWordsLib.packB(b.tokenOf(), newPrice, b.flagsOf());
        if (newRemaining != remaining) {
            words.a = OrderWordsLib.packA(token, newRemaining);
            // The schedule counts from the initial amount: what was sold so far stays sold.
            if (b.flagsOf() & OrderFlags.RELEASED != 0) {
                uint256 initial = (_release[id] >> 80) + newRemaining - remaining;
                if (initial > OrderWordsLib.MAX_AMOUNT) revert InvalidAmount(newRemaining);
                _release[id] = (initial << 80) | (_release[id] & ((1 << 80) - 1));
            }
        }
        emit OrderAmended(id, newRemaining, newPrice);
        emit IERC4906.MetadataUpdate(id);

        if (newRemaining > remaining) {
            _requireNotPaused(guard);
            _pull(token, msg.sender, newRemaining - remaining);
        } else if (newRemaining < remaining) {
            if (!TokenLib.tryTransfer(token, owner, remaining - newRemaining)) {
                _credit(owner, token, remaining - newRemaining);
            }
        }
    }

    /// @dev An order that has ended by time or epoch cannot be amended, only cancelled.
    function _requireLive(uint256 id) internal view returns (address owner, uint256 flags) {
        uint256 b = _orders[id].b;
        if (b == 0) revert IERC721Errors.ERC721NonexistentToken(id);
        if (id.isExpired()) revert NotFillable(id, FillStatus.Expired);
        flags = b.flagsOf();
        bool cancelled;
        (owner, cancelled) = _ownerAndEpoch(id, flags);
        if (cancelled) revert NotFillable(id, FillStatus.Cancelled);
    }
}
