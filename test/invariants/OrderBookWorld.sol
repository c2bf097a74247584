// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {BookActor} from "../mocks/BookActor.sol";
import {HostileToken} from "../mocks/HostileToken.sol";

/// @notice An order book with actors and tokens, and what it should hold according to what was done to it.
/// @dev No cheat codes, so that Echidna and Medusa can run it as it is.
abstract contract OrderBookWorld {
    uint256 internal constant MAKERS = 4;
    uint256 internal constant ACTORS = 7;
    uint256 internal constant NEVER = type(uint32).max;
    uint256 internal constant MAX_AMOUNT = type(uint96).max;

    /// @dev What is known of an order from the calls that went through, never from the book.
    struct Ghost {
        address owner;
        address approved;
        bool transferred;
        bool ended;
        address sellToken;
        uint256 paidIn;
        uint256 sold;
        uint256 paidBack;
        // Since the price last changed, for the rounding.
        Price price;
        uint256 soldAtPrice;
        uint256 paidAtPrice;
        uint256 fillsAtPrice;
    }

    IOrderNFT public immutable book;
    IAccessManager internal immutable _manager;
    HostileToken internal immutable _hostile;
    BookActor[] internal _actors;
    address[] internal _tokens;

    uint256[] internal _ids;
    mapping(uint256 id => Ghost) internal _ghosts;
    mapping(address owner => mapping(address operator => bool)) internal _operators;
    mapping(address maker => uint256) internal _epochs;
    mapping(address maker => uint256) internal _nonces;
    /// @notice How often each action went through.
    mapping(string action => uint256) public done;
    /// @notice The first violation that an action saw, by the invariant's number.
    mapping(uint256 invariant => string) public violation;

    /// @dev An order book at a fee of 600 millionths, whose authority this contract administers.
    function _deployBook() internal virtual returns (IAccessManager manager, IOrderNFT orderBook);

    constructor() {
        (_manager, book) = _deployBook();
        uint8[5] memory decimals = [0, 2, 6, 18, 27];
        for (uint256 i; i < decimals.length; ++i) _tokens.push(address(new DemoToken("T", "T", decimals[i])));
        _hostile = new HostileToken(18);
        _tokens.push(address(_hostile));
        for (uint256 i; i < ACTORS; ++i) {
            BookActor actor = new BookActor();
            _actors.push(actor);
            for (uint256 j; j < _tokens.length; ++j) {
                DemoToken(_tokens[j]).mint(address(actor), 1 << 190);
                actor.execute(_tokens[j], abi.encodeCall(IERC20.approve, (address(book), type(uint256).max)));
            }
        }
    }

    // ----------------------------------------------------------------------------------------------------- choosing

    function _maker(uint256 seed) internal view returns (BookActor) {
        return _actors[seed % MAKERS];
    }

    /// @dev Takers are the last three; makers trade too, now and then.
    function _taker(uint256 seed) internal view returns (BookActor) {
        return seed % 4 == 0 ? _actors[(seed >> 8) % ACTORS] : _actors[MAKERS + ((seed >> 8) % (ACTORS - MAKERS))];
    }

    /// @dev Mostly one of the latest orders; the older ones have ended.
    function _anyId(uint256 seed) internal view returns (uint256) {
        uint256 count = _ids.length;
        uint256 back = seed % 8 == 0 ? (seed >> 8) % count : (seed >> 8) % (count < 6 ? count : 6);
        return _ids[count - 1 - back];
    }

    function _pair(uint256 seed) internal view returns (address sell, address buy) {
        uint256 n = _tokens.length;
        uint256 i = seed % n;
        return (_tokens[i], _tokens[(i + 1 + ((seed >> 8) % (n - 1))) % n]);
    }

    function _between(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (x % (high - low + 1));
    }

    /// @dev From 2^-60 to 2^60.
    function _price(uint256 seed) internal pure returns (Price) {
        uint256 exponent = _between(seed, 60, 180);
        return Price.wrap(uint80((exponent << 72) | (1 << 71) | ((seed >> 16) & ((1 << 71) - 1))));
    }

    /// @dev Anything from dust to 2^96 - 1.
    function _amount(uint256 seed) internal pure returns (uint256) {
        uint256 amount = (seed >> 8) % (1 << _between(seed, 1, 96));
        return amount == 0 ? 1 : amount;
    }

    // -------------------------------------------------------------------------------------------------- the model

    function _remaining(Ghost storage ghost) internal view returns (uint256) {
        return ghost.paidIn - ghost.sold - ghost.paidBack;
    }

    function _isExpired(uint256 id) internal view returns (bool) {
        return block.timestamp >= id & NEVER;
    }

    function _isBelowEpoch(uint256 id) internal view returns (bool) {
        if (_ghosts[id].transferred) return false;
        return ((id >> 32) & type(uint64).max) < _epochs[address(uint160(id >> 96))];
    }

    function _mayAct(uint256 id, address actor) internal view returns (bool) {
        Ghost storage ghost = _ghosts[id];
        return actor == ghost.owner || actor == ghost.approved || _operators[ghost.owner][actor];
    }

    /// @dev Whether the token does what ERC-20 says for these accounts now.
    function _isCalm(address token, address from, address to) internal view returns (bool) {
        if (token != address(_hostile)) return true;
        return
            _hostile.pushMode() == HostileToken.Mode.Honest &&
            _hostile.pullMode() == HostileToken.Mode.Honest &&
            !_hostile.paused() &&
            !_hostile.blocked(from) &&
            !_hostile.blocked(to) &&
            !_hostile.blocked(address(book));
    }

    /// @dev ceil(amount * mantissa * 2^(exponent - 191)), written otherwise than the library does.
    function _cost(Price price, uint256 amount) internal pure returns (uint256) {
        uint256 exponent = Price.unwrap(price) >> 72;
        uint256 product = amount * (Price.unwrap(price) & ((1 << 72) - 1));
        if (exponent >= 191) return product * 2 ** (exponent - 191);
        uint256 divisor = 2 ** (191 - exponent);
        return product / divisor + (product % divisor == 0 ? 0 : 1);
    }

    /// @return What `account` has of `token`, in its own hands and as credit.
    function _wealth(address account, address token) internal view returns (uint256) {
        return IERC20(token).balanceOf(account) + book.creditOf(account, token);
    }

    function _addOrder(uint256 id, address maker, address sellToken, uint256 amount, Price price) internal {
        _check(_ghosts[id].paidIn == 0, 5, "an id came back");
        _check(((id >> 32) & type(uint64).max) == _nonces[maker]++, 5, "nonces do not count");
        Ghost storage ghost = _ghosts[id];
        ghost.owner = maker;
        ghost.sellToken = sellToken;
        ghost.paidIn = amount;
        ghost.price = price;
        _ids.push(id);
    }

    function _addFill(uint256 id, uint256 sold, uint256 paid) internal {
        Ghost storage ghost = _ghosts[id];
        _check(sold != 0 && paid != 0, 13, "a fill for nothing");
        _check(paid == _cost(ghost.price, sold), 3, "paid is not the price's cost, rounded up");
        ghost.sold += sold;
        ghost.soldAtPrice += sold;
        ghost.paidAtPrice += paid;
        ++ghost.fillsAtPrice;
        if (_remaining(ghost) == 0) _end(ghost);
    }

    function _end(Ghost storage ghost) internal {
        ghost.ended = true;
        ghost.approved = address(0);
    }

    /// @dev Remembers a violation instead of reverting: a fuzzer may overlook a reversion.
    function _check(bool holds_, uint256 invariant, string memory what) internal {
        if (!holds_ && bytes(violation[invariant]).length == 0) violation[invariant] = what;
    }

    function order(uint256 id, address taker) internal view returns (IOrderTypes.Order memory) {
        return book.order(id, taker);
    }
}
