// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {Deploy} from "../support/Deploy.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice What governance may change, and within what bounds.
contract OrderAdminTest is DexHelpers {
    function refusedFor(address who) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, who));
        vm.prank(who);
    }

    /// @dev A constructor runs without the extension; any address will do for it.
    function deploy(address feeCollector, uint256 fee) private returns (IOrderNFT) {
        return Deploy.orderNFT(address(manager), address(book), IPairObserver(address(0)), feeCollector, fee);
    }

    function test_setTakerFee_withinItsBound() public {
        vm.expectEmit(address(book));
        emit IOrderTypes.TakerFeeSet(3_000);
        book.setTakerFee(3_000);
        assertEq(book.takerFee(), 3_000, "DEX-100 30 bps");
        expectError(IOrderTypes.FeeTooHigh.selector, 3_001, 3_000);
        book.setTakerFee(3_001);
        book.setTakerFee(0);
        assertEq(book.takerFee(), 0, "DEX-100 none");
    }

    function test_setTakerFee_keepsThePause() public {
        book.pause(1 days);
        book.setTakerFee(1);
        assertEq(book.pausedUntil(), T0 + 1 days, "DEX-100 the pause shares the word");
        assertEq(book.pauseAllowedAt(), T0 + 1 days + 72 hours, "DEX-100 the interval too");
    }

    function test_setTakerFee_bindsTheNextFill() public {
        uint256 id = plainOrder(alice);
        fill(bob, id, 1 ether);
        book.setTakerFee(3_000);
        (uint256 received, ) = fill(bob, id, 1 ether);
        assertEq(received, 0.997 ether, "DEX-100 30 bps");
    }

    function test_setFeeCollector() public {
        vm.expectEmit(address(book));
        emit IOrderTypes.FeeCollectorSet(carol);
        book.setFeeCollector(carol);
        assertEq(book.feeCollector(), carol, "DEX-101 set");
        expectError(IOrderTypes.InvalidAccount.selector, address(0));
        book.setFeeCollector(address(0));
    }

    /// @dev A sweep would send the fees from the book to itself and forget that it holds them.
    function test_bug_setFeeCollector_takesTheBookItself() public {
        fill(bob, plainOrder(alice), 10 ether);
        expectError(IOrderTypes.InvalidAccount.selector, address(book));
        book.setFeeCollector(address(book));
    }

    function test_setFeeDiscount() public {
        vm.expectEmit(address(book));
        emit IOrderTypes.FeeDiscountSet(carol);
        book.setFeeDiscount(carol);
        assertEq(book.feeDiscount(), carol, "DEX-102 set");
        book.setFeeDiscount(address(0));
        assertEq(book.feeDiscount(), address(0), "DEX-102 nobody");
    }

    function test_administration_isGovernances() public {
        refusedFor(alice);
        book.setTakerFee(0);
        refusedFor(alice);
        book.setFeeCollector(alice);
        refusedFor(alice);
        book.setFeeDiscount(alice);
        refusedFor(alice);
        book.pause(1);
        refusedFor(alice);
        book.retire();
        assertEq(book.feeCollector(), collector, "DEX-103 unchanged");
    }

    function test_setAuthority_isTheManagersOnly() public {
        refusedFor(alice);
        IAccessManaged(address(book)).setAuthority(alice);
        manager.updateAuthority(address(book), address(manager));
        assertEq(IAccessManaged(address(book)).authority(), address(manager), "DEX-103 the one authority");
    }

    function test_constructor_setsFeeAndCollector() public {
        vm.expectEmit();
        emit IOrderTypes.FeeCollectorSet(carol);
        vm.expectEmit();
        emit IOrderTypes.TakerFeeSet(3_000);
        deploy(carol, 3_000);
    }

    /// @dev The cap of 30 bps is promised as hard, and no later check finds a fee that began above it.
    function test_bug_constructor_takesAFeeAboveTheCap() public {
        vm.expectRevert();
        deploy(collector, 3_001);
    }

    /// @dev 2^16 runs over the fee's field into the bits beside it.
    function test_constructor_refusesAFeeBeyondItsField() public {
        vm.expectRevert();
        deploy(collector, 1 << 16);
    }

    /// @dev `setFeeCollector` refuses nobody; the constructor does not, and fees would be swept to nobody.
    function test_constructor_refusesNoFeeCollector() public {
        vm.expectRevert();
        deploy(address(0), FEE);
    }
}
