// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice When a price is stale, and how long liquidations wait after a stale feed and after a stall of the chain.
contract ReceiverGraceTest is OracleTest {
    uint256 private constant PRICE = 1_000e8;
    uint256 private constant GRACE = 15 minutes;

    function setUp() public override {
        super.setUp();
        establish(ETH, PRICE);
    }

    // ---------------------------------------------------------------------------------------------------- staleness

    function test_stale_thirtyMinutesAfterTheObservation() public {
        uint256 at = clock;
        vm.warp(at + 30 minutes);
        assertState(ETH, IPriceFeedReceiver.FeedState.Fresh, "ORA-40 thirty minutes");
        vm.warp(at + 30 minutes + 1);
        assertStale(at, "ORA-40 a second more");
    }

    function test_stale_beyondTheHeartbeatAndATenth() public {
        pass(60);
        // Updated 50 minutes before: 16 minutes are left, though the observation is of now.
        deliver(message(clock, record(ETH, PRICE, 50 minutes, 1)));
        uint256 at = clock;
        vm.warp(at + 16 minutes);
        assertState(ETH, IPriceFeedReceiver.FeedState.Fresh, "ORA-40 heartbeat and a tenth");
        vm.warp(at + 16 minutes + 1);
        assertStale(at - 50 minutes, "ORA-40 a second more");
    }

    function assertStale(uint256 updatedAt, string memory text) private view {
        IPriceFeedReceiver.FeedQuote memory quoted = receiver.quote(ETH);
        assertEq(uint256(quoted.state), uint256(IPriceFeedReceiver.FeedState.Stale), text);
        assertEq(quoted.low, 0, text);
        assertEq(quoted.high, NO_PRICE, text);
        assertEq(quoted.liquidatableFrom, NEVER, text);
        assertEq(quoted.updatedAt, updatedAt, text);
        assertEq(receiver.freshPrice(ETH), 0, text);
    }

    // --------------------------------------------------------------------------------------------------- feed grace

    function test_feedGrace_noneWhileFresh() public {
        pass(20 minutes);
        deliver(ETH, PRICE);
        assertLe(from(), clock, "ORA-41 nothing to wait for");
        pass(30 minutes);
        deliver(ETH, PRICE);
        assertLe(from(), clock, "ORA-41 fresh to the last second");
    }

    function test_feedGrace_afterAStaleFeed() public {
        pass(30 minutes + 1);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.FeedGraceStarted(ETH, clock + GRACE);
        deliver(ETH, PRICE);
        assertState(ETH, IPriceFeedReceiver.FeedState.Fresh, "ORA-41 fresh at once");
        assertEq(from(), clock + GRACE, "ORA-41 not liquidatable at once");
    }

    function test_feedGrace_isNotProlongedByDeliveries() public {
        pass(40 minutes);
        deliver(ETH, PRICE);
        uint256 until = clock + GRACE;
        for (uint256 i; i < 14; ++i) {
            pass(60);
            deliver(ETH, PRICE);
            assertEq(from(), until, "ORA-41 counts from the first");
        }
        pass(60);
        deliver(ETH, PRICE);
        assertLe(from(), clock, "ORA-41 over, and forgotten");
    }

    function test_feedGrace_afterALapseOfTheHeartbeat() public {
        pass(60);
        deliver(message(clock, record(ETH, PRICE, 60 minutes, 1)));
        pass(6 minutes + 1);
        deliver(ETH, PRICE);
        assertEq(from(), clock + GRACE, "ORA-41 Chainlink was late");
    }

    function test_feedGrace_afterTheFirstPrice() public {
        deliver(BTC, 60_000e8);
        pass(60);
        deliver(BTC, 60_000e8);
        assertEq(receiver.quote(BTC).liquidatableFrom, clock + GRACE, "ORA-41 a new feed");
    }

    function test_feedGrace_countsFromTheConfirmation() public {
        pass(40 minutes);
        deliver(ETH, 1_200e8);
        assertState(ETH, IPriceFeedReceiver.FeedState.Stale, "ORA-39 a jump after a stale price is none yet");
        pass(60);
        deliver(ETH, 1_200e8);
        assertEq(from(), clock + GRACE, "ORA-41 from the confirmation");
    }

    function test_feedGrace_staysWhilePending() public {
        pass(40 minutes);
        deliver(ETH, PRICE);
        uint256 until = clock + GRACE;
        pass(60);
        deliver(ETH, 1_200e8);
        assertEq(from(), until, "ORA-41 while a jump is pending");
        pass(60);
        deliver(ETH, 1_200e8);
        assertEq(from(), until, "ORA-41 after its confirmation");
    }

    function test_feedGrace_afterAChangeOfTheHeartbeat() public {
        receiver.setHeartbeat(ETH, 2 hours);
        assertEq(from(), clock + GRACE, "ORA-42 what was stale may be fresh now");
        pass(12);
        deliver(ETH, PRICE);
        assertEq(from(), clock - 12 + GRACE, "ORA-42 and the next price does not end it");
    }

    // -------------------------------------------------------------------------------------------------------- stall

    function test_stall_noneWhileBlocksCome() public {
        for (uint256 i; i < 10; ++i) {
            pass(300);
            receiver.poke();
            deliver(ETH, PRICE);
        }
        assertLe(from(), clock, "ORA-43 no stall");
    }

    function test_stall_notWithinFiveMinutes() public {
        stall(5 minutes + BLOCK_TIME);
        deliver(ETH, PRICE);
        assertLe(from(), clock, "ORA-43 five minutes missing");
    }

    function test_stall_beyondFiveMinutes() public {
        stall(5 minutes + BLOCK_TIME + 1);
        assertEq(from(), clock + GRACE, "ORA-43 seen without a beat");
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.StallFound(5 minutes * 1000 + 1000, clock + GRACE);
        deliver(ETH, PRICE);
        uint256 until = clock + GRACE;
        assertEq(from(), until, "ORA-43 found by a delivery");
        pass(14 minutes + 59);
        assertEq(from(), until, "ORA-43 stays");
        assertLe(clock, until - 1, "ORA-43 not yet");
    }

    function test_stall_theGraceCountsFromTheBeat() public {
        stall(20 minutes);
        pass(10 minutes);
        assertEq(from(), clock + GRACE, "ORA-44 nobody beat yet");
        assertTrue(receiver.poke(), "ORA-44 anybody may");
        uint256 until = clock + GRACE;
        pass(60);
        assertEq(chainFrom(), until, "ORA-44 counts from the beat");
        pass(9 minutes);
        assertTrue(receiver.poke(), "a later beat");
        assertEq(chainFrom(), until, "ORA-44 a later beat leaves it");
        pass(10 minutes);
        receiver.poke();
        assertLe(chainFrom(), clock, "ORA-44 over");
    }

    function test_stall_pokeDoesNothingTooEarly() public {
        uint256 at = clock;
        receiver.poke();
        (uint256 beatAt, , ) = receiver.beat();
        pass(at + 600 - clock - (at - beatAt) - 1);
        assertTrue(!receiver.poke(), "ORA-45 nine minutes and 59 seconds after the beat");
        pass(1);
        assertTrue(receiver.poke(), "ORA-45 ten minutes");
        (beatAt, , ) = receiver.beat();
        assertEq(beatAt, clock, "ORA-45 written");
    }

    function test_stall_beatingEveryBlockHidesNothing() public {
        pass(600);
        receiver.poke();
        // A chain that crawls: a block a minute. Its liquidator beats in every one.
        for (uint256 i; i < 6; ++i) {
            stall(60);
            receiver.poke();
        }
        assertGe(chainFrom(), clock + 1, "ORA-45 found all the same");
    }

    function test_stall_aSlowerChainIsNoStall() public {
        pass(600);
        receiver.poke();
        for (uint256 i; i < 100; ++i) {
            stall(8);
            receiver.poke();
        }
        assertLe(chainFrom(), clock, "ORA-43 eight seconds a block");
    }

    function test_stall_afterManyHoursWithoutABeat() public {
        pass(20 hours);
        stall(6 minutes);
        assertEq(chainFrom(), clock + GRACE, "ORA-43 beats may be rare");
    }

    function test_stall_theBlockTimeFollowsTheNetwork() public {
        pass(600);
        receiver.setBlockTime(2_000);
        (uint256 beatAt, uint256 beatBlock, uint256 blockTime) = receiver.beat();
        assertEq(beatAt, clock, "ORA-46 beaten");
        assertEq(beatBlock, height, "ORA-46 in this block");
        assertEq(blockTime, 2_000, "ORA-46 two seconds");
        assertLe(chainFrom(), clock, "ORA-46 no stall");
        // Blocks of six seconds are a crawl now.
        pass(460);
        assertEq(chainFrom(), clock + GRACE, "ORA-46 measured with the new block time");
    }

    function test_stall_aChangeOfTheBlockTimeForgivesNothing() public {
        stall(6 minutes);
        receiver.setBlockTime(30_000);
        assertEq(chainFrom(), clock + GRACE, "ORA-46 measured with the old block time");
    }

    function test_stall_survivesAChangeOfTheSender() public {
        stall(6 minutes);
        receiver.poke();
        uint256 until = clock + GRACE;
        receiver.setPeer(ETHEREUM, peerOf(stranger));
        assertEq(chainFrom(), until, "ORA-47 the heartbeat stays");
        (, , uint256 blockTime) = receiver.beat();
        assertEq(blockTime, 6_000, "ORA-47 the block time stays");
    }

    /// @dev However beats and blocks lie, a gap of more than five minutes is followed by fifteen quiet ones.
    function testFuzz_stall_isFoundWheneverBeatsCome(uint256 seed, uint256 gap) public {
        gap = bound(gap, 5 minutes + BLOCK_TIME + 1, 1 days);
        for (uint256 i; i < 20; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            pass(6 * (random % 60));
            if (random & (1 << 200) != 0) receiver.poke();
        }
        stall(gap);
        uint256 back = clock;
        for (uint256 i; i < 20 && clock < back + GRACE; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i, gap)));
            assertGe(chainFrom(), back + GRACE, "INV-ORA-08 fifteen minutes after it");
            if (random & (1 << 200) != 0) receiver.poke();
            pass(6 * (random % 60));
        }
    }

    /// @dev Whatever is delivered when, nothing is liquidatable within fifteen minutes of a stale second.
    function testFuzz_feedGrace_holds(uint256 seed) public {
        uint256 lastStale;
        for (uint256 i; i < 40; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            pass(6 * (1 + (random % 330)));
            if (receiver.quote(ETH).state == IPriceFeedReceiver.FeedState.Stale) lastStale = clock;
            uint256 last = answerOf(ETH);
            deliver(message(clock, record(ETH, (last * (880 + ((random >> 64) % 230))) / 1_000, random % 3_900, 1)));
            if (lastStale == 0 || receiver.quote(ETH).state == IPriceFeedReceiver.FeedState.Stale) continue;
            if (clock >= lastStale + GRACE) continue;
            assertGe(from(), lastStale + GRACE, "INV-ORA-07 fifteen minutes after it");
        }
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function from() private view returns (uint256) {
        return receiver.quote(ETH).liquidatableFrom;
    }

    function chainFrom() private view returns (uint256) {
        return receiver.chainLiquidatableFrom();
    }
}
