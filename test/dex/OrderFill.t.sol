// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexHelpers} from "./DexHelpers.sol";

contract OrderFillTest is DexHelpers {
    // -------------------------------------------------------------------------------------------------- what it does

    function testFuzz_fill_takesAPart(uint256 amount, uint256 take, uint256 buy) public {
        amount = bound(amount, 2, 1e5 ether);
        take = bound(take, 1, amount - 1);
        Price at = price(bound(buy, 1, 1e12), amount);
        uint256 id = createOrder(alice, weth, usdc, amount, at, 0);
        uint256 cost = at.costUp(take);
        uint256 fee = (take * FEE) / 1e6;
        (uint256 a, uint256 b, uint256 w) = (usdc.balanceOf(alice), usdc.balanceOf(bob), weth.balanceOf(bob));

        vm.expectEmit(address(book));
        emit IOrderTypes.OrderFilled(id, bob, take, cost, fee);
        (uint256 received, uint256 paid) = fill(bob, id, take);

        assertEq(received, take - fee, "DEX-11 received");
        assertEq(paid, cost, "DEX-11 paid, rounded up");
        assertEq(usdc.balanceOf(alice), a + cost, "DEX-11 the owner is paid");
        assertEq(usdc.balanceOf(bob), b - cost, "DEX-11 by the taker");
        assertEq(weth.balanceOf(bob), w + received, "DEX-11 who receives");
        assertEq(remainingOf(id), amount - take, "DEX-11 the rest remains");
        assertEq(book.accruedFees(address(weth)), fee, "DEX-50 fee kept");
        assertEq(weth.balanceOf(address(book)), amount - take + fee, "INV-DEX-01 equality");
        assertEq(book.ownerOf(id), alice, "DEX-11 the token stays");
    }

    function test_fill_ofTheWholeBurns() public {
        uint256 id = plainOrder(alice);
        vm.expectEmit(address(book));
        emit IERC721.Transfer(alice, address(0), id);
        (uint256 received, uint256 paid) = fill(bob, id, 10 ether);

        assertEq(received, 9.994 ether, "DEX-12 less 6 bps");
        assertEq(paid, 30_000e6 + 1, "DEX-12 paid");
        assertEq(book.balanceOf(alice), 0, "DEX-12 burned");
        assertEq(weth.balanceOf(address(book)), 0.006 ether, "DEX-12 only the fee stays");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, id));
        book.ownerOf(id);
        assertStatus(id, bob, IOrderTypes.FillStatus.Nonexistent, "DEX-12 gone");
        expectNotFillable(id, IOrderTypes.FillStatus.Nonexistent);
        fill(bob, id, 1);
    }

    function test_fill_isCutToWhatRemains() public {
        uint256 id = plainOrder(alice);
        (uint256 received, ) = fill(bob, id, type(uint96).max);
        assertEq(received, 9.994 ether, "DEX-11 no more than there is");
        assertEq(book.balanceOf(alice), 0, "DEX-12 burned");
    }

    function test_fill_boundsTheAmount() public {
        uint256 id = plainOrder(alice);
        expectError(IOrderTypes.InvalidAmount.selector, 0);
        fill(bob, id, 0);
        expectError(IOrderTypes.InvalidAmount.selector, 1 << 96);
        fill(bob, id, 1 << 96);
    }

    function test_fill_paysWhoOwnsTheToken() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.transferFrom(alice, carol, id);
        (uint256 a, uint256 c) = (usdc.balanceOf(alice), usdc.balanceOf(carol));
        fill(bob, id, 1 ether);
        assertEq(usdc.balanceOf(carol), c + 3_000e6 + 1, "DEX-19 the owner of the moment");
        assertEq(usdc.balanceOf(alice), a, "DEX-19 not the maker");
        fill(bob, id, 9 ether);
        assertEq(book.balanceOf(carol), 0, "DEX-19 burned from its owner");
    }

    function test_fill_ofOnesOwnOrderCostsTheFeeOnly() public {
        uint256 id = plainOrder(alice);
        (uint256 u, uint256 w) = (usdc.balanceOf(alice), weth.balanceOf(alice));
        fill(alice, id, 10 ether);
        assertEq(usdc.balanceOf(alice), u, "DEX-20 paid to itself");
        assertEq(weth.balanceOf(alice), w + 9.994 ether, "DEX-20 less the fee");
    }

    // ------------------------------------------------------------------------------------------------ what it refuses

    function test_fill_revertsForAnOrderThatNeverWas() public {
        expectNotFillable(123, IOrderTypes.FillStatus.Nonexistent);
        fill(bob, 123, 1);
    }

    function test_fill_revertsWhenExpired() public {
        uint256 id = orderUntil(alice, T0 + 100);
        vm.warp(T0 + 99);
        fill(bob, id, 1 ether);
        assertEq(remainingOf(id), 9 ether, "DEX-14 fills until the second before");
        vm.warp(T0 + 100);
        assertStatus(id, bob, IOrderTypes.FillStatus.Expired, "DEX-14 status");
        expectNotFillable(id, IOrderTypes.FillStatus.Expired);
        fill(bob, id, 1 ether);
    }

    function test_fill_latestExpiryIsIn2106() public {
        uint256 id = plainOrder(alice);
        vm.warp(uint256(NEVER) - 1);
        fill(bob, id, 1 ether);
        assertEq(remainingOf(id), 9 ether, "DEX-14 the latest expiry stands for never");
        vm.warp(uint256(NEVER));
        expectNotFillable(id, IOrderTypes.FillStatus.Expired);
        fill(bob, id, 1 ether);
    }

    function test_fill_revertsWhenCancelled() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.cancel(id);
        expectNotFillable(id, IOrderTypes.FillStatus.Nonexistent);
        fill(bob, id, 1);
    }

    function test_fill_revertsForATakerWithoutMoney() public {
        uint256 id = plainOrder(alice);
        address poor = address(0x9007);
        expectError(IOrderTypes.PullFailed.selector, address(usdc), poor, 3_000e6 + 1);
        fill(poor, id, 1 ether);
        assertEq(remainingOf(id), 10 ether, "DEX-11 nothing changed");
    }

    function testFuzz_fill_idsOfOtherTermsDoNotExist(uint256 flip) public {
        uint256 id = plainOrder(alice);
        uint256 other = id ^ (1 << bound(flip, 0, 255));
        expectNotFillable(other, IOrderTypes.FillStatus.Nonexistent);
        fill(bob, other, 1);
    }

    // -------------------------------------------------------------------------------------------------------- maxPay

    function test_fill_paysAtMostMaxPay() public {
        uint256 id = plainOrder(alice);
        expectError(IOrderTypes.LimitExceeded.selector, 3_000e6 + 1, 1 ether);
        vm.prank(bob);
        book.fill(id, 1 ether, 3_000e6);
        vm.prank(bob);
        (, uint256 paid) = book.fill(id, 1 ether, 3_000e6 + 1);
        assertEq(paid, 3_000e6 + 1, "DEX-15 to the unit");
    }

    function test_fill_scalesMaxPayToAPart() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        // The taker asks for 2 and finds 1: it pays at most half of its limit for that.
        expectError(IOrderTypes.LimitExceeded.selector, 3_000e6 + 1, 1 ether);
        vm.prank(bob);
        book.fill(id, 2 ether, 5_999e6);
        vm.prank(bob);
        book.fill(id, 2 ether, 6_001e6);
        assertEq(book.balanceOf(alice), 0, "DEX-15 the same price for a part");
    }

    /// @dev The cost of the part is rounded up, its share of `maxPay` is not: whoever fills a little before makes a
    /// fill at the quoted cost fail, though the price did not change.
    function test_bug_fill_refusesAShrunkOrderAtItsQuotedPrice() public {
        uint256 id = createOrder(alice, weth, usdc, 2 ether, price(3_000e6, 1 ether), 0);
        (, uint256 quoted, ) = book.quote(id, bob, 2 ether);
        fill(carol, id, 1 ether);
        vm.prank(bob);
        (uint256 received, ) = book.fill(id, 2 ether, quoted);
        assertEq(received, 0.9994 ether, "DEX-15 what is left at the same price is within the limit");
    }

    function test_fill_scaledMaxPayStopsAnAmendedOrder() public {
        uint256 id = plainOrder(alice);
        Price dear = price(30_000e6, 1 ether);
        vm.prank(alice);
        book.amend(id, 1 ether, dear);
        expectError(IOrderTypes.LimitExceeded.selector, 30_000e6 + 1, 1 ether);
        vm.prank(bob);
        book.fill(id, 10 ether, 30_000e6 + 1);
    }

    function test_fill_hasNoLimitFrom2To160() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        vm.prank(bob);
        book.fill(id, type(uint96).max, 1 << 160);
        assertEq(book.balanceOf(alice), 0, "DEX-15 no limit");
    }

    function testFuzz_fill_neverPaysAboveTheLimit(uint256 amount, uint256 take, uint256 maxPay) public {
        amount = bound(amount, 1, 1e6 ether);
        take = bound(take, 1, type(uint96).max);
        maxPay = bound(maxPay, 0, type(uint128).max);
        Price at = price(3_000e6, 1 ether);
        uint256 id = createOrder(alice, weth, usdc, amount, at, 0);
        uint256 sold = take < amount ? take : amount;
        uint256 cost = at.costUp(sold);
        // Within a unit of rounding of a part's limit either answer will do.
        vm.assume(sold == take || cost * take <= maxPay * sold || (cost - 1) * take >= maxPay * sold);
        bool fits = cost <= maxPay && cost * take <= maxPay * sold && cost <= usdc.balanceOf(bob);
        if (!fits) vm.expectRevert();
        vm.prank(bob);
        book.fill(id, take, maxPay);
        assertEq(weth.balanceOf(bob) > 1e6 ether, fits, "DEX-15 filled exactly when it fits");
    }

    // ----------------------------------------------------------------------------------------------------- the terms

    function test_fill_needsTheMinimum() public {
        Price at = price(3_000e6, 1 ether);
        uint256 id = createOrder(alice, weth, usdc, 1000, at, minFillTerms(8));
        expectNotFillable(id, IOrderTypes.FillStatus.BelowMinFill);
        fill(bob, id, 255);
        fill(bob, id, 256);
        fill(bob, id, 600);
        assertEq(remainingOf(id), 144, "DEX-16 less than the minimum is left");
        assertStatus(id, bob, IOrderTypes.FillStatus.Fillable, "DEX-16 the rest as a whole");
        expectNotFillable(id, IOrderTypes.FillStatus.BelowMinFill);
        fill(bob, id, 143);
        fill(bob, id, 144);
        assertEq(book.balanceOf(alice), 0, "DEX-16 the rest may go whole");
    }

    function test_fill_aMinimumAboveAllAmountsMeansWhole() public {
        uint256 id = createOrder(alice, weth, usdc, 10 ether, price(3_000e6, 1 ether), minFillTerms(127));
        expectNotFillable(id, IOrderTypes.FillStatus.BelowMinFill);
        fill(bob, id, 10 ether - 1);
        fill(bob, id, 10 ether);
        assertEq(book.balanceOf(alice), 0, "DEX-16 whole only");
    }

    function test_fill_allOrNone() public {
        uint256 id = createOrder(alice, weth, usdc, 10 ether, price(3_000e6, 1 ether), uint16(OrderFlags.ALL_OR_NONE));
        expectNotFillable(id, IOrderTypes.FillStatus.BelowMinFill);
        fill(bob, id, 10 ether - 1);
        fill(bob, id, 10 ether);
        assertEq(book.balanceOf(alice), 0, "DEX-17 all");
    }

    function test_fill_exactPaymentPasses() public {
        uint256 id = createOrder(
            alice,
            weth,
            usdc,
            10 ether,
            price(3_000e6, 1 ether),
            uint16(OrderFlags.EXACT_PAYMENT)
        );
        (, uint256 paid) = fill(bob, id, 1 ether);
        assertEq(usdc.balanceOf(alice), 1e12 + paid, "DEX-18 an honest token pays exactly");
        (, paid) = fill(alice, id, 1 ether);
        assertEq(usdc.balanceOf(alice), 1e12 + 3_000e6 + 1, "DEX-18 an owner may fill its own");
    }

    // -------------------------------------------------------------------------------------------------------- views

    function testFuzz_quote_saysWhatFillDoes(uint256 take) public {
        uint256 id = plainOrder(alice);
        take = bound(take, 1, type(uint96).max);
        (uint256 taken, uint256 cost, uint256 fee) = book.quote(id, bob, take);
        (uint256 received, uint256 paid) = fill(bob, id, take);
        assertEq(received, taken - fee, "DEX-105 quoted amount");
        assertEq(paid, cost, "DEX-105 quoted cost");
    }

    function test_quote_isZeroForWhatCannotBeFilled() public {
        uint256 id = orderUntil(alice, T0 + 1);
        vm.warp(T0 + 1);
        (uint256 taken, uint256 cost, uint256 fee) = book.quote(id, bob, 1 ether);
        assertEq(taken + cost + fee, 0, "DEX-105 expired");
        (taken, cost, fee) = book.quote(plainOrder(alice), bob, 0);
        assertEq(taken + cost + fee, 0, "DEX-105 nothing asked");
    }

    /// @dev `fill` refuses 2^96 units, so `quote` has to say zero.
    function test_bug_quote_answersForAnAmountThatFillRefuses() public {
        uint256 id = plainOrder(alice);
        (uint256 taken, uint256 cost, uint256 fee) = book.quote(id, bob, 1 << 96);
        assertEq(taken + cost + fee, 0, "DEX-105 fill reverts with InvalidAmount, quote must be zero");
    }
}
