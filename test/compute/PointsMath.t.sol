// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PointsMath} from "../../contracts/compute/libraries/PointsMath.sol";
import {Services} from "../../contracts/compute/libraries/Services.sol";
import {PointsVectors} from "../sdk/PointsVectors.sol";
import {VectorReader} from "../sdk/VectorReader.sol";

/// @notice Puts the library's reverting function behind a call, so that a revert can be expected.
contract PointsMaker {
    function basePoints(uint256 service, uint256 tier) external pure returns (uint256) {
        return PointsMath.basePoints(service, tier, 1, 1, 1);
    }
}

/// @notice RWD-07: points and rewards, number for number those of the SDK, and the numbers that the page names.
contract PointsMathTest is VectorReader {
    uint256 private constant POINT = PointsMath.POINT;

    function test_vectors_hours() public pure {
        Cursor memory cursor = Cursor(PointsVectors.hourCases(), 0);
        assertEq(cursor.data.length, PointsVectors.HOURS * PointsVectors.HOUR_SIZE, "RWD-07: cases are whole");
        for (uint256 i; i < PointsVectors.HOURS; ++i) checkHour(cursor, i);
    }

    function checkHour(Cursor memory cursor, uint256 i) private pure {
        (uint256 service, uint256 tier) = (_next(cursor, 1), _next(cursor, 1));
        uint256 base = PointsMath.basePoints(service, tier, _next(cursor, 8), _next(cursor, 8), _next(cursor, 8));
        uint256 uptime = PointsMath.uptimeMultiplier(_next(cursor, 4));
        uint256 latency = PointsMath.latencyMultiplier(_next(cursor, 4));
        uint256 utilisation = PointsMath.utilisationOf(_next(cursor, 16), _next(cursor, 8), _next(cursor, 8));
        assertEq(base, _next(cursor, 16), _message("RWD-07: base of case", i));
        uint256 ofReference = PointsMath.referencePoints(service, tier);
        assertEq(ofReference, _next(cursor, 8), _message("RWD-07: reference of case", i));
        assertEq(uptime, _next(cursor, 4), _message("RWD-07: uptime of case", i));
        assertEq(latency, _next(cursor, 4), _message("RWD-07: latency of case", i));
        assertEq(utilisation, _next(cursor, 4), _message("RWD-07: utilisation of case", i));
        uint256 demand = PointsMath.demandMultiplier(utilisation);
        assertEq(demand, _next(cursor, 4), _message("RWD-07: demand of case", i));
        uint256 points = PointsMath.hourPoints(base, uptime, latency, demand);
        assertEq(points, _next(cursor, 16), _message("RWD-07: points of case", i));
    }

    function test_vectors_epochs() public pure {
        Cursor memory cursor = Cursor(PointsVectors.epochCases(), 0);
        assertEq(cursor.data.length, PointsVectors.EPOCHS * PointsVectors.EPOCH_SIZE, "RWD-07: cases are whole");
        for (uint256 i; i < PointsVectors.EPOCHS; ++i) {
            (uint256 fee, uint256 ofReference, uint256 itsFee) = (_next(cursor, 8), _next(cursor, 8), _next(cursor, 8));
            uint256 cap = PointsMath.capOf(fee, ofReference, itsFee);
            assertEq(cap, _next(cursor, 16), _message("RWD-07: cap of case", i));
            uint256 byFee = PointsMath.pointsOfFee(fee, ofReference, itsFee);
            assertEq(byFee, _next(cursor, 16), _message("RWD-07: points by fee of case", i));
            uint256 reward = PointsMath.rewardOf(_next(cursor, 16), _next(cursor, 16), _next(cursor, 12));
            assertEq(reward, _next(cursor, 12), _message("RWD-07: reward of case", i));
            uint256 toPool = PointsMath.poolPart(reward, _next(cursor, 12), _next(cursor, 12));
            assertEq(toPool, _next(cursor, 12), _message("RWD-07: part of the pool of case", i));
        }
    }

    function test_basePoints_table() public pure {
        uint256[4] memory tiers = [uint256(1), 3, 7, 15];
        for (uint256 tier; tier < 4; ++tier) {
            uint256 points = tiers[tier] * POINT;
            assertEq(PointsMath.basePoints(Services.CHAT, tier, 1, 9, 9), points, "RWD-07: a chat by tier");
            assertEq(PointsMath.basePoints(Services.VISION, tier, 1, 9, 9), points, "RWD-07: vision by tier");
            assertEq(PointsMath.basePoints(Services.TRANSCRIPTION, tier, 1, 9, 9), points, "RWD-07: by tier");
            assertEq(PointsMath.basePoints(Services.SPEECH, tier, 9, 9, 60), 2 * POINT, "RWD-07: a minute");
        }
        assertEq(PointsMath.basePoints(Services.EMBEDDINGS, 0, 9, 1_000, 9), POINT, "RWD-07: 1K tokens");
        assertEq(PointsMath.basePoints(Services.SPEECH, 0, 9, 9, 1), 33_333, "RWD-07: a second, rounded down");
        assertEq(PointsMath.basePoints(Services.SCRAPING, 0, 9, 9, 1), POINT / 2, "RWD-07: a page");
        assertEq(PointsMath.basePoints(Services.IMAGE, 0, 1, 9, 9), 5 * POINT, "RWD-07: an image");
        assertEq(PointsMath.basePoints(Services.VIDEO, 0, 9, 9, 1), 10 * POINT, "RWD-07: a second of video");
    }

    function test_basePoints_unknown() public {
        PointsMaker maker = new PointsMaker();
        vm.expectRevert(abi.encodeWithSelector(PointsMath.UnknownService.selector, 8, 0));
        maker.basePoints(8, 0);
        vm.expectRevert(abi.encodeWithSelector(PointsMath.UnknownService.selector, 7, 4));
        maker.basePoints(7, 4);
        assertEq(maker.basePoints(7, 3), 15 * POINT, "RWD-07: the last service and tier");
    }

    function test_multipliers_table() public pure {
        assertEq(PointsMath.uptimeMultiplier(999_500), 1_300_000, "RWD-07: 99.95 %");
        assertEq(PointsMath.uptimeMultiplier(999_499), 1_299_957, "RWD-07: just below it");
        assertEq(PointsMath.uptimeMultiplier(1_000_000), 1_300_000, "RWD-07: all the time");
        assertEq(PointsMath.uptimeMultiplier(990_000), 900_000, "RWD-07: 99 %");
        assertEq(PointsMath.uptimeMultiplier(987_625), 800_000, "RWD-07: where the floor begins");
        assertEq(PointsMath.uptimeMultiplier(987_626), 800_042, "RWD-07: just above the floor");
        assertEq(PointsMath.uptimeMultiplier(0), 800_000, "RWD-07: never up");
        assertEq(PointsMath.latencyMultiplier(299), 1_150_000, "RWD-07: fast");
        assertEq(PointsMath.latencyMultiplier(300), 1_150_000, "RWD-07: 300 ms");
        assertEq(PointsMath.latencyMultiplier(550), 1_000_000, "RWD-07: the middle");
        assertEq(PointsMath.latencyMultiplier(800), 850_000, "RWD-07: 800 ms");
        assertEq(PointsMath.latencyMultiplier(801), 850_000, "RWD-07: slow");
        assertEq(PointsMath.demandMultiplier(0), 500_000, "RWD-07: idle");
        assertEq(PointsMath.demandMultiplier(333_333), 999_999, "RWD-07: a third, rounded down");
        assertEq(PointsMath.demandMultiplier(1_000_000), 2_000_000, "RWD-07: full");
        assertEq(PointsMath.demandMultiplier(2_000_000), 2_000_000, "RWD-07: more than full");
    }

    function test_utilisation_edges() public pure {
        assertEq(PointsMath.utilisationOf(0, 0, 0), 1_000_000, "RWD-07: nothing is offered");
        assertEq(PointsMath.utilisationOf(0, 1, 1_000_000), 0, "RWD-07: nothing is used");
        assertEq(PointsMath.utilisationOf(1, 2, 1_000_000), 500_000, "RWD-07: half");
        assertEq(PointsMath.utilisationOf(1, 2, 500_000), 1_000_000, "RWD-07: all of half an hour");
        assertEq(PointsMath.utilisationOf(3, 2, 1_000_000), 1_000_000, "RWD-07: at most all");
    }

    /// @dev A chat of the smallest tier costs 0.00045 USD, of which 5 % are 22.5 millionths: a USD in fees buys 44,444 of them.
    function test_cap_floodOfTinyRequests() public pure {
        uint256 cap = PointsMath.capOf(1e6, PointsMath.referencePoints(Services.CHAT, 0), 22_500_000);
        assertEq(cap, 88_888_888_888, "RWD-07: twice the reference's points of a USD in fees");
        assertEq(PointsMath.capOf(0, POINT, 1), 0, "RWD-07: unpaid usage has no points");
    }

    /// @notice Whoever splits one provision in two has no more.
    function testFuzz_rewards_neverAboveThePool(uint256 a, uint256 b, uint256 pool) public pure {
        (a, b, pool) = (bound(a, 0, 1e30), bound(b, 0, 1e30), bound(pool, 0, 1e27));
        uint256 parts = PointsMath.rewardOf(a, a + b, pool) + PointsMath.rewardOf(b, a + b, pool);
        assertLe(parts, pool, "RWD-07: rewards are within the pool");
        if (a + b != 0) assertGe(parts + 1, pool, "RWD-07: a unit is lost at most");
    }

    function testFuzz_points_withinMultipliers(uint256 base, uint256 uptime, uint256 p50, uint256 used) public pure {
        base = bound(base, 0, 1e30);
        uint256 points = PointsMath.hourPoints(
            base,
            PointsMath.uptimeMultiplier(bound(uptime, 0, 1e6)),
            PointsMath.latencyMultiplier(p50),
            PointsMath.demandMultiplier(bound(used, 0, 2e6))
        );
        assertLe(points, (base * 299) / 100, "RWD-07: at most 2.99 times the base");
        assertGe(points + 3, (base * 34) / 100, "RWD-07: at least 0.34 times the base, less what is rounded");
    }

    function testFuzz_poolPart_withinReward(uint256 reward, uint256 own, uint256 delegated) public pure {
        (reward, own, delegated) = (bound(reward, 0, 1e27), bound(own, 0, 1e27), bound(delegated, 1, 1e27));
        uint256 part = PointsMath.poolPart(reward, own, delegated);
        assertLe(part, reward, "RWD-07: a pool has no more than the reward");
        assertEq(PointsMath.poolPart(reward, own, 0), 0, "RWD-07: no pool, no part");
        assertEq(PointsMath.poolPart(reward, 0, delegated), reward, "RWD-07: all of it without own stake");
    }
}
