// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {Price} from "../libraries/Price.sol";
import {IOrderMaker} from "./interfaces/IOrderMaker.sol";
import {IPairObserver} from "./interfaces/IPairObserver.sol";
import {OrderFlags} from "./libraries/OrderFlags.sol";
import {Account} from "./libraries/OrderWords.sol";
import {OrderMaking} from "./OrderMaking.sol";
import {PassOn} from "./PassOn.sol";
import {ThroughBook} from "./ThroughBook.sol";

/// @title The order book's entry points for makers
/// @notice Runs by delegatecall from `OrderNFT`, over its storage and at its address; passes on to `OrderExtension` what
/// it does not know. Apart from that one, because a market maker amends and batches often and pays for each byte of it.
contract OrderMakerExtension is AuthoritySlot, OrderMaking, ThroughBook, PassOn, IOrderMaker {
    constructor(
        address extension_,
        IPairObserver observer_
    ) AuthoritySlot(address(0)) OrderMaking(observer_) PassOn(extension_) {}

    fallback() external onlyThroughBook {
        _passOn();
    }

    /// @inheritdoc IOrderMaker
    function createFor(
        address maker,
        address sellToken,
        address buyToken,
        uint256 sellAmount,
        Price price,
        uint32 expiry,
        uint16 terms
    ) external onlyThroughBook returns (uint256 id) {
        GuardWord guard = _lock();
        _requireNotPaused(guard);
        if (terms & ~OrderFlags.SIMPLE != 0) revert InvalidTerms(terms);

        id = _mint(maker, sellToken, buyToken, sellAmount, price, expiry, terms);
        _pull(sellToken, msg.sender, sellAmount);

        _unlock(guard);
    }

    /// @inheritdoc IOrderMaker
    function createMany(NewOrder[] calldata orders) external onlyThroughBook returns (uint256[] memory ids) {
        GuardWord guard = _lock();
        _requireNotPaused(guard);

        ids = new uint256[](orders.length);
        uint256 owed;
        for (uint256 i; i < orders.length; ++i) {
            ids[i] = _mintNew(orders[i]);
            owed += orders[i].sellAmount;
            // Orders of one token that follow each other are paid in one transfer.
            if (i + 1 == orders.length || orders[i + 1].sellToken != orders[i].sellToken) {
                _pull(orders[i].sellToken, msg.sender, owed);
                owed = 0;
            }
        }

        _unlock(guard);
    }

    /// @inheritdoc IOrderMaker
    function amend(uint256 id, uint256 newRemaining, Price newPrice) external onlyThroughBook {
        GuardWord guard = _lock();
        (address owner, uint256 flags) = _requireLive(id);
        if (!_isAuthorized(id, owner, msg.sender, flags))
            revert IERC721Errors.ERC721InsufficientApproval(msg.sender, id);
        _amend(guard, id, owner, newRemaining, newPrice);
        _unlock(guard);
    }

    /// @inheritdoc IOrderMaker
    function cancelMany(uint256[] calldata ids) external onlyThroughBook returns (uint256 cancelled) {
        GuardWord guard = _lock();
        for (uint256 i; i < ids.length; ++i) {
            (bool done, , ) = _cancel(ids[i], msg.sender);
            if (done) ++cancelled;
        }
        _unlock(guard);
    }

    /// @inheritdoc IOrderMaker
    function raiseEpoch(uint256 epoch) external onlyThroughBook {
        _requireUnlocked();
        Account storage account = _accounts[msg.sender];
        (uint256 next, uint256 current) = (account.word.nonce(), account.word.epoch());
        if (epoch <= current || epoch > next) revert InvalidEpoch(epoch, current, next);

        account.word = account.word.withEpoch(epoch);

        emit EpochRaised(msg.sender, epoch);
    }
}
