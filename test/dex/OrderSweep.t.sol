// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Several orders in one call: limits, flags, deadline, recipient, and what is passed over.
contract OrderSweepTest is DexHelpers {
    function at(uint256 dollars) private pure returns (Price) {
        return price(dollars * 1e6, 1 ether);
    }

    function ask(address maker, uint256 dollars) private returns (uint256) {
        return createOrder(maker, weth, usdc, 1 ether, at(dollars), 0);
    }

    // ------------------------------------------------------------------------------------------------------- amounts

    function test_sweep_takesInTheGivenOrder() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(carol, 3_001), ask(alice, 3_002));
        uint256 before = weth.balanceOf(bob);
        IOrderTypes.LegResult memory r = sweep(bob, legOf(ids, 2.5 ether));

        assertEq(r.taken, 2.5 ether, "DEX-21 taken");
        assertEq(r.filled, 3, "DEX-21 filled");
        uint256 cost = at(3_000).costUp(1 ether) + at(3_001).costUp(1 ether) + at(3_002).costUp(0.5 ether);
        assertEq(r.paid, cost, "DEX-21 paid");
        assertEq(r.received, 2.5 ether - 0.0015 ether, "DEX-21 less 6 bps");
        assertEq(weth.balanceOf(bob), before + r.received, "DEX-21 received");
        assertEq(usdc.balanceOf(bob), 1e12 - cost, "DEX-21 paid by the caller");
        assertEq(usdc.balanceOf(carol), 1e12 + at(3_001).costUp(1 ether), "DEX-21 carol is paid");
        assertEq(remainingOf(ids[2]), 0.5 ether, "DEX-21 the last is cut");
        assertEq(book.balanceOf(alice) + book.balanceOf(carol), 1, "DEX-21 two were burned");
    }

    function test_sweep_stopsWhenItHasEnough() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_001));
        IOrderTypes.LegResult memory r = sweep(bob, legOf(ids, 1 ether));
        assertEq(r.filled, 1, "DEX-21 one is enough");
        assertEq(remainingOf(ids[1]), 1 ether, "DEX-21 the other is untouched");
    }

    function test_sweep_mayNameAnOrderTwice() public {
        uint256 id = ask(alice, 3_000);
        IOrderTypes.LegResult memory r = sweep(bob, legOf(list(id, id), 2 ether));
        assertEq(r.taken, 1 ether, "DEX-29 no more than it holds");
        assertEq(r.filled, 1, "DEX-29 the second time it is gone");
        assertEq(usdc.balanceOf(bob), 1e12 - r.paid, "DEX-29 paid once");
    }

    function test_sweep_ofSeveralPairs() public {
        uint256 asked = ask(alice, 3_000);
        uint256 bid = createOrder(carol, usdc, weth, 3_100e6, price(1 ether, 3_100e6), 0);
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](2);
        legs[0] = legOf(list(asked), 1 ether);
        legs[1] = legOf(list(bid), 3_000e6);
        (legs[1].sellToken, legs[1].buyToken) = (address(usdc), address(weth));
        (uint256 w, uint256 u) = (weth.balanceOf(bob), usdc.balanceOf(bob));

        vm.prank(bob);
        IOrderTypes.LegResult[] memory r = book.fillOrders(legs, noOptions());
        assertEq(r[0].taken, 1 ether, "DEX-21 first pair");
        assertEq(r[1].taken, 3_000e6, "DEX-21 second pair");
        assertEq(weth.balanceOf(bob), w + r[0].received - r[1].paid, "DEX-21 WETH in and out");
        assertEq(usdc.balanceOf(bob), u + r[1].received - r[0].paid, "DEX-21 USDC in and out");
    }

    function test_sweep_oppositeLegsNeedNoCapital() public {
        uint256 asked = ask(alice, 3_000);
        uint256 bid = createOrder(carol, usdc, weth, 6_200e6, price(1 ether, 3_100e6), 0);
        address poor = address(0x9007);
        vm.startPrank(poor);
        weth.approve(address(book), UNLIMITED);
        usdc.approve(address(book), UNLIMITED);
        vm.stopPrank();
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](2);
        legs[0] = legOf(list(asked), 1 ether);
        legs[1] = legOf(list(bid), 3_090e6);
        (legs[1].sellToken, legs[1].buyToken) = (address(usdc), address(weth));
        vm.prank(poor);
        book.fillOrders(legs, noOptions());
        assertTrue(usdc.balanceOf(poor) > 80e6, "DEX-27 the spread is earned without capital");
        assertEq(book.balanceOf(alice), 0, "DEX-27 the ask was filled");
    }

    // ------------------------------------------------------------------------------------------------------- limits

    function test_sweep_isCutToTheBudget() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_001));
        IOrderTypes.Leg memory leg = legOf(ids, 2 ether);
        leg.maxPay = 4_500e6;
        IOrderTypes.LegResult memory r = sweep(bob, leg);
        assertLe(r.paid, 4_500e6, "DEX-22 within the budget");
        assertGe(r.paid, 4_500e6 - 1, "DEX-22 and all of it used");
        uint256 rest = 4_500e6 - at(3_000).costUp(1 ether);
        assertEq(r.taken, 1 ether + at(3_001).amountDown(rest), "DEX-22 the most that it buys");
    }

    function testFuzz_sweep_neverPaysAboveMaxPay(uint256 maxPay, uint256 take) public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_001), ask(carol, 3_500));
        IOrderTypes.Leg memory leg = legOf(ids, bound(take, 0, 4 ether));
        leg.maxPay = bound(maxPay, 0, 10_000e6);
        IOrderTypes.LegResult memory r = sweepAs(bob, leg, withFlags(FillFlags.IMMEDIATE_OR_CANCEL));
        assertLe(r.paid, leg.maxPay, "INV-DEX-03 within maxPay");
        assertLe(r.taken, leg.takeAmount, "DEX-22 within takeAmount");
        assertEq(usdc.balanceOf(bob), 1e12 - r.paid, "DEX-22 paid as told");
    }

    function test_sweep_budgetThatBuysNothingIsPassedOver() public {
        // A whole unit costs 3,000 units of USDC: 2,999 buy nothing.
        Price dear = price(3_000, 1);
        uint256 id = createOrder(alice, weth, usdc, 100, dear, 0);
        IOrderTypes.Leg memory leg = legOf(list(id), 100);
        leg.maxPay = 2_999;
        expectError(IOrderTypes.NothingFilled.selector);
        sweep(bob, leg);
        leg.maxPay = 3_000;
        assertEq(sweep(bob, leg).taken, 1, "DEX-22 one unit for its price");
    }

    function test_sweep_bringsAtLeastMinReceive() public {
        uint256 id = ask(alice, 3_000);
        IOrderTypes.Leg memory leg = legOf(list(id), 1 ether);
        leg.minReceive = 0.9994 ether + 1;
        expectError(IOrderTypes.ReceivedTooLittle.selector, 0.9994 ether, 0.9994 ether + 1);
        sweep(bob, leg);
        leg.minReceive = 0.9994 ether;
        assertEq(sweep(bob, leg).received, 0.9994 ether, "DEX-22 fees deducted");
    }

    function test_sweep_minReceiveBindsAnEmptySweepToo() public {
        IOrderTypes.Leg memory leg = legOf(list(1), 1 ether);
        leg.minReceive = 1;
        expectError(IOrderTypes.ReceivedTooLittle.selector, 0, 1);
        sweepAs(bob, leg, withFlags(FillFlags.IMMEDIATE_OR_CANCEL));
    }

    function test_sweep_maxPriceBoundsTheWholeLeg() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_100));
        IOrderTypes.Leg memory leg = legOf(ids, 2 ether);
        uint256 cost = at(3_000).costUp(1 ether) + at(3_100).costUp(1 ether);
        leg.maxPrice = at(3_049);
        expectError(IOrderTypes.LimitExceeded.selector, cost, 2 ether);
        sweep(bob, leg);
        leg.maxPrice = at(3_051);
        assertEq(sweep(bob, leg).paid, cost, "DEX-22 the average counts");
    }

    /// @dev Each order's cost is rounded up by itself, the bound only once: k orders at the bound's own price can
    /// exceed it by k - 1 units.
    function test_bug_maxPrice_refusesOrdersAtExactlyThatPrice() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_000), ask(carol, 3_000));
        IOrderTypes.Leg memory leg = legOf(ids, 3 ether);
        leg.maxPrice = at(3_000);
        assertEq(sweep(bob, leg).filled, 3, "DEX-22 orders at the limit price itself are within it");
    }

    function test_sweep_limitsPassOverAmendedOrders() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_001));
        Price dearer = at(3_000 + 1);
        vm.prank(alice);
        book.amend(ids[0], 1 ether, dearer);
        IOrderTypes.Leg memory leg = legOf(ids, 2 ether);
        leg.limits = new Price[](2);
        (leg.limits[0], leg.limits[1]) = (Price.wrap(uint80(raw(dearer) - 1)), dearer);
        IOrderTypes.LegResult memory r = sweep(bob, leg);
        assertEq(r.filled, 1, "DEX-22 the amended one is passed over");
        assertEq(remainingOf(ids[0]), 1 ether, "DEX-22 untouched");
        assertEq(remainingOf(ids[1]), 0, "DEX-22 exactly at the limit is filled");
    }

    function test_sweep_refusesAWrongNumberOfLimits() public {
        IOrderTypes.Leg memory leg = legOf(list(1, 2), 1 ether);
        leg.limits = new Price[](1);
        expectError(IOrderTypes.LimitCountMismatch.selector, 1, 2);
        sweep(bob, leg);
    }

    // -------------------------------------------------------------------------------------------------------- flags

    function test_sweep_fillOrKill() public {
        uint256[] memory ids = list(ask(alice, 3_000), ask(alice, 3_001));
        expectError(IOrderTypes.NotFilledWhole.selector, 2 ether, 2 ether + 1);
        sweepAs(bob, legOf(ids, 2 ether + 1), withFlags(FillFlags.FILL_OR_KILL));
        IOrderTypes.LegResult memory r = sweepAs(bob, legOf(ids, 2 ether), withFlags(FillFlags.FILL_OR_KILL));
        assertEq(r.taken, 2 ether, "DEX-23 all");
    }

    function test_sweep_fillOrKillBindsEveryLeg() public {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](2);
        (legs[0], legs[1]) = (legOf(list(ask(alice, 3_000)), 1 ether), legOf(list(77), 1));
        expectError(IOrderTypes.NotFilledWhole.selector, 0, 1);
        vm.prank(bob);
        book.fillOrders(legs, withFlags(FillFlags.FILL_OR_KILL));
        assertEq(book.balanceOf(alice), 1, "DEX-23 nothing was filled");
    }

    function test_sweep_immediateOrCancel() public {
        IOrderTypes.Leg memory leg = legOf(list(77), 1 ether);
        expectError(IOrderTypes.NothingFilled.selector);
        sweep(bob, leg);
        IOrderTypes.LegResult memory r = sweepAs(bob, leg, withFlags(FillFlags.IMMEDIATE_OR_CANCEL));
        assertEq(r.taken + r.received + r.paid + r.filled, 0, "DEX-24 zeroes");
    }

    function test_sweep_ofNoLegsFillsNothing() public {
        expectError(IOrderTypes.NothingFilled.selector);
        vm.prank(bob);
        book.fillOrders(new IOrderTypes.Leg[](0), noOptions());
    }

    function test_sweep_deadline() public {
        uint256 id = ask(alice, 3_000);
        IOrderTypes.FillOptions memory o;
        o.deadline = uint40(T0 - 1);
        expectError(IOrderTypes.DeadlinePassed.selector, T0 - 1);
        sweepAs(bob, legOf(list(id), 1), o);
        o.deadline = uint40(T0);
        assertEq(sweepAs(bob, legOf(list(id), 1), o).taken, 1, "DEX-25 the last second");
    }

    function test_sweep_sendsToTheRecipient() public {
        uint256 id = ask(alice, 3_000);
        IOrderTypes.FillOptions memory o;
        o.recipient = carol;
        (uint256 c, uint256 b) = (weth.balanceOf(carol), weth.balanceOf(bob));
        vm.expectEmit(address(book));
        emit IOrderTypes.OrderFilled(id, carol, 1 ether, at(3_000).costUp(1 ether), 0.0006 ether);
        sweepAs(bob, legOf(list(id), 1 ether), o);
        assertEq(weth.balanceOf(carol), c + 0.9994 ether, "DEX-26 the recipient receives");
        assertEq(weth.balanceOf(bob), b, "DEX-26 the caller does not");
        assertEq(usdc.balanceOf(bob), 1e12 - at(3_000).costUp(1 ether), "DEX-26 the caller pays");
    }

    function test_sweep_refusesTheBookAsRecipient() public {
        uint256 id = ask(alice, 3_000);
        IOrderTypes.FillOptions memory o;
        o.recipient = address(book);
        expectError(IOrderTypes.InvalidAccount.selector, address(book));
        sweepAs(bob, legOf(list(id), 1 ether), o);
    }

    // -------------------------------------------------------------------------------------------------- passed over

    function test_sweep_passesOverWhatCannotBeFilled() public {
        uint256[] memory ids = new uint256[](9);
        ids[0] = 77; // never was
        ids[1] = orderUntil(alice, T0 + 10); // will have expired
        ids[2] = plainOrder(carol); // below carol's epoch
        vm.prank(carol);
        book.raiseEpoch(1);
        IOrderTypes.NewOrder memory o = newOrder(alice);
        o.privateTaker = carol;
        ids[3] = createNew(alice, o); // carol's to take
        o = newOrder(alice);
        (o.releaseStart, o.releaseEnd) = (uint40(T0 + 20), uint40(T0 + 30));
        ids[4] = createNew(alice, o); // not yet released
        ids[5] = createOrder(alice, weth, usdc, 10 ether, at(3_000), uint16(OrderFlags.ALL_OR_NONE)); // too large
        ids[6] = createOrder(alice, weth, usdc, 10 ether, at(3_000), minFillTerms(63)); // minimum 9.2
        ids[7] = createOrder(alice, usdc, weth, 100, price(1, 1), 0); // other pair
        ids[8] = ask(alice, 3_000); // fillable
        vm.warp(T0 + 10);

        IOrderTypes.LegResult memory r = sweep(bob, legOf(ids, 2 ether));
        assertEq(r.filled, 1, "DEX-21 only the last");
        assertEq(r.taken, 1 ether, "DEX-21 its amount");
        assertEq(remainingOf(ids[1]), 10 ether, "INV-DEX-08 expired untouched");
        assertEq(remainingOf(ids[3]), 10 ether, "INV-DEX-08 private untouched");
        assertEq(remainingOf(ids[5]), 10 ether, "INV-DEX-08 all-or-none untouched");
        assertEq(remainingOf(ids[7]), 100, "INV-DEX-08 other pair untouched");
        assertEq(usdc.balanceOf(bob), 1e12 - r.paid, "DEX-21 paid for one");
    }

    function test_sweep_passesOverTheSamePairTurnedRound() public {
        uint256 id = ask(alice, 3_000);
        IOrderTypes.Leg memory leg = legOf(list(id), 1 ether);
        (leg.sellToken, leg.buyToken) = (address(usdc), address(weth));
        expectError(IOrderTypes.NothingFilled.selector);
        sweep(bob, leg);
        leg = legOf(list(id), 1 ether);
        leg.buyToken = address(0xDEAD);
        expectError(IOrderTypes.NothingFilled.selector);
        sweep(bob, leg);
    }
}
