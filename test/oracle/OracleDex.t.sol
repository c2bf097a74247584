// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {Deploy} from "../support/Deploy.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice The DEX's price as a fallback, over the real observer with this test as its order book.
contract OracleDexTest is OracleTest {
    uint256 private constant USDC_FEED = 7;

    DemoToken private usdc;
    DemoToken private coin;

    function setUp() public override {
        super.setUp();
        usdc = Deploy.demoToken("USD Coin", "USDC", 6);
        coin = Deploy.demoToken("Coin", "COIN", 18);
        receiver.addFeed(USDC_FEED, 8, 24 hours);
        establish(USDC_FEED, 1e8);
        oracle.setSources(address(usdc), oneSource(feedSource(USDC_FEED)));
        oracle.setSources(address(coin), twoSources(feedSource(ETH), dexSource(address(usdc))));
        observer.grow(address(coin), address(usdc), 400);
    }

    // ------------------------------------------------------------------------------------------------------ answers

    function test_dex_isAFallback() public {
        trade(12, 2e18, 6_000e6);
        IPriceOracle.Quote memory quote = oracle.tryPrice(address(coin));
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Fallback), "ORA-80 fallback");
        assertNear(quote.low, 3_000e18, "ORA-80 low");
        assertNear(quote.high, 3_000e18, "ORA-80 high");
        assertEq(quote.liquidatableFrom, NEVER, "INV-ORA-06 never liquidatable");
        assertEq(quote.updatedAt, clock - 1, "ORA-80 a second ago");
        expectStale(address(coin), clock - 1);
    }

    function test_dex_isNotAskedWhileTheFeedIsFresh() public {
        trade(12, 2e18, 6_000e6);
        deliver(ETH, 1_000e8);
        pass(60);
        deliver(ETH, 1_000e8);
        assertEq(oracle.price(address(coin)), 1_000e18, "ORA-70 the feed comes first");
    }

    function test_dex_timesTheQuoteTokensPrice() public {
        trade(11, 2e18, 6_000e6);
        deliver(USDC_FEED, 0.95e8);
        trade(1, 2e18, 6_000e6);
        IPriceOracle.Quote memory quote = oracle.tryPrice(address(coin));
        assertNear(quote.low, 2_850e18, "ORA-81 in USD");
    }

    function test_dex_widensWithAPendingQuoteToken() public {
        trade(11, 2e18, 6_600e6);
        deliver(USDC_FEED, 0.8e8);
        pass(6);
        IPriceOracle.Quote memory quote = oracle.tryPrice(address(coin));
        assertNear(quote.low, 2_640e18, "ORA-81 its low");
        assertNear(quote.high, 3_300e18, "ORA-81 its high");
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Fallback), "ORA-81 a fallback");
    }

    function test_dex_needsTheQuoteTokensPrice() public {
        trade(12, 2e18, 6_000e6);
        pass(29 minutes);
        assertNone("ORA-81 the quote token is stale");
        deliver(USDC_FEED, 1e8);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-81 ten of the fills are still within");
    }

    function test_dex_quoteTokensDexSourceIsNotAsked() public {
        // Each would ask the other for ever.
        oracle.setSources(address(usdc), twoSources(feedSource(USDC_FEED), dexSource(address(coin))));
        trade(12, 2e18, 6_000e6);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-81 by the quote token's feed");
        pass(29 minutes);
        assertNone("ORA-81 none of both");
        assertQuality(address(usdc), IPriceOracle.Quality.Halted, "ORA-81 none of both");
    }

    // -------------------------------------------------------------------------------------------------------- rules

    function test_dex_needsTenBlocks() public {
        trade(9, 2e18, 6_000e6);
        assertNone("ORA-82 nine blocks");
        trade(1, 2e18, 6_000e6);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-82 ten blocks");
    }

    function test_dex_needsVolume() public {
        trade(10, 2e18, 5_000e6 - 1);
        assertNone("ORA-82 a unit a block less than 50,000 USD");
        pass(31 minutes);
        deliver(USDC_FEED, 1e8);
        trade(10, 2e18, 5_000e6);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-82 50,000 USD");
    }

    function test_dex_countsVolumeInUsd() public {
        trade(9, 2e18, 5_000e6);
        deliver(USDC_FEED, 0.99e8);
        trade(1, 2e18, 5_000e6);
        assertNone("ORA-82 49,500 USD");
    }

    function test_dex_forgetsAfterThirtyMinutes() public {
        trade(10, 2e18, 5_000e6);
        pass(30 minutes - 60);
        deliver(USDC_FEED, 1e8);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-82 all ten within the window");
        pass(6);
        assertNone("ORA-82 nine of ten");
    }

    function test_dex_thisBlocksTradesDoNotCount() public {
        trade(9, 2e18, 6_000e6);
        observer.record(address(coin), address(usdc), 2e18, 6_000e6);
        assertNone("ORA-83 the tenth is of this second");
        pass(1);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-83 a second later");
    }

    function test_dex_refusesWhereTheMeansDisagree() public {
        trade(10, 2e18, 6_000e6);
        // Dust at a tenth of the price owns a quiet quarter of an hour, but not the volume.
        observer.record(address(coin), address(usdc), 1e12, 300);
        pass(15 minutes);
        deliver(USDC_FEED, 1e8);
        assertNone("ORA-84 time says something else than volume");
    }

    function test_dex_quotesBothMeans() public {
        trade(10, 2e18, 6_000e6);
        observer.record(address(coin), address(usdc), 2e18, 6_200e6);
        pass(25 minutes);
        deliver(USDC_FEED, 1e8);
        IPriceOracle.Quote memory quote = oracle.tryPrice(address(coin));
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Fallback), "ORA-84 they agree");
        // By volume: 66,200 for 22.
        assertNear(quote.low, 3_009.0909e18, "ORA-84 by volume");
        assertGe(quote.high, 3_080e18, "ORA-84 by time");
    }

    function test_dex_noneForAPairWithoutHistory() public {
        assertNone("ORA-82 nothing was traded");
        pass(600);
        observer.record(address(coin), address(usdc), 2e18, 6_000_000e6);
        pass(600);
        assertNone("ORA-82 the window began before the first trade");
    }

    function test_dex_noneWithoutATradeInTheWindow() public {
        trade(12, 2e18, 6_000e6);
        pass(31 minutes);
        deliver(USDC_FEED, 1e8);
        assertNone("ORA-82 half an hour without a trade");
    }

    /// @dev 1.56e-18 and 1.65e38 quote tokens.
    function test_dex_noneBeyondWhatAPriceCanSay() public {
        DemoToken dust = Deploy.demoToken("Dust", "DST", 0);
        oracle.setSources(address(dust), oneSource(dexSource(address(usdc))));
        observer.grow(address(dust), address(usdc), 40);
        tradeAnew(dust, 3.9e21, 6_000e6);
        assertQuality(address(dust), IPriceOracle.Quality.Halted, "ORA-85 1.54e-18 USDC a token");
        tradeAnew(dust, 3.8e21, 6_000e6);
        assertQuality(address(dust), IPriceOracle.Quality.Fallback, "ORA-85 1.58e-18 USDC a token");
        assertEq(oracle.tryPrice(address(dust)).low, 1, "ORA-85 rounded down");
        deliver(USDC_FEED, 0.99e8);
        assertQuality(address(dust), IPriceOracle.Quality.Halted, "ORA-85 and in USD to nothing");

        tradeAnew(coin, 1, 1.66e26);
        assertNone("ORA-85 1.66e38 USDC a coin");
        tradeAnew(coin, 1, 1.64e26);
        assertQuality(address(coin), IPriceOracle.Quality.Fallback, "ORA-85 1.64e38 USDC a coin");
        assertNear(oracle.tryPrice(address(coin)).low, 1.64e56, "ORA-85 exact to a millionth");
    }

    function testFuzz_dex_bothDirectionsAndAnyDecimals(uint8 decimals, uint8 quoteDecimals, uint256 wholePrice) public {
        decimals = uint8(bound(decimals, 0, 18));
        quoteDecimals = uint8(bound(quoteDecimals, 2, 18));
        wholePrice = bound(wholePrice, 1, 100_000);
        DemoToken asset = Deploy.demoToken("Asset", "AST", decimals);
        DemoToken quoteToken = Deploy.demoToken("Quote", "QTE", quoteDecimals);
        oracle.setSources(address(quoteToken), oneSource(feedSource(USDC_FEED)));
        oracle.setSources(address(asset), oneSource(dexSource(address(quoteToken))));
        observer.grow(address(asset), address(quoteToken), 40);
        // A first, so that the window begins after the pair's history.
        uint256 sold = 10_000 * 10 ** decimals;
        uint256 paid = (sold / 10 ** decimals) * wholePrice * 10 ** quoteDecimals;
        for (uint256 i; i < 11; ++i) {
            if (i % 2 == 0) observer.record(address(asset), address(quoteToken), sold, paid);
            else observer.record(address(quoteToken), address(asset), paid, sold);
            pass(i == 0 ? 31 minutes : 6);
        }
        deliver(USDC_FEED, 1e8);
        IPriceOracle.Quote memory quote = oracle.tryPrice(address(asset));
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Fallback), "ORA-85 a price");
        assertNear(quote.low, wholePrice * 1e18, "ORA-85 low");
        assertNear(quote.high, wholePrice * 1e18, "ORA-85 high");
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    /// @dev A fill a block. Before the first, one of dust long ago, so that the window has a beginning.
    function trade(uint256 blocks, uint256 sold, uint256 paid) private {
        (uint256 held, ) = observer.cardinality(address(coin), address(usdc));
        if (held == 0) {
            observer.record(address(coin), address(usdc), sold, paid);
            pass(31 minutes);
            deliver(USDC_FEED, 1e8);
        }
        for (uint256 i; i < blocks; ++i) {
            observer.record(address(coin), address(usdc), sold, paid);
            pass(6);
        }
    }

    /// @dev A fill a block, in a window that holds nothing else.
    function tradeAnew(DemoToken asset, uint256 sold, uint256 paid) private {
        observer.record(address(asset), address(usdc), sold, paid);
        pass(31 minutes);
        for (uint256 i; i < 12; ++i) {
            observer.record(address(asset), address(usdc), sold, paid);
            pass(6);
        }
        deliver(USDC_FEED, 1e8);
        pass(6);
    }

    function assertNone(string memory text) private view {
        assertQuality(address(coin), IPriceOracle.Quality.Halted, text);
    }

    function assertNear(uint256 actual, uint256 expected, string memory text) private pure {
        assertGe(actual, expected - expected / 1e6, text);
        assertLe(actual, expected + expected / 1e6, text);
    }
}
