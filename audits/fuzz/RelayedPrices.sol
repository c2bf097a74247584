// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {HEVM} from "./IHevm.sol";

/// @notice The real receiver and oracle behind the face of the suite's `OracleStub`: a price that is set travels as a
/// message, and time passes until the oracle believes it. It is LayerZero's endpoint, the sender, the keepers, the DEX's
/// order book and the clock; and it remembers when each price was lost and when the chain stalled, by its own reckoning.
contract RelayedPrices {
    enum Haste {
        Unconfirmed,
        AfterSilence,
        AfterStall,
        JustBeforeGrace,
        JustAfterGrace
    }

    uint32 public constant ETHEREUM = 30_101;
    /// @dev Seconds.
    uint256 public constant BLOCK_TIME = 6;

    uint256 private constant _START = 1_800_000_000;
    uint256 private constant _GRACE = 15 minutes;
    uint256 private constant _STALL = 5 minutes;
    uint256 private constant _SILENCE = 31 minutes;
    uint256 private constant _CONFIRMATION = 60 seconds;
    /// @dev USDC that change hands in a block of the DEX. Ten such are enough down to half a cent each.
    uint256 private constant _TRADED = 1_000_000e6;

    IWholePriceFeedReceiver private _receiver;
    IWholePriceOracle private _oracle;
    IPairObserver private _observer;
    /// @dev The feed of an asset is its place here, from one on. The first one is the DEX's quote token.
    address[] private _assets;
    mapping(address asset => uint256) private _feeds;
    mapping(address asset => uint256) private _decimals;
    /// @dev Ethereum's price, in the feed's decimals; zero before the first.
    mapping(address asset => uint256) private _answers;
    /// @dev The last second at which an asset's feed was found without a price.
    mapping(address asset => uint256) private _lostAt;
    uint256 private _stalledAt;
    /// @dev By how many seconds the engine let blocks run ahead of the clock: so much of a stall may stay hidden.
    uint256 private _ahead;
    uint40 private _round;
    // The clock is kept here: a compiler may read the chain's only once in a function.
    uint256 private _now;
    uint256 private _height;

    /// @dev Catches up with a clock that the fuzzer moved.
    modifier clocked() {
        uint256 elapsed = block.timestamp - _now;
        uint256 expected = (block.number - _height) * BLOCK_TIME;
        if (_now != 0 && expected > elapsed) _ahead += expected - elapsed;
        (_now, _height) = (block.timestamp, block.number);
        _noteLost();
        _;
    }

    // ------------------------------------------------------------------------------------------------------- set-up

    /// @dev Engines have clocks of their own, and some start near zero.
    constructor() {
        if (block.timestamp < _START) HEVM.warp(_START);
    }

    /// @notice LayerZero's endpoint is told a delegate, and does nothing with it here.
    function setDelegate(address) external {}

    function bind(IWholePriceFeedReceiver receiver, IWholePriceOracle oracle, IPairObserver observer) external {
        (_receiver, _oracle, _observer) = (receiver, oracle, observer);
    }

    /// @return feedId of the next asset that is added
    function nextFeed() external view returns (uint256 feedId) {
        return _assets.length + 1;
    }

    function add(address asset, uint256 feedDecimals) external {
        _assets.push(asset);
        _feeds[asset] = _assets.length;
        _decimals[asset] = feedDecimals;
    }

    // ------------------------------------------------------------------------------------------- the face of a stub

    /// @notice Ethereum's price is `value`; keepers push it, confirm it and wait until it can be relied on. Zero is the
    /// price that was.
    function set(address asset, uint256 value) public clocked {
        _setAnswer(asset, value);
        _settle();
        for (uint256 i; i < _assets.length; ++i) {
            if (_answers[_assets[i]] == 0) continue;
            uint256 from = _oracle.tryPrice(_assets[i]).liquidatableFrom;
            if (from <= _now || from - _now > _GRACE) continue;
            _forward(from - _now, (from - _now) / BLOCK_TIME);
            _push(address(0));
        }
    }

    /// @notice `Pending`: a jump from `high` to below `low` that nobody confirmed. `Fallback`: the asset's feed falls silent;
    /// where the DEX trades it, its price is what is left. `Fresh`: it was silent, and is back in its grace.
    function setQuote(address asset, uint256 low, uint256 high, IPriceOracle.Quality quality, uint256) external {
        set(asset, high);
        if (quality == IPriceOracle.Quality.Pending)
            return _deliver(asset, _answerOf(asset, (low * 99) / 100), _now, 0);
        _fallSilent(asset);
        if (quality == IPriceOracle.Quality.Fresh) _settle();
    }

    function price(address asset) external view returns (uint256) {
        return _oracle.price(asset);
    }

    function tryPrice(address asset) external view returns (IPriceOracle.Quote memory) {
        return _oracle.tryPrice(asset);
    }

    function lastPrice(address asset) external view returns (uint256) {
        return _oracle.lastPrice(asset);
    }

    /// @notice Does nothing: feeds remember for themselves.
    function setLastPrice(address asset, uint256 value) external {}

    // ------------------------------------------------------------------------------------------------- worse moments

    /// @notice Time passes in one leap. Of four times, keepers then push and confirm; or nobody does; or the chain had
    /// stalled all the while, or had made no block at all.
    function elapse(uint256 duration) external clocked {
        uint256 kind = duration % 4;
        _forward(duration, kind < 2 ? duration / BLOCK_TIME : kind - 2);
        if (kind != 0) _settle();
    }

    /// @notice All verifiers together forge a message.
    function forge(address asset, uint256 answer, uint256 observedAt, uint256 age) external clocked {
        uint256 last = _answers[asset];
        answer = last / 3 + 1 + (answer % (3 * last));
        observedAt = _now - 2 hours + (observedAt % (2 hours + 60));
        _deliver(asset, answer < type(uint88).max ? answer : type(uint88).max, observedAt, age % 5_000);
    }

    /// @notice As `set`, but whoever wants to act on the price does not wait until it may.
    function rush(address asset, uint256 value, Haste haste) external clocked {
        if (haste == Haste.Unconfirmed) {
            _settle();
            _setAnswer(asset, value);
            return _push(address(0));
        }
        bool stalls = haste == Haste.AfterStall;
        uint256 duration = stalls ? _STALL + 2 * BLOCK_TIME + 1 : _SILENCE;
        _forward(duration, stalls ? 1 : duration / BLOCK_TIME);
        _setAnswer(asset, value);
        _settle();
        if (uint256(haste) < uint256(Haste.JustBeforeGrace)) return;

        uint256 from = _oracle.tryPrice(asset).liquidatableFrom;
        if (from <= _now || from - _now > _GRACE) return;
        uint256 left = from - _now - (haste == Haste.JustBeforeGrace ? 1 : 0);
        _forward(left, left / BLOCK_TIME);
        _push(address(0));
    }

    // ------------------------------------------------------------------------------------------------- its own memory

    /// @return Whether nothing that is remembered here forbids a liquidation that relies on the price of `asset`.
    function mayLiquidate(address asset) external view returns (bool) {
        IPriceFeedReceiver.Answer memory last = _receiver.accepted(_feeds[asset]);
        bool isFresh = last.answer != 0 && block.timestamp <= last.observedAt + 30 minutes;
        return isFresh && block.timestamp >= _lostAt[asset] + _GRACE && block.timestamp >= _stalledAt + _GRACE;
    }

    /// @return Whether the oracle keeps INV-ORA-04 and 06 for every asset.
    function quotesHold() external view returns (bool) {
        for (uint256 i; i < _assets.length; ++i) {
            IPriceOracle.Quote memory quote = _oracle.tryPrice(_assets[i]);
            bool isFresh = quote.quality == IPriceOracle.Quality.Fresh;
            (bool answers, bytes memory data) = address(_oracle).staticcall(
                abi.encodeCall(IPriceOracle.price, (_assets[i]))
            );
            if (answers != isFresh || quote.low > quote.high) return false;
            if (isFresh && (quote.low == 0 || abi.decode(data, (uint256)) != quote.low)) return false;
            bool isUsable = quote.quality >= IPriceOracle.Quality.Pending;
            if (isUsable ? quote.low == 0 : quote.liquidatableFrom != type(uint256).max) return false;
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------------- messages

    function _settle() private {
        _push(address(0));
        bool pends;
        for (uint256 i; i < _assets.length; ++i) {
            (IPriceFeedReceiver.Answer memory jump, , ) = _receiver.pending(i + 1);
            if (jump.answer != 0) pends = true;
        }
        if (!pends) return;
        _forward(_CONFIRMATION, _CONFIRMATION / BLOCK_TIME);
        _push(address(0));
    }

    /// @dev One message with every price that there is, but that of `silent`.
    function _push(address silent) private {
        ++_round;
        bytes memory records;
        for (uint256 i; i < _assets.length; ++i) {
            if (_assets[i] == silent || _answers[_assets[i]] == 0) continue;
            records = abi.encodePacked(records, _record(i + 1, _answers[_assets[i]], 0));
        }
        if (records.length != 0) _send(_now, records);
    }

    function _deliver(address asset, uint256 answer, uint256 observedAt, uint256 age) private {
        ++_round;
        _send(observedAt, _record(_feeds[asset], answer, age));
    }

    function _record(uint256 feedId, uint256 answer, uint256 age) private view returns (bytes memory) {
        return abi.encodePacked(uint32(feedId), uint88(answer), uint24(age), _round);
    }

    function _send(uint256 observedAt, bytes memory records) private {
        Origin memory origin = Origin(ETHEREUM, bytes32(uint256(uint160(address(this)))), _round);
        bytes memory message = abi.encodePacked(uint32(observedAt), records);
        _receiver.lzReceive(origin, bytes32(0), message, address(this), "");
    }

    // ------------------------------------------------------------------------------------------------------------ DEX

    function _fallSilent(address asset) private {
        uint256 value = _answers[asset] * 10 ** (18 - _decimals[asset]);
        for (uint256 i; i < 12; ++i) {
            _forward(_SILENCE / 11, _SILENCE / 11 / BLOCK_TIME);
            if (i % 4 == 0) _push(asset);
            if (asset == _assets[0]) continue;
            uint256 sold = (_TRADED * 10 ** IERC20Metadata(asset).decimals() * 1e12) / value;
            _observer.record(asset, _assets[0], sold, _TRADED);
        }
        _forward(1, 0);
    }

    // ---------------------------------------------------------------------------------------------------------- clock

    function _forward(uint256 duration, uint256 blocks) private {
        _now += duration;
        _height += blocks;
        if (duration > blocks * BLOCK_TIME + _STALL + _ahead) _stalledAt = _now;
        HEVM.warp(_now);
        HEVM.roll(_height);
        _noteLost();
    }

    function _noteLost() private {
        for (uint256 i; i < _assets.length; ++i) {
            if (_receiver.quote(i + 1).state == IPriceFeedReceiver.FeedState.Stale) _lostAt[_assets[i]] = _now;
        }
    }

    function _setAnswer(address asset, uint256 value) private {
        if (value != 0) _answers[asset] = _answerOf(asset, value);
    }

    /// @dev From 1e18 USD to the feed's decimals; from one unit to what a record can hold.
    function _answerOf(address asset, uint256 value) private view returns (uint256 answer) {
        answer = value / 10 ** (18 - _decimals[asset]);
        if (answer == 0) return 1;
        if (answer > type(uint88).max) return type(uint88).max;
    }
}
