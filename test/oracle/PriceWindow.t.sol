// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FeedDecimals} from "../../contracts/oracle/libraries/FeedDecimals.sol";
import {FeedWord, FeedWordLib} from "../../contracts/oracle/libraries/FeedWord.sol";
import {PendingWord} from "../../contracts/oracle/libraries/PendingWord.sol";
import {PriceMessage, PriceRecord} from "../../contracts/oracle/libraries/PriceMessage.sol";
import {PriceWindow} from "../../contracts/oracle/libraries/PriceWindow.sol";
import {Test} from "../support/Test.sol";

/// @notice The words, the window and the message beside models of them.
contract PriceWindowTest is Test {
    uint256 private constant T0 = 1_800_000_000;

    /// @dev Lowest and highest of this bucket and of the one before, exactly.
    uint256 private low;
    uint256 private high;
    uint256 private earlierLow;
    uint256 private earlierHigh;

    function testFuzz_window_isNeverWiderThanTheModelAndHardlyTighter(uint256 seed, uint256 start) public {
        uint256 answer = bound(start, 1e6, type(uint88).max / 1e3);
        uint256 window;
        (low, high, earlierLow, earlierHigh) = (answer, answer, answer, answer);
        for (uint256 i; i < 60; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            uint256 passed = random % 5 == 0 ? 1 + ((random >> 8) % 3) : 0;
            uint256 next = (answer * (90_000 + ((random >> 64) % 21_001))) / 100_000;
            advance(passed, answer);
            (bool within, uint256 moved) = PriceWindow.move(answer, window, passed, next);
            if (within) {
                assertEq(fits(next, 0), true, "INV-ORA-02 never wider");
                (answer, window) = (next, moved);
                if (next < low) low = next;
                if (next > high) high = next;
            } else {
                // A message may tighten it by 1/32768.
                assertEq(fits(next, (i + 1) * 2), false, "ORA-30 hardly tighter");
                // The receiver writes nothing, so the buckets stand as they were.
                if (passed != 0) (answer, window) = rewind(answer);
            }
        }
    }

    function testFuzz_window_aFallBackIsAlwaysWithin(uint256 start, uint256 up, uint256 passed) public pure {
        uint256 answer = bound(start, 1e6, type(uint88).max / 2);
        uint256 top = bound(up, answer, (answer * 11) / 10);
        (bool within, uint256 window) = PriceWindow.move(answer, 0, 0, top);
        assertTrue(within, "ORA-30 up to ten percent");
        (within, ) = PriceWindow.move(top, window, bound(passed, 0, 1), top);
        assertTrue(within, "ORA-30 the same again");
        (within, ) = PriceWindow.move(top, window, bound(passed, 0, 1), answer > (top * 9) / 10 + 1 ? answer : top);
        assertTrue(within, "ORA-30 back");
    }

    function testFuzz_feedWord_keepsEveryField(
        uint88 answer,
        uint40 round,
        uint48 window,
        uint256 age,
        uint256 maxAge,
        uint256 decimals,
        uint256 delay
    ) public {
        vm.warp(T0);
        maxAge = bound(maxAge, 66, 190_080);
        age = bound(age, 0, maxAge);
        decimals = bound(decimals, 0, FeedDecimals.MAX);
        uint256 observedAt = T0 + 60 - bound(delay, 0, 31 minutes);
        FeedWord empty = FeedWordLib.create(decimals, maxAge).withGrace().withPending();
        assertTrue(empty.exists() && empty.isPending() && empty.hasGrace(), "INV-ORA-09 flags");
        FeedWord word = empty.accept(PriceMessage.record(1, answer, age, round), observedAt, window);
        assertEq(word.answer(), answer, "INV-ORA-09 answer");
        assertEq(word.round(), round, "INV-ORA-09 round");
        assertEq(word.window(), window, "INV-ORA-09 window");
        assertEq(word.observedAt(), observedAt, "INV-ORA-09 observation");
        assertEq(word.updatedAt(), observedAt - age, "INV-ORA-09 update");
        assertEq(word.maxAge(), maxAge, "INV-ORA-09 maximum age");
        assertEq(word.decimals(), decimals, "INV-ORA-09 decimals");
        assertEq(word.bucket(), T0 / 600, "INV-ORA-09 bucket");
        assertTrue(!word.isPending() && word.hasGrace(), "INV-ORA-09 pending goes, grace stays");
        assertTrue(!word.withoutGrace().hasGrace(), "INV-ORA-09 grace goes");
        assertEq(word.withMaxAge(67).maxAge(), 67, "INV-ORA-09 new maximum age");
        assertEq(word.withMaxAge(67).decimals(), decimals, "INV-ORA-09 the rest stays");
    }

    function testFuzz_pendingWord_keepsEveryField(
        uint88 answer,
        uint40 round,
        uint32 first,
        uint32 until,
        uint256 age,
        uint256 delay
    ) public pure {
        age = bound(age, 0, 190_140);
        delay = bound(delay, 0, 31 minutes);
        first = uint32(bound(first, 60, type(uint32).max));
        PendingWord word = PendingWord.wrap(0).withGrace(until);
        word = word.withJump(PriceMessage.record(1, answer, age, round), T0, first, uint256(first) + delay - 60);
        assertEq(word.answer(), answer, "INV-ORA-09 answer");
        assertEq(word.observedAt(), T0, "INV-ORA-09 observation");
        assertEq(word.updatedAt(), T0 - age, "INV-ORA-09 update");
        assertEq(word.round(), round, "INV-ORA-09 round");
        assertEq(word.firstObservedAt(), first, "INV-ORA-09 first observation");
        assertEq(word.firstDeliveredAt(), uint256(first) + delay - 60, "INV-ORA-09 first delivery");
        assertEq(word.graceUntil(), until, "INV-ORA-09 grace");
        assertEq(word.withGrace(7).answer(), answer, "INV-ORA-09 grace leaves the jump");
        assertEq(word.withGrace(7).graceUntil(), 7, "INV-ORA-09 new grace");
    }

    function testFuzz_message_roundTrip(uint32 observedAt, uint256 seed, uint256 count) public view {
        count = bound(count, 1, 20);
        PriceRecord[] memory records = new PriceRecord[](count);
        for (uint256 i; i < count; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            records[i] = PriceMessage.record(
                uint32(random),
                uint88(random >> 32),
                uint24(random >> 120),
                uint40(random >> 144)
            );
        }
        this.checkMessage(PriceMessage.encode(observedAt, records), observedAt, records);
    }

    function checkMessage(bytes calldata sent, uint256 observedAt, PriceRecord[] calldata records) external pure {
        assertEq(sent.length, 4 + 23 * records.length, "ORA-04 size");
        assertEq(PriceMessage.count(sent), records.length, "ORA-04 records");
        assertEq(PriceMessage.observedAt(sent), observedAt, "ORA-04 observation");
        for (uint256 i; i < records.length; ++i) {
            PriceRecord found = PriceMessage.at(sent, i);
            assertEq(found.feedId(), records[i].feedId(), "ORA-04 feed");
            assertEq(found.answer(), records[i].answer(), "ORA-04 answer");
            assertEq(found.age(), records[i].age(), "ORA-04 age");
            assertEq(found.round(), records[i].round(), "ORA-04 round");
        }
    }

    // -------------------------------------------------------------------------------------------------------- model

    function advance(uint256 passed, uint256 answer) private {
        if (passed == 0) return;
        (earlierLow, earlierHigh) = passed == 1 ? (low, high) : (answer, answer);
        (low, high) = (answer, answer);
    }

    /// @dev As a confirmed jump would leave it.
    function rewind(uint256 answer) private returns (uint256, uint256) {
        (low, high, earlierLow, earlierHigh) = (answer, answer, answer, answer);
        return (answer, 0);
    }

    /// @param slack in 1/32768 by which the bounds are drawn in
    function fits(uint256 next, uint256 slack) private view returns (bool) {
        uint256 lowest = low < earlierLow ? low : earlierLow;
        uint256 highest = high > earlierHigh ? high : earlierHigh;
        lowest -= (lowest * slack) / 32_768;
        highest += (highest * slack) / 32_768;
        return next * 10 <= lowest * 11 && next * 10 >= highest * 9;
    }
}
