// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IOrderDescriptor} from "../../contracts/dex/interfaces/IOrderDescriptor.sol";
import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {ISignatureTransfer} from "../../contracts/dex/interfaces/ISignatureTransfer.sol";
import {Deploy} from "../support/Deploy.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice The extensions at their own addresses refuse whatever would write or hold money there.
abstract contract DirectTest is DexHelpers {
    IOrderNFT internal alone;

    function setUp() public override {
        super.setUp();
        alone = IOrderNFT(part());
        vm.prank(alice);
        weth.approve(address(alone), UNLIMITED);
    }

    function part() internal virtual returns (address);

    function newExtension() internal returns (address) {
        return
            Deploy.orderExtension(
                address(manager),
                IOrderDescriptor(address(0)),
                IPairObserver(address(0)),
                ISignatureTransfer(address(0))
            );
    }

    function refused() internal {
        expectError(IOrderTypes.NotThroughOrderBook.selector);
        vm.prank(alice);
    }

    function test_direct_refusesToCreate() public {
        refused();
        alone.createWithPermit2(newOrder(alice), 0, T0, "");
        refused();
        alone.permitToken(address(weth), 1, T0, 27, 0, 0);
        refused();
        alone.multicall(new bytes[](0));
        assertEq(weth.balanceOf(address(alone)), 0, "DEX-85 holds nothing");
    }

    function test_direct_refusesToAmendAndCancel() public {
        refused();
        alone.amendWithSignature(1, 1, PRICE_ONE, T0, "");
        refused();
        alone.cancelWithSignature(alice, list(1), T0, "");
    }

    function test_direct_refusesToApproveAndMove() public {
        refused();
        alone.approve(bob, 1);
        refused();
        alone.setApprovalForAll(bob, true);
        refused();
        alone.permit(bob, 1, T0, "");
        refused();
        alone.safeTransferFrom(alice, bob, 1);
        refused();
        alone.safeTransferFrom(alice, bob, 1, "");
        refused();
        alone.transferIfUnchanged(alice, bob, 1, 0);
    }

    function test_direct_refusesToSend() public {
        refused();
        alone.withdrawCredit(address(weth), alice);
        refused();
        alone.sweepFees(address(weth));
    }

    function test_direct_hasNoHotPath() public {
        vm.expectRevert();
        alone.create(address(weth), address(usdc), 1, PRICE_ONE, NEVER, 0);
        vm.expectRevert();
        alone.fill(1, 1, 1);
        vm.expectRevert();
        alone.cancel(1);
        vm.expectRevert();
        alone.transferFrom(alice, bob, 1);
    }
}

contract OrderMakerExtensionDirectTest is DirectTest {
    function part() internal override returns (address) {
        return Deploy.orderMakerExtension(newExtension(), IPairObserver(address(0)));
    }

    function test_direct_refusesWhatIsMakers() public {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = newOrder(alice);
        refused();
        alone.createMany(orders);
        refused();
        alone.createFor(alice, address(weth), address(usdc), 1, PRICE_ONE, NEVER, 0);
        refused();
        alone.amend(1, 1, PRICE_ONE);
        refused();
        alone.cancelMany(list(1));
        refused();
        alone.raiseEpoch(1);
        assertEq(weth.balanceOf(address(alone)), 0, "DEX-85 holds nothing");
    }

    function test_direct_passesNothingOn() public {
        refused();
        alone.setTakerFee(1);
        refused();
        alone.takerFee();
    }
}

contract OrderExtensionDirectTest is DirectTest {
    function part() internal override returns (address) {
        return newExtension();
    }

    function test_direct_administrationIsGovernancesHereToo() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        vm.prank(alice);
        alone.setTakerFee(1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        vm.prank(alice);
        alone.retire();
    }

    function test_direct_administrationDoesNotReachTheBook() public {
        alone.setTakerFee(1);
        alone.retire();
        assertEq(book.takerFee(), FEE, "DEX-85 the book's fee stands");
        assertEq(book.pausedUntil(), 0, "DEX-85 the book runs");
    }

    function test_book_refusesUnknownFunctions() public {
        (bool success, bytes memory result) = address(book).call(abi.encodeWithSignature("nothingOfTheKind()"));
        assertTrue(!success, "DEX-85 no such function");
        assertEq(result.length, 0, "DEX-85 and no answer");
    }
}
