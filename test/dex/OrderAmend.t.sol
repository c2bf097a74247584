// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {DexHelpers} from "./DexHelpers.sol";

contract OrderAmendTest is DexHelpers {
    uint256 private constant MAX = type(uint96).max;

    function amendAs(address who, uint256 id, uint256 amount, Price at) private {
        vm.prank(who);
        book.amend(id, amount, at);
    }

    function testFuzz_amend_paysTheDifference(uint256 amount, uint256 filled, uint256 next, uint256 buy) public {
        amount = bound(amount, 2, 1e5 ether);
        filled = bound(filled, 1, amount - 1);
        next = bound(next, 1, 1e5 ether);
        uint256 id = createOrder(alice, weth, usdc, amount, price(1, 1e12), 0);
        fill(bob, id, filled);
        Price at = price(bound(buy, 1, 1e12), 1 ether);
        uint256 held = weth.balanceOf(alice);

        vm.expectEmit(address(book));
        emit IOrderTypes.OrderAmended(id, next, at);
        vm.expectEmit(address(book));
        emit IERC4906.MetadataUpdate(id);
        amendAs(alice, id, next, at);

        assertEq(weth.balanceOf(alice) + next, held + amount - filled, "DEX-36 the difference, in or out");
        assertEq(remainingOf(id), next, "DEX-36 new amount");
        assertEq(raw(book.order(id, bob).price), raw(at), "DEX-36 new price");
        assertEq(weth.balanceOf(address(book)), next + book.accruedFees(address(weth)), "INV-DEX-01 equality");
    }

    function test_amend_ofThePriceAlone() public {
        uint256 id = plainOrder(alice);
        uint256 held = weth.balanceOf(alice);
        Price at = price(1_000e6, 1 ether);
        amendAs(alice, id, 10 ether, at);
        assertEq(weth.balanceOf(alice), held, "DEX-36 nothing moves");
        (, uint256 paid) = fill(bob, id, 1 ether);
        assertEq(paid, at.costUp(1 ether), "DEX-36 fills at the new price");
    }

    function test_amend_boundsAmountAndPrice() public {
        uint256 id = plainOrder(alice);
        expectError(IOrderTypes.InvalidAmount.selector, 0);
        amendAs(alice, id, 0, PRICE_ONE);
        expectError(IOrderTypes.InvalidAmount.selector, MAX + 1);
        amendAs(alice, id, MAX + 1, PRICE_ONE);
        Price flat = Price.wrap(uint80((uint256(120) << 72) | ((1 << 71) - 1)));
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.InvalidPrice.selector, flat));
        amendAs(alice, id, 1, flat);

        weth.mint(alice, MAX);
        amendAs(alice, id, MAX, PRICE_ONE);
        assertEq(remainingOf(id), MAX, "DEX-37 the most");
        amendAs(alice, id, 1, PRICE_ONE);
        assertEq(remainingOf(id), 1, "DEX-37 one unit");
    }

    function test_amend_isTheOwnersAndItsDelegates() public {
        uint256 id = plainOrder(alice);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, bob, id));
        amendAs(bob, id, 1 ether, PRICE_ONE);

        vm.prank(alice);
        book.approve(bob, id);
        (uint256 a, uint256 b) = (weth.balanceOf(alice), weth.balanceOf(bob));
        amendAs(bob, id, 12 ether, PRICE_ONE);
        assertEq(weth.balanceOf(bob), b - 2 ether, "DEX-38 who amends pays in");
        amendAs(bob, id, 1 ether, PRICE_ONE);
        assertEq(weth.balanceOf(alice), a + 11 ether, "DEX-38 the owner is paid out");
        assertEq(weth.balanceOf(bob), b - 2 ether, "DEX-38 not who amends");
    }

    function test_amend_isTheBuyersAfterATransfer() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.transferFrom(alice, bob, id);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, alice, id));
        amendAs(alice, id, 1 ether, PRICE_ONE);
        amendAs(bob, id, 1 ether, PRICE_ONE);
        assertEq(weth.balanceOf(bob), 1e6 ether + 9 ether, "INV-DEX-07 the owner's to amend");
    }

    function test_amend_revertsForWhatHasEnded() public {
        uint256 id = orderUntil(alice, T0 + 100);
        vm.warp(T0 + 99);
        amendAs(alice, id, 9 ether, PRICE_ONE);
        vm.warp(T0 + 100);
        expectNotFillable(id, IOrderTypes.FillStatus.Expired);
        amendAs(alice, id, 1 ether, PRICE_ONE);

        id = plainOrder(alice);
        vm.prank(alice);
        book.raiseEpoch(2);
        expectNotFillable(id, IOrderTypes.FillStatus.Cancelled);
        amendAs(alice, id, 1 ether, PRICE_ONE);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 3));
        amendAs(alice, 3, 1 ether, PRICE_ONE);
    }

    function test_amend_keepsIdTermsAndApprovals() public {
        uint256 id = createOrder(alice, weth, usdc, 10 ether, PRICE_ONE, minFillTerms(5));
        vm.prank(alice);
        book.approve(bob, id);
        Price at = price(2, 1);
        amendAs(alice, id, 4 ether, at);
        assertEq(book.getApproved(id), bob, "DEX-40 approval stays");
        assertEq(book.ownerOf(id), alice, "DEX-40 owner stays");
        assertEq(book.order(id, bob).terms, minFillTerms(5) | uint16(OrderFlags.APPROVED), "DEX-40 terms stay");
        assertEq(book.order(id, bob).buyToken, address(usdc), "DEX-40 pair stays");
    }

    function test_amend_needsTheMoneyToRise() public {
        uint256 id = plainOrder(alice);
        expectError(IOrderTypes.PullFailed.selector, address(weth), alice, 2e6 ether);
        amendAs(alice, id, 2e6 ether + 10 ether, PRICE_ONE);
        assertEq(remainingOf(id), 10 ether, "DEX-36 nothing changed");
    }

    function test_amend_creditsAnOwnerWhoCannotReceive() public {
        HostileToken token = hostileToken(18);
        uint256 id = sellHostile(token, alice, 5e18);
        token.setBlocked(alice, true);
        vm.expectEmit(address(book));
        emit IOrderTypes.Credited(alice, address(token), 4e18);
        amendAs(alice, id, 1e18, PRICE_ONE);
        assertEq(book.creditOf(alice, address(token)), 4e18, "DEX-34 credited");
        assertEq(token.balanceOf(address(book)), 5e18, "INV-DEX-01 equality");
    }

    // ------------------------------------------------------------------------------------------------------- release

    function test_amend_countsTheReleaseFromWhatWasSold() public {
        IOrderTypes.NewOrder memory o = newOrder(alice);
        (o.releaseStart, o.releaseEnd) = (uint40(T0), uint40(T0 + 100));
        uint256 id = createNew(alice, o);
        vm.warp(T0 + 50);
        fill(bob, id, 5 ether);
        amendAs(alice, id, 15 ether, o.price);
        IOrderTypes.Order memory seen = book.order(id, bob);
        assertEq(seen.initial, 20 ether, "DEX-42 sold 5 + remaining 15");
        assertEq(seen.available, 5 ether, "DEX-42 half of 20 less the 5 sold");

        amendAs(alice, id, 1 ether, o.price);
        seen = book.order(id, bob);
        assertEq(seen.initial, 6 ether, "DEX-42 sold 5 + remaining 1");
        assertEq(seen.available, 0, "DEX-42 more was sold than is released");
        assertStatus(id, bob, IOrderTypes.FillStatus.NotReleased, "DEX-42 waits");
        vm.warp(T0 + 99);
        assertEq(book.order(id, bob).available, (uint256(6 ether) * 99) / 100 - 5 ether, "DEX-42 catches up");
        vm.warp(T0 + 100);
        assertEq(book.order(id, bob).available, 1 ether, "DEX-42 all at the end");
    }

    function test_amend_boundsTheReleasesInitialAmount() public {
        IOrderTypes.NewOrder memory o = newOrder(alice);
        (o.releaseStart, o.releaseEnd) = (uint40(T0), uint40(T0 + 100));
        uint256 id = createNew(alice, o);
        vm.warp(T0 + 50);
        fill(bob, id, 5 ether);
        weth.mint(alice, MAX);
        expectError(IOrderTypes.InvalidAmount.selector, MAX - 5 ether + 1);
        amendAs(alice, id, MAX - 5 ether + 1, o.price);
        amendAs(alice, id, MAX - 5 ether, o.price);
        assertEq(book.order(id, bob).initial, MAX, "DEX-42 sold and remaining fit 96 bits");
    }
}
