// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice What is accepted at once, what waits, what confirms it, and what is quoted meanwhile.
contract ReceiverClampTest is OracleTest {
    uint256 private constant PRICE = 1_000e8;
    uint256 private constant UP = 1_100e8;
    uint256 private constant DOWN = 900e8;

    function setUp() public override {
        super.setUp();
        establish(ETH, PRICE);
    }

    // -------------------------------------------------------------------------------------------------------- bounds

    function test_clamp_takesTenPercentUp() public {
        send(UP);
        assertEq(answerOf(ETH), UP, "ORA-30 ten percent up");
    }

    function test_clamp_holdsMoreThanTenPercentUp() public {
        uint256 at = clock + 12;
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.PricePending(ETH, UP + 1, at, at, at + 60, at + 60);
        send(UP + 1);
        assertEq(answerOf(ETH), PRICE, "ORA-30 not accepted");
        assertEq(pendingOf(ETH), UP + 1, "ORA-30 pending");
    }

    function test_clamp_takesTenPercentDown() public {
        send(DOWN);
        assertEq(answerOf(ETH), DOWN, "ORA-30 ten percent down");
    }

    function test_clamp_holdsMoreThanTenPercentDown() public {
        send(DOWN - 1);
        assertEq(answerOf(ETH), PRICE, "ORA-30 not accepted");
        assertEq(pendingOf(ETH), DOWN - 1, "ORA-30 pending");
    }

    function test_clamp_boundsTheSumOfSmallSteps() public {
        send(1_050e8);
        send(1_099e8);
        send(1_101e8);
        assertEq(answerOf(ETH), 1_099e8, "ORA-31 one step too many");
        assertEq(pendingOf(ETH), 1_101e8, "ORA-31 pending");
    }

    function test_clamp_boundsTheSpanUpAndDown() public {
        send(1_060e8);
        // 10 % below 1,060, though only 4.6 % below where it began.
        send(953e8);
        assertEq(answerOf(ETH), 1_060e8, "ORA-31 the span counts");
        send(955e8);
        assertEq(answerOf(ETH), 955e8, "ORA-31 within the span");
    }

    function test_clamp_holdsAcrossTheEdgeOfABucket() public {
        pass(594);
        deliver(ETH, UP);
        assertEq(answerOf(ETH), UP, "last second of a bucket");
        pass(6);
        deliver(ETH, 1_101e8);
        assertEq(answerOf(ETH), UP, "ORA-32 ten percent more in the next bucket");
        pass(594);
        deliver(ETH, 1_102e8);
        assertEq(pendingOf(ETH), 0, "ORA-33 confirmed meanwhile");
    }

    function test_clamp_forgetsAfterTwoBuckets() public {
        send(UP);
        pass(588);
        // The next bucket: where the price stood at its beginning counts, and so does the one before.
        deliver(ETH, 1_105e8);
        assertEq(answerOf(ETH), UP, "ORA-32 the bucket before counts");
        deliver(ETH, UP, clock + 1);
        pass(600);
        deliver(ETH, 1_105e8);
        assertEq(answerOf(ETH), 1_105e8, "ORA-32 older ones do not");
        pass(600);
        // A little less than ten percent of 1,100, since what is not the last price is kept rounded.
        deliver(ETH, 1_209e8);
        assertEq(answerOf(ETH), 1_209e8, "ORA-32 ten percent of where it stood");
    }

    function test_clamp_holdsAfterALongSilence() public {
        pass(10 days);
        send(UP + 1);
        assertEq(answerOf(ETH), PRICE, "ORA-32 silence does not widen it");
    }

    function test_clamp_countsPeaqsTimeNotTheMessages() public {
        // Forged messages, all in one block, that claim to be of different buckets.
        pass(28 minutes);
        deliver(ETH, 1_090e8, clock - 27 minutes);
        deliver(ETH, 1_180e8, clock - 14 minutes);
        deliver(ETH, 1_280e8, clock);
        assertLe(answerOf(ETH), UP, "ORA-34 one block moves ten percent at most");
    }

    function test_clamp_anUnchangedPriceIsAlwaysWithin() public {
        send(UP);
        for (uint256 i; i < 6; ++i) {
            pass(300);
            deliver(ETH, UP);
            assertEq(pendingOf(ETH), 0, "ORA-30 the same price again");
        }
        // One that moves back towards where it was, at the edge that rounding tightened.
        send(UP - 1);
        assertEq(answerOf(ETH), UP - 1, "ORA-30 back inside");
    }

    // ------------------------------------------------------------------------------------------------- confirmation

    function test_confirmation_takesAMinute() public {
        uint256 first = jump(1_200e8);
        pass(48);
        deliver(ETH, 1_200e8, first + 59);
        assertEq(answerOf(ETH), PRICE, "ORA-33 a second too early");
        pass(12);
        deliver(ETH, 1_200e8, first + 60);
        assertEq(answerOf(ETH), 1_200e8, "ORA-33 a minute later");
        assertEq(pendingOf(ETH), 0, "ORA-33 nothing is pending");
    }

    function test_confirmation_takesAMinuteOfThisChainToo() public {
        // Observed two minutes apart, delivered together: nobody could have answered in between.
        pass(180);
        deliver(ETH, 1_200e8, clock - 150);
        deliver(ETH, 1_200e8, clock - 30);
        assertEq(answerOf(ETH), PRICE, "ORA-34 in one block");
        (, uint256 observedFrom, uint256 deliveredFrom) = receiver.pending(ETH);
        assertEq(observedFrom, clock - 90, "ORA-34 observed from");
        assertEq(deliveredFrom, clock + 60, "ORA-34 delivered from");
        vm.warp(clock + 59);
        deliver(ETH, 1_200e8, clock - 20);
        assertEq(answerOf(ETH), PRICE, "ORA-34 a second too early");
        vm.warp(clock + 60);
        deliver(ETH, 1_200e8, clock - 10);
        assertEq(answerOf(ETH), 1_200e8, "ORA-34 a minute later");
    }

    function test_confirmation_theSameRoundWillDo() public {
        pass(12);
        deliver(message(clock, record(ETH, 1_200e8, 3, 77)));
        pass(60);
        deliver(message(clock, record(ETH, 1_200e8, 63, 77)));
        assertEq(answerOf(ETH), 1_200e8, "ORA-33 same round, seen later");
    }

    function test_confirmation_earlyOnesDoNotRestartTheClock() public {
        uint256 first = jump(1_200e8);
        for (uint256 i; i < 4; ++i) {
            pass(12);
            deliver(ETH, 1_200e8 + i);
        }
        (, uint256 confirmableFrom, ) = receiver.pending(ETH);
        assertEq(confirmableFrom, first + 60, "ORA-35 the clock of the first");
        pass(12);
        deliver(ETH, 1_210e8);
        assertEq(answerOf(ETH), 1_210e8, "ORA-35 confirmed with the newer price");
    }

    function test_confirmation_agreesWithinTenPercent() public {
        jump(1_200e8);
        pass(60);
        deliver(ETH, 1_320e8);
        assertEq(answerOf(ETH), 1_320e8, "ORA-36 ten percent above");
    }

    function test_confirmation_whatDisagreesStartsAnew() public {
        jump(1_200e8);
        pass(60);
        deliver(ETH, 1_320e8 + 1);
        assertEq(answerOf(ETH), PRICE, "ORA-36 more than ten percent above");
        (, uint256 confirmableFrom, ) = receiver.pending(ETH);
        assertEq(confirmableFrom, clock + 60, "ORA-36 the clock starts anew");
    }

    function test_confirmation_anHonestPriceEndsAForgedJump() public {
        jump(2_000e8);
        pass(12);
        deliver(ETH, 1_001e8);
        assertEq(answerOf(ETH), 1_001e8, "ORA-37 accepted");
        assertEq(pendingOf(ETH), 0, "ORA-37 the jump is gone");
        pass(60);
        deliver(ETH, 2_000e8);
        assertEq(answerOf(ETH), 1_001e8, "ORA-37 and a second one starts anew");
        assertEq(pendingOf(ETH), 2_000e8, "ORA-37 pending");
    }

    function test_confirmation_olderThanTheJumpIsIgnored() public {
        jump(1_200e8);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.RecordIgnored(ETH, clock - 1);
        deliver(ETH, 1_001e8, clock - 1);
        assertEq(pendingOf(ETH), 1_200e8, "ORA-23 order holds while pending");
    }

    function test_confirmation_restartsTheWindow() public {
        jump(1_200e8);
        pass(60);
        deliver(ETH, 1_200e8);
        send(1_320e8);
        assertEq(answerOf(ETH), 1_320e8, "ORA-33 ten percent from the confirmed price");
        send(1_190e8);
        assertEq(answerOf(ETH), 1_190e8, "ORA-33 down again");
        send(1_321e8);
        assertEq(answerOf(ETH), 1_190e8, "ORA-31 the span counts from it");
    }

    function test_firstPrice_needsAConfirmation() public {
        deliver(BTC, 60_000e8);
        assertEq(answerOf(BTC), 0, "ORA-38 not accepted");
        assertState(BTC, IPriceFeedReceiver.FeedState.Stale, "ORA-38 no price yet");
        pass(59);
        deliver(BTC, 60_000e8);
        assertEq(answerOf(BTC), 0, "ORA-38 too early");
        pass(1);
        deliver(BTC, 60_500e8);
        assertEq(answerOf(BTC), 60_500e8, "ORA-38 confirmed");
        assertState(BTC, IPriceFeedReceiver.FeedState.Fresh, "ORA-38 fresh");
    }

    // -------------------------------------------------------------------------------------------------------- quote

    function test_quote_whilePendingUp() public {
        jump(1_200e8);
        IPriceFeedReceiver.FeedQuote memory quoted = receiver.quote(ETH);
        assertEq(quoted.low, 1_000e18, "ORA-39 the lower");
        assertEq(quoted.high, 1_200e18, "ORA-39 the higher");
        assertEq(uint256(quoted.state), uint256(IPriceFeedReceiver.FeedState.Pending), "ORA-39 pending");
        uint256 fresh = receiver.freshPrice(ETH);
        assertEq(fresh, 0, "ORA-39 not fresh");
    }

    function test_quote_whilePendingDown() public {
        jump(800e8);
        IPriceFeedReceiver.FeedQuote memory quoted = receiver.quote(ETH);
        assertEq(quoted.low, 800e18, "ORA-39 the lower");
        assertEq(quoted.high, 1_000e18, "ORA-39 the higher");
    }

    function test_quote_anUnconfirmedJumpKeepsNothingAlive() public {
        uint256 acceptedAt = clock;
        for (uint256 i; i < 3; ++i) {
            pass(588);
            // Each disagrees with the one before, so none confirms.
            jump(i % 2 == 0 ? 2_000e8 : 500e8);
        }
        vm.warp(acceptedAt + 30 minutes);
        assertState(ETH, IPriceFeedReceiver.FeedState.Pending, "ORA-39 thirty minutes after the accepted price");
        vm.warp(acceptedAt + 30 minutes + 1);
        assertState(ETH, IPriceFeedReceiver.FeedState.Stale, "ORA-39 a second later");
    }

    // --------------------------------------------------------------------------------------------------------- fuzz

    function testFuzz_clamp_oneMessageMovesTenPercentAtMost(uint256 answer, uint256 delay) public {
        answer = bound(answer, 1, type(uint88).max);
        pass(bound(delay, 1, 30 days));
        deliver(ETH, answer);
        uint256 now_ = answerOf(ETH);
        assertLe(now_, UP, "INV-ORA-02 up");
        assertGe(now_, DOWN, "INV-ORA-02 down");
        bool within = answer <= UP && answer >= DOWN;
        assertEq(now_ == answer, within || answer == PRICE, "ORA-30 exactly what is within");
    }

    /// @dev No pair of prices that were accepted within ten minutes differs by more than ten percent.
    function testFuzz_clamp_walks(uint256 seed) public {
        uint256[48] memory times;
        uint256[48] memory answers;
        uint256 count;
        for (uint256 i; i < 48; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            pass(6 * (1 + (random % 50)));
            uint256 last = answerOf(ETH);
            bool wasPending = pendingOf(ETH) != 0;
            uint256 next = (last * (940 + ((random >> 64) % 125))) / 1_000;
            deliver(ETH, next);
            if (pendingOf(ETH) != 0) continue;
            // Confirmed, perhaps: then the window starts anew.
            if (wasPending) count = 0;
            (times[count], answers[count]) = (clock, next);
            for (uint256 j; j < count; ++j) {
                if (clock - times[j] > 600) continue;
                assertLe(next * 10, answers[j] * 11, "INV-ORA-02 up");
                assertGe(next * 10, answers[j] * 9, "INV-ORA-02 down");
            }
            ++count;
        }
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function send(uint256 answer) private {
        pass(12);
        deliver(ETH, answer);
    }

    function jump(uint256 answer) private returns (uint256 at) {
        send(answer);
        assertEq(pendingOf(ETH), answer, "pending");
        return clock;
    }
}
