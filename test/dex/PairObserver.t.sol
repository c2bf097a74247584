// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {PairObserver} from "../../contracts/dex/PairObserver.sol";
import {Deploy} from "../support/Deploy.sol";
import {Test} from "../support/Test.sol";

/// @notice The observer alone, with this test as its order book, against a list of all fills.
contract PairObserverTest is Test {
    uint256 private constant T0 = 1_800_000_000;
    uint256 private constant LN_2 = 693147180559945309;
    address private constant LOW = address(0x1000);
    address private constant HIGH = address(0x2000);

    PairObserver private observer;

    /// @dev One block of the model.
    struct Block {
        uint256 timestamp;
        uint256 volume0;
        uint256 volume1;
    }

    Block[] private blocks;

    function setUp() public {
        vm.warp(T0);
        observer = Deploy.pairObserver(address(this));
        observer.bind(address(this));
    }

    // ------------------------------------------------------------------------------------------------------ binding

    function test_bind_namesTheOrderBookOnce() public {
        PairObserver fresh = Deploy.pairObserver(address(0xB1D));
        assertEq(fresh.orderBook(), address(0), "unbound at first");

        vm.expectRevert(abi.encodeWithSelector(IPairObserver.NotBinder.selector, address(this)));
        fresh.bind(address(this));
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.CannotBind.selector, address(0), address(0)));
        vm.prank(address(0xB1D));
        fresh.bind(address(0));

        vm.expectEmit();
        emit IPairObserver.OrderBookBound(address(this));
        vm.prank(address(0xB1D));
        fresh.bind(address(this));
        assertEq(fresh.orderBook(), address(this), "bound");

        vm.expectRevert(abi.encodeWithSelector(IPairObserver.CannotBind.selector, address(this), address(0x2)));
        vm.prank(address(0xB1D));
        fresh.bind(address(0x2));
    }

    function test_bind_comesBeforeGrow() public {
        PairObserver fresh = Deploy.pairObserver(address(this));
        vm.expectRevert(IPairObserver.NotBound.selector);
        fresh.grow(LOW, HIGH, 2);
        assertEq(fresh.isObserved(LOW, HIGH), false, "no order can ask to be observed yet");
    }

    // ------------------------------------------------------------------------------------------------------ growing

    function test_grow_switchesThePairOnInBothDirections() public {
        assertEq(observer.isObserved(LOW, HIGH), false, "off at first");
        vm.expectEmit();
        emit IPairObserver.ObservationGrown(LOW, HIGH, 2);
        observer.grow(HIGH, LOW, 2);
        assertEq(observer.isObserved(LOW, HIGH), true, "on");
        assertEq(observer.isObserved(HIGH, LOW), true, "on from the other side");
        assertEq(observer.isObserved(LOW, address(0x3000)), false, "another pair stays off");
        (uint256 held, uint256 capacity) = observer.cardinality(HIGH, LOW);
        assertEq(held, 0, "nothing held yet");
        assertEq(capacity, 2, "room for two");
    }

    function test_grow_keepsItsBounds() public {
        expectInvalidCardinality(0, 0);
        expectInvalidCardinality(0, 1);
        expectInvalidCardinality(0, 14_401);
        expectInvalidCardinality(0, type(uint256).max);
        observer.grow(LOW, HIGH, 3);
        expectInvalidCardinality(3, 2);
        expectInvalidCardinality(3, 3);
        observer.grow(LOW, HIGH, 4);
        (, uint256 capacity) = observer.cardinality(LOW, HIGH);
        assertEq(capacity, 4, "grown");
    }

    function test_grow_reachesItsLimit() public {
        for (uint256 size = 600; size <= 14_400; size += 600) observer.grow(LOW, HIGH, size);
        (, uint256 capacity) = observer.cardinality(LOW, HIGH);
        assertEq(capacity, 14_400, "a day of blocks");
        expectInvalidCardinality(14_400, 14_401);
    }

    function test_grow_revertsForOneToken() public {
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.SameToken.selector, LOW));
        observer.grow(LOW, LOW, 2);
    }

    function test_grow_paysForTheStorageOfLaterFills() public {
        observer.grow(LOW, HIGH, 3);
        uint256 fresh = recordGas(T0 + 6);
        recordGas(T0 + 12);
        recordGas(T0 + 18);
        // The ring is full: this block overwrites the first one.
        uint256 overwriting = recordGas(T0 + 24);
        assertLe(fresh, overwriting + 5_000, "a word never used before costs no more than one used before");
    }

    // ---------------------------------------------------------------------------------------------------- recording

    function test_record_isTheOrderBooksOnly() public {
        observer.grow(LOW, HIGH, 2);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.NotOrderBook.selector, address(0xBAD)));
        vm.prank(address(0xBAD));
        observer.record(LOW, HIGH, 1, 1);
    }

    function test_record_ignoresWhatHasNoPrice() public {
        vm.recordLogs();
        observer.record(LOW, HIGH, 1, 1);
        observer.grow(LOW, HIGH, 2);
        vm.getRecordedLogs();
        observer.record(LOW, HIGH, 0, 1);
        observer.record(LOW, HIGH, 1, 0);
        assertEq(vm.getRecordedLogs().length, 0, "no event");
        (uint256 held, ) = observer.cardinality(LOW, HIGH);
        assertEq(held, 0, "nothing held");
    }

    function test_record_sortsSoldAndPaid() public {
        observer.grow(LOW, HIGH, 2);
        vm.expectEmit();
        emit IPairObserver.Observed(LOW, HIGH, 5, 7);
        observer.record(LOW, HIGH, 5, 7);
        vm.expectEmit();
        emit IPairObserver.Observed(LOW, HIGH, 11, 13);
        observer.record(HIGH, LOW, 13, 11);
        IPairObserver.Observation memory sums = observer.observe(LOW, HIGH, 0);
        assertEq(sums.volume0, 16, "volume of token0");
        assertEq(sums.volume1, 20, "volume of token1");
        assertEq(sums.blocks, 1, "one block");
        assertEq(sums.timestamp, T0, "now");
        assertTrue(sums.logPriceSeconds == 0, "a price counts for no second of its own block");
    }

    /// @dev The property that the choice of price is argued with.
    function test_record_dustAtTheEndOfABlockHardlyMovesItsPrice() public {
        observer.grow(LOW, HIGH, 2);
        observer.record(LOW, HIGH, 1e18, 2e18);
        observer.record(LOW, HIGH, 1, 1e6);
        vm.warp(T0 + 100);
        int256 mean = int256(observer.observe(LOW, HIGH, 0).logPriceSeconds) / 100;
        assertApprox(mean, int256(LN_2), 1e6, "ln 2, as if the dust had not been");
    }

    function test_record_survivesVolumesThatWrap() public {
        observer.grow(LOW, HIGH, 3);
        observer.record(LOW, HIGH, type(uint128).max, 1);
        vm.warp(T0 + 6);
        // The sum of token0 comes round to 9.
        observer.record(LOW, HIGH, 10, 20);
        vm.warp(T0 + 16);
        IPairObserver.Observation memory later = observer.observe(LOW, HIGH, 0);
        IPairObserver.Observation memory earlier = observer.observe(LOW, HIGH, 10);
        assertEq(later.volume0, 9, "modulo 2^128");
        assertApprox(later.logPriceSeconds - earlier.logPriceSeconds, 10 * int256(LN_2), 100, "ln 2 for 10 s");
    }

    function testFuzz_record_neverRevertsForTheOrderBook(uint256[8] memory amounts) public {
        observer.grow(LOW, HIGH, 2);
        for (uint256 i; i < 4; ++i) {
            observer.record(i % 2 == 0 ? LOW : HIGH, i % 2 == 0 ? HIGH : LOW, amounts[2 * i], amounts[2 * i + 1]);
            vm.warp(T0 + 1 + i);
        }
        observer.record(LOW, HIGH, 1 << 128, 1 << 128);
        vm.warp(T0 + 100);
        observer.record(LOW, HIGH, type(uint256).max, 1);
        observer.observe(LOW, HIGH, 0);
    }

    function test_record_goesOnAfterTimestampsWrap() public {
        observer.grow(LOW, HIGH, 2);
        vm.warp(type(uint32).max);
        observer.record(LOW, HIGH, 1, 2);
        vm.warp(uint256(type(uint32).max) + 11);
        observer.record(LOW, HIGH, 1, 2);
        (uint256 held, ) = observer.cardinality(LOW, HIGH);
        assertEq(held, 2, "fills of observed orders are not blocked in 2106");
    }

    // ---------------------------------------------------------------------------------------------------- observing

    function test_observe_carriesTheLastPriceOn() public {
        observer.grow(LOW, HIGH, 2);
        observer.record(LOW, HIGH, 1e6, 2e6);
        vm.warp(T0 + 50);
        IPairObserver.Observation memory sums = observer.observe(LOW, HIGH, 20);
        assertEq(sums.timestamp, T0 + 30, "20 seconds ago");
        assertApprox(sums.logPriceSeconds, 30 * int256(LN_2), 100, "30 seconds at 2");
        assertEq(sums.volume1, 2e6, "the volume stays");
    }

    function test_observe_isTheGeometricMeanBetweenTwo() public {
        observer.grow(LOW, HIGH, 3);
        observer.record(LOW, HIGH, 1e18, 4e18);
        vm.warp(T0 + 30);
        observer.record(HIGH, LOW, 1e18, 1e18);
        vm.warp(T0 + 60);
        int256 difference =
            observer.observe(LOW, HIGH, 0).logPriceSeconds - observer.observe(LOW, HIGH, 60).logPriceSeconds;
        // Half the time at 4, half at 1.
        int256 mean = FixedPointMathLib.expWad(difference / 60);
        assertApprox(mean, 2e18, 1e3, "the mean of 4 and 1 is 2");
    }

    function test_observe_excludesThisBlockOneSecondAgo() public {
        observer.grow(LOW, HIGH, 3);
        observer.record(LOW, HIGH, 100, 100);
        vm.warp(T0 + 6);
        observer.record(LOW, HIGH, 1, 1_000_000);
        assertEq(observer.observe(LOW, HIGH, 0).volume1, 1_000_100, "with this block");
        assertEq(observer.observe(LOW, HIGH, 1).volume1, 100, "without it");
        assertTrue(observer.observe(LOW, HIGH, 0).logPriceSeconds == 0, "and its price counts for nothing yet");
    }

    function test_observe_revertsWhenTooOld() public {
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.TooOld.selector, T0, 0));
        observer.observe(LOW, HIGH, 0);
        observer.grow(LOW, HIGH, 2);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.TooOld.selector, T0 - 5, 0));
        observer.observe(LOW, HIGH, 5);

        observer.record(LOW, HIGH, 1, 1);
        vm.warp(T0 + 6);
        observer.observe(LOW, HIGH, 6);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.TooOld.selector, T0 - 1, T0));
        observer.observe(LOW, HIGH, 7);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.TooOld.selector, 0, T0));
        observer.observe(LOW, HIGH, type(uint256).max);

        observer.record(LOW, HIGH, 1, 1);
        vm.warp(T0 + 12);
        observer.record(LOW, HIGH, 1, 1);
        observer.observe(LOW, HIGH, 6);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.TooOld.selector, T0 + 5, T0 + 6));
        observer.observe(LOW, HIGH, 7);
    }

    function test_observe_revertsForTokensInDescendingOrder() public {
        observer.grow(LOW, HIGH, 2);
        observer.record(LOW, HIGH, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.NotAscending.selector, HIGH, LOW));
        observer.observe(HIGH, LOW, 0);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.NotAscending.selector, LOW, LOW));
        observer.observe(LOW, LOW, 0);
    }

    /// @dev Random blocks into a ring that wraps, and grows while it does, against the list of all blocks.
    function testFuzz_observe_agreesWithAListOfAllFills(uint256 seed, uint256 size, uint256 growAt) public {
        size = bound(size, 2, 6);
        growAt = bound(growAt, 0, 20);
        observer.grow(LOW, HIGH, size);
        uint256 time = T0;
        for (uint256 i; i < 20; ++i) {
            if (i == growAt) observer.grow(LOW, HIGH, size + 3);
            time += 1 + (draw(seed, i, 0) % 100);
            vm.warp(time);
            blocks.push(Block(time, 0, 0));
            uint256 fills = 1 + (draw(seed, i, 1) % 3);
            for (uint256 j; j < fills; ++j) recordBoth(seed, i, j);
        }
        uint256 now_ = time + (draw(seed, 99, 0) % 100);
        vm.warp(now_);

        (uint256 held, uint256 capacity) = observer.cardinality(LOW, HIGH);
        assertEq(capacity, growAt < 20 ? size + 3 : size, "capacity");
        assertLe(held, capacity, "held within capacity");
        uint256 oldest = blocks[blocks.length - held].timestamp;
        for (uint256 k; k < 12; ++k) {
            uint256 target = oldest + (draw(seed, 77, k) % (now_ - oldest + 1));
            assertObservation(target, now_);
        }
        assertObservation(oldest, now_);
        assertObservation(now_, now_);
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.TooOld.selector, oldest - 1, oldest));
        observer.observe(LOW, HIGH, now_ - oldest + 1);
    }

    /// @dev The full ring is reached where nothing grew late, so that the model's check of the oldest one bites.
    function test_observe_holdsAFullRing() public {
        observer.grow(LOW, HIGH, 4);
        for (uint256 i; i < 9; ++i) {
            vm.warp(T0 + 6 * i);
            observer.record(LOW, HIGH, 1 + i, 1);
        }
        (uint256 held, ) = observer.cardinality(LOW, HIGH);
        assertEq(held, 4, "all places are in use");
        assertEq(observer.observe(LOW, HIGH, 18).blocks, 6, "the oldest of four");
        assertEq(observer.observe(LOW, HIGH, 0).blocks, 9, "blocks are counted on");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function recordBoth(uint256 seed, uint256 i, uint256 j) private {
        uint256 sold = 1 + (draw(seed, i, 100 + j) >> (160 + (draw(seed, i, 200 + j) % 90)));
        uint256 paid = 1 + (draw(seed, i, 300 + j) >> (160 + (draw(seed, i, 400 + j) % 90)));
        Block storage block_ = blocks[blocks.length - 1];
        if (draw(seed, i, 500 + j) % 2 == 0) {
            observer.record(LOW, HIGH, sold, paid);
            block_.volume0 += sold;
            block_.volume1 += paid;
        } else {
            observer.record(HIGH, LOW, sold, paid);
            block_.volume0 += paid;
            block_.volume1 += sold;
        }
    }

    function assertObservation(uint256 target, uint256 now_) private view {
        IPairObserver.Observation memory sums = observer.observe(LOW, HIGH, now_ - target);
        uint256 volume0;
        uint256 volume1;
        uint256 count;
        int256 integral;
        for (uint256 i; i < blocks.length && blocks[i].timestamp <= target; ++i) {
            volume0 += blocks[i].volume0;
            volume1 += blocks[i].volume1;
            ++count;
            uint256 end = i + 1 < blocks.length && blocks[i + 1].timestamp < target ? blocks[i + 1].timestamp : target;
            int256 lnPrice =
                FixedPointMathLib.lnWad(int256(blocks[i].volume1)) - FixedPointMathLib.lnWad(int256(blocks[i].volume0));
            integral += lnPrice * int256(end - blocks[i].timestamp);
        }
        assertEq(sums.timestamp, target, "timestamp");
        assertEq(sums.blocks, count, "blocks");
        assertEq(sums.volume0, volume0, "volume of token0");
        assertEq(sums.volume1, volume1, "volume of token1");
        assertTrue(sums.logPriceSeconds == integral, "integral of the logarithm");
    }

    function recordGas(uint256 time) private returns (uint256 used) {
        vm.warp(time);
        used = gasleft();
        observer.record(LOW, HIGH, 1e18, 3_000e6);
        used -= gasleft();
    }

    function expectInvalidCardinality(uint256 current, uint256 asked) private {
        vm.expectRevert(abi.encodeWithSelector(IPairObserver.InvalidCardinality.selector, current, asked));
        observer.grow(LOW, HIGH, asked);
    }

    function assertApprox(int256 actual, int256 expected, int256 tolerance, string memory message) private pure {
        int256 difference = actual > expected ? actual - expected : expected - actual;
        assertTrue(difference <= tolerance, message);
    }

    function draw(uint256 seed, uint256 a, uint256 b) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, a, b)));
    }
}
