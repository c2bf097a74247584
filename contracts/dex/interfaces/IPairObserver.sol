// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Prices and volumes of a pair's observed fills over time. A pair is observed once somebody paid for the
/// storage of its ring of observations; orders opt in one by one, so that others pay nothing.
interface IPairObserver {
    /// @notice Sums since the pair was first observed; differences between two of them mean something.
    /// @param timestamp seconds
    /// @param blocks blocks with at least one observed fill
    /// @param logPriceSeconds integral over time of ln(units of token1 for a unit of token0), 1e18, in seconds
    /// @param volume0 units of token0 that changed hands, modulo 2^128
    /// @param volume1 units of token1 that changed hands, modulo 2^128
    struct Observation {
        uint32 timestamp;
        uint32 blocks;
        int192 logPriceSeconds;
        uint128 volume0;
        uint128 volume1;
    }

    /// @notice The pair's ring can hold `cardinality` observations.
    event ObservationGrown(address indexed token0, address indexed token1, uint256 cardinality);

    /// @notice A fill was observed.
    event Observed(address indexed token0, address indexed token1, uint256 amount0, uint256 amount1);

    /// @notice The order book whose fills are recorded is `orderBook`, for good.
    event OrderBookBound(address indexed orderBook);

    /// @notice Thrown when somebody else than the order book records a fill.
    error NotOrderBook(address caller);
    /// @notice Thrown when the pair has no observation as old as `asked`; `oldest` is zero when it has none. Timestamps.
    error TooOld(uint256 asked, uint256 oldest);
    /// @notice Thrown when a ring would not grow, or not to between 2 and `MAX_CARDINALITY` observations.
    error InvalidCardinality(uint256 current, uint256 asked);
    /// @notice Thrown when the two tokens are the same.
    error SameToken(address token);
    /// @notice Thrown when `observe` is asked for a pair in descending order: the price would be the inverse one.
    error NotAscending(address token0, address token1);
    /// @notice Thrown when somebody else than the binder names the order book.
    error NotBinder(address caller);
    /// @notice Thrown when an order book is named twice, or is the zero address.
    error CannotBind(address current, address asked);
    /// @notice Thrown when a pair would be switched on before the order book is named.
    error NotBound();

    /// @notice Names the order book, once and for good. The binder only.
    /// @dev The order book's code fixes the observer's address, so the observer stands first and learns the book later.
    function bind(address orderBook_) external;

    /// @notice Switches a pair's observation on, or lets its ring grow to `cardinality` observations. The caller pays
    /// for the storage now.
    function grow(address tokenA, address tokenB, uint256 cardinality) external;

    /// @notice Records a fill. Order book only.
    function record(address sellToken, address buyToken, uint256 sold, uint256 paid) external;

    function isObserved(address tokenA, address tokenB) external view returns (bool);

    /// @return Whose fills are recorded; zero before `bind`.
    function orderBook() external view returns (address);

    /// @notice How many observations the pair's ring holds, and how many it can hold.
    function cardinality(address tokenA, address tokenB) external view returns (uint256 held, uint256 capacity);

    /// @notice The sums `secondsAgo` seconds ago; the price between two observations is the earlier one's.
    /// @dev Tokens in ascending order of address: token0 < token1. Zero seconds ago includes the fills of this block so
    /// far; who must not be moved by its own transaction asks for one second ago.
    function observe(address token0, address token1, uint256 secondsAgo) external view returns (Observation memory);
}
