// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexHelpers} from "../dex/DexHelpers.sol";
import {HostileToken} from "../mocks/HostileToken.sol";

/// @notice What a pause stops, and all that it must never stop; the same when the protocol is retired.
abstract contract PauseScope is DexHelpers {
    uint256 internal until;

    /// @dev Stops new risk and sets `until`.
    function stop() internal virtual;

    // ----------------------------------------------------------------------------------------------------- stopped

    function test_paused_stopsCreation() public {
        stop();
        Price at = price(3_000e6, 1 ether);
        expectPaused();
        vm.prank(alice);
        book.create(address(weth), address(usdc), 1 ether, at, NEVER, 0);
        expectPaused();
        vm.prank(alice);
        book.createFor(bob, address(weth), address(usdc), 1 ether, at, NEVER, 0);
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = newOrder(alice);
        expectPaused();
        vm.prank(alice);
        book.createMany(orders);
        expectPaused();
        vm.prank(alice);
        book.createWithPermit2(orders[0], 0, T0, "");
    }

    function test_paused_stopsRaisingAnAmount() public {
        uint256 id = plainOrder(alice);
        stop();
        Price at = price(3_000e6, 1 ether);
        expectPaused();
        vm.prank(alice);
        book.amend(id, 10 ether + 1, at);
    }

    // ------------------------------------------------------------------------------------------------------- going on

    function test_paused_letsAmountFallAndPriceMove() public {
        uint256 id = plainOrder(alice);
        stop();
        Price next = price(4_000e6, 1 ether);
        vm.prank(alice);
        book.amend(id, 10 ether, next);
        uint256 before = weth.balanceOf(alice);
        vm.prank(alice);
        book.amend(id, 4 ether, next);
        assertEq(weth.balanceOf(alice), before + 6 ether, "ACC-07 lowered amount comes back");
        assertEq(raw(book.order(id, bob).price), raw(next), "ACC-07 new price");
    }

    function test_paused_letsFillsRun() public {
        uint256 id = plainOrder(alice);
        stop();
        (uint256 received, uint256 paid) = fill(bob, id, 1 ether);
        assertEq(paid, 3_000e6 + 1, "ACC-06 fill pays");
        assertEq(received, 1 ether - 0.0006 ether, "ACC-06 fill receives");
        assertEq(sweep(bob, legOf(list(id), 9 ether)).taken, 9 ether, "ACC-06 sweep runs");
    }

    function test_paused_letsEveryoneLeave() public {
        (uint256 a, uint256 b, uint256 c) = (plainOrder(alice), plainOrder(alice), plainOrder(alice));
        uint256 moved = plainOrder(alice);
        uint256 before = weth.balanceOf(alice);
        stop();
        vm.prank(alice);
        book.cancel(a);
        vm.prank(alice);
        book.cancelMany(list(b));
        vm.prank(alice);
        book.transferFrom(alice, bob, moved);
        vm.prank(alice);
        book.raiseEpoch(4);
        vm.prank(carol);
        book.cancel(c);
        assertEq(weth.balanceOf(alice), before + 30 ether, "ACC-06 three refunds");
        vm.prank(bob);
        book.cancel(moved);
        assertEq(book.balanceOf(alice) + book.balanceOf(bob), 0, "ACC-06 all have left");
    }

    function test_paused_letsApprovalsBeGivenAndTaken() public {
        uint256 id = plainOrder(alice);
        stop();
        vm.prank(alice);
        book.approve(bob, id);
        vm.prank(alice);
        book.setApprovalForAll(carol, true);
        assertEq(book.getApproved(id), bob, "ACC-06 approved");
        assertTrue(book.isApprovedForAll(alice, carol), "ACC-06 operator");
    }

    function test_paused_letsMoneyOut() public {
        HostileToken token = hostileToken(18);
        uint256 id = buyHostile(token, alice, 0);
        token.setBlocked(alice, true);
        (, uint256 owed) = fill(bob, id, 1 ether);
        stop();

        vm.prank(alice);
        assertEq(book.withdrawCredit(address(token), carol), owed, "ACC-06 credit");
        assertEq(book.sweepFees(address(weth)), 0.0006 ether, "ACC-06 fees");
        assertEq(weth.balanceOf(collector), 0.0006 ether, "ACC-06 fees arrived");
    }

    function expectPaused() private {
        expectError(IGuardianPausable.ProtocolPaused.selector, until);
    }
}

contract PausedTest is PauseScope {
    function stop() internal override {
        book.pause(7 days);
        until = T0 + 7 days;
    }
}

contract RetiredTest is PauseScope {
    function stop() internal override {
        book.retire();
        until = type(uint40).max;
    }
}
