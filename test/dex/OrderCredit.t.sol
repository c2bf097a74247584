// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderExtension} from "../../contracts/dex/interfaces/IOrderExtension.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Payments that their receiver refused, waiting to be withdrawn.
contract OrderCreditTest is DexHelpers {
    HostileToken private token;
    uint256 private id;

    function setUp() public override {
        super.setUp();
        token = hostileToken(18);
        id = buyHostile(token, alice, 0);
        token.setBlocked(alice, true);
    }

    function test_fill_creditsAnOwnerWhoCannotBePaid() public {
        (, uint256 cost, ) = book.quote(id, bob, 1 ether);
        vm.expectEmit(address(book));
        emit IOrderTypes.Credited(alice, address(token), cost);
        (uint256 received, uint256 paid) = fill(bob, id, 1 ether);
        assertEq(received, 0.9994 ether, "INV-DEX-11 the taker has what it bought");
        assertEq(book.creditOf(alice, address(token)), paid, "DEX-28 credited");
        assertEq(token.balanceOf(address(book)), paid, "INV-DEX-01 and held");
    }

    function test_fill_creditsExactPaymentsToo() public {
        uint256 exact = buyHostile(token, alice, uint16(OrderFlags.EXACT_PAYMENT));
        (, uint256 paid) = fill(bob, exact, 1 ether);
        assertEq(book.creditOf(alice, address(token)), paid, "DEX-28 a credit is exact");
    }

    function test_sweep_goesOnPastAnOwnerWhoCannotBePaid() public {
        uint256 other = buyHostile(token, carol, 0);
        IOrderTypes.Leg memory leg = legOf(list(id, other), 20 ether);
        leg.buyToken = address(token);
        uint256 held = token.balanceOf(carol);
        IOrderTypes.LegResult memory r = sweep(bob, leg);
        assertEq(r.filled, 2, "INV-DEX-11 both were filled");
        assertEq(book.creditOf(alice, address(token)), r.paid / 2, "DEX-28 alice is credited");
        assertEq(token.balanceOf(carol), held + r.paid / 2, "DEX-28 carol is paid");
    }

    function test_credits_addUp() public {
        (, uint256 first) = fill(bob, id, 1 ether);
        (, uint256 second) = fill(bob, id, 2 ether);
        assertEq(book.creditOf(alice, address(token)), first + second, "DEX-55 the sum");
    }

    function test_withdrawCredit_sendsWhereItsOwnerSays() public {
        (, uint256 paid) = fill(bob, id, 1 ether);
        uint256 held = token.balanceOf(carol);
        vm.expectEmit(address(book));
        emit IOrderTypes.CreditWithdrawn(alice, address(token), carol, paid);
        vm.prank(alice);
        assertEq(book.withdrawCredit(address(token), carol), paid, "DEX-55 amount");
        assertEq(token.balanceOf(carol), held + paid, "DEX-55 received");
        assertEq(book.creditOf(alice, address(token)), 0, "DEX-55 once");
        expectError(IOrderExtension.NothingToSend.selector, address(token));
        vm.prank(alice);
        book.withdrawCredit(address(token), carol);
    }

    function test_withdrawCredit_isItsOwnersOnly() public {
        fill(bob, id, 1 ether);
        expectError(IOrderExtension.NothingToSend.selector, address(token));
        vm.prank(carol);
        book.withdrawCredit(address(token), carol);
    }

    function test_withdrawCredit_staysWhenItCannotBeSent() public {
        (, uint256 paid) = fill(bob, id, 1 ether);
        expectError(IOrderTypes.PushFailed.selector, address(token), alice, paid);
        vm.prank(alice);
        book.withdrawCredit(address(token), alice);
        assertEq(book.creditOf(alice, address(token)), paid, "DEX-55 still there");
    }

    function test_withdrawCredit_refusesNobodyAndTheBook() public {
        fill(bob, id, 1 ether);
        expectError(IOrderTypes.InvalidAccount.selector, address(0));
        vm.prank(alice);
        book.withdrawCredit(address(token), address(0));
        expectError(IOrderTypes.InvalidAccount.selector, address(book));
        vm.prank(alice);
        book.withdrawCredit(address(token), address(book));
    }

    function test_credits_doNotMoveWithTheOrder() public {
        (, uint256 paid) = fill(bob, id, 1 ether);
        vm.prank(alice);
        book.transferFrom(alice, carol, id);
        assertEq(book.creditOf(alice, address(token)), paid, "DEX-55 earned before the sale");
        assertEq(book.creditOf(carol, address(token)), 0, "DEX-55 not the buyer's");
    }
}
