// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IOrderExtension} from "../../contracts/dex/interfaces/IOrderExtension.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice What a buyer of an order relies on: the hash of its terms, and a transfer that it binds.
contract OrderTermsTest is DexHelpers {
    uint256 private id;
    bytes32 private before;

    function setUp() public override {
        super.setUp();
        id = plainOrder(alice);
        before = book.termsHash(id);
    }

    function test_termsHash_isNotChangedByApprovalOrTransfer() public {
        vm.prank(alice);
        book.approve(bob, id);
        assertEq(book.termsHash(id), before, "DEX-65 an approval is no term");
        vm.prank(bob);
        book.transferFrom(alice, carol, id);
        assertEq(book.termsHash(id), before, "DEX-65 the owner is no term");
    }

    function test_termsHash_isChangedByAFill() public {
        fill(bob, id, 1);
        assertTrue(book.termsHash(id) != before, "DEX-65 the amount");
    }

    function test_termsHash_isChangedByAnAmendment() public {
        vm.prank(alice);
        book.amend(id, 10 ether, PRICE_ONE);
        bytes32 cheaper = book.termsHash(id);
        assertTrue(cheaper != before, "DEX-65 the price");
        vm.prank(alice);
        book.amend(id, 10 ether - 1, PRICE_ONE);
        assertTrue(book.termsHash(id) != cheaper, "DEX-65 the amount");
    }

    function test_termsHash_isChangedByTheEpoch() public {
        vm.prank(alice);
        book.raiseEpoch(1);
        assertTrue(book.termsHash(id) != before, "DEX-65 cancelled");
    }

    function test_termsHash_tellsOrdersAndRareTermsApart() public {
        assertTrue(book.termsHash(plainOrder(alice)) != before, "DEX-65 the id");
        IOrderTypes.NewOrder memory o = newOrder(alice);
        o.privateTaker = bob;
        bytes32 bobs = book.termsHash(createNew(alice, o));
        o.privateTaker = carol;
        assertTrue(book.termsHash(createNew(alice, o)) != bobs, "DEX-65 the private taker");
    }

    function test_transferIfUnchanged_movesWhatWasSeen() public {
        vm.prank(alice);
        book.approve(bob, id);
        vm.prank(bob);
        book.transferIfUnchanged(alice, carol, id, before);
        assertEq(book.ownerOf(id), carol, "DEX-66 moved");
    }

    function test_transferIfUnchanged_refusesWhatWasFilled() public {
        fill(bob, id, 1);
        bytes32 actual = book.termsHash(id);
        vm.expectRevert(abi.encodeWithSelector(IOrderExtension.OrderChanged.selector, id, before, actual));
        vm.prank(alice);
        book.transferIfUnchanged(alice, carol, id, before);
        assertEq(book.ownerOf(id), alice, "DEX-66 nothing moved");
    }

    function test_transferIfUnchanged_refusesWhoMayNot() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, bob, id));
        vm.prank(bob);
        book.transferIfUnchanged(alice, bob, id, before);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 9));
        vm.prank(alice);
        book.transferIfUnchanged(alice, bob, 9, before);
    }

    function test_transferIfUnchanged_refusesACancelledOrderEvenByItsNewHash() public {
        vm.prank(alice);
        book.raiseEpoch(1);
        bytes32 actual = book.termsHash(id);
        expectNotFillable(id, IOrderTypes.FillStatus.Cancelled);
        vm.prank(alice);
        book.transferIfUnchanged(alice, carol, id, actual);
    }
}
