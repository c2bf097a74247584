// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {DexHelpers} from "./DexHelpers.sol";

contract OrderCancelTest is DexHelpers {
    function cancelAs(address who, uint256 id) private returns (uint256) {
        vm.prank(who);
        return book.cancel(id);
    }

    function expectRefused(address who, uint256 id) private {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, who, id));
    }

    function test_cancel_refundsTheOwner() public {
        uint256 id = plainOrder(alice);
        fill(bob, id, 4 ether);
        uint256 held = weth.balanceOf(alice);
        vm.expectEmit(address(book));
        emit IERC721.Transfer(alice, address(0), id);
        assertEq(cancelAs(alice, id), 6 ether, "DEX-31 refund");

        assertEq(weth.balanceOf(alice), held + 6 ether, "DEX-31 refunded without a fee");
        assertEq(book.balanceOf(alice), 0, "DEX-31 burned");
        assertEq(weth.balanceOf(address(book)), book.accruedFees(address(weth)), "INV-DEX-01 equality");
        expectNotFillable(id, IOrderTypes.FillStatus.Nonexistent);
        fill(bob, id, 1);
    }

    function test_cancel_isTheOwnersAndItsDelegates() public {
        uint256 id = plainOrder(alice);
        expectRefused(bob, id);
        cancelAs(bob, id);

        vm.prank(alice);
        book.approve(bob, id);
        uint256 held = weth.balanceOf(alice);
        cancelAs(bob, id);
        assertEq(weth.balanceOf(alice), held + 10 ether, "DEX-31 the approved cancels, the owner is refunded");

        id = plainOrder(alice);
        vm.prank(alice);
        book.setApprovalForAll(carol, true);
        cancelAs(carol, id);
        assertEq(weth.balanceOf(alice), held + 10 ether, "DEX-31 the operator cancels, the owner is refunded");
        assertEq(weth.balanceOf(carol), 1e6 ether, "DEX-31 not the operator");
    }

    function test_cancel_isNotTheMakersAfterATransfer() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.transferFrom(alice, bob, id);
        expectRefused(alice, id);
        cancelAs(alice, id);
        cancelAs(bob, id);
        assertEq(weth.balanceOf(bob), 1e6 ether + 10 ether, "INV-DEX-07 the owner is refunded");
    }

    function test_cancel_revertsForNone() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 5));
        cancelAs(alice, 5);
        uint256 id = plainOrder(alice);
        cancelAs(alice, id);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, id));
        cancelAs(alice, id);
    }

    function test_cancel_isAnybodysOnceExpired() public {
        uint256 id = orderUntil(alice, T0 + 100);
        vm.warp(T0 + 99);
        expectRefused(bob, id);
        cancelAs(bob, id);
        vm.warp(T0 + 100);
        uint256 held = weth.balanceOf(alice);
        assertEq(cancelAs(bob, id), 10 ether, "DEX-32 cleaned up");
        assertEq(weth.balanceOf(alice), held + 10 ether, "DEX-32 the owner is refunded");
        assertEq(weth.balanceOf(bob), 1e6 ether, "DEX-32 not the cleaner");
    }

    function test_cancel_ofAnExpiredOrderRefundsItsBuyer() public {
        uint256 id = orderUntil(alice, T0 + 100);
        vm.prank(alice);
        book.transferFrom(alice, carol, id);
        vm.warp(T0 + 100);
        cancelAs(bob, id);
        assertEq(weth.balanceOf(carol), 1e6 ether + 10 ether, "DEX-32 the owner of the moment");
    }

    function test_cancel_creditsAnOwnerWhoCannotReceive() public {
        HostileToken token = hostileToken(18);
        uint256 id = sellHostile(token, alice, 5e18);
        token.setBlocked(alice, true);
        vm.expectEmit(address(book));
        emit IOrderTypes.Credited(alice, address(token), 5e18);
        assertEq(cancelAs(alice, id), 5e18, "DEX-34 refund");
        assertEq(book.creditOf(alice, address(token)), 5e18, "DEX-34 credited");
        assertEq(book.balanceOf(alice), 0, "DEX-34 ended all the same");
    }

    // ---------------------------------------------------------------------------------------------------------- many

    function test_cancelMany_passesOverWhatItCannot() public {
        uint256 own = plainOrder(alice);
        uint256 gone = plainOrder(alice);
        cancelAs(alice, gone);
        uint256 foreign = plainOrder(bob);
        uint256 held = weth.balanceOf(alice);

        vm.prank(alice);
        assertEq(book.cancelMany(list(gone, foreign, own)), 1, "DEX-33 one was ended");
        assertEq(weth.balanceOf(alice), held + 10 ether, "DEX-33 refunded");
        assertEq(remainingOf(foreign), 10 ether, "DEX-33 the foreign one stands");
    }

    function test_cancelMany_mayNameAnOrderTwice() public {
        uint256 id = plainOrder(alice);
        uint256 other = plainOrder(bob);
        vm.prank(alice);
        assertEq(book.cancelMany(list(id, id)), 1, "DEX-33 once");
        assertEq(weth.balanceOf(address(book)), remainingOf(other), "INV-DEX-01 refunded once");
    }

    function test_cancelMany_cleansUpForOthers() public {
        uint256 expired = orderUntil(alice, T0 + 1);
        uint256 raised = plainOrder(bob);
        vm.prank(bob);
        book.raiseEpoch(1);
        vm.warp(T0 + 1);
        vm.prank(carol);
        assertEq(book.cancelMany(list(expired, raised)), 2, "DEX-33 both were ended");
        assertEq(weth.balanceOf(alice) + weth.balanceOf(bob), 2e6 ether, "DEX-33 each got its own back");
        assertEq(weth.balanceOf(carol), 1e6 ether, "DEX-33 nothing for the cleaner");
    }

    function test_cancelMany_ofNone() public {
        vm.prank(alice);
        assertEq(book.cancelMany(new uint256[](0)), 0, "DEX-33 an empty list");
    }
}
