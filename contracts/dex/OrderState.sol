// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardState} from "../access/GuardState.sol";
import {Price} from "../libraries/Price.sol";
import {TokenLib} from "../libraries/TokenLib.sol";
import {IOrderTypes} from "./interfaces/IOrderTypes.sol";
import {OrderFlags} from "./libraries/OrderFlags.sol";
import {OrderId} from "./libraries/OrderId.sol";
import {Account, AccountWord, OrderWords, OrderWordsLib} from "./libraries/OrderWords.sol";

/// @notice The storage of the order book and what its two contracts, core and extension, both do with it.
abstract contract OrderState is GuardState, IOrderTypes {
    using OrderId for uint256;
    using OrderWordsLib for uint256;

    uint256 internal constant MILLION = 1e6;
    /// @dev 30 bps.
    uint256 internal constant _MAX_TAKER_FEE = 3_000;
    Price internal constant NO_LIMIT = Price.wrap(type(uint80).max);

    mapping(uint256 id => OrderWords) internal _orders;
    mapping(address account => Account) internal _accounts;
    /// @dev Holds an owner only where the order's flags say TRANSFERRED; likewise the next three.
    mapping(uint256 id => address) internal _transferredTo;
    mapping(uint256 id => address) internal _approved;
    mapping(uint256 id => address) internal _privateTaker;
    /// @dev initial 96 | end 40 | start 40 (high to low).
    mapping(uint256 id => uint256) internal _release;
    mapping(address owner => mapping(address operator => bool)) internal _operators;
    mapping(address token => uint256) internal _fees;
    mapping(address account => mapping(address token => uint256)) internal _credits;
    mapping(address account => uint256) internal _signatureNonces;
    address internal _feeCollector;
    address internal _feeDiscount;

    /// @dev What is asked of an order, and what filling it would do. In memory, because it is more than the stack takes; a
    /// sweep uses one for all its orders.
    /// @param want most units to take
    /// @param budget most units to pay
    /// @param limit highest price
    struct Take {
        uint256 want;
        uint256 budget;
        Price limit;
        uint256 a;
        uint256 b;
        address owner;
        uint256 sold;
        uint256 paid;
    }

    // ---------------------------------------------------------------------------------------------------- creation

    /// @dev Writes an order and mints its token; the caller pulls the funds. No receiver hook: it could refuse, or
    /// re-enter.
    function _mint(
        address maker,
        address sellToken,
        address buyToken,
        uint256 sellAmount,
        Price price,
        uint256 expiry,
        uint256 flags
    ) internal returns (uint256 id) {
        if (sellAmount == 0 || sellAmount > OrderWordsLib.MAX_AMOUNT) revert InvalidAmount(sellAmount);
        if (sellToken == buyToken || sellToken == address(0) || buyToken == address(0)) {
            revert InvalidPair(sellToken, buyToken);
        }
        if (!price.isNormalised()) revert InvalidPrice(price);
        if (expiry <= block.timestamp) revert InvalidExpiry(expiry);
        if (maker == address(0) || maker == address(this)) revert InvalidAccount(maker);

        Account storage account = _accounts[maker];
        AccountWord word = account.word;
        id = OrderId.pack(maker, word.nonce(), expiry);
        account.word = word.plusOrder();
        OrderWords storage words = _orders[id];
        words.a = OrderWordsLib.packA(sellToken, sellAmount);
        words.b = OrderWordsLib.packB(buyToken, price, flags);

        emit IERC721.Transfer(address(0), maker, id);
        emit OrderCreated(id, sellToken, buyToken, sellAmount, price, flags);
    }

    // ----------------------------------------------------------------------------------------------------- filling

    /// @dev Whether `taker` can take from an order what `take` asks for, and into `take` what that comes to. The amount is
    /// cut to what is available and to what the budget pays for. The results mean something only when the order is
    /// fillable.
    function _evaluate(
        Take memory take,
        OrderWords storage words,
        uint256 id,
        address taker
    ) internal view returns (FillStatus) {
        uint256 a = words.a;
        if (a == 0) return FillStatus.Nonexistent;
        if (id.isExpired()) return FillStatus.Expired;
        uint256 b = words.b;
        uint256 flags = b.flagsOf();
        uint256 remaining = a.remainingOf();
        uint256 sold = remaining;
        if (flags & OrderFlags.RARE == 0) {
            address maker = id.makerOf();
            if (id.nonceOf() < _accounts[maker].word.epoch()) return FillStatus.Cancelled;
            take.owner = maker;
        } else {
            bool cancelled;
            (take.owner, cancelled) = _ownerAndEpoch(id, flags);
            if (cancelled) return FillStatus.Cancelled;
            if (flags & OrderFlags.PRIVATE != 0 && _privateTaker[id] != taker) return FillStatus.Private;
            if (flags & OrderFlags.RELEASED != 0) sold = _available(id, remaining);
            if (sold == 0) return FillStatus.NotReleased;
        }
        if (sold > take.want) sold = take.want;

        Price price = b.priceOf();
        if (Price.unwrap(price) > Price.unwrap(take.limit)) return FillStatus.AboveLimit;
        uint256 paid = price.costUp(sold);
        if (paid > take.budget) {
            sold = price.amountDown(take.budget);
            if (sold == 0) return FillStatus.BudgetSpent;
            paid = price.costUp(sold);
        }
        if (sold != remaining && sold < OrderFlags.minFill(flags)) return FillStatus.BelowMinFill;

        (take.a, take.b, take.sold, take.paid) = (a, b, sold, paid);
        return FillStatus.Fillable;
    }

    /// @dev An epoch binds an order only until its first transfer: after a sale, the seller cannot cancel it.
    function _ownerAndEpoch(uint256 id, uint256 flags) internal view returns (address owner, bool cancelled) {
        if (flags & OrderFlags.TRANSFERRED != 0) return (_transferredTo[id], false);
        owner = id.makerOf();
        cancelled = id.nonceOf() < _accounts[owner].word.epoch();
    }

    /// @dev The released part of what remains. Rounded down: against the taker.
    function _available(uint256 id, uint256 remaining) internal view returns (uint256) {
        uint256 word = _release[id];
        uint256 start = word & type(uint40).max;
        uint256 end = (word >> 40) & type(uint40).max;
        if (block.timestamp >= end) return remaining;
        if (block.timestamp <= start) return 0;
        uint256 initial = word >> 80;
        unchecked {
            uint256 released = (initial * (block.timestamp - start)) / (end - start);
            uint256 gone = initial - remaining;
            return released > gone ? released - gone : 0;
        }
    }

    // ------------------------------------------------------------------------------------------------------ ending

    /// @dev Takes an order and its token away.
    function _burn(OrderWords storage words, uint256 id, address owner, uint256 flags) internal {
        (words.a, words.b) = (0, 0);
        if (flags & (OrderFlags.RARE | OrderFlags.APPROVED) != 0) {
            if (flags & OrderFlags.TRANSFERRED != 0) delete _transferredTo[id];
            if (flags & OrderFlags.APPROVED != 0) delete _approved[id];
            if (flags & OrderFlags.PRIVATE != 0) delete _privateTaker[id];
            if (flags & OrderFlags.RELEASED != 0) delete _release[id];
        }
        Account storage account = _accounts[owner];
        account.word = account.word.minusToken();

        emit IERC721.Transfer(owner, address(0), id);
    }

    /// @dev Ends an order and refunds its owner, if `caller` may or anybody may; otherwise changes nothing.
    function _cancel(uint256 id, address caller) internal returns (bool done, uint256 refund, address owner) {
        OrderWords storage words = _orders[id];
        (uint256 a, uint256 b) = (words.a, words.b);
        if (a == 0) return (false, 0, address(0));
        bool cancelled;
        (owner, cancelled) = _ownerAndEpoch(id, b.flagsOf());
        if (!cancelled && !id.isExpired() && !_isAuthorized(id, owner, caller, b.flagsOf())) {
            return (false, 0, owner);
        }

        refund = a.remainingOf();
        _burn(words, id, owner, b.flagsOf());
        if (!TokenLib.tryTransfer(a.tokenOf(), owner, refund)) _credit(owner, a.tokenOf(), refund);
        done = true;
    }

    function _isAuthorized(uint256 id, address owner, address caller, uint256 flags) internal view returns (bool) {
        return
            caller == owner ||
            _operators[owner][caller] ||
            (flags & OrderFlags.APPROVED != 0 && _approved[id] == caller);
    }

    // ---------------------------------------------------------------------------------------------------- transfer

    /// @dev ERC-721 transfer by `caller`. An order that the maker's epoch has cancelled cannot move: the transfer
    /// would bring it back to life.
    function _transfer(address caller, address from, address to, uint256 id) internal {
        _requireUnlocked();
        if (to == address(0) || to == address(this)) revert IERC721Errors.ERC721InvalidReceiver(to);
        OrderWords storage words = _orders[id];
        uint256 b = words.b;
        if (b == 0) revert IERC721Errors.ERC721NonexistentToken(id);
        uint256 flags = b.flagsOf();
        (address owner, bool cancelled) = _ownerAndEpoch(id, flags);
        if (owner != from) revert IERC721Errors.ERC721IncorrectOwner(from, id, owner);
        if (cancelled) revert NotFillable(id, FillStatus.Cancelled);
        if (!_isAuthorized(id, owner, caller, flags)) revert IERC721Errors.ERC721InsufficientApproval(caller, id);

        if (flags & OrderFlags.APPROVED != 0) delete _approved[id];
        words.b = b.withFlags((flags | OrderFlags.TRANSFERRED) & ~OrderFlags.APPROVED);
        _transferredTo[id] = to;
        Account storage account = _accounts[from];
        account.word = account.word.minusToken();
        account = _accounts[to];
        account.word = account.word.plusToken();

        emit IERC721.Transfer(from, to, id);
    }

    // ------------------------------------------------------------------------------------------------------- money

    /// @dev Takes exactly `amount` from `from` into the escrow.
    function _pull(address token, address from, uint256 amount) internal {
        uint256 held = SafeTransferLib.balanceOf(token, address(this));
        if (!SafeTransferLib.trySafeTransferFrom(token, from, address(this), amount)) {
            revert PullFailed(token, from, amount);
        }
        unchecked {
            uint256 received = SafeTransferLib.balanceOf(token, address(this)) - held;
            if (received != amount) revert UnexpectedTransfer(token, amount, received);
        }
    }

    function _push(address token, address to, uint256 amount) internal {
        if (!TokenLib.tryTransfer(token, to, amount)) revert PushFailed(token, to, amount);
    }

    function _credit(address account, address token, uint256 amount) internal {
        _credits[account][token] += amount;
        emit Credited(account, token, amount);
    }
}
