// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IPairObserver} from "../dex/interfaces/IPairObserver.sol";
import {IPriceFeedAdmin} from "./interfaces/IPriceFeedAdmin.sol";
import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "./interfaces/IPriceOracle.sol";
import {IPriceSources} from "./interfaces/IPriceSources.sol";
import {AggregatorReader} from "./libraries/AggregatorReader.sol";
import {DexPrice} from "./libraries/DexPrice.sol";
import {FeedDecimals} from "./libraries/FeedDecimals.sol";
import {OracleConstants} from "./libraries/OracleConstants.sol";
import {SourceWord, SourceWordLib} from "./libraries/SourceWord.sol";
import {PriceOracleState} from "./PriceOracleState.sol";

/// @title The oracle's other sources, and its administration
/// @notice Runs by delegatecall from `PriceOracle`, over its storage and at its address. At its own address it has no
/// authority, so nobody can give it a source there, and without one it answers nothing.
contract PriceOracleExtension is AccessManaged, PriceOracleState, IPriceOracle, IPriceSources {
    /// @dev Bounds of a DEX source, whole USD and blocks.
    uint256 public constant LEAST_VOLUME = 50_000;
    uint256 public constant LEAST_BLOCKS = 10;

    uint256 private constant _WAD = 1e18;

    IPairObserver private immutable _OBSERVER;

    /// @param observer_ of the DEX; zero when no asset is to have a DEX source
    constructor(
        IPriceFeedReceiver receiver_,
        IPairObserver observer_
    ) AccessManaged(address(0)) PriceOracleState(receiver_) {
        _OBSERVER = observer_;
    }

    // ------------------------------------------------------------------------------------------------------ reading

    /// @inheritdoc IPriceOracle
    function price(address asset) external view returns (uint256) {
        Quote memory quote = _quote(asset, true);
        if (quote.quality != Quality.Fresh) revert StalePrice(asset, quote.updatedAt);
        return quote.low;
    }

    /// @inheritdoc IPriceOracle
    function tryPrice(address asset) external view returns (Quote memory) {
        return _quote(asset, true);
    }

    /// @inheritdoc IPriceOracle
    function lastPrice(address asset) external view returns (uint256 last) {
        _first(asset);
        for (uint256 i; i < _MAX_SOURCES && last == 0; ++i) {
            SourceWord source = _sources[asset][i];
            SourceKind kind = source.kind();
            if (kind == SourceKind.Feed) {
                IPriceFeedAdmin feeds = IPriceFeedAdmin(address(_RECEIVER));
                (uint256 decimals, ) = feeds.feedConfig(source.feedId());
                last = FeedDecimals.toWadDown(feeds.accepted(source.feedId()).answer, decimals);
            } else if (kind == SourceKind.Aggregator) {
                (uint256 answer, ) = AggregatorReader.latest(source.at());
                last = FeedDecimals.toWadDown(answer, source.decimals());
            }
        }
    }

    /// @inheritdoc IPriceSources
    function receiver() external view returns (address) {
        return address(_RECEIVER);
    }

    /// @inheritdoc IPriceSources
    function observer() external view returns (address) {
        return address(_OBSERVER);
    }

    /// @inheritdoc IPriceSources
    function sourcesOf(address asset) external view returns (Source[] memory sources) {
        uint256 count;
        while (count < _MAX_SOURCES && _sources[asset][count].kind() != SourceKind.None) ++count;

        sources = new Source[](count);
        for (uint256 i; i < count; ++i) sources[i] = _sources[asset][i].unpack();
    }

    // ----------------------------------------------------------------------------------------------------- watching

    /// @inheritdoc IPriceSources
    function poke(address asset) external returns (uint256 watched) {
        _first(asset);
        for (uint256 i; i < _MAX_SOURCES; ++i) {
            SourceWord source = _sources[asset][i];
            if (source.kind() == SourceKind.Aggregator && _watch(asset, i, source)) ++watched;
        }
    }

    function _watch(address asset, uint256 index, SourceWord source) private returns (bool) {
        (uint256 answer, uint256 updatedAt) = AggregatorReader.latest(source.at());
        uint256 validUntil = updatedAt + source.maxAge();
        if (answer == 0 || block.timestamp > validUntil) return false;

        Watch storage watch = _watches[asset][index];
        // A gap since the last look cannot be told from none: it counts as one.
        if (block.timestamp > watch.validUntil) watch.freshSince = uint40(block.timestamp);
        watch.validUntil = uint40(validUntil);

        emit Watched(asset, index, watch.freshSince, validUntil);
        return true;
    }

    // ------------------------------------------------------------------------------------------------ configuration

    /// @inheritdoc IPriceSources
    function setSources(address asset, Source[] calldata sources) external restricted {
        if (sources.length == 0 || sources.length > _MAX_SOURCES)
            revert InvalidSourceCount(sources.length, _MAX_SOURCES);

        for (uint256 i; i < _MAX_SOURCES; ++i) {
            delete _watches[asset][i];
            bool isGiven = i < sources.length;
            _sources[asset][i] = isGiven ? _pack(asset, sources[i], i, i + 1 == sources.length) : SourceWordLib.NONE;
        }
        _sources[asset][0] = _sources[asset][0].withSetAt(uint32(block.timestamp));

        emit SourcesSet(asset, sources);
    }

    function _pack(
        address asset,
        Source calldata source,
        uint256 index,
        bool isLast
    ) private view returns (SourceWord) {
        if (source.kind == SourceKind.Feed) {
            // Reverts for an unknown feed.
            IPriceFeedAdmin(address(_RECEIVER)).feedConfig(source.feedId);
            return SourceWordLib.feed(source.feedId);
        }
        if (source.kind == SourceKind.Aggregator) {
            _requireBounds(source.heartbeat, OracleConstants.MIN_HEARTBEAT, OracleConstants.MAX_HEARTBEAT);
            uint256 decimals = _requireDecimals(source.at, AggregatorV3Interface(source.at).decimals());
            return SourceWordLib.aggregator(source.at, source.heartbeat, decimals);
        }
        bool isAllowed =
            source.kind == SourceKind.Dex &&
                isLast &&
                address(_OBSERVER) != address(0) &&
                source.at != asset &&
                _hasPriceOfItsOwn(source.at);
        if (!isAllowed) revert InvalidSource(asset, index);
        _requireBounds(source.minVolume, LEAST_VOLUME, type(uint32).max);
        _requireBounds(source.minBlocks, LEAST_BLOCKS, type(uint8).max);
        return
            SourceWordLib.dex(
                source.at,
                source.minVolume,
                source.minBlocks,
                _requireDecimals(asset, IERC20Metadata(asset).decimals()),
                _requireDecimals(source.at, IERC20Metadata(source.at).decimals())
            );
    }

    function _requireDecimals(address at, uint256 decimals) private pure returns (uint256) {
        if (decimals > FeedDecimals.MAX) revert TooManyDecimals(at, decimals, FeedDecimals.MAX);
        return decimals;
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert OutOfBounds(value, least, most);
    }

    // ------------------------------------------------------------------------------------------------------ sources

    function _first(address asset) private view returns (SourceWord first) {
        first = _sources[asset][0];
        if (first.kind() == SourceKind.None) revert UnknownAsset(asset);
    }

    /// @dev Whether a quote token's price can be read without the DEX.
    function _hasPriceOfItsOwn(address token) private view returns (bool) {
        SourceKind kind = _sources[token][0].kind();
        return kind == SourceKind.Feed || kind == SourceKind.Aggregator;
    }

    /// @param withDex without it a DEX source has no price: a quote token's own must not be asked
    function _quote(address asset, bool withDex) private view returns (Quote memory quote) {
        SourceWord first = _first(asset);
        quote = _halted();
        for (uint256 i; i < _MAX_SOURCES; ++i) {
            SourceWord source = _sources[asset][i];
            if (source.kind() == SourceKind.None) break;
            if (withDex || source.kind() != SourceKind.Dex) _read(quote, asset, i, source);
            if (quote.quality != Quality.Halted) break;
        }
        uint256 graceUntil = first.graceUntil();
        if (graceUntil > quote.liquidatableFrom) quote.liquidatableFrom = graceUntil;
    }

    function _halted() private pure returns (Quote memory) {
        return Quote(0, OracleConstants.NO_PRICE, 0, OracleConstants.NEVER, Quality.Halted);
    }

    /// @dev Fills `quote` if the source has a price. Otherwise at most raises `updatedAt`: the latest update known.
    function _read(Quote memory quote, address asset, uint256 index, SourceWord source) private view {
        SourceKind kind = source.kind();
        if (kind == SourceKind.Feed) _readFeed(quote, source);
        else if (kind == SourceKind.Aggregator) _readAggregator(quote, asset, index, source);
        else _readDex(quote, asset, source);
    }

    function _readFeed(Quote memory quote, SourceWord source) private view {
        IPriceFeedReceiver.FeedQuote memory relayed = _RECEIVER.quote(source.feedId());
        if (relayed.state == IPriceFeedReceiver.FeedState.Stale) {
            if (relayed.updatedAt > quote.updatedAt) quote.updatedAt = relayed.updatedAt;
            return;
        }

        (quote.low, quote.high) = (relayed.low, relayed.high);
        (quote.updatedAt, quote.liquidatableFrom) = (relayed.updatedAt, relayed.liquidatableFrom);
        quote.quality = relayed.state == IPriceFeedReceiver.FeedState.Fresh ? Quality.Fresh : Quality.Pending;
    }

    function _readAggregator(Quote memory quote, address asset, uint256 index, SourceWord source) private view {
        (uint256 answer, uint256 updatedAt) = AggregatorReader.latest(source.at());
        (uint256 low, uint256 high) = FeedDecimals.toWad(answer, answer, source.decimals());
        if (low == 0 || block.timestamp > updatedAt + source.maxAge()) {
            if (updatedAt > quote.updatedAt) quote.updatedAt = updatedAt;
            return;
        }

        (quote.low, quote.high, quote.updatedAt) = (low, high, updatedAt);
        quote.liquidatableFrom = _RECEIVER.chainLiquidatableFrom();
        Watch memory watch = _watches[asset][index];
        uint256 freshSince = block.timestamp > watch.validUntil ? block.timestamp : watch.freshSince;
        uint256 graceUntil = freshSince + OracleConstants.GRACE;
        if (graceUntil > quote.liquidatableFrom) quote.liquidatableFrom = graceUntil;
        quote.quality = Quality.Fresh;
    }

    function _readDex(Quote memory quote, address asset, SourceWord source) private view {
        DexPrice.Window memory window = DexPrice.read(_OBSERVER, asset, source);
        (uint256 low, uint256 high) = window.mean < window.average
            ? (window.mean, window.average)
            : (window.average, window.mean);
        // Trusted only where two means that are moved in different ways agree.
        if (low == 0 || !DexPrice.agree(low, high) || window.blocks < source.minBlocks()) return;
        Quote memory quoteToken = _quote(source.at(), false);
        if (quoteToken.quality < Quality.Pending) return;
        // Rounds down.
        uint256 volume = (window.volume * quoteToken.low) / 10 ** source.quoteDecimals();
        if (volume < source.minVolume() * _WAD) return;

        // The low rounds down, the high up.
        low = (low * quoteToken.low) / _WAD;
        high = (high * quoteToken.high + _WAD - 1) / _WAD;
        if (low == 0) return;

        (quote.low, quote.high) = (low, high);
        quote.updatedAt = block.timestamp - DexPrice.LAG;
        quote.quality = Quality.Fallback;
    }
}
