// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IFillCallback} from "../../contracts/dex/interfaces/IFillCallback.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {HostileReceiver} from "../mocks/HostileReceiver.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice The taker's callback: after receiving, before paying, with the book locked.
contract OrderCallbackTest is DexHelpers {
    HostileReceiver private taker;

    function setUp() public override {
        super.setUp();
        taker = new HostileReceiver();
        taker.execute(address(usdc), abi.encodeCall(usdc.approve, (address(book), UNLIMITED)));
    }

    function sweepCall(uint256[] memory ids, uint256 amount, bytes memory data) private view returns (bytes memory) {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = legOf(ids, amount);
        IOrderTypes.FillOptions memory options;
        options.data = data;
        return abi.encodeCall(book.fillOrders, (legs, options));
    }

    function test_callback_comesBetweenReceiptAndPayment() public {
        uint256 id = plainOrder(alice);
        // In the callback the taker sells nothing and buys nothing: it prints what it needs, having received before.
        taker.program(address(weth), abi.encodeCall(weth.balanceOf, (address(taker))));
        taker.program(address(usdc), abi.encodeCall(usdc.mint, (address(taker), 3_000e6 + 1)));
        taker.execute(address(book), sweepCall(list(id), 1 ether, "hello"));

        HostileReceiver.Attempt[] memory attempts = taker.attempts();
        assertEq(abi.decode(attempts[0].result, (uint256)), 0.9994 ether, "DEX-27 it has received already");
        assertEq(usdc.balanceOf(address(taker)), 0, "DEX-27 it paid afterwards");
        assertEq(usdc.balanceOf(alice), 1e12 + 3_000e6 + 1, "DEX-27 the owner is paid");
        assertEq(string(taker.lastData()), "hello", "DEX-27 its data");
        (uint256 taken, uint256 received, uint256 paid, uint256 filled) = taker.lastResults(0);
        assertEq(taken, 1 ether, "DEX-27 told what was taken");
        assertEq(received, 0.9994 ether, "DEX-27 told what was received");
        assertEq(paid, 3_000e6 + 1, "DEX-27 told what is owed");
        assertEq(filled, 1, "DEX-27 told how many");
    }

    function test_callback_thatDoesNotPayUndoesAll() public {
        uint256 id = plainOrder(alice);
        expectError(IOrderTypes.PullFailed.selector, address(usdc), address(taker), 3_000e6 + 1);
        taker.execute(address(book), sweepCall(list(id), 1 ether, "x"));
        assertEq(remainingOf(id), 10 ether, "DEX-27 nothing changed");
        assertEq(weth.balanceOf(address(taker)), 0, "DEX-27 nothing was kept");
    }

    function test_callback_isNotMadeWithoutData() public {
        uint256 id = plainOrder(alice);
        usdc.mint(address(taker), 1e12);
        taker.execute(address(book), sweepCall(list(id), 1 ether, ""));
        assertEq(taker.callbacks(), 0, "DEX-27 no data, no callback");
    }

    function test_callback_mustAnswerWithItsSelector() public {
        uint256 id = plainOrder(alice);
        usdc.mint(address(taker), 1e12);
        taker.setAnswers(HostileReceiver.Answer.Wrong, HostileReceiver.Answer.Accept, HostileReceiver.Answer.Accept);
        expectError(IOrderTypes.CallbackRefused.selector, address(taker));
        taker.execute(address(book), sweepCall(list(id), 1 ether, "x"));

        taker.setAnswers(HostileReceiver.Answer.Reverts, HostileReceiver.Answer.Accept, HostileReceiver.Answer.Accept);
        expectError(HostileReceiver.Refused.selector);
        taker.execute(address(book), sweepCall(list(id), 1 ether, "x"));
        assertEq(remainingOf(id), 10 ether, "DEX-27 nothing changed");
    }

    function test_callback_ofAnAccountWithoutCodeReverts() public {
        uint256 id = plainOrder(alice);
        IOrderTypes.FillOptions memory options;
        options.data = "x";
        vm.expectRevert();
        sweepAs(bob, legOf(list(id), 1 ether), options);
        assertEq(remainingOf(id), 10 ether, "DEX-27 nothing changed");
    }

    function test_callback_findsTheBookLocked() public {
        uint256 id = plainOrder(alice);
        uint256 own = createFor(address(taker));
        usdc.mint(address(taker), 1e12);
        taker.program(address(book), abi.encodeCall(book.fill, (id, 1, UNLIMITED)));
        taker.program(address(book), sweepCall(list(id), 1, ""));
        taker.program(address(book), abi.encodeCall(book.cancel, (own)));
        taker.program(address(book), abi.encodeCall(book.transferFrom, (address(taker), bob, own)));
        taker.program(address(book), abi.encodeCall(book.raiseEpoch, (1)));
        taker.program(address(book), abi.encodeCall(book.sweepFees, (address(weth))));
        taker.execute(address(book), sweepCall(list(id), 1 ether, "x"));

        HostileReceiver.Attempt[] memory attempts = taker.attempts();
        assertEq(attempts.length, 6, "INV-DEX-09 all were tried");
        for (uint256 i; i < attempts.length; ++i) {
            assertTrue(!attempts[i].success, "INV-DEX-09 refused");
            assertEq(
                bytes32(attempts[i].result),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-DEX-09 by the lock"
            );
        }
        assertEq(remainingOf(id), 9 ether, "INV-DEX-09 the outer fill stands");
    }

    function test_callback_seesAConsistentBook() public {
        uint256 id = plainOrder(alice);
        usdc.mint(address(taker), 1e12);
        taker.program(address(book), abi.encodeCall(book.order, (id, address(taker))));
        taker.program(address(weth), abi.encodeCall(weth.balanceOf, (address(book))));
        taker.execute(address(book), sweepCall(list(id), 4 ether, "x"));
        HostileReceiver.Attempt[] memory attempts = taker.attempts();
        IOrderTypes.Order memory seen = abi.decode(attempts[0].result, (IOrderTypes.Order));
        assertEq(seen.remaining, 6 ether, "INV-DEX-09 what was taken has left the order");
        assertEq(
            abi.decode(attempts[1].result, (uint256)),
            6 ether + 0.0024 ether,
            "INV-DEX-09 and the escrow, but for the fee"
        );
    }

    function test_callback_ofAnEmptySweepIsMadeToo() public {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = legOf(list(77), 1);
        IOrderTypes.FillOptions memory options = withFlags(FillFlags.IMMEDIATE_OR_CANCEL);
        options.data = "x";
        taker.execute(address(book), abi.encodeCall(book.fillOrders, (legs, options)));
        assertEq(taker.callbacks(), 1, "DEX-27 told of nothing");
    }

    function test_callback_selector() public pure {
        assertEq(
            bytes32(IFillCallback.onFill.selector),
            bytes32(bytes4(keccak256("onFill((uint256,uint256,uint256,uint256)[],bytes)"))),
            "DEX-27 the name that takers implement"
        );
    }

    function createFor(address maker) private returns (uint256 id) {
        vm.prank(alice);
        return book.createFor(maker, address(weth), address(usdc), 1 ether, PRICE_ONE, NEVER, 0);
    }
}
