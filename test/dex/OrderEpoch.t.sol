// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderMaker} from "../../contracts/dex/interfaces/IOrderMaker.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Cancelling everything below a nonce at once.
contract OrderEpochTest is DexHelpers {
    function raise(address who, uint256 epoch) private {
        vm.prank(who);
        book.raiseEpoch(epoch);
    }

    function expectInvalid(uint256 epoch, uint256 current, uint256 next) private {
        vm.expectRevert(abi.encodeWithSelector(IOrderMaker.InvalidEpoch.selector, epoch, current, next));
    }

    function test_raiseEpoch_cancelsWhatLiesBelow() public {
        (uint256 a, uint256 b, uint256 c) = (plainOrder(alice), plainOrder(alice), plainOrder(alice));
        vm.expectEmit(address(book));
        emit IOrderTypes.EpochRaised(alice, 2);
        raise(alice, 2);
        expectNotFillable(a, IOrderTypes.FillStatus.Cancelled);
        fill(bob, a, 1);
        expectNotFillable(b, IOrderTypes.FillStatus.Cancelled);
        fill(bob, b, 1);
        fill(bob, c, 1 ether);
        assertEq(remainingOf(c), 9 ether, "DEX-43 at the epoch it stands");
        (uint256 next, uint256 epoch) = book.nonces(alice);
        assertEq(next, 3, "DEX-43 the nonce is not the epoch");
        assertEq(epoch, 2, "DEX-43 epoch");
    }

    function test_raiseEpoch_touchesNoOtherMaker() public {
        uint256 other = plainOrder(bob);
        plainOrder(alice);
        raise(alice, 1);
        assertStatus(other, carol, IOrderTypes.FillStatus.Fillable, "DEX-43 bob's order stands");
    }

    function test_raiseEpoch_mayReachTheNextNonceAndNoFurther() public {
        plainOrder(alice);
        expectInvalid(2, 0, 1);
        raise(alice, 2);
        raise(alice, 1);
        uint256 fresh = plainOrder(alice);
        assertStatus(fresh, bob, IOrderTypes.FillStatus.Fillable, "DEX-44 the next order stands");
    }

    function test_raiseEpoch_onlyRises() public {
        plainOrder(alice);
        plainOrder(alice);
        expectInvalid(0, 0, 2);
        raise(alice, 0);
        raise(alice, 1);
        expectInvalid(1, 1, 2);
        raise(alice, 1);
        raise(alice, 2);
        expectInvalid(1, 2, 2);
        raise(alice, 1);
    }

    function test_raiseEpoch_leavesRefundsToAnybody() public {
        uint256 id = plainOrder(alice);
        raise(alice, 1);
        assertEq(book.ownerOf(id), alice, "DEX-43 the token is there until it is cleaned up");
        vm.prank(carol);
        assertEq(book.cancel(id), 10 ether, "DEX-43 refund");
        assertEq(weth.balanceOf(alice), 1e6 ether, "DEX-43 to the owner");
    }

    function test_raiseEpoch_doesNotReachTransferredOrders() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.transferFrom(alice, carol, id);
        raise(alice, 1);
        fill(bob, id, 1 ether);
        assertEq(usdc.balanceOf(carol), 1e12 + 3_000e6 + 1, "DEX-45 the buyer is paid");
    }

    function test_raiseEpoch_doesNotReachOrdersThatCameBack() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.transferFrom(alice, carol, id);
        vm.prank(carol);
        book.transferFrom(carol, alice, id);
        raise(alice, 1);
        assertStatus(id, bob, IOrderTypes.FillStatus.Fillable, "DEX-45 transferred once is enough");
        vm.prank(alice);
        book.cancel(id);
    }

    function test_raiseEpoch_ofTheBuyerDoesNotReachBoughtOrders() public {
        uint256 id = plainOrder(alice);
        plainOrder(bob);
        vm.prank(alice);
        book.transferFrom(alice, bob, id);
        raise(bob, 1);
        assertStatus(id, carol, IOrderTypes.FillStatus.Fillable, "DEX-45 nonces are the maker's");
    }

    function test_raiseEpoch_cancelledOrdersCannotMove() public {
        uint256 id = plainOrder(alice);
        raise(alice, 1);
        expectNotFillable(id, IOrderTypes.FillStatus.Cancelled);
        vm.prank(alice);
        book.transferFrom(alice, bob, id);
        expectNotFillable(id, IOrderTypes.FillStatus.Cancelled);
        vm.prank(alice);
        book.safeTransferFrom(alice, bob, id);
        expectNotFillable(id, IOrderTypes.FillStatus.Cancelled);
        fill(bob, id, 1);
    }
}
