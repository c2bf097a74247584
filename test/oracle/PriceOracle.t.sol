// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IPriceSources} from "../../contracts/oracle/interfaces/IPriceSources.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {AggregatorMock} from "../mocks/oracle/AggregatorMock.sol";
import {Deploy} from "../support/Deploy.sol";
import {DeployOracle} from "./DeployOracle.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice Relayed prices through the oracle, and its configuration.
contract PriceOracleTest is OracleTest {
    uint256 private constant PRICE = 1_000e8;
    address private unknown = address(0x404);

    // ------------------------------------------------------------------------------------------------------- reading

    function test_price_fresh() public {
        establish(ETH, PRICE);
        assertEq(oracle.price(weth), 1_000e18, "ORA-60 in 1e18 USD");
        IPriceOracle.Quote memory quote = oracle.tryPrice(weth);
        assertEq(quote.low, 1_000e18, "ORA-60 low");
        assertEq(quote.high, 1_000e18, "ORA-60 high");
        assertEq(quote.updatedAt, clock, "ORA-60 Chainlink's time");
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Fresh), "ORA-60 fresh");
        assertLe(quote.liquidatableFrom, clock, "ORA-60 liquidatable");
    }

    function test_price_pending() public {
        establish(ETH, PRICE);
        uint256 updatedAt = clock;
        pass(12);
        deliver(ETH, 1_200e8);
        expectStale(weth, updatedAt);
        IPriceOracle.Quote memory quote = oracle.tryPrice(weth);
        assertEq(quote.low, 1_000e18, "ORA-61 low");
        assertEq(quote.high, 1_200e18, "ORA-61 high");
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Pending), "ORA-61 pending");
        assertLe(quote.liquidatableFrom, clock, "ORA-61 liquidatable, at both prices");
    }

    function test_price_halted() public {
        establish(ETH, PRICE);
        uint256 updatedAt = clock;
        pass(30 minutes + 1);
        expectStale(weth, updatedAt);
        assertHalted(weth, updatedAt);
    }

    function test_lastPrice_outlivesItsFreshness() public {
        assertEq(oracle.lastPrice(weth), 0, "ORA-68 none yet");
        establish(ETH, PRICE);
        assertEq(oracle.lastPrice(weth), 1_000e18, "ORA-68 the accepted one");
        pass(12);
        deliver(ETH, 1_200e8);
        assertEq(oracle.lastPrice(weth), 1_000e18, "ORA-68 not one that awaits its confirmation");
        pass(365 days);
        assertQuality(weth, IPriceOracle.Quality.Halted, "ORA-68 long stale");
        assertEq(oracle.lastPrice(weth), 1_000e18, "ORA-68 however old");
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.UnknownAsset.selector, unknown));
        oracle.lastPrice(unknown);
    }

    function test_price_neverDelivered() public {
        expectStale(weth, 0);
        assertHalted(weth, 0);
    }

    function test_price_unknownAsset() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.UnknownAsset.selector, unknown));
        oracle.price(unknown);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.UnknownAsset.selector, unknown));
        oracle.tryPrice(unknown);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.UnknownAsset.selector, unknown));
        oracle.poke(unknown);
        assertEq(oracle.sourcesOf(unknown).length, 0, "ORA-62 no sources");
    }

    function test_price_liquidatableAfterTheGraceOfFeedAndChain() public {
        establish(ETH, PRICE);
        pass(40 minutes);
        deliver(ETH, PRICE);
        assertEq(oracle.tryPrice(weth).liquidatableFrom, clock + 15 minutes, "ORA-63 the feed's");
        pass(10 minutes);
        stall(6 minutes);
        deliver(ETH, PRICE);
        assertEq(oracle.tryPrice(weth).liquidatableFrom, clock + 15 minutes, "ORA-63 the chain's, the later one");
    }

    function test_price_liquidatableFifteenMinutesAfterItsSourcesWereSet() public {
        establish(ETH, PRICE);
        oracle.setSources(unknown, oneSource(feedSource(ETH)));
        assertEq(oracle.price(unknown), 1_000e18, "ORA-66 fresh at once");
        assertEq(oracle.tryPrice(unknown).liquidatableFrom, clock + 15 minutes, "ORA-66 as what comes back");
    }

    function testFuzz_price_answersExactlyWhenFresh(uint256 seed) public {
        establish(ETH, PRICE);
        for (uint256 i; i < 30; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            pass(6 * (random % 400));
            if (random & (1 << 100) != 0) deliver(ETH, 800e8 + (random % 300e8));
            IPriceOracle.Quote memory quote = oracle.tryPrice(weth);
            assertLe(quote.low, quote.high, "INV-ORA-06 low and high");
            if (quote.quality == IPriceOracle.Quality.Fresh) {
                assertEq(oracle.price(weth), quote.low, "INV-ORA-04 price is the low");
                assertGe(quote.low, 1, "INV-ORA-04 never zero");
            } else {
                expectStale(weth, quote.updatedAt);
            }
        }
    }

    /// @dev ORA-68.
    function test_price_aReceiverThatFailsIsNoPrice() public {
        FailingReceiver failing = new FailingReceiver();
        IWholePriceOracle odd = DeployOracle.oracle(address(manager), address(failing), address(0));
        odd.setSources(weth, oneSource(feedSource(ETH)));
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownFeed.selector, ETH));
        odd.price(weth);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownFeed.selector, ETH));
        odd.tryPrice(weth);
        failing.beShort();
        vm.expectRevert(new bytes(31));
        odd.price(weth);
        vm.expectRevert(new bytes(31));
        odd.tryPrice(weth);
    }

    // ------------------------------------------------------------------------------------------------ configuration

    function test_extension_doesNothingAtItsOwnAddress() public {
        address at = DeployOracle.oracleExtension(address(receiver), address(observer));
        IWholePriceOracle extension = IWholePriceOracle(at);
        assertEq(extension.authority(), address(0), "ORA-67 no authority");
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        extension.setSources(weth, oneSource(feedSource(ETH)));
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.UnknownAsset.selector, weth));
        extension.tryPrice(weth);
    }

    function test_constructor_bindsItsParts() public view {
        assertEq(oracle.authority(), address(manager), "ORA-64 authority");
        assertEq(oracle.receiver(), address(receiver), "ORA-64 receiver");
        assertEq(oracle.observer(), address(observer), "ORA-64 observer");
    }

    function test_setSources_keepsTheirOrder() public {
        AggregatorMock local = DeployOracle.aggregator(18);
        IPriceSources.Source[] memory sources = twoSources(aggregatorSource(address(local), 24 hours), feedSource(BTC));
        vm.expectEmit(address(oracle));
        emit IPriceSources.SourcesSet(unknown, sources);
        oracle.setSources(unknown, sources);

        IPriceSources.Source[] memory found = oracle.sourcesOf(unknown);
        assertEq(found.length, 2, "ORA-64 two");
        assertEq(uint256(found[0].kind), uint256(IPriceSources.SourceKind.Aggregator), "ORA-64 first");
        assertEq(found[0].at, address(local), "ORA-64 its address");
        assertEq(found[0].heartbeat, 24 hours, "ORA-64 its heartbeat");
        assertEq(uint256(found[1].kind), uint256(IPriceSources.SourceKind.Feed), "ORA-64 second");
        assertEq(found[1].feedId, BTC, "ORA-64 its feed");
    }

    function test_setSources_replacesAll() public {
        oracle.setSources(weth, twoSources(feedSource(BTC), feedSource(ETH)));
        oracle.setSources(weth, oneSource(feedSource(ETH)));
        IPriceSources.Source[] memory found = oracle.sourcesOf(weth);
        assertEq(found.length, 1, "ORA-64 the second is gone");
        assertEq(found[0].feedId, ETH, "ORA-64 the first is replaced");
    }

    function test_setSources_oneToThree() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceSources.InvalidSourceCount.selector, 0, 3));
        oracle.setSources(weth, new IPriceSources.Source[](0));
        vm.expectRevert(abi.encodeWithSelector(IPriceSources.InvalidSourceCount.selector, 4, 3));
        oracle.setSources(weth, new IPriceSources.Source[](4));
    }

    function test_setSources_refusesNoKind() public {
        IPriceSources.Source memory none;
        expectInvalid(weth, 1);
        oracle.setSources(weth, twoSources(feedSource(ETH), none));
    }

    function test_setSources_refusesUnknownFeeds() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownFeed.selector, 9));
        oracle.setSources(weth, oneSource(feedSource(9)));
    }

    function test_setSources_boundsAggregators() public {
        AggregatorMock local = DeployOracle.aggregator(8);
        expectOutOfBounds(59, 60, 2 days);
        oracle.setSources(weth, oneSource(aggregatorSource(address(local), 59)));
        expectOutOfBounds(2 days + 1, 60, 2 days);
        oracle.setSources(weth, oneSource(aggregatorSource(address(local), 2 days + 1)));
        AggregatorMock wide = DeployOracle.aggregator(28);
        vm.expectRevert(abi.encodeWithSelector(IPriceSources.TooManyDecimals.selector, address(wide), 28, 27));
        oracle.setSources(weth, oneSource(aggregatorSource(address(wide), 1 hours)));
    }

    function test_setSources_dexNeedsAQuoteTokenOfItsOwn() public {
        address token = address(Deploy.demoToken("Asset", "AST", 18));
        address quote = address(Deploy.demoToken("Quote", "QTE", 6));
        expectInvalid(token, 0);
        oracle.setSources(token, oneSource(dexSource(quote)));

        oracle.setSources(quote, oneSource(feedSource(ETH)));
        oracle.setSources(token, oneSource(dexSource(quote)));
        // Its price comes from the DEX: nobody else's can be told from it.
        address other = address(Deploy.demoToken("Other", "OTH", 18));
        expectInvalid(other, 0);
        oracle.setSources(other, oneSource(dexSource(token)));
        expectInvalid(quote, 0);
        oracle.setSources(quote, oneSource(dexSource(quote)));
        expectInvalid(other, 0);
        oracle.setSources(other, twoSources(dexSource(quote), feedSource(ETH)));
    }

    function test_setSources_boundsTheDex() public {
        address token = address(Deploy.demoToken("Asset", "AST", 18));
        address quote = address(Deploy.demoToken("Quote", "QTE", 6));
        oracle.setSources(quote, oneSource(feedSource(ETH)));
        IPriceSources.Source memory source = dexSource(quote);
        source.minVolume = 49_999;
        expectOutOfBounds(49_999, 50_000, type(uint32).max);
        oracle.setSources(token, oneSource(source));
        source = dexSource(quote);
        source.minBlocks = 9;
        expectOutOfBounds(9, 10, type(uint8).max);
        oracle.setSources(token, oneSource(source));
        DemoToken wide = Deploy.demoToken("Wide", "WDE", 28);
        vm.expectRevert(abi.encodeWithSelector(IPriceSources.TooManyDecimals.selector, address(wide), 28, 27));
        oracle.setSources(address(wide), oneSource(dexSource(quote)));

        source.minBlocks = type(uint8).max;
        source.minVolume = type(uint32).max;
        oracle.setSources(token, oneSource(source));
        IPriceSources.Source memory found = oracle.sourcesOf(token)[0];
        assertEq(found.at, quote, "ORA-64 quote token");
        assertEq(found.minBlocks, type(uint8).max, "ORA-64 blocks");
        assertEq(found.minVolume, type(uint32).max, "ORA-64 volume");
    }

    function test_setSources_dexNeedsAnObserver() public {
        IWholePriceOracle bare = DeployOracle.oracle(address(manager), address(receiver), address(0));
        address quote = address(Deploy.demoToken("Quote", "QTE", 6));
        bare.setSources(quote, oneSource(feedSource(ETH)));
        expectInvalid(weth, 0);
        bare.setSources(weth, oneSource(dexSource(quote)));
    }

    function test_setSources_isGovernances() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        vm.prank(stranger);
        oracle.setSources(weth, oneSource(feedSource(BTC)));
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function assertHalted(address asset, uint256 updatedAt) private view {
        IPriceOracle.Quote memory quote = oracle.tryPrice(asset);
        assertEq(uint256(quote.quality), uint256(IPriceOracle.Quality.Halted), "ORA-65 halted");
        assertEq(quote.low, 0, "ORA-65 nothing is known");
        assertEq(quote.high, NO_PRICE, "ORA-65 nothing is known");
        assertEq(quote.liquidatableFrom, NEVER, "INV-ORA-06 never liquidatable");
        assertEq(quote.updatedAt, updatedAt, "ORA-65 last update");
    }

    function expectInvalid(address asset, uint256 index) private {
        vm.expectRevert(abi.encodeWithSelector(IPriceSources.InvalidSource.selector, asset, index));
    }

    function expectOutOfBounds(uint256 value, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(IPriceSources.OutOfBounds.selector, value, least, most));
    }
}

/// @dev Knows every feed, and answers for none: reverts, or says too little.
contract FailingReceiver {
    bool private isShort;

    function beShort() external {
        isShort = true;
    }

    function feedConfig(uint256) external pure returns (uint256, uint256) {
        return (8, 66 minutes);
    }

    fallback() external {
        if (!isShort) revert IPriceFeedReceiver.UnknownFeed(abi.decode(msg.data[4:], (uint256)));
        assembly {
            return(0x60, 31)
        }
    }
}
