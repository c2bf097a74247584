// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {HostileReceiver} from "../mocks/HostileReceiver.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice A token that calls its senders and receivers, and an account that then tries every entry point.
contract OrderReentrancyTest is DexHelpers {
    uint16 private constant EXACT = uint16(OrderFlags.EXACT_PAYMENT);

    HostileToken private token;
    HostileReceiver private actor;
    uint256 private own;
    uint256 private foreign;
    /// @dev An order of the actor that no test touches, so that its hash stays.
    uint256 private spare;

    function setUp() public override {
        super.setUp();
        token = hostileToken(18);
        actor = hostileAccount();
        token.mint(address(actor), 1e27);
        act(address(token), abi.encodeCall(token.approve, (address(book), UNLIMITED)));
        foreign = sellHostile(token, alice, 5e18);
        own = abi.decode(
            act(address(book), abi.encodeCall(book.create, (address(token), address(usdc), 7e18, PRICE_ONE, NEVER, 0))),
            (uint256)
        );
        vm.prank(bob);
        spare = book.createFor(address(actor), address(weth), address(usdc), 1 ether, PRICE_ONE, NEVER, 0);
        token.setHooked(address(actor), true);
        // Fees to sweep, so that the attempt fails by the lock and by nothing else.
        fill(bob, foreign, 1e18);
    }

    function act(address target, bytes memory data) private returns (bytes memory) {
        return actor.execute(target, data);
    }

    function programEverything() private returns (uint256 count) {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = newOrder(address(actor));
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = legOf(list(foreign), 1);
        bytes[] memory nested = new bytes[](1);
        nested[0] = abi.encodeCall(book.cancel, (own));
        address me = address(actor);
        bytes[18] memory data = [
            abi.encodeCall(book.create, (address(weth), address(usdc), 1, PRICE_ONE, NEVER, 0)),
            abi.encodeCall(book.createFor, (me, address(weth), address(usdc), 1, PRICE_ONE, NEVER, 0)),
            abi.encodeCall(book.createMany, (orders)),
            abi.encodeCall(book.createWithPermit2, (orders[0], 0, T0, "")),
            abi.encodeCall(book.permitToken, (address(weth), 0, T0, 27, 0, 0)),
            abi.encodeCall(book.multicall, (nested)),
            abi.encodeCall(book.fill, (foreign, 1, UNLIMITED)),
            abi.encodeCall(book.fillOrders, (legs, noOptions())),
            abi.encodeCall(book.cancel, (own)),
            abi.encodeCall(book.cancelMany, (list(own))),
            abi.encodeCall(book.amend, (own, 1, PRICE_ONE)),
            abi.encodeCall(book.raiseEpoch, (1)),
            abi.encodeCall(book.transferFrom, (me, bob, own)),
            abi.encodeCall(book.transferIfUnchanged, (me, bob, spare, book.termsHash(spare))),
            abi.encodeCall(book.approve, (bob, own)),
            abi.encodeCall(book.sweepFees, (address(token))),
            abi.encodeCall(book.withdrawCredit, (address(token), me)),
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", me, bob, own)
        ];
        for (uint256 i; i < data.length; ++i) actor.program(address(book), data[i]);
        return data.length;
    }

    function checkAllRefused(uint256 count) private view {
        HostileReceiver.Attempt[] memory attempts = actor.attempts();
        assertGe(attempts.length, count, "INV-DEX-09 all were tried");
        for (uint256 i; i < attempts.length; ++i) {
            assertTrue(!attempts[i].success, "INV-DEX-09 refused");
            assertEq(
                bytes32(attempts[i].result),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-DEX-09 by the lock, not by chance"
            );
        }
    }

    function test_reentrancy_whilePayingIntoAnOrder() public {
        uint256 count = programEverything();
        act(address(book), abi.encodeCall(book.create, (address(token), address(usdc), 1e18, PRICE_ONE, NEVER, 0)));
        checkAllRefused(count);
        assertEq(token.balanceOf(address(book)), 4e18 + 7e18 + 1e18 + 0.0006e18, "INV-DEX-01 equality");
        assertEq(book.balanceOf(address(actor)), 3, "INV-DEX-09 the outer order stands");
    }

    function test_reentrancy_whileTakingAFill() public {
        uint256 count = programEverything();
        act(address(book), abi.encodeCall(book.fill, (foreign, 1e18, UNLIMITED)));
        checkAllRefused(count);
        assertEq(remainingOf(foreign), 3e18, "INV-DEX-09 the outer fill stands");
        assertEq(remainingOf(own), 7e18, "INV-DEX-09 nothing else moved");
    }

    function test_reentrancy_whileBeingRefunded() public {
        uint256 count = programEverything();
        act(address(book), abi.encodeCall(book.cancel, (own)));
        checkAllRefused(count);
        assertEq(token.balanceOf(address(actor)), 1e27, "INV-DEX-09 refunded once");
    }

    function test_reentrancy_whileBeingPaid() public {
        vm.prank(address(actor));
        uint256 id = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        uint256 count = programEverything();
        fill(bob, id, 1 ether);
        checkAllRefused(count);
        assertEq(remainingOf(id), 1 ether, "INV-DEX-09 the outer fill stands");
    }

    function test_reentrancy_whileWithdrawingAndAmending() public {
        uint256 count = programEverything();
        act(address(book), abi.encodeCall(book.amend, (own, 8e18, PRICE_ONE)));
        act(address(book), abi.encodeCall(book.amend, (own, 1e18, PRICE_ONE)));
        checkAllRefused(2 * count);
        assertEq(token.balanceOf(address(actor)), 1e27 - 1e18, "INV-DEX-09 paid in and out once");
    }

    function test_reentrancy_readsDuringAPayment() public {
        vm.prank(address(actor));
        uint256 id = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        actor.program(address(book), abi.encodeCall(book.order, (id, bob)));
        actor.program(address(book), abi.encodeCall(book.quote, (id, bob, 2 ether)));
        fill(bob, id, 1 ether);
        HostileReceiver.Attempt[] memory attempts = actor.attempts();
        IOrderTypes.Order memory seen = abi.decode(attempts[0].result, (IOrderTypes.Order));
        assertEq(seen.remaining, 1 ether, "INV-DEX-09 the order is written before anything is sent");
        (uint256 taken, , ) = abi.decode(attempts[1].result, (uint256, uint256, uint256));
        assertEq(taken, 1 ether, "INV-DEX-09 so is its quote");
    }

    function test_reentrancy_readsOfABurnedOrder() public {
        vm.prank(address(actor));
        uint256 id = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        actor.program(address(book), abi.encodeCall(book.ownerOf, (id)));
        actor.program(address(book), abi.encodeCall(book.balanceOf, (address(actor))));
        fill(bob, id, 2 ether);
        HostileReceiver.Attempt[] memory attempts = actor.attempts();
        assertTrue(!attempts[0].success, "INV-DEX-09 gone while it is paid for");
        assertEq(abi.decode(attempts[1].result, (uint256)), 2, "INV-DEX-09 only its other orders are left");
    }

    // ---------------------------------------------------------------------------------- owners who want to be a hindrance

    function test_hook_thatRevertsIsCredited() public {
        vm.prank(address(actor));
        uint256 id = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        refuseTokens(HostileReceiver.Answer.Reverts);
        (, uint256 paid) = fill(bob, id, 1 ether);
        assertEq(book.creditOf(address(actor), address(token)), paid, "INV-DEX-11 credited, the fill stands");
    }

    function test_hook_thatBurnsGasIsCredited() public {
        vm.prank(address(actor));
        uint256 id = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        refuseTokens(HostileReceiver.Answer.BurnsGas);
        vm.prank(bob);
        (, uint256 paid) = book.fill{gas: 12_000_000}(id, 1 ether, UNLIMITED);
        assertEq(book.creditOf(address(actor), address(token)), paid, "INV-DEX-11 a 64th of the gas suffices");
    }

    /// @dev Each such owner leaves a 64th of the gas, so a second one in the same sweep leaves too little for anything.
    /// Known limit 10: the sweep reverts, and whoever sends it leaves such orders out.
    function test_knownLimit_twoOwnersThatBurnGasStopASweep() public {
        vm.prank(address(actor));
        uint256 first = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        HostileReceiver second = hostileAccount();
        vm.prank(address(second));
        uint256 other = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, 0);
        token.setHooked(address(second), true);
        refuseTokens(HostileReceiver.Answer.BurnsGas);
        second.setAnswers(
            HostileReceiver.Answer.Accept,
            HostileReceiver.Answer.Accept,
            HostileReceiver.Answer.BurnsGas
        );
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = legOf(list(first, other), 4 ether);
        legs[0].buyToken = address(token);
        vm.prank(bob);
        (bool success, ) = address(book).call{gas: 14_000_000}(abi.encodeCall(book.fillOrders, (legs, noOptions())));
        assertTrue(!success, "known limit 10");
        assertEq(book.order(first, bob).remaining, 2 ether, "known limit 10: nothing moved");
        assertEq(book.order(other, bob).remaining, 2 ether, "known limit 10: nothing moved");
    }

    /// @dev The owner of an exact-payment order passes part of the payment on while it arrives; the whole sweep, other
    /// owners' orders included, reverts, although the taker did nothing wrong. Known limit 11.
    function test_knownLimit_exactPaymentOwnerStopsASweep() public {
        vm.prank(address(actor));
        uint256 id = book.create(address(weth), address(token), 2 ether, PRICE_ONE, NEVER, EXACT);
        uint256 other = buyHostile(token, carol, 0);
        actor.program(address(token), abi.encodeCall(token.transfer, (address(0xBEEF), 1)));
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = legOf(list(id, other), 3 ether);
        legs[0].buyToken = address(token);
        vm.prank(bob);
        (bool success, ) = address(book).call(abi.encodeCall(book.fillOrders, (legs, noOptions())));
        assertTrue(!success, "known limit 11");
        assertEq(book.order(id, bob).remaining, 2 ether, "known limit 11: nothing moved");
    }

    function refuseTokens(HostileReceiver.Answer answer) private {
        actor.setAnswers(HostileReceiver.Answer.Accept, HostileReceiver.Answer.Accept, answer);
    }
}
