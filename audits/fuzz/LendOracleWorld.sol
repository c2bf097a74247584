// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {IPriceSources} from "../../contracts/oracle/interfaces/IPriceSources.sol";
import {PairObserver} from "../../contracts/dex/PairObserver.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {LendHandler} from "../../test/invariants-lend/LendHandler.sol";
import {OracleStub} from "../../test/mocks/lend/OracleStub.sol";
import {RelayedPrices} from "./RelayedPrices.sol";

/// @notice The suite's lending world over the real oracle: the handler sets prices on `RelayedPrices`, which has the face
/// of the stub, and the controller reads them from `PriceOracle`.
/// @dev A feed of 18 decimals beside two of 8; the DEX as a fallback for all but the quote token. No initial values: they
/// would be written after the base's constructor.
abstract contract LendOracleWorld is LendHandler {
    uint256 private constant _HEARTBEAT = 1 hours;

    RelayedPrices public relay;
    IWholePriceFeedReceiver private _receiver;
    IWholePriceOracle private _prices;
    PairObserver private _observer;
    address private _quoteToken;

    function _deployRelay() internal virtual returns (RelayedPrices);
    function _deployReceiver(
        address endpoint,
        address authority,
        uint32 sourceEid,
        uint256 blockTime
    ) internal virtual returns (IWholePriceFeedReceiver);
    function _deployObserver() internal virtual returns (PairObserver);
    function _deployPrices(
        address authority,
        IWholePriceFeedReceiver receiver,
        PairObserver observer
    ) internal virtual returns (IWholePriceOracle);
    function _deployLending(address authority, address prices) internal virtual returns (ILendController);
    function _newToken(uint8 decimals) internal virtual returns (DemoToken);

    /// @dev Here the stub that the base has just made is replaced.
    function _deployController(address manager, address) internal override returns (ILendController) {
        relay = _deployRelay();
        _receiver = _deployReceiver(address(relay), manager, relay.ETHEREUM(), relay.BLOCK_TIME() * 1_000);
        _observer = _deployObserver();
        _prices = _deployPrices(manager, _receiver, _observer);
        _receiver.setPeer(relay.ETHEREUM(), bytes32(uint256(uint160(address(relay)))));
        _observer.bind(address(relay));
        relay.bind(_receiver, _prices, _observer);
        oracle = OracleStub(address(relay));
        return _deployLending(manager, address(_prices));
    }

    function _deployToken(uint8 decimals) internal override returns (DemoToken token) {
        token = _newToken(decimals);
        uint256 feedId = relay.nextFeed();
        uint256 feedDecimals = feedId == 2 ? 18 : 8;
        _receiver.addFeed(feedId, feedDecimals, _HEARTBEAT);
        relay.add(address(token), feedDecimals);

        bool trades = _quoteToken != address(0);
        IPriceSources.Source[] memory sources = new IPriceSources.Source[](trades ? 2 : 1);
        (sources[0].kind, sources[0].feedId) = (IPriceSources.SourceKind.Feed, uint32(feedId));
        if (trades) {
            (sources[1].kind, sources[1].at) = (IPriceSources.SourceKind.Dex, _quoteToken);
            (sources[1].minVolume, sources[1].minBlocks) = (50_000, 10);
            _observer.grow(address(token), _quoteToken, 64);
        } else {
            _quoteToken = address(token);
        }
        _prices.setSources(address(token), sources);
    }

    /// @dev A third of the leaps are of hours instead of weeks.
    function _warp(uint256 to) internal override {
        uint256 duration = to - block.timestamp;
        relay.elapse(duration % 3 == 0 ? 1 + (duration % 3 hours) : duration);
    }
}
