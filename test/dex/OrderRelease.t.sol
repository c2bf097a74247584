// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Orders whose amount becomes fillable over time.
contract OrderReleaseTest is DexHelpers {
    function released(uint256 start, uint256 end, uint256 expiry) private view returns (IOrderTypes.NewOrder memory o) {
        o = newOrder(alice);
        (o.releaseStart, o.releaseEnd, o.expiry) = (uint40(start), uint40(end), uint32(expiry));
    }

    function expectInvalid(uint256 start, uint256 end) private {
        expectError(IOrderTypes.InvalidRelease.selector, start, end);
    }

    function test_release_growsLinearly() public {
        vm.expectEmit(address(book));
        emit IOrderTypes.ReleaseSet((uint256(uint160(alice)) << 96) | NEVER, T0 + 100, T0 + 200);
        uint256 id = createNew(alice, released(T0 + 100, T0 + 200, NEVER));
        IOrderTypes.Order memory o = book.order(id, bob);
        assertEq(o.releaseStart, T0 + 100, "DEX-46 start");
        assertEq(o.releaseEnd, T0 + 200, "DEX-46 end");
        assertEq(o.initial, 10 ether, "DEX-46 initial");
        assertEq(o.terms, OrderFlags.RELEASED, "DEX-46 flag");

        vm.warp(T0 + 100);
        assertEq(book.order(id, bob).available, 0, "DEX-46 nothing at the start");
        expectNotFillable(id, IOrderTypes.FillStatus.NotReleased);
        fill(bob, id, 1);
        vm.warp(T0 + 101);
        assertEq(book.order(id, bob).available, 0.1 ether, "DEX-46 a hundredth a second");
        vm.warp(T0 + 150);
        (uint256 received, ) = fill(bob, id, 10 ether);
        assertEq(received, 5 ether - 0.003 ether, "DEX-46 a fill is cut to what is released");
        expectNotFillable(id, IOrderTypes.FillStatus.NotReleased);
        fill(bob, id, 1);
        vm.warp(T0 + 199);
        assertEq(book.order(id, bob).available, 4.9 ether, "DEX-46 what was sold stays sold");
        vm.warp(T0 + 200);
        assertEq(book.order(id, bob).available, 5 ether, "DEX-46 all at the end");
        fill(bob, id, 5 ether);
        assertEq(book.balanceOf(alice), 0, "DEX-46 burned");
    }

    function testFuzz_release_neverSellsAhead(uint256 amount, uint256 length, uint256[4] memory steps) public {
        amount = bound(amount, 1, 1e5 ether);
        length = bound(length, 1, 365 days);
        IOrderTypes.NewOrder memory o = released(T0, T0 + length, NEVER);
        o.sellAmount = amount;
        o.price = price(1, 1e12);
        uint256 id = createNew(alice, o);
        uint256 sold;
        uint256 elapsed;
        for (uint256 i; i < steps.length; ++i) {
            elapsed += bound(steps[i], 0, length / 2);
            vm.warp(T0 + elapsed);
            uint256 open = elapsed >= length ? amount : (amount * elapsed) / length;
            uint256 available = book.order(id, bob).available;
            assertEq(available, open - sold, "DEX-46 released, rounded down, less what was sold");
            if (available == 0) continue;
            uint256 part = available == 1 ? 1 : available / 2;
            fill(bob, id, part);
            sold += part;
            if (sold == amount) return;
        }
    }

    function test_release_withTheMinimumFill() public {
        IOrderTypes.NewOrder memory o = released(T0, T0 + 100, NEVER);
        o.sellAmount = 1000;
        o.price = price(1, 1);
        o.terms = minFillTerms(8);
        uint256 id = createNew(alice, o);
        vm.warp(T0 + 25);
        assertStatus(id, bob, IOrderTypes.FillStatus.BelowMinFill, "DEX-47 250 are released, 256 the least");
        vm.warp(T0 + 26);
        fill(bob, id, 260);
        assertEq(remainingOf(id), 740, "DEX-47 260 are enough");
    }

    function test_release_withAllOrNoneOpensAtTheEnd() public {
        IOrderTypes.NewOrder memory o = released(T0, T0 + 100, NEVER);
        o.terms = uint16(OrderFlags.ALL_OR_NONE);
        uint256 id = createNew(alice, o);
        vm.warp(T0 + 99);
        expectNotFillable(id, IOrderTypes.FillStatus.BelowMinFill);
        fill(bob, id, 10 ether);
        vm.warp(T0 + 100);
        fill(bob, id, 10 ether);
        assertEq(book.balanceOf(alice), 0, "DEX-47 all at the end");
    }

    function test_release_needsAScheduleThatMakesSense() public {
        expectInvalid(T0 + 10, T0 + 10);
        createNew(alice, released(T0 + 10, T0 + 10, NEVER));
        expectInvalid(T0 + 11, T0 + 10);
        createNew(alice, released(T0 + 11, T0 + 10, NEVER));
        expectInvalid(T0 - 10, T0);
        createNew(alice, released(T0 - 10, T0, NEVER));
        expectInvalid(T0, T0 + 50);
        createNew(alice, released(T0, T0 + 50, T0 + 50));
        expectInvalid(T0, 0);
        createNew(alice, released(T0, 0, NEVER));
        expectInvalid(T0, uint256(NEVER));
        createNew(alice, released(T0, NEVER, NEVER));

        createNew(alice, released(T0 - 10, T0 + 1, T0 + 2));
        assertEq(book.balanceOf(alice), 1, "DEX-48 may have begun, ends in the future, before the expiry");
    }

    function test_release_isForgottenWithTheOrder() public {
        uint256 id = createNew(alice, released(T0, T0 + 100, NEVER));
        vm.prank(alice);
        book.cancel(id);
        IOrderTypes.Order memory o = book.order(id, bob);
        assertEq(uint256(o.initial) + o.releaseStart + o.releaseEnd, 0, "DEX-46 nothing is left");
    }
}
