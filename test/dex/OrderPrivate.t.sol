// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Orders that one account alone may fill.
contract OrderPrivateTest is DexHelpers {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        IOrderTypes.NewOrder memory o = newOrder(alice);
        o.privateTaker = bob;
        vm.expectEmit(address(book));
        emit IOrderTypes.PrivateTakerSet((uint256(uint160(alice)) << 96) | NEVER, bob);
        id = createNew(alice, o);
    }

    function test_private_isOneTakersOnly() public {
        expectNotFillable(id, IOrderTypes.FillStatus.Private);
        fill(carol, id, 1 ether);
        fill(bob, id, 1 ether);
        assertEq(remainingOf(id), 9 ether, "DEX-49 the named taker fills");
        assertEq(sweep(bob, legOf(list(id), 1 ether)).taken, 1 ether, "DEX-49 by sweep too");
    }

    function test_private_isNotTheMakersToFill() public {
        expectNotFillable(id, IOrderTypes.FillStatus.Private);
        fill(alice, id, 1 ether);
    }

    function test_private_bindsTheCallerNotTheRecipient() public {
        IOrderTypes.FillOptions memory options;
        options.recipient = bob;
        expectError(IOrderTypes.NothingFilled.selector);
        sweepAs(carol, legOf(list(id), 1 ether), options);
        options.recipient = carol;
        assertEq(sweepAs(bob, legOf(list(id), 1 ether), options).taken, 1 ether, "DEX-49 the caller counts");
    }

    function test_private_isShown() public view {
        IOrderTypes.Order memory o = book.order(id, carol);
        assertEq(o.privateTaker, bob, "DEX-49 the taker");
        assertEq(o.terms, OrderFlags.PRIVATE, "DEX-49 the flag");
        assertEq(uint256(o.status), uint256(IOrderTypes.FillStatus.Private), "DEX-49 not carol's");
        assertStatus(id, bob, IOrderTypes.FillStatus.Fillable, "DEX-49 bob's");
        (uint256 taken, , ) = book.quote(id, carol, 1 ether);
        assertEq(taken, 0, "DEX-49 no quote for carol");
    }

    function test_private_staysThroughAmendAndTransfer() public {
        vm.prank(alice);
        book.amend(id, 5 ether, PRICE_ONE);
        vm.prank(alice);
        book.transferFrom(alice, carol, id);
        expectNotFillable(id, IOrderTypes.FillStatus.Private);
        fill(carol, id, 1);
        fill(bob, id, 1);
        assertEq(book.order(id, bob).privateTaker, bob, "DEX-49 still bob's");
    }

    function test_private_isForgottenWithTheOrder() public {
        fill(bob, id, 10 ether);
        assertEq(book.order(id, bob).privateTaker, address(0), "DEX-49 nothing is left");
    }
}
