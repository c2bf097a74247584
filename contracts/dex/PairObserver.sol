// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {IPairObserver} from "./interfaces/IPairObserver.sol";

/// @title Prices and volumes of observed pairs over time
/// @notice One observation a block: the sums of all fills up to and including that block, and the integral of ln(price)
/// up to it. A block's price is volume-weighted, the bought amount over the sold amount of all its fills, and holds until
/// the next block with a fill.
///
/// Why not the last fill's price: an order may be of one unit, and no fee is taken from one unit, so whoever fills last
/// in a block would set its price for nothing. Against the volume-weighted price a block's honest trade must be
/// outweighed, and the taker fee paid on what outweighs it.
/// Why ln: the mean of logarithms is the geometric mean, the same seen from either token, and one wild block moves it
/// by the logarithm of its wildness only.
/// What a reader must still do: a quiet block belongs to whoever trades in it, dust or not. The sums of volume over the
/// same window give the window's volume-weighted price, which dust does not move. So ask for a least volume and a least
/// number of blocks, and trust the mean price only where both prices agree.
/// Same block: a price counts for no second of the block that made it, so nobody can trade and read it in one transaction.
/// Hostile tokens: recording makes no call and cannot revert for the order book, and spoils the token's own pairs only.
/// History: a block overwrites the oldest observation. Anybody may lengthen a ring.
/// Known limits: timestamps have 32 bits, as the order book's expiries have.
contract PairObserver is IPairObserver {
    /// @dev A day of six-second blocks.
    uint256 public constant MAX_CARDINALITY = 14_400;
    /// @dev A block's volume is the difference between two observations.
    uint256 private constant _MIN_CARDINALITY = 2;

    /// @dev A pair's ring, one word. The observations held are those below `held`; the next one follows `last`.
    struct Ring {
        uint64 last;
        uint64 held;
        uint64 capacity;
    }

    address private immutable _BINDER;

    /// @inheritdoc IPairObserver
    address public orderBook;

    mapping(address token0 => mapping(address token1 => Ring)) private _rings;
    /// @dev Two words each: timestamp, blocks and integral; the volumes.
    mapping(address token0 => mapping(address token1 => mapping(uint256 index => Observation))) private _observations;

    /// @param binder who will name the order book
    constructor(address binder) {
        _BINDER = binder;
    }

    /// @inheritdoc IPairObserver
    function bind(address orderBook_) external {
        if (msg.sender != _BINDER) revert NotBinder(msg.sender);
        if (orderBook != address(0) || orderBook_ == address(0)) revert CannotBind(orderBook, orderBook_);

        orderBook = orderBook_;

        emit OrderBookBound(orderBook_);
    }

    /// @inheritdoc IPairObserver
    function grow(address tokenA, address tokenB, uint256 cardinality_) external {
        if (orderBook == address(0)) revert NotBound();
        if (tokenA == tokenB) revert SameToken(tokenA);
        (address token0, address token1) = _sort(tokenA, tokenB);
        Ring storage ring = _rings[token0][token1];
        uint256 capacity = ring.capacity;
        if (cardinality_ <= capacity || cardinality_ < _MIN_CARDINALITY || cardinality_ > MAX_CARDINALITY) {
            revert InvalidCardinality(capacity, cardinality_);
        }

        ring.capacity = uint64(cardinality_);
        mapping(uint256 => Observation) storage observations = _observations[token0][token1];
        for (uint256 i = capacity; i < cardinality_; ++i) {
            // Whoever grows the ring pays for its words, so that a fill never writes to a fresh one.
            observations[i].timestamp = 1;
            observations[i].volume0 = 1;
        }

        emit ObservationGrown(token0, token1, cardinality_);
    }

    /// @inheritdoc IPairObserver
    function record(address sellToken, address buyToken, uint256 sold, uint256 paid) external {
        if (msg.sender != orderBook) revert NotOrderBook(msg.sender);
        (address token0, address token1) = _sort(sellToken, buyToken);
        Ring memory ring = _rings[token0][token1];
        // Without a ring, or without an amount, there is no price to remember. That must not stop a fill.
        if (ring.capacity == 0 || sold == 0 || paid == 0) return;

        mapping(uint256 => Observation) storage observations = _observations[token0][token1];
        if (ring.held == 0 || observations[ring.last].timestamp != uint32(block.timestamp)) {
            Observation memory opened = _carried(observations, ring, uint32(block.timestamp));
            ++opened.blocks;
            ring.last = _next(ring);
            if (ring.last == ring.held) ++ring.held;
            observations[ring.last] = opened;
            _rings[token0][token1] = ring;
        }

        (uint256 amount0, uint256 amount1) = token0 == sellToken ? (sold, paid) : (paid, sold);
        Observation storage current = observations[ring.last];
        unchecked {
            (current.volume0, current.volume1) = (
                current.volume0 + uint128(amount0),
                current.volume1 + uint128(amount1)
            );
        }
        emit Observed(token0, token1, amount0, amount1);
    }

    /// @inheritdoc IPairObserver
    function isObserved(address tokenA, address tokenB) external view returns (bool) {
        (address token0, address token1) = _sort(tokenA, tokenB);
        return _rings[token0][token1].capacity != 0;
    }

    /// @inheritdoc IPairObserver
    function cardinality(address tokenA, address tokenB) external view returns (uint256 held, uint256 capacity) {
        (address token0, address token1) = _sort(tokenA, tokenB);
        Ring memory ring = _rings[token0][token1];
        return (ring.held, ring.capacity);
    }

    /// @inheritdoc IPairObserver
    function observe(
        address token0,
        address token1,
        uint256 secondsAgo
    ) external view returns (Observation memory sums) {
        if (token0 >= token1) revert NotAscending(token0, token1);
        Ring memory ring = _rings[token0][token1];
        uint256 target = FixedPointMathLib.zeroFloorSub(block.timestamp, secondsAgo);
        if (ring.held == 0) revert TooOld(target, 0);

        mapping(uint256 => Observation) storage observations = _observations[token0][token1];
        if (target >= observations[ring.last].timestamp) return _carried(observations, ring, uint32(target));

        uint256 oldest = ring.last + 1 == ring.held ? 0 : ring.last + 1;
        if (target < observations[oldest].timestamp) revert TooOld(target, observations[oldest].timestamp);

        // Positions in order of age. The one at `low` is not later than the target, the one at `high` is.
        uint256 low;
        uint256 high = ring.held - 1;
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            if (observations[(oldest + middle) % ring.held].timestamp <= target) low = middle;
            else high = middle;
        }
        sums = observations[(oldest + low) % ring.held];
        Observation memory later = observations[(oldest + high) % ring.held];
        // One price held from the one to the other, so the quotient is exact.
        int256 lnPrice =
            (later.logPriceSeconds - sums.logPriceSeconds) / int256(uint256(later.timestamp - sums.timestamp));
        sums.logPriceSeconds += int192(lnPrice * int256(target - sums.timestamp));
        sums.timestamp = uint32(target);
    }

    /// @dev The last observation's sums carried on to `timestamp`, its block's price holding all the while. Zeroes at
    /// `timestamp` when there is none. |ln(price)| < 2^68, so 2^32 seconds of it fit 192 bits with ease.
    function _carried(
        mapping(uint256 => Observation) storage observations,
        Ring memory ring,
        uint32 timestamp
    ) private view returns (Observation memory sums) {
        if (ring.held != 0) {
            sums = observations[ring.last];
            uint32 elapsed;
            unchecked {
                elapsed = timestamp - sums.timestamp;
            }
            if (elapsed != 0) {
                sums.logPriceSeconds += int192(_lnPrice(observations, ring, sums) * int256(uint256(elapsed)));
            }
        }
        sums.timestamp = timestamp;
    }

    /// @dev ln of the last block's volume of token1 over that of token0, 1e18. A volume that is a multiple of 2^128
    /// counts as one unit: only a token with such a supply gets there, and it must not stop a fill.
    function _lnPrice(
        mapping(uint256 => Observation) storage observations,
        Ring memory ring,
        Observation memory last
    ) private view returns (int256) {
        (uint128 volume0, uint128 volume1) = (last.volume0, last.volume1);
        if (ring.held != 1) {
            Observation storage previous = observations[ring.last == 0 ? ring.held - 1 : ring.last - 1];
            unchecked {
                volume0 -= previous.volume0;
                volume1 -= previous.volume1;
            }
        }
        return _ln(volume1) - _ln(volume0);
    }

    function _ln(uint128 volume) private pure returns (int256) {
        return FixedPointMathLib.lnWad(volume == 0 ? int256(1) : int256(uint256(volume)));
    }

    /// @dev Where the next observation goes: on to the end of a ring that has grown, then over the oldest one.
    function _next(Ring memory ring) private pure returns (uint64) {
        if (ring.held == 0) return 0;
        uint64 next = ring.last + 1;
        return next == ring.held && ring.held == ring.capacity ? 0 : next;
    }

    function _sort(address tokenA, address tokenB) private pure returns (address, address) {
        return tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
    }
}
