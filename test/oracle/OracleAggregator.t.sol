// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IPriceSources} from "../../contracts/oracle/interfaces/IPriceSources.sol";
import {AggregatorMock} from "../mocks/oracle/AggregatorMock.sol";
import {DeployOracle} from "./DeployOracle.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice Aggregators of this chain as sources: order, validity, misbehaviour, and their grace.
contract OracleAggregatorTest is OracleTest {
    AggregatorMock private local;
    address private asset = address(0xA55E7);

    function setUp() public override {
        super.setUp();
        local = DeployOracle.aggregator(8);
        oracle.setSources(asset, oneSource(aggregatorSource(address(local), HEARTBEAT)));
        oracle.setSources(weth, twoSources(feedSource(ETH), aggregatorSource(address(local), HEARTBEAT)));
        local.set(2_000e8, clock);
    }

    // -------------------------------------------------------------------------------------------------------- order

    function test_order_theFirstThatHasAPrice() public {
        assertEq(oracle.price(weth), 2_000e18, "ORA-70 the feed has none yet");
        establish(ETH, 1_000e8);
        assertEq(oracle.price(weth), 1_000e18, "ORA-70 the feed comes first");
        pass(31 minutes);
        local.set(2_010e8, clock);
        assertEq(oracle.price(weth), 2_010e18, "ORA-70 the feed is stale");
    }

    function test_order_aPendingPriceIsAnAnswer() public {
        establish(ETH, 1_000e8);
        pass(12);
        deliver(ETH, 1_200e8);
        local.set(1_200e8, clock);
        assertQuality(weth, IPriceOracle.Quality.Pending, "ORA-70 the next source is not asked");
        expectStale(weth, clock - 12);
    }

    function test_order_haltedSaysTheLatestUpdate() public {
        establish(ETH, 1_000e8);
        local.set(2_000e8, clock - 600);
        pass(2 hours);
        assertEq(oracle.tryPrice(weth).updatedAt, clock - 2 hours, "ORA-65 the feed's is later");
        local.set(2_000e8, clock - 70 minutes);
        assertEq(oracle.tryPrice(weth).updatedAt, clock - 70 minutes, "ORA-65 the aggregator's is later");
    }

    function test_lastPrice_isTheFirstSourcesThatHasOne() public {
        assertEq(oracle.lastPrice(weth), 2_000e18, "ORA-68 the feed has none yet");
        establish(ETH, 1_000e8);
        assertEq(oracle.lastPrice(weth), 1_000e18, "ORA-68 the feed comes first");
        pass(31 minutes);
        assertEq(oracle.lastPrice(weth), 1_000e18, "ORA-68 stale or not");
        pass(MAX_AGE);
        assertEq(oracle.lastPrice(asset), 2_000e18, "ORA-68 an aggregator's too");
        local.set(0, clock);
        assertEq(oracle.lastPrice(asset), 0, "ORA-68 a bad round is none");
    }

    // ----------------------------------------------------------------------------------------------------- validity

    function test_aggregator_staleAfterHeartbeatAndATenth() public {
        uint256 at = clock;
        vm.warp(at + MAX_AGE);
        assertEq(oracle.price(asset), 2_000e18, "ORA-71 at the limit");
        vm.warp(at + MAX_AGE + 1);
        expectStale(asset, at);
    }

    function test_aggregator_badAnswersAreNone() public {
        local.set(0, clock);
        assertNone("ORA-72 zero");
        local.set(-1, clock);
        assertNone("ORA-72 negative");
        local.set(type(int256).min, clock);
        assertNone("ORA-72 most negative");
        local.set(int256(uint256(1) << 128), clock);
        assertNone("ORA-72 beyond 128 bits");
        local.set(int256(uint256(type(uint128).max)), clock);
        assertEq(oracle.price(asset), uint256(type(uint128).max) * 1e10, "ORA-72 the largest");
        local.set(1, clock);
        assertEq(oracle.price(asset), 1e10, "ORA-72 the smallest");
    }

    function test_aggregator_badRoundsAreNone() public {
        local.setRound(AggregatorMock.Round(7, 1e8, 0, 0, 7));
        assertNone("ORA-72 never updated");
        local.setRound(AggregatorMock.Round(7, 1e8, clock, clock, 6));
        assertNone("ORA-72 answered in an earlier round");
        local.setRound(AggregatorMock.Round(7, 1e8, clock, clock + 1, 7));
        assertNone("ORA-72 of the future");
        local.setRound(AggregatorMock.Round(7, 1e8, clock, type(uint256).max, 7));
        assertNone("ORA-72 of the farthest future");
        local.setRound(AggregatorMock.Round(7, 1e8, clock, clock, 7));
        assertEq(oracle.price(asset), 1e18, "ORA-72 a complete one");
    }

    function test_aggregator_hostileOnesAreNone() public {
        local.setMode(AggregatorMock.Mode.Reverting);
        assertNone("ORA-73 reverting");
        local.setMode(AggregatorMock.Mode.Burning);
        assertNone("ORA-73 burning all gas");
        local.setMode(AggregatorMock.Mode.Bomb);
        assertNone("ORA-73 a return bomb");
        local.setMode(AggregatorMock.Mode.Short);
        assertNone("ORA-73 a short return");
        local.setMode(AggregatorMock.Mode.Wide);
        assertEq(oracle.price(asset), 1e18, "ORA-73 wide words are read as words");
        vm.etch(address(local), "");
        assertNone("ORA-73 without code");
    }

    function test_aggregator_aHostileOneStopsNobodyElse() public {
        establish(ETH, 1_000e8);
        local.setMode(AggregatorMock.Mode.Burning);
        assertEq(oracle.price(weth), 1_000e18, "ORA-73 the feed is read all the same");
    }

    function test_aggregator_cannotBeStarvedOfGas() public view {
        (bool isOk, bytes memory data) = address(oracle).staticcall{gas: 105_000}(
            abi.encodeCall(oracle.tryPrice, (asset))
        );
        assertEq(isOk, false, "ORA-74 too little gas reverts");
        assertEq(bytes32(bytes4(data)), bytes32(IPriceSources.NotEnoughGas.selector), "ORA-74 by its name");
    }

    function testFuzz_aggregator_decimals(uint8 decimals, uint256 answer) public {
        decimals = uint8(bound(decimals, 0, 27));
        answer = bound(answer, decimals > 18 ? 10 ** (decimals - 18) : 1, type(uint96).max);
        AggregatorMock other = DeployOracle.aggregator(decimals);
        other.set(int256(answer), clock);
        oracle.setSources(asset, oneSource(aggregatorSource(address(other), HEARTBEAT)));
        IPriceOracle.Quote memory quote = oracle.tryPrice(asset);
        if (decimals <= 18) assertEq(quote.low, answer * 10 ** (18 - decimals), "ORA-54 exact");
        else assertEq(quote.low, answer / 10 ** (decimals - 18), "ORA-54 rounded down");
        assertLe(quote.high - quote.low, 1, "ORA-54 rounded up");
        assertEq(oracle.price(asset), quote.low, "INV-ORA-04 the price");
    }

    // -------------------------------------------------------------------------------------------------------- grace

    function test_watch_withoutOneNothingIsLiquidatable() public {
        assertQuality(asset, IPriceOracle.Quality.Fresh, "ORA-75 fresh");
        assertEq(from(), clock + 15 minutes, "ORA-75 not liquidatable");
        pass(30 minutes);
        assertEq(from(), clock + 15 minutes, "ORA-75 nor later");
    }

    function test_watch_startsFifteenMinutes() public {
        vm.expectEmit(address(oracle));
        emit IPriceSources.Watched(asset, 0, clock, clock + MAX_AGE);
        assertEq(oracle.poke(asset), 1, "ORA-75 one aggregator");
        uint256 until = clock + 15 minutes;
        pass(10 minutes);
        oracle.poke(asset);
        assertEq(from(), until, "ORA-75 counts from the first");
        pass(5 minutes);
        assertLe(from(), clock, "ORA-75 over");
    }

    function test_watch_isExtendedWithinTheValidity() public {
        oracle.poke(asset);
        for (uint256 i; i < 5; ++i) {
            pass(1 hours);
            local.set(2_000e8, clock);
            assertEq(oracle.poke(asset), 1, "watched");
        }
        assertLe(from(), clock, "ORA-75 no gap");
    }

    function test_watch_aGapStartsAnew() public {
        oracle.poke(asset);
        pass(MAX_AGE);
        oracle.poke(asset);
        pass(6);
        local.set(2_000e8, clock);
        assertEq(from(), clock + 15 minutes, "ORA-75 seen without a poke");
        oracle.poke(asset);
        assertEq(from(), clock + 15 minutes, "ORA-75 and with one");
    }

    function test_watch_ignoresWhatIsNotValid() public {
        local.setMode(AggregatorMock.Mode.Reverting);
        assertEq(oracle.poke(asset), 0, "ORA-75 no price");
        local.setMode(AggregatorMock.Mode.Honest);
        local.set(2_000e8, clock - MAX_AGE - 1);
        assertEq(oracle.poke(asset), 0, "ORA-75 stale");
        assertEq(oracle.poke(weth), 0, "ORA-75 feeds need none");
    }

    function test_watch_endsWithNewSources() public {
        oracle.poke(asset);
        pass(20 minutes);
        assertLe(from(), clock, "liquidatable");
        oracle.setSources(asset, oneSource(aggregatorSource(address(local), HEARTBEAT)));
        assertEq(from(), clock + 15 minutes, "ORA-75 nothing is known of the new one");
    }

    function test_watch_theChainsGraceCountsToo() public {
        oracle.poke(asset);
        pass(20 minutes);
        stall(6 minutes);
        assertEq(from(), clock + 15 minutes, "ORA-63 a stall");
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function from() private view returns (uint256) {
        return oracle.tryPrice(asset).liquidatableFrom;
    }

    function assertNone(string memory text) private {
        assertQuality(asset, IPriceOracle.Quality.Halted, text);
        vm.expectRevert();
        oracle.price(asset);
    }
}
