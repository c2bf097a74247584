// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {Test} from "../support/Test.sol";

/// @notice Random time, stalls, beats and messages, honest and forged, and a memory of all that was accepted. It is the
/// endpoint's delivering side: the invariant test lets it call as the endpoint.
contract OracleHandler is Test {
    uint32 private constant ETHEREUM = 30_101;
    uint256 private constant FEED = 1;
    uint256 private constant GRACE = 15 minutes;
    uint256 private constant STALL = 5 minutes;

    struct Accepted {
        uint256 at;
        uint256 answer;
    }

    IWholePriceFeedReceiver private immutable receiver;
    IWholePriceOracle private immutable oracle;
    address private immutable endpoint;
    address private immutable sender;
    address private immutable asset;

    uint256 private clock;
    uint256 private height;
    /// @dev Everything accepted since the last acceptance that may have been a confirmation.
    Accepted[] private history;
    uint256 private newestAt;
    uint256 private lastStale;
    uint256 private lastStall;
    /// @dev The first promise that an action found broken.
    string private broken;

    constructor(
        IWholePriceFeedReceiver receiver_,
        IWholePriceOracle oracle_,
        address endpoint_,
        address sender_,
        address asset_,
        uint256 clock_,
        uint256 height_
    ) {
        (receiver, oracle, endpoint, sender, asset) = (receiver_, oracle_, endpoint_, sender_, asset_);
        (clock, height) = (clock_, height_);
        history.push(Accepted(clock_, receiver_.accepted(FEED).answer));
        newestAt = receiver_.accepted(FEED).observedAt;
    }

    // ------------------------------------------------------------------------------------------------------ actions

    function wait(uint256 blocks) external {
        blocks = bound(blocks, 1, 250);
        forward(blocks * 6, blocks);
    }

    function waitLong(uint256 blocks) external {
        blocks = bound(blocks, 250, 700);
        forward(blocks * 6, blocks);
    }

    function stall(uint256 duration) external {
        duration = bound(duration, 7, 1 hours);
        if (duration > STALL + 6) lastStall = clock + duration;
        forward(duration, 1);
    }

    function beat() external {
        forward(6, 1);
        receiver.poke();
    }

    /// @dev A small step, just observed.
    function honest(uint256 step) external {
        forward(6, 1);
        send((last() * bound(step, 970, 1_030)) / 1_000, clock, 0);
    }

    /// @dev Around the clamp's edge.
    function edge(uint256 step) external {
        forward(6, 1);
        send((last() * bound(step, 880, 1_120)) / 1_000, clock, 0);
    }

    function forged(uint256 answer, uint256 observedAt, uint256 age) external {
        forward(6, 1);
        uint256 base = last();
        send(bound(answer, base / 3, base * 3), bound(observedAt, clock - 2 hours, clock + 60), bound(age, 0, 5_000));
    }

    /// @dev Of what is pending, earlier or later than a minute after it.
    function confirm(uint256 delay) external {
        (IPriceFeedReceiver.Answer memory jump, , ) = receiver.pending(FEED);
        if (jump.answer == 0) return;
        delay = bound(delay, 1, 20);
        forward(delay * 6, delay);
        send(jump.answer, clock, 0);
    }

    // ------------------------------------------------------------------------------------------------------- checks

    function checkActions() external view {
        assertEq(broken, "", "actions");
    }

    function checkQuote() external view {
        IPriceOracle.Quote memory quote = oracle.tryPrice(asset);
        IPriceFeedReceiver.Answer memory accepted = receiver.accepted(FEED);
        assertLe(quote.low, quote.high, "INV-ORA-06 low and high");
        bool isFresh = quote.quality == IPriceOracle.Quality.Fresh;
        (bool answers, bytes memory data) = address(oracle).staticcall(abi.encodeCall(oracle.price, (asset)));
        assertEq(answers, isFresh, "INV-ORA-04 answers exactly when fresh");
        if (isFresh) assertEq(abi.decode(data, (uint256)), quote.low, "INV-ORA-04 its low");
        if (quote.quality >= IPriceOracle.Quality.Pending) {
            assertLe(clock, accepted.observedAt + 30 minutes, "INV-ORA-05 observed");
            assertLe(clock, accepted.updatedAt + 66 minutes, "INV-ORA-05 updated");
            // What lies in the past is forgotten.
            uint256 from = quote.liquidatableFrom < clock ? clock : quote.liquidatableFrom;
            assertGe(from, lastStale + GRACE, "INV-ORA-07 after a stale period");
            assertGe(from, lastStall + GRACE, "INV-ORA-08 after a stall");
            assertGe(quote.low, 1, "INV-ORA-04 never zero");
        } else {
            assertEq(quote.liquidatableFrom, type(uint256).max, "INV-ORA-06 never liquidatable");
        }
    }

    function checkConfiguration() external view {
        (uint256 decimals, uint256 maxAge) = receiver.feedConfig(FEED);
        assertEq(decimals, 8, "INV-ORA-09 decimals");
        assertEq(maxAge, 66 minutes, "INV-ORA-09 maximum age");
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function last() private view returns (uint256) {
        return receiver.accepted(FEED).answer;
    }

    function forward(uint256 duration, uint256 blocks) private {
        clock += duration;
        height += blocks;
        vm.warp(clock);
        vm.roll(height);
        noteStale();
    }

    function noteStale() private {
        if (receiver.quote(FEED).state == IPriceFeedReceiver.FeedState.Stale) lastStale = clock;
    }

    function send(uint256 answer, uint256 observedAt, uint256 age) private {
        (IPriceFeedReceiver.Answer memory jump, uint256 observedFrom, uint256 deliveredFrom) = receiver.pending(FEED);
        bool isTime = observedAt >= observedFrom && clock >= deliveredFrom;
        uint256 before = last();
        bytes memory sent = abi.encodePacked(uint32(observedAt), uint32(FEED), uint88(answer), uint24(age), uint40(1));
        vm.prank(endpoint);
        receiver.lzReceive(Origin(ETHEREUM, bytes32(uint256(uint160(sender))), 1), bytes32(0), sent, address(this), "");

        IPriceFeedReceiver.Answer memory accepted = receiver.accepted(FEED);
        (IPriceFeedReceiver.Answer memory nextJump, , ) = receiver.pending(FEED);
        uint256 newest = nextJump.answer == 0 ? accepted.observedAt : nextJump.observedAt;
        expect(newest >= newestAt, "INV-ORA-01 never falls");
        expect(newest <= clock + 60, "INV-ORA-01 never far ahead");
        newestAt = newest;
        noteStale();
        if (accepted.observedAt == observedAt && accepted.answer == answer && nextJump.answer == 0) {
            note(answer, before, jump.answer, isTime);
        }
    }

    /// @dev A move beyond ten percent of the last price must be a confirmation; every other is within ten percent of all
    /// of the last ten minutes.
    function note(uint256 answer, uint256 before, uint256 jump, bool isTime) private {
        if (!agree(before, answer) || (jump != 0 && !fitsHistory(answer))) {
            expect(jump != 0, "INV-ORA-03 something was pending");
            expect(isTime, "INV-ORA-03 a minute later, on both chains");
            expect(agree(jump, answer), "INV-ORA-03 it agrees");
            delete history;
        } else if (!fitsHistory(answer)) {
            expect(false, "INV-ORA-02 within ten percent of ten minutes");
        }
        // A confirmation within the clamp's edge restarts the window as well: what it was cannot be told from here.
        if (jump != 0 && isTime && agree(jump, answer)) delete history;
        history.push(Accepted(clock, answer));
    }

    function fitsHistory(uint256 answer) private view returns (bool) {
        for (uint256 i = history.length; i > 0; --i) {
            Accepted memory one = history[i - 1];
            if (clock - one.at > 10 minutes) break;
            if (!agree(one.answer, answer)) return false;
        }
        return true;
    }

    /// @dev A reversion here would only undo the action: the check of the invariant says what was found.
    function expect(bool condition, string memory message) private {
        if (!condition && bytes(broken).length == 0) broken = message;
    }

    function agree(uint256 one, uint256 other) private pure returns (bool) {
        return other * 10 <= one * 11 && other * 10 >= one * 9;
    }
}
