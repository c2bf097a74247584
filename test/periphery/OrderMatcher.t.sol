// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {IOrderMatcher} from "../../contracts/periphery/interfaces/IOrderMatcher.sol";
import {OrderMatcher} from "../../contracts/periphery/OrderMatcher.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {HookToken} from "../mocks/HookToken.sol";
import {TetherToken} from "../mocks/TetherToken.sol";
import {PeripheryTest} from "./PeripheryTest.sol";

/// @notice Alice sells WETH for USDC, Bob USDC for WETH, and Carol matches them without owning either.
contract OrderMatcherTest is PeripheryTest {
    OrderMatcher private matcher;

    function setUp() public override {
        super.setUp();
        matcher = OrderMatcher(Artifacts.deploy("contracts/periphery/OrderMatcher.sol:OrderMatcher", abi.encode(book)));
    }

    // --------------------------------------------------------------------------------------------------- the surplus

    function test_match_fillsBothAndPaysTheSurplus() public {
        // 1 WETH for 3,000 USDC against 3,100 USDC for 1 WETH. After the fee of 6 bps the ask brings 0.9994 WETH, which
        // buys 3,098.139999 USDC of the bid.
        IOrderMatcher.Match memory result = matchChecked(ask(1 ether, 3_000e6), bid(3_100e6, 1 ether));
        assertEq(result.takeA, 1 ether, "the ask is taken whole");
        assertEq(result.takeB, 3_098.139999e6, "the bid as far as the ask pays for it");
        // 6 bps of that are the book's; Alice gets 3,000 and the unit that her price is rounded up by.
        assertEq(result.surplusB, 3_098.139999e6 - 1.858883e6 - 3_000.000001e6, "the surplus is USDC");
        assertLe(result.surplusA, uint256(1 ether) / 3_100e6, "and less WETH than one unit of USDC costs");
    }

    function test_match_cutsTheAskToWhatTheBidPays() public {
        setFee(0);
        uint256 idA = ask(10 ether, 30_000e6);
        uint256 idB = bid(3_100e6, 1 ether);
        IOrderMatcher.Match memory result = matchChecked(idA, idB);
        assertEq(result.takeB, 3_100e6, "all of the bid");
        assertLe(1.0333 ether, result.takeA, "3,100 USDC buy 1.0333 WETH at 3,000");
        assertLe(result.takeA, 1.03334 ether, "and no more");
        assertLe(result.surplusB, 1, "USDC is spent to the unit");
        assertGe(result.surplusA, 0.0333 ether, "the surplus is WETH");
        assertEq(remainingOf(idA), 10 ether - result.takeA, "the rest of the ask stands");
        assertEq(remainingOf(idB), 0, "the bid is gone");
    }

    function test_match_cutsTheBidToWhatTheAskPays() public {
        setFee(0);
        uint256 idA = ask(1 ether, 3_000e6);
        uint256 idB = bid(31_000e6, 10 ether);
        IOrderMatcher.Match memory result = matchChecked(idA, idB);
        assertEq(result.takeA, 1 ether, "all of the ask");
        assertLe(result.surplusA, uint256(1 ether) / 3_100e6, "less WETH is left than one unit of USDC costs");
        assertGe(result.surplusB, 99e6, "the surplus is USDC");
        assertLe(result.surplusB, 100e6, "and no more than the prices differ by");
    }

    function test_match_leavesSurplusInBothWhenBothAreFilled() public {
        setFee(0);
        // 1.02 WETH for 3,060 USDC against 3,100 USDC for 1 WETH.
        uint256 idA = ask(1.02 ether, 3_060e6);
        uint256 idB = bid(3_100e6, 1 ether);
        IOrderMatcher.Match memory result = matchChecked(idA, idB);
        assertEq(result.takeA, 1.02 ether, "all of the ask");
        assertEq(result.takeB, 3_100e6, "all of the bid");
        assertGe(result.surplusA, 0.02 ether - 1, "WETH");
        assertGe(result.surplusB, 40e6 - 1, "USDC");
    }

    function test_match_settlesPricesThatMeetWithoutFee() public {
        setFee(0);
        uint256 idA = ask(1 << 60, 1 << 30);
        uint256 idB = bid(1 << 30, 1 << 60);
        IOrderMatcher.Match memory result = matchChecked(idA, idB);
        assertEq(result.takeA, 1 << 60, "all of both");
        assertEq(result.surplusA + result.surplusB, 0, "for nothing");
    }

    function test_match_takesTheFeeFirst() public {
        // Prices that differ by twelve hundredths of a percent, twice the fee of 6 bps, and a little more or less.
        uint256 idA = ask(1 ether, 3_000e6);
        uint256 wide = bid(3_004.2e6, 1 ether);
        uint256 narrow = bid(3_003e6, 1 ether);
        expectTooSmall(idA, narrow);
        IOrderMatcher.Match memory result = matchChecked(idA, wide);
        assertEq(book.accruedFees(address(weth)), (result.takeA * FEE) / 1e6, "fee on the ask's WETH");
        assertEq(book.accruedFees(address(usdc)), (result.takeB * FEE) / 1e6, "fee on the bid's USDC");
    }

    function test_match_revertsWhenPricesDoNotCross() public {
        setFee(0);
        expectTooSmall(ask(1 ether, 3_000e6), bid(2_999e6, 1 ether));
    }

    function test_match_revertsForDustThatBuysNothing() public {
        setFee(0);
        // One unit of USDC cannot pay for anything at a price of a thousand for one unit.
        expectTooSmall(ask(1, 1_000), bid(1, 1));
    }

    function test_match_gainsForTheCallerWhenNoRecipientIsNamed() public {
        setFee(0);
        (uint256 idA, uint256 idB) = (ask(1 ether, 3_000e6), bid(3_100e6, 1 ether));
        vm.prank(carol);
        IOrderMatcher.Match memory result = matcher.matchOrders(idA, idB, address(0), 0, 0);
        assertEq(weth.balanceOf(carol), result.surplusA, "WETH");
        assertEq(usdc.balanceOf(carol), result.surplusB, "USDC");
    }

    function test_match_tellsWhatItDid() public {
        (uint256 idA, uint256 idB) = (ask(1 ether, 3_000e6), bid(3_100e6, 1 ether));
        IOrderMatcher.Match memory preview = matcher.previewMatch(idA, idB);
        vm.expectEmit();
        emit IOrderMatcher.OrdersMatched(idA, idB, carol, preview.surplusA, preview.surplusB);
        matcher.matchOrders(idA, idB, carol, preview.surplusA, preview.surplusB);
    }

    function test_match_revertsBelowTheCallersMinimum() public {
        (uint256 idA, uint256 idB) = (ask(1 ether, 3_000e6), bid(3_100e6, 1 ether));
        IOrderMatcher.Match memory preview = matcher.previewMatch(idA, idB);
        bytes memory tooLittle = abi.encodeWithSelector(
            IOrderMatcher.SurplusBelowMinimum.selector,
            preview.surplusA,
            preview.surplusB
        );
        vm.expectRevert(tooLittle);
        matcher.matchOrders(idA, idB, carol, preview.surplusA + 1, 0);
        vm.expectRevert(tooLittle);
        matcher.matchOrders(idA, idB, carol, 0, preview.surplusB + 1);
    }

    function test_match_revertsForARecipientThatWouldKeepIt() public {
        (uint256 idA, uint256 idB) = (ask(1 ether, 3_000e6), bid(3_100e6, 1 ether));
        vm.expectRevert(abi.encodeWithSelector(IOrderMatcher.InvalidRecipient.selector, address(matcher)));
        matcher.matchOrders(idA, idB, address(matcher), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderMatcher.InvalidRecipient.selector, address(book)));
        matcher.matchOrders(idA, idB, address(book), 0, 0);
    }

    // -------------------------------------------------------------------------------------------- the orders' terms

    function test_match_revertsForPairsThatAreNoMirror() public {
        (uint256 idA, uint256 idB) = (ask(1 ether, 3_000e6), ask(1 ether, 2_900e6));
        expectNotMirrored(idA, idB);
        expectNotMirrored(idA, idA);
        HookToken other = new HookToken();
        other.mint(bob, 1 ether);
        vm.prank(bob);
        other.approve(address(book), UNLIMITED);
        expectNotMirrored(idA, createFor(bob, address(other), address(weth), 1 ether, price(1, 2), 0));
        expectNotMirrored(createFor(alice, address(usdc), address(other), 1e6, price(1, 2), 0), idA);
    }

    function test_match_revertsForOrdersThatCannotBeFilled() public {
        uint256 idB = bid(3_100e6, 1 ether);
        uint256 idA = ask(1 ether, 3_000e6);
        expectNotMatchable(idA + 1, idB, idA + 1, IOrderTypes.FillStatus.Nonexistent);
        vm.prank(alice);
        book.raiseEpoch(1);
        expectNotMatchable(idA, idB, idA, IOrderTypes.FillStatus.Cancelled);
        expectNotMatchable(idB, idA, idA, IOrderTypes.FillStatus.Cancelled);

        vm.prank(alice);
        uint256 short = book.create(address(weth), address(usdc), 1 ether, price(3_000e6, 1 ether), uint32(T0 + 1), 0);
        vm.warp(T0 + 1);
        expectNotMatchable(short, idB, short, IOrderTypes.FillStatus.Expired);
    }

    function test_match_isThePrivateTakerOnlyWhereItIsNamed() public {
        uint256 idB = bid(3_100e6, 1 ether);
        IOrderTypes.NewOrder memory o = newOrder(alice, address(weth), address(usdc), 1 ether, price(3_000e6, 1 ether));
        o.privateTaker = carol;
        uint256 hers = createNew(alice, o);
        expectNotMatchable(hers, idB, hers, IOrderTypes.FillStatus.Private);
        o.privateTaker = address(matcher);
        matchChecked(createNew(alice, o), idB);
    }

    function test_match_takesOnlyWhatIsReleased() public {
        setFee(0);
        IOrderTypes.NewOrder memory o = newOrder(
            alice,
            address(weth),
            address(usdc),
            10 ether,
            price(3_000e6, 1 ether)
        );
        o.releaseStart = uint40(T0);
        o.releaseEnd = uint40(T0 + 1_000);
        uint256 idA = createNew(alice, o);
        uint256 idB = bid(31_000e6, 10 ether);
        expectNotMatchable(idA, idB, idA, IOrderTypes.FillStatus.NotReleased);
        vm.warp(T0 + 250);
        assertEq(matchChecked(idA, idB).takeA, 2.5 ether, "a quarter");
        expectNotMatchable(idA, idB, idA, IOrderTypes.FillStatus.NotReleased);
    }

    function test_match_respectsAllOrNone() public {
        uint256 whole = createFor(
            alice,
            address(weth),
            address(usdc),
            10 ether,
            price(3_000e6, 1 ether),
            uint16(OrderFlags.ALL_OR_NONE)
        );
        expectTooSmall(whole, bid(3_100e6, 1 ether));
        // From the other side too.
        uint256 small = bid(3_100e6, 1 ether);
        expectTooSmall(small, whole);
        assertEq(matchChecked(whole, bid(31_000e6, 10 ether)).takeA, 10 ether, "whole or not at all");
    }

    function test_match_respectsTheMinimumFill() public {
        setFee(0);
        // 2^60 units, about 1.15 WETH.
        uint16 terms = uint16(60 << OrderFlags.MIN_FILL_SHIFT);
        uint256 idA = createFor(alice, address(weth), address(usdc), 10 ether, price(3_000e6, 1 ether), terms);
        expectTooSmall(idA, bid(3_100e6, 1 ether));
        assertGe(matchChecked(idA, bid(3_720e6, 1.2 ether)).takeA, 1 << 60, "enough");
    }

    // --------------------------------------------------------------------------------------------- against a search

    /// @dev Small amounts, so that every pair of takes can be tried: none that is feasible is greater in either take.
    function testFuzz_match_isTheGreatestOfAll(uint256 seed) public {
        setFee(draw(seed, 0) % 3_001);
        uint256 a = 1 + (draw(seed, 1) % 25);
        uint256 b = 1 + (draw(seed, 2) % 25);
        Price priceA = price(1 + (draw(seed, 3) % 30), 1 + (draw(seed, 4) % 30));
        Price priceB = price(1 + (draw(seed, 5) % 30), 1 + (draw(seed, 6) % 30));
        uint16 termsA = someTerms(seed, 7);
        uint16 termsB = someTerms(seed, 8);
        uint256 idA = createOrder(alice, weth, usdc, a, priceA, termsA);
        uint256 idB = createOrder(bob, usdc, weth, b, priceB, termsB);

        uint256 bestA;
        uint256 bestB;
        for (uint256 x = 1; x <= a; ++x) {
            if (!isAllowed(x, a, termsA)) continue;
            for (uint256 y = 1; y <= b; ++y) {
                if (!isAllowed(y, b, termsB)) continue;
                if (priceA.costUp(x) > afterFee(y) || priceB.costUp(y) > afterFee(x)) continue;
                if (x > bestA) bestA = x;
                if (y > bestB) bestB = y;
            }
        }
        IOrderMatcher.Match memory preview = matcher.previewMatch(idA, idB);
        assertEq(preview.takeA, bestA, "greatest take of A");
        assertEq(preview.takeB, bestB, "greatest take of B");
        if (bestA == 0) expectTooSmall(idA, idB);
        else matchChecked(idA, idB);
    }

    /// @dev Preview is execution, everybody gets at least the price asked for, nothing stays, nothing is lost.
    function testFuzz_match_conserves(uint256 seed) public {
        setFee(draw(seed, 0) % 3_001);
        uint256 a = bound(draw(seed, 1), 1, 1_000 ether);
        uint256 b = bound(draw(seed, 2), 1, 1e12);
        // Around 3,000 each way, crossing in about half of the runs.
        Price priceA = price(bound(draw(seed, 3), 2_900e6, 3_100e6), 1 ether);
        Price priceB = price(1 ether, bound(draw(seed, 4), 2_900e6, 3_100e6));
        uint256 idA = createOrder(alice, weth, usdc, a, priceA, 0);
        uint256 idB = createOrder(bob, usdc, weth, b, priceB, 0);

        if (matcher.previewMatch(idA, idB).takeA == 0) {
            expectTooSmall(idA, idB);
            return;
        }
        matchChecked(idA, idB);
    }

    /// @dev A second match of the same orders finds nothing: the first took as much as both allow.
    function testFuzz_match_leavesNothingToMatch(uint256 a, uint256 b, uint256 buy) public {
        setFee(0);
        a = bound(a, 1e9, 1_000 ether);
        b = bound(b, 1e3, 1e12);
        uint256 idA = createOrder(alice, weth, usdc, a, price(3_000e6, 1 ether), 0);
        uint256 idB = createOrder(bob, usdc, weth, b, price(1 ether, bound(buy, 3_001e6, 9_000e6)), 0);
        if (matcher.previewMatch(idA, idB).takeA == 0) return;
        matchChecked(idA, idB);
        IOrderMatcher.Match memory again = matcher.previewMatch(idA, idB);
        if (remainingOf(idA) != 0 && remainingOf(idB) != 0) {
            // What is left of one of them is less than one unit of the other costs.
            assertEq(again.takeA, 0, "nothing is left to match");
        }
    }

    // ----------------------------------------------------------------------------------------------------- attacks

    /// @dev Alice sees the match coming and amends: the caller's minimum stands.
    function test_match_isSafeAgainstAnAmendmentInBetween() public {
        (uint256 idA, uint256 idB) = (ask(1 ether, 3_000e6), bid(3_100e6, 1 ether));
        IOrderMatcher.Match memory seen = matcher.previewMatch(idA, idB);
        Price dearer = price(3_090e6, 1 ether);
        vm.prank(alice);
        book.amend(idA, 1 ether, dearer);
        vm.expectRevert();
        matcher.matchOrders(idA, idB, carol, seen.surplusA, seen.surplusB);
        assertEq(remainingOf(idB), 3_100e6, "nothing happened");
        IOrderMatcher.Match memory preview = matcher.previewMatch(idA, idB);
        assertLe(preview.surplusB, seen.surplusB, "who accepts less gets what is left");
    }

    /// @dev The token's approval amends the order in the middle of the match.
    function test_match_isSafeAgainstAnAmendmentFromWithin() public {
        setFee(0);
        HookToken hook = new HookToken();
        hook.mint(alice, 10 ether);
        vm.prank(alice);
        hook.approve(address(book), UNLIMITED);
        uint256 idA = createFor(alice, address(hook), address(usdc), 1 ether, price(3_000e6, 1 ether), 0);
        uint256 idB = createFor(bob, address(usdc), address(hook), 3_100e6, price(1 ether, 3_100e6), 0);
        vm.prank(alice);
        book.approve(address(hook), idA);
        hook.setHook(address(book), abi.encodeCall(book.amend, (idA, 1 ether, price(3_099e6, 1 ether))));
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.NotFilledWhole.selector, 968054211358502742, 1 ether));
        matcher.matchOrders(idA, idB, carol, 0, 0);
    }

    /// @dev While the matcher holds one call's surplus, a hostile token starts another match: it gets its own, no more.
    function test_match_keepsCallsApartWhenATokenReenters() public {
        setFee(0);
        HookToken hook = new HookToken();
        hook.mint(alice, 10 ether);
        vm.prank(alice);
        hook.approve(address(book), UNLIMITED);
        // Both calls leave surplus in both tokens.
        uint256 idA = createFor(alice, address(hook), address(usdc), 1.02 ether, price(3_060e6, 1.02 ether), 0);
        uint256 idB = createFor(bob, address(usdc), address(hook), 3_100e6, price(1 ether, 3_100e6), 0);
        uint256 idC = createFor(alice, address(hook), address(usdc), 1.02 ether, price(3_060e6, 1.02 ether), 0);
        uint256 idD = createFor(bob, address(usdc), address(hook), 3_100e6, price(1 ether, 3_100e6), 0);
        IOrderMatcher.Match memory first = matcher.previewMatch(idA, idB);
        IOrderMatcher.Match memory second = matcher.previewMatch(idC, idD);
        address thief = address(0x7819F);
        hook.setHook(address(matcher), abi.encodeCall(matcher.matchOrders, (idC, idD, thief, 0, 0)));

        vm.prank(carol);
        matcher.matchOrders(idA, idB, carol, first.surplusA, first.surplusB);

        assertEq(hook.succeeded(), 1, "the second match ran, once the book was free");
        assertGe(hook.failed(), 1, "and not before");
        assertEq(usdc.balanceOf(carol), first.surplusB, "the caller's surplus");
        assertEq(hook.balanceOf(carol), first.surplusA, "in both tokens");
        assertEq(usdc.balanceOf(thief), second.surplusB, "the other one's own");
        assertNothingStays(address(hook), address(usdc));
    }

    /// @dev A token that turned to taking fees cannot have its shortfall paid by what another call holds.
    function test_match_refusesATokenThatTakesMoreThanItBrings() public {
        setFee(0);
        TetherToken tether = tetherFor(alice);
        uint256 idA = createFor(alice, address(tether), address(usdc), 1_000e6, price(1_000e6, 1_000e6), 0);
        uint256 idB = createFor(bob, address(usdc), address(tether), 1_001e6, price(1_000e6, 1_001e6), 0);
        tether.setFee(100);
        // Somebody's money, as it lies here in the middle of an outer call.
        tether.mint(address(matcher), 500e6);
        vm.expectRevert(abi.encodeWithSelector(IOrderMatcher.TokenMisbehaved.selector, address(tether)));
        matcher.matchOrders(idA, idB, carol, 0, 0);
        assertEq(tether.balanceOf(address(matcher)), 500e6, "untouched");
    }

    function test_match_servesTokensWithoutReturnValues() public {
        setFee(0);
        TetherToken tether = tetherFor(alice);
        for (uint256 i; i < 3; ++i) {
            uint256 idA = createFor(alice, address(tether), address(usdc), 1_000e6, price(1_000e6, 1_000e6), 0);
            uint256 idB = createFor(bob, address(usdc), address(tether), 1_010e6, price(1_000e6, 1_010e6), 0);
            uint256 before = usdc.balanceOf(carol) + tether.balanceOf(carol);
            matcher.matchOrders(idA, idB, carol, 0, 0);
            assertGe(usdc.balanceOf(carol) + tether.balanceOf(carol), before + 9e6, "surplus");
        }
        assertNothingStays(address(tether), address(usdc));
    }

    function test_match_renewsAnAllowanceThatWasUsedUp() public {
        setFee(0);
        TetherToken tether = tetherFor(alice);
        vm.prank(address(matcher));
        tether.approve(address(book), 1);
        uint256 idA = createFor(alice, address(tether), address(usdc), 1_000e6, price(1_000e6, 1_000e6), 0);
        uint256 idB = createFor(bob, address(usdc), address(tether), 1_010e6, price(1_000e6, 1_010e6), 0);
        matcher.matchOrders(idA, idB, carol, 0, 0);
        assertLe(remainingOf(idA) + remainingOf(idB), 1, "an approve race does not stop it");
    }

    /// @dev An order of the matcher's own account is paid to it: the payment is the caller's, and nothing is stuck.
    function test_match_passesOnWhatIsPaidToIt() public {
        setFee(0);
        Price at = price(3_000e6, 1 ether);
        vm.prank(alice);
        uint256 idA = book.createFor(address(matcher), address(weth), address(usdc), 1 ether, at, NEVER, 0);
        uint256 idB = bid(3_100e6, 1 ether);
        matcher.matchOrders(idA, idB, carol, 0, 0);
        assertGe(usdc.balanceOf(carol), 3_100e6 - 1, "all that the bid gave");
        assertNothingStays(address(weth), address(usdc));
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function ask(uint256 sell, uint256 buy) private returns (uint256) {
        return createOrder(alice, weth, usdc, sell, price(buy, sell), 0);
    }

    function bid(uint256 sell, uint256 buy) private returns (uint256) {
        return createOrder(bob, usdc, weth, sell, price(buy, sell), 0);
    }

    function tetherFor(address account) private returns (TetherToken tether) {
        tether = new TetherToken();
        tether.mint(account, 1e12);
        vm.prank(account);
        tether.approve(address(book), UNLIMITED);
    }

    function matchAs(address caller, uint256 idA, uint256 idB) private returns (IOrderMatcher.Match memory) {
        vm.prank(caller);
        return matcher.matchOrders(idA, idB, caller, 0, 0);
    }

    /// @dev Matches, and checks everybody's money.
    function matchChecked(uint256 idA, uint256 idB) private returns (IOrderMatcher.Match memory result) {
        IOrderTypes.Order memory a = book.order(idA, address(matcher));
        IOrderTypes.Order memory b = book.order(idB, address(matcher));
        uint256[4] memory before = holdings();
        IOrderMatcher.Match memory preview = matcher.previewMatch(idA, idB);

        result = matchAs(carol, idA, idB);

        assertSame(preview, result, "the preview is what happens");
        uint256[4] memory later = holdings();
        assertEq(later[0] - before[0], a.price.costUp(result.takeA), "Alice gets her price, rounded up");
        assertEq(later[1] - before[1], b.price.costUp(result.takeB), "Bob gets his");
        assertEq(later[2] - before[2], result.surplusA, "Carol gets the surplus in WETH");
        assertEq(later[3] - before[3], result.surplusB, "and in USDC");
        assertEq(
            result.takeA,
            later[1] - before[1] + result.surplusA + (result.takeA * book.takerFee()) / 1e6,
            "every unit of WETH is somewhere"
        );
        assertEq(
            result.takeB,
            later[0] - before[0] + result.surplusB + (result.takeB * book.takerFee()) / 1e6,
            "every unit of USDC is somewhere"
        );
        assertEq(remainingOf(idA), a.remaining - result.takeA, "A is filled by its take");
        assertEq(remainingOf(idB), b.remaining - result.takeB, "B is filled by its take");
        assertNothingStays(address(weth), address(usdc));
    }

    function holdings() private view returns (uint256[4] memory) {
        return [usdc.balanceOf(alice), weth.balanceOf(bob), weth.balanceOf(carol), usdc.balanceOf(carol)];
    }

    function assertNothingStays(address tokenA, address tokenB) private view {
        assertEq(balance(tokenA, address(matcher)), 0, "nothing stays");
        assertEq(balance(tokenB, address(matcher)), 0, "in either token");
    }

    function assertSame(
        IOrderMatcher.Match memory actual,
        IOrderMatcher.Match memory expected,
        string memory message
    ) private pure {
        assertEq(keccak256(abi.encode(actual)), keccak256(abi.encode(expected)), message);
    }

    function expectTooSmall(uint256 idA, uint256 idB) private {
        expectNoPreview(idA, idB);
        vm.expectRevert(abi.encodeWithSelector(IOrderMatcher.SurplusTooSmall.selector, idA, idB));
        matcher.matchOrders(idA, idB, carol, 0, 0);
    }

    function expectNotMirrored(uint256 idA, uint256 idB) private {
        expectNoPreview(idA, idB);
        vm.expectRevert(abi.encodeWithSelector(IOrderMatcher.NotMirrored.selector, idA, idB));
        matcher.matchOrders(idA, idB, carol, 0, 0);
    }

    function expectNotMatchable(uint256 idA, uint256 idB, uint256 which, IOrderTypes.FillStatus status) private {
        expectNoPreview(idA, idB);
        vm.expectRevert(abi.encodeWithSelector(IOrderMatcher.NotMatchable.selector, which, status));
        matcher.matchOrders(idA, idB, carol, 0, 0);
    }

    function expectNoPreview(uint256 idA, uint256 idB) private view {
        IOrderMatcher.Match memory none;
        assertSame(matcher.previewMatch(idA, idB), none, "the preview says that there is nothing");
    }

    function someTerms(uint256 seed, uint256 which) private pure returns (uint16) {
        uint256 kind = draw(seed, which) % 4;
        if (kind == 0) return uint16(OrderFlags.ALL_OR_NONE);
        if (kind == 1) return uint16((draw(seed, which + 10) % 4) << OrderFlags.MIN_FILL_SHIFT);
        return 0;
    }

    function isAllowed(uint256 take, uint256 whole, uint16 terms) private pure returns (bool) {
        if (take == whole) return true;
        return take >= OrderFlags.minFill(terms);
    }

    function afterFee(uint256 take) private view returns (uint256) {
        return take - (take * book.takerFee()) / 1e6;
    }

    function draw(uint256 seed, uint256 which) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, which)));
    }
}
