// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOAppCore} from "@lz/oapp-evm/contracts/oapp/interfaces/IOAppCore.sol";
import {OAppReceiver, Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice Who may deliver, what a message is, and what is news.
contract ReceiverDeliveryTest is OracleTest {
    uint256 private constant PRICE = 3_000e8;

    function setUp() public override {
        super.setUp();
        establish(ETH, PRICE);
        establish(BTC, 60_000e8);
        deliver(ETH, PRICE);
    }

    // --------------------------------------------------------------------------------------------------------- path

    function test_lzReceive_onlyFromTheEndpoint() public {
        Origin memory from = origin();
        vm.expectRevert(abi.encodeWithSelector(OAppReceiver.OnlyEndpoint.selector, stranger));
        vm.prank(stranger);
        receiver.lzReceive(from, bytes32(0), "", stranger, "");
    }

    function test_lzReceive_onlyFromTheSender() public {
        bytes memory forged = message(clock + 1, record(ETH, 1, 0, type(uint40).max));
        expectRefused(
            Origin(ETHEREUM, peerOf(stranger), 1),
            forged,
            abi.encodeWithSelector(IOAppCore.OnlyPeer.selector, ETHEREUM, peerOf(stranger))
        );
        // An address that matches in its lower 160 bits only.
        bytes32 wide = bytes32(uint256(peerOf(sender)) | (1 << 160));
        expectRefused(
            Origin(ETHEREUM, wide, 1),
            forged,
            abi.encodeWithSelector(IOAppCore.OnlyPeer.selector, ETHEREUM, wide)
        );
        assertEq(answerOf(ETH), PRICE, "ORA-20 nothing was written");
    }

    function test_lzReceive_onlyFromTheSourceChain() public {
        expectRefused(
            Origin(30_102, peerOf(sender), 1),
            message(clock + 1, record(ETH, 1, 0, 1)),
            abi.encodeWithSelector(IPriceFeedReceiver.UnknownSource.selector, uint32(30_102))
        );
    }

    function test_lzReceive_acceptsNobodyWithoutAPeer() public {
        receiver.setPeer(ETHEREUM, bytes32(0));
        expectRefused(
            Origin(ETHEREUM, bytes32(0), 1),
            message(clock + 1, record(ETH, 1, 0, 1)),
            abi.encodeWithSelector(IOAppCore.NoPeer.selector, ETHEREUM)
        );
    }

    function test_allowInitializePath_onlyForTheSender() public view {
        assertTrue(receiver.allowInitializePath(Origin(ETHEREUM, peerOf(sender), 1)), "ORA-20 the sender's path");
        assertTrue(!receiver.allowInitializePath(Origin(ETHEREUM, peerOf(stranger), 1)), "ORA-20 a stranger's path");
        assertTrue(!receiver.allowInitializePath(Origin(30_102, peerOf(sender), 1)), "ORA-20 another chain's path");
    }

    function test_lzReceive_keepsCoinsThatComeAlong() public {
        vm.deal(address(endpoint), 1 ether);
        Origin memory from = origin();
        bytes memory sent = message(clock, record(ETH, PRICE + 1, 0, type(uint40).max));
        vm.prank(address(endpoint));
        receiver.lzReceive{value: 1 ether}(from, bytes32(0), sent, stranger, "");
        assertEq(answerOf(ETH), PRICE + 1, "ORA-21 coins do not stop a delivery");
    }

    // ------------------------------------------------------------------------------------------------------- shape

    function test_lzReceive_refusesMalformedMessages() public {
        expectMalformed("");
        expectMalformed(hex"00112233");
        expectMalformed(abi.encodePacked(message(clock + 1, record(ETH, PRICE, 0, 1)), uint8(0)));
        bytes memory cut = message(clock + 1, abi.encodePacked(uint32(ETH), uint88(PRICE), uint24(0), uint32(1)));
        expectMalformed(cut);
    }

    function testFuzz_lzReceive_refusesOddLengths(uint256 length) public {
        length = bound(length, 0, 300);
        if (length > 4 && (length - 4) % 23 == 0) ++length;
        expectMalformed(new bytes(length));
    }

    function test_lzReceive_takesManyRecords() public {
        pass(60);
        bytes memory both = abi.encodePacked(record(ETH, 3_010e8, 5, clock), record(BTC, 60_100e8, 7, clock));
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.PriceAccepted(ETH, 3_010e8, clock - 5, clock);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.PriceAccepted(BTC, 60_100e8, clock - 7, clock);
        deliver(message(clock, both));

        IPriceFeedReceiver.Answer memory eth = receiver.accepted(ETH);
        assertEq(eth.answer, 3_010e8, "ORA-22 answer");
        assertEq(eth.updatedAt, clock - 5, "ORA-22 Chainlink's time");
        assertEq(eth.observedAt, clock, "ORA-22 time of observation");
        assertEq(eth.round, clock, "ORA-22 round");
        assertEq(answerOf(BTC), 60_100e8, "ORA-22 second record");
    }

    function testFuzz_lzReceive_keepsEveryField(uint256 answer, uint256 age, uint256 round, uint256 delay) public {
        answer = bound(answer, PRICE - PRICE / 10, PRICE + PRICE / 10);
        age = bound(age, 0, MAX_AGE - 30 minutes);
        round = bound(round, 0, type(uint40).max);
        delay = bound(delay, 0, 30 minutes);
        pass(31 minutes);
        deliver(message(clock - delay, record(ETH, answer, age, round)));
        IPriceFeedReceiver.Answer memory eth = receiver.accepted(ETH);
        assertEq(eth.answer, answer, "ORA-22 answer");
        assertEq(eth.updatedAt, clock - delay - age, "ORA-22 Chainlink's time");
        assertEq(eth.observedAt, clock - delay, "ORA-22 time of observation");
        assertEq(eth.round, round, "ORA-22 round");
        (uint256 decimals, uint256 maxAge) = receiver.feedConfig(ETH);
        assertEq(decimals, 8, "INV-ORA-09 decimals");
        assertEq(maxAge, MAX_AGE, "INV-ORA-09 maximum age");
    }

    // -------------------------------------------------------------------------------------------------------- order

    function test_lzReceive_ignoresOlder() public {
        pass(60);
        deliver(ETH, 3_010e8);
        expectIgnored(ETH, 3_020e8, clock - 1);
        assertEq(answerOf(ETH), 3_010e8, "ORA-23 older is ignored");
    }

    function test_lzReceive_ignoresTheSameAgain() public {
        pass(60);
        deliver(ETH, 3_010e8);
        expectIgnored(ETH, 3_010e8, clock);
        expectIgnored(ETH, 3_020e8, clock);
        assertEq(answerOf(ETH), 3_010e8, "ORA-23 same second, same round");
    }

    function test_lzReceive_takesALaterRoundOfTheSameSecond() public {
        pass(60);
        deliver(message(clock, record(ETH, 3_010e8, 12, 7)));
        deliver(message(clock, record(ETH, 3_020e8, 0, 8)));
        assertEq(answerOf(ETH), 3_020e8, "ORA-24 later round of the second");
        deliver(message(clock, record(ETH, 3_030e8, 12, 7)));
        assertEq(answerOf(ETH), 3_020e8, "ORA-24 earlier round of the second");
    }

    function test_lzReceive_refreshesTheSameRound() public {
        pass(600);
        deliver(message(clock, record(ETH, PRICE, 600, 7)));
        pass(600);
        deliver(message(clock, record(ETH, PRICE, 1200, 7)));
        IPriceFeedReceiver.Answer memory eth = receiver.accepted(ETH);
        assertEq(eth.observedAt, clock, "ORA-25 seen later");
        assertEq(eth.updatedAt, clock - 1200, "ORA-25 updated when it was");
    }

    function test_lzReceive_aLowerRoundSeenLaterCounts() public {
        // A forged round of the future must not lock out the truth.
        pass(60);
        deliver(message(clock, record(ETH, 3_010e8, 0, type(uint40).max)));
        pass(6);
        deliver(message(clock, record(ETH, 3_000e8, 60, 7)));
        assertEq(answerOf(ETH), 3_000e8, "ORA-25 observation decides");
    }

    function test_lzReceive_oneBadRecordDoesNotStopTheOthers() public {
        pass(60);
        bytes memory records = abi.encodePacked(
            record(99, 1e8, 0, 1),
            record(ETH, 0, 0, 1),
            record(BTC, 60_100e8, 0, clock)
        );
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.RecordIgnored(99, clock);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.RecordIgnored(ETH, clock);
        deliver(message(clock, records));
        assertEq(answerOf(BTC), 60_100e8, "ORA-26 the good record counts");
        assertEq(answerOf(ETH), PRICE, "ORA-26 a zero answer is not a price");
    }

    function test_lzReceive_duplicatesInOneMessage() public {
        pass(60);
        deliver(message(clock, abi.encodePacked(record(ETH, 3_010e8, 0, 7), record(ETH, 3_020e8, 0, 7))));
        assertEq(answerOf(ETH), 3_010e8, "ORA-26 the first of two");
    }

    // --------------------------------------------------------------------------------------------------------- time

    function test_lzReceive_takesAMinuteOfSkew() public {
        deliver(ETH, 3_010e8, clock + 60);
        assertEq(answerOf(ETH), 3_010e8, "ORA-27 a minute ahead");
        assertEq(oracle.price(weth), 3_010e18, "ORA-27 and fresh");
    }

    function test_lzReceive_refusesTheFuture() public {
        bytes memory early = message(clock + 61, record(ETH, 3_010e8, 0, 1));
        expectRefused(
            Origin(ETHEREUM, peerOf(sender), 1),
            early,
            abi.encodeWithSelector(IPriceFeedReceiver.ObservedInFuture.selector, clock + 61, clock)
        );
        pass(1);
        deliver(early);
        assertEq(answerOf(ETH), 3_010e8, "ORA-27 the same message a second later");
    }

    function test_lzReceive_takesWhatIsJustFreshOnArrival() public {
        uint256 observedAt = clock + 1;
        pass(30 minutes + 1);
        deliver(ETH, 3_010e8, observedAt);
        assertEq(answerOf(ETH), 3_010e8, "ORA-28 thirty minutes on the way");
    }

    function test_lzReceive_ignoresWhatIsStaleOnArrival() public {
        uint256 observedAt = clock + 1;
        pass(30 minutes + 2);
        expectIgnored(ETH, 3_010e8, observedAt);
    }

    function test_lzReceive_ignoresARoundBeyondItsHeartbeat() public {
        pass(60);
        deliver(message(clock, record(ETH, 3_010e8, MAX_AGE, 1)));
        assertEq(answerOf(ETH), 3_010e8, "ORA-28 at the heartbeat's limit");
        pass(60);
        deliver(message(clock, record(ETH, 3_020e8, MAX_AGE + 1, 1)));
        assertEq(answerOf(ETH), 3_010e8, "ORA-28 beyond it");
        deliver(message(clock, record(ETH, 3_020e8, type(uint24).max, 1)));
        assertEq(answerOf(ETH), 3_010e8, "ORA-28 the largest age");
    }

    function testFuzz_lzReceive_aNewerObservationNeverGivesWay(uint256[8] memory times, uint256 seed) public {
        pass(29 minutes);
        uint256 newest = receiver.accepted(ETH).observedAt;
        for (uint256 i; i < times.length; ++i) {
            uint256 at = bound(times[i], clock - 29 minutes, clock + 60);
            uint256 answer = PRICE + (uint256(keccak256(abi.encode(seed, i))) % 100e8);
            deliver(message(at, record(ETH, answer, 0, 1)));
            if (at > newest) {
                newest = at;
                assertEq(answerOf(ETH), answer, "INV-ORA-01 the newest counts");
            }
            assertEq(receiver.accepted(ETH).observedAt, newest, "INV-ORA-01 never falls");
        }
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function expectRefused(Origin memory from, bytes memory sent, bytes memory error) private {
        vm.expectRevert(error);
        vm.prank(address(endpoint));
        receiver.lzReceive(from, bytes32(0), sent, stranger, "");
    }

    function expectMalformed(bytes memory sent) private {
        expectRefused(
            Origin(ETHEREUM, peerOf(sender), 1),
            sent,
            abi.encodeWithSelector(IPriceFeedReceiver.MalformedMessage.selector, sent.length)
        );
    }

    function expectIgnored(uint256 feedId, uint256 answer, uint256 observedAt) private {
        uint256 before = answerOf(feedId);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.RecordIgnored(feedId, observedAt);
        deliver(feedId, answer, observedAt);
        assertEq(answerOf(feedId), before, "ORA-23 nothing was written");
    }
}
