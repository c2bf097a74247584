// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {TokenAlias} from "../mocks/TokenAlias.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Tokens that are not what ERC-20 says: each is handled, or refused by name.
contract OrderWeirdTokensTest is DexHelpers {
    HostileToken private token;

    function setUp() public override {
        super.setUp();
        token = hostileToken(18);
    }

    function modes(HostileToken.Mode push, HostileToken.Mode pull) private {
        token.setModes(push, pull);
    }

    function cancelAs(address who, uint256 id) private {
        vm.prank(who);
        book.cancel(id);
    }

    function expectPull(address from, uint256 amount) private {
        expectError(IOrderTypes.PullFailed.selector, address(token), from, amount);
    }

    function assertSolvent(uint256 id, string memory message) private view {
        uint256 owed = remainingOf(id) + book.creditOf(alice, address(token)) + book.accruedFees(address(token));
        assertGe(token.balanceOf(address(book)), owed, message);
    }

    // ------------------------------------------------------------------------------------------------ fee on transfer

    function test_feeOnTransfer_isRefusedWhenSold() public {
        token.setFee(100);
        expectError(IOrderTypes.UnexpectedTransfer.selector, address(token), 1e18, 0.99e18);
        sellHostile(token, alice, 1e18);
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = newOrder(alice);
        orders[0].sellToken = address(token);
        expectError(IOrderTypes.UnexpectedTransfer.selector, address(token), 10 ether, 9.9 ether);
        vm.prank(alice);
        book.createMany(orders);
    }

    function test_feeOnTransfer_isRefusedWhenAmending() public {
        uint256 id = sellHostile(token, alice, 1e18);
        token.setFee(100);
        expectError(IOrderTypes.UnexpectedTransfer.selector, address(token), 1e18, 0.99e18);
        vm.prank(alice);
        book.amend(id, 2e18, PRICE_ONE);
    }

    function test_feeOnTransfer_switchedOnLaterIsTheReceivers() public {
        uint256 id = sellHostile(token, alice, 2e18);
        token.setFee(100);
        uint256 held = token.balanceOf(bob);
        (uint256 received, ) = fill(bob, id, 1e18);
        assertEq(token.balanceOf(bob), held + (received * 99) / 100, "DEX-90 the taker bears it");
        assertSolvent(id, "INV-DEX-01 the escrow stays whole");
        held = token.balanceOf(alice);
        cancelAs(alice, id);
        assertEq(token.balanceOf(alice), held + 0.99e18, "DEX-90 the owner bears it");
    }

    function test_feeOnTransfer_whenBoughtIsTheMakersChoice() public {
        uint256 plain = buyHostile(token, alice, 0);
        uint256 exact = buyHostile(token, alice, uint16(OrderFlags.EXACT_PAYMENT));
        token.setFee(100);
        uint256 held = token.balanceOf(alice);
        (, uint256 paid) = fill(bob, plain, 1 ether);
        assertEq(token.balanceOf(alice), held + paid - paid / 100, "DEX-90 without the flag the owner bears it");
        vm.expectRevert(
            abi.encodeWithSelector(IOrderTypes.UnexpectedTransfer.selector, address(token), paid, paid - paid / 100)
        );
        fill(bob, exact, 1 ether);
    }

    function test_feeOnTransfer_cannotBeCredited() public {
        uint256 id = buyHostile(token, alice, 0);
        token.setFee(100);
        token.setBlocked(alice, true);
        (, uint256 cost, ) = book.quote(id, bob, 1 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderTypes.UnexpectedTransfer.selector, address(token), cost, cost - cost / 100)
        );
        fill(bob, id, 1 ether);
    }

    // ------------------------------------------------------------------------------------------------- return values

    function test_noReturn_isAccepted() public {
        modes(HostileToken.Mode.NoReturn, HostileToken.Mode.NoReturn);
        uint256 id = sellHostile(token, alice, 3e18);
        (uint256 received, ) = fill(bob, id, 1e18);
        assertEq(token.balanceOf(bob), 1e27 + received, "DEX-91 sold");
        cancelAs(alice, id);
        assertEq(token.balanceOf(alice), 1e27 - 1e18, "DEX-91 refunded");
        id = buyHostile(token, alice, 0);
        fill(bob, id, 1 ether);
        assertTrue(token.balanceOf(alice) > 1e27, "DEX-91 bought");
    }

    function test_falseReturn_isAFailure() public {
        modes(HostileToken.Mode.Honest, HostileToken.Mode.FalseUnmoved);
        expectPull(alice, 1e18);
        sellHostile(token, alice, 1e18);
        uint256 id = buyHostile(token, alice, 0);
        (, uint256 cost, ) = book.quote(id, bob, 1 ether);
        expectPull(bob, cost);
        fill(bob, id, 1 ether);
    }

    function test_falseReturn_whenSendingBecomesACredit() public {
        uint256 id = sellHostile(token, alice, 2e18);
        modes(HostileToken.Mode.FalseUnmoved, HostileToken.Mode.Honest);
        vm.expectRevert();
        fill(bob, id, 1e18);
        cancelAs(alice, id);
        assertEq(book.creditOf(alice, address(token)), 2e18, "DEX-92 credited");
        expectError(IOrderTypes.PushFailed.selector, address(token), alice, 2e18);
        vm.prank(alice);
        book.withdrawCredit(address(token), alice);
        modes(HostileToken.Mode.Honest, HostileToken.Mode.Honest);
        vm.prank(alice);
        book.withdrawCredit(address(token), alice);
        assertEq(token.balanceOf(alice), 1e27, "DEX-92 all of it once it can be sent");
    }

    function test_falseReturn_thatMovedHurtsItsOwnTokenOnly() public {
        uint256 id = sellHostile(token, alice, 2e18);
        uint256 other = plainOrder(carol);
        modes(HostileToken.Mode.FalseMoved, HostileToken.Mode.FalseMoved);
        cancelAs(alice, id);
        assertEq(book.creditOf(alice, address(token)), 2e18, "DEX-92 by its own word it failed");
        cancelAs(carol, other);
        assertEq(weth.balanceOf(carol), 1e6 ether, "DEX-92 other tokens are whole");
    }

    function test_lyingToken_isFoundOutWhenSold() public {
        modes(HostileToken.Mode.Honest, HostileToken.Mode.TrueUnmoved);
        expectError(IOrderTypes.UnexpectedTransfer.selector, address(token), 1e18, 0);
        sellHostile(token, alice, 1e18);
    }

    function test_lyingToken_isFoundOutByExactPayment() public {
        modes(HostileToken.Mode.Honest, HostileToken.Mode.TrueUnmoved);
        uint256 id = buyHostile(token, alice, uint16(OrderFlags.EXACT_PAYMENT));
        (, uint256 cost, ) = book.quote(id, bob, 1 ether);
        expectError(IOrderTypes.UnexpectedTransfer.selector, address(token), cost, 0);
        fill(bob, id, 1 ether);
    }

    // ------------------------------------------------------------------------------------------------------ reversion

    function test_reverting_isRefusedByName() public {
        uint256 id = buyHostile(token, alice, 0);
        modes(HostileToken.Mode.Reverts, HostileToken.Mode.Reverts);
        expectPull(alice, 1e18);
        sellHostile(token, alice, 1e18);
        (, uint256 cost, ) = book.quote(id, bob, 1 ether);
        expectPull(bob, cost);
        fill(bob, id, 1 ether);
        assertEq(remainingOf(id), 10 ether, "DEX-93 nothing changed");
    }

    function test_paused_tokenStopsFillsAndCreditsRefunds() public {
        uint256 id = sellHostile(token, alice, 2e18);
        token.setPaused(true);
        expectError(IOrderTypes.PushFailed.selector, address(token), bob, 1e18 - 0.0006e18);
        fill(bob, id, 1e18);
        cancelAs(alice, id);
        assertEq(book.creditOf(alice, address(token)), 2e18, "DEX-93 the owner can leave");
        token.setPaused(false);
        vm.prank(alice);
        book.withdrawCredit(address(token), alice);
        assertEq(token.balanceOf(alice), 1e27, "DEX-93 and is paid later");
    }

    function test_paused_tokenDoesNotTouchOtherPairs() public {
        uint256 id = plainOrder(alice);
        token.setPaused(true);
        fill(bob, id, 1 ether);
        assertEq(remainingOf(id), 9 ether, "DEX-93 other pairs run");
    }

    function test_blocked_takerCannotFill() public {
        uint256 id = sellHostile(token, alice, 2e18);
        token.setBlocked(bob, true);
        expectError(IOrderTypes.PushFailed.selector, address(token), bob, 1e18 - 0.0006e18);
        fill(bob, id, 1e18);
        IOrderTypes.Leg memory leg = legOf(list(id), 1e18);
        leg.sellToken = address(token);
        IOrderTypes.FillOptions memory options;
        options.recipient = carol;
        assertEq(sweepAs(bob, leg, options).taken, 1e18, "DEX-93 to another recipient it can");
    }

    function test_blocked_bookCannotBePaidIn() public {
        token.setBlocked(address(book), true);
        expectPull(alice, 1e18);
        sellHostile(token, alice, 1e18);
        uint256 id = buyHostile(token, alice, 0);
        uint256 held = token.balanceOf(alice);
        (, uint256 paid) = fill(bob, id, 1 ether);
        assertEq(token.balanceOf(alice), held + paid, "INV-DEX-11 taker pays maker without the book");
    }

    // ----------------------------------------------------------------------------------------------------- gas bombs

    function test_returnBomb_isNotCopied() public {
        modes(HostileToken.Mode.ReturnBomb, HostileToken.Mode.ReturnBomb);
        uint256 id = sellHostile(token, alice, 2e18);
        fill(bob, id, 1e18);
        cancelAs(alice, id);
        assertEq(token.balanceOf(alice), 1e27 - 1e18, "DEX-94 handled");
    }

    function test_revertBomb_isNotCopied() public {
        uint256 id = sellHostile(token, alice, 2e18);
        modes(HostileToken.Mode.RevertBomb, HostileToken.Mode.Honest);
        cancelAs(alice, id);
        assertEq(book.creditOf(alice, address(token)), 2e18, "DEX-94 credited");
    }

    function test_burnedGas_leavesEnoughToCredit() public {
        uint256 id = sellHostile(token, alice, 2e18);
        modes(HostileToken.Mode.BurnsGas, HostileToken.Mode.Honest);
        vm.prank(alice);
        book.cancel{gas: 5_000_000}(id);
        assertEq(book.creditOf(alice, address(token)), 2e18, "DEX-94 a 64th of the gas suffices");
    }

    // ----------------------------------------------------------------------------------------------------- rebasing

    function test_rebase_upLeavesTheSurplus() public {
        uint256 id = sellHostile(token, alice, 2e18);
        token.rebase(2e18);
        assertEq(remainingOf(id), 2e18, "DEX-95 orders count units");
        cancelAs(alice, id);
        assertEq(token.balanceOf(address(book)), 2e18, "DEX-95 the surplus is nobody's");
    }

    function test_rebase_downHurtsItsOwnTokenOnly() public {
        uint256 id = sellHostile(token, alice, 2e18);
        uint256 second = sellHostile(token, carol, 2e18);
        uint256 other = plainOrder(carol);
        token.rebase(0.5e18);
        cancelAs(alice, id);
        cancelAs(carol, second);
        assertEq(book.creditOf(carol, address(token)), 2e18, "DEX-95 who comes late waits");
        cancelAs(carol, other);
        assertEq(weth.balanceOf(carol), 1e6 ether, "DEX-95 other tokens are whole");
    }

    // ------------------------------------------------------------------------------------------------ two addresses

    function test_doubleEntry_sharesOneBalanceSafely() public {
        TokenAlias second = new TokenAlias(token);
        token.setAlias(address(second));
        vm.prank(carol);
        second.approve(address(book), UNLIMITED);
        uint256 first = sellHostile(token, alice, 3e18);
        vm.prank(carol);
        uint256 other = book.create(address(second), address(usdc), 5e18, PRICE_ONE, NEVER, 0);

        cancelAs(carol, other);
        assertEq(token.balanceOf(address(book)), 3e18, "DEX-96 one's refund leaves the other's");
        fill(bob, first, 1e18);
        vm.expectRevert();
        book.sweepFees(address(second));
        book.sweepFees(address(token));
        assertEq(token.balanceOf(address(book)), remainingOf(first), "DEX-96 fees are counted, not measured");
        cancelAs(alice, first);
        assertEq(token.balanceOf(address(book)), 0, "DEX-96 all got theirs");
    }

    function test_doubleEntry_asAPairWithItself() public {
        TokenAlias second = new TokenAlias(token);
        token.setAlias(address(second));
        vm.prank(bob);
        second.approve(address(book), UNLIMITED);
        vm.prank(alice);
        uint256 id = book.create(address(token), address(second), 3e18, PRICE_ONE, NEVER, 0);
        (uint256 received, uint256 paid) = fill(bob, id, 1e18);
        assertEq(token.balanceOf(bob), 1e27 + received - paid, "DEX-96 exchanged for itself less the fee");
        assertSolvent(id, "INV-DEX-01 whole");
    }

    // -------------------------------------------------------------------------------------------------- no token

    function test_withoutCode_cannotBeSold() public {
        expectError(IOrderTypes.PullFailed.selector, address(0xDEAD), alice, 1);
        vm.prank(alice);
        book.create(address(0xDEAD), address(usdc), 1, PRICE_ONE, NEVER, 0);
    }

    function test_withoutCode_cannotBePaid() public {
        vm.prank(alice);
        uint256 id = book.create(address(weth), address(0xDEAD), 1, PRICE_ONE, NEVER, 0);
        expectError(IOrderTypes.PullFailed.selector, address(0xDEAD), bob, 1);
        fill(bob, id, 1);
    }

    function test_withoutCode_afterwardsIsCreditedNotLost() public {
        uint256 id = sellHostile(token, alice, 2e18);
        bytes memory code = address(token).code;
        vm.etch(address(token), "");
        expectError(IOrderTypes.PushFailed.selector, address(token), bob, 1e18 - 0.0006e18);
        fill(bob, id, 1e18);
        cancelAs(alice, id);
        vm.etch(address(token), code);
        assertEq(book.creditOf(alice, address(token)), 2e18, "DEX-97 a vanished token leaves a credit");
    }

    function test_book_isNoToken() public {
        expectError(IOrderTypes.PullFailed.selector, address(book), alice, 1);
        vm.prank(alice);
        book.create(address(book), address(usdc), 1, PRICE_ONE, NEVER, 0);
        vm.prank(alice);
        uint256 id = book.create(address(weth), address(book), 1, PRICE_ONE, NEVER, 0);
        expectError(IOrderTypes.PullFailed.selector, address(book), bob, 1);
        fill(bob, id, 1);
    }
}
