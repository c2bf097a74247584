// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Where the oracle's prices come from.
interface IPriceSources {
    /// @notice None: not a source. Feed: a feed of the receiver. Aggregator: an AggregatorV3 on this chain.
    /// Dex: the order book's time-weighted price in a quote token.
    enum SourceKind {
        None,
        Feed,
        Aggregator,
        Dex
    }

    /// @param kind says which of the other fields count
    /// @param feedId Feed: the receiver's id
    /// @param at Aggregator: its address; Dex: the quote token
    /// @param heartbeat Aggregator: at most so many seconds between two updates; stale 10 % after that
    /// @param minVolume Dex: least volume of the window, whole USD
    /// @param minBlocks Dex: least number of blocks with fills in the window
    struct Source {
        SourceKind kind;
        uint32 feedId;
        address at;
        uint32 heartbeat;
        uint32 minVolume;
        uint8 minBlocks;
    }

    /// @notice The asset's prices come from `sources`, the first that has one.
    event SourcesSet(address indexed asset, Source[] sources);

    /// @notice The asset's aggregator number `index` is known to be valid until `validUntil`, without a gap since
    /// `freshSince`. Seconds.
    event Watched(address indexed asset, uint256 index, uint256 freshSince, uint256 validUntil);

    /// @notice Thrown when an asset would have no source, or more than `limit`.
    error InvalidSourceCount(uint256 count, uint256 limit);
    /// @notice Thrown when source number `index` has no kind, stands in the wrong place, or misses what its kind needs.
    error InvalidSource(address asset, uint256 index);
    /// @notice Thrown when a token or aggregator has more than `limit` decimals.
    error TooManyDecimals(address at, uint256 decimals, uint256 limit);
    /// @notice Thrown when a parameter is not between `least` and `most`.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);
    /// @notice Thrown when so little gas is left that an aggregator could fail for that alone.
    error NotEnoughGas(uint256 left, uint256 needed);

    /// @notice Replaces the asset's sources. Governance, through its timelock. No liquidation relies on them for 15 minutes.
    /// @dev A DEX source comes last; its quote token has a first source that is not the DEX.
    function setSources(address asset, Source[] calldata sources) external;

    /// @notice Notes until when the rounds of the asset's aggregators are valid. Anybody: without it, a quote from an
    /// aggregator is never liquidatable, since nobody could know whether it just came back.
    /// @return watched how many aggregators had a valid round
    function poke(address asset) external returns (uint256 watched);

    /// @return The asset's sources; none for an unknown asset.
    function sourcesOf(address asset) external view returns (Source[] memory);

    /// @return Where relayed prices come from.
    function receiver() external view returns (address);

    /// @return The DEX's observer; zero when no asset can have a DEX source.
    function observer() external view returns (address);
}
