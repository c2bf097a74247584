// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {HostileReceiver} from "../mocks/HostileReceiver.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice The order as an ERC-721 token.
contract OrderERC721Test is DexHelpers {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = plainOrder(alice);
    }

    function moveAs(address who, address from, address to) private {
        vm.prank(who);
        book.transferFrom(from, to, id);
    }

    function approveAs(address who, address spender) private {
        vm.prank(who);
        book.approve(spender, id);
    }

    function expectNotAllowed(address who) private {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, who, id));
    }

    function expectNone(uint256 missing) private {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, missing));
    }

    // ---------------------------------------------------------------------------------------------------- the standard

    function test_standards_areDeclared() public view {
        assertTrue(book.supportsInterface(type(IERC165).interfaceId), "DEX-60 ERC-165");
        assertTrue(book.supportsInterface(type(IERC721).interfaceId), "DEX-60 ERC-721");
        assertTrue(book.supportsInterface(type(IERC721Metadata).interfaceId), "DEX-60 ERC-721 metadata");
        assertTrue(book.supportsInterface(0x49064906), "DEX-60 ERC-4906");
        assertTrue(!book.supportsInterface(0xffffffff), "DEX-60 not the invalid one");
        assertTrue(!book.supportsInterface(0x780e9d63), "DEX-60 not enumerable");
        assertEq(book.name(), "unxversal order", "DEX-60 name");
        assertEq(book.symbol(), "UNXO", "DEX-60 symbol");
    }

    function test_views_refuseWhatIsNot() public {
        expectNone(9);
        book.ownerOf(9);
        expectNone(9);
        book.getApproved(9);
        expectNone(9);
        book.tokenURI(9);
        expectNone(9);
        book.termsHash(9);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));
        book.balanceOf(address(0));
    }

    // ---------------------------------------------------------------------------------------------------- transfers

    function test_transfer_movesTheToken() public {
        vm.expectEmit(address(book));
        emit IERC721.Transfer(alice, bob, id);
        moveAs(alice, alice, bob);
        assertEq(book.ownerOf(id), bob, "DEX-61 owner");
        assertEq(book.balanceOf(alice), 0, "DEX-61 from");
        assertEq(book.balanceOf(bob), 1, "DEX-61 to");
        assertEq(book.order(id, carol).maker, alice, "DEX-61 the maker stays in the id");
        moveAs(bob, bob, carol);
        assertEq(book.ownerOf(id), carol, "DEX-61 again");
        assertEq(book.balanceOf(bob), 0, "DEX-61 from again");
    }

    function test_transfer_toOneselfChangesNothing() public {
        moveAs(alice, alice, alice);
        assertEq(book.ownerOf(id), alice, "DEX-61 owner");
        assertEq(book.balanceOf(alice), 1, "DEX-61 balance");
    }

    function test_transfer_refusesTheWrong() public {
        expectNotAllowed(bob);
        moveAs(bob, alice, bob);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, bob, id, alice));
        moveAs(alice, bob, carol);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)));
        moveAs(alice, alice, address(0));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(book)));
        moveAs(alice, alice, address(book));
        expectNone(9);
        vm.prank(alice);
        book.transferFrom(alice, bob, 9);
    }

    function test_transfer_ofAnExpiredOrderMovesTheRefund() public {
        id = orderUntil(alice, T0 + 1);
        vm.warp(T0 + 1);
        moveAs(alice, alice, bob);
        vm.prank(carol);
        book.cancel(id);
        assertEq(weth.balanceOf(bob), 1e6 ether + 10 ether, "DEX-61 the claim moved");
    }

    // ---------------------------------------------------------------------------------------------------- approvals

    function test_approve_letsOneSpend() public {
        vm.expectEmit(address(book));
        emit IERC721.Approval(alice, bob, id);
        approveAs(alice, bob);
        assertEq(book.getApproved(id), bob, "DEX-62 approved");
        moveAs(bob, alice, carol);
        assertEq(book.ownerOf(id), carol, "DEX-62 spent");
        assertEq(book.getApproved(id), address(0), "INV-DEX-07 cleared by the transfer");
        expectNotAllowed(bob);
        moveAs(bob, carol, bob);
    }

    function test_approve_canBeReplacedAndTakenBack() public {
        approveAs(alice, bob);
        approveAs(alice, carol);
        assertEq(book.getApproved(id), carol, "DEX-62 replaced");
        expectNotAllowed(bob);
        moveAs(bob, alice, bob);
        vm.expectEmit(address(book));
        emit IERC721.Approval(alice, address(0), id);
        approveAs(alice, address(0));
        assertEq(book.getApproved(id), address(0), "DEX-62 taken back");
        assertEq(book.order(id, bob).terms, 0, "DEX-62 the flag too");
        expectNotAllowed(carol);
        moveAs(carol, alice, carol);
    }

    function test_approve_isTheOwnersAndItsOperators() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, bob));
        approveAs(bob, bob);
        approveAs(alice, bob);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, bob));
        approveAs(bob, carol);

        vm.prank(alice);
        book.setApprovalForAll(bob, true);
        approveAs(bob, carol);
        assertEq(book.getApproved(id), carol, "DEX-62 an operator approves");
        expectNone(9);
        vm.prank(alice);
        book.approve(bob, 9);
    }

    function test_approve_isClearedByBurning() public {
        approveAs(alice, bob);
        vm.prank(alice);
        book.cancel(id);
        expectNone(id);
        book.getApproved(id);
        id = plainOrder(alice);
        assertEq(book.getApproved(id), address(0), "INV-DEX-07 the next order has none");
    }

    function test_operator_doesAllAndLosesIt() public {
        vm.expectEmit(address(book));
        emit IERC721.ApprovalForAll(alice, bob, true);
        vm.prank(alice);
        book.setApprovalForAll(bob, true);
        assertTrue(book.isApprovedForAll(alice, bob), "DEX-63 operator");
        moveAs(bob, alice, carol);
        expectNotAllowed(bob);
        moveAs(bob, carol, bob);

        id = plainOrder(alice);
        vm.prank(alice);
        book.setApprovalForAll(bob, false);
        assertTrue(!book.isApprovedForAll(alice, bob), "DEX-63 taken back");
        expectNotAllowed(bob);
        moveAs(bob, alice, bob);
    }

    function test_operator_isNotNobody() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOperator.selector, address(0)));
        vm.prank(alice);
        book.setApprovalForAll(address(0), true);
    }

    // ------------------------------------------------------------------------------------------------ safe transfers

    function test_safeTransfer_asksTheReceiver() public {
        HostileReceiver receiver = hostileAccount();
        vm.prank(alice);
        book.safeTransferFrom(alice, address(receiver), id, "with data");
        assertEq(book.ownerOf(id), address(receiver), "DEX-64 moved");
        assertEq(string(receiver.lastData()), "with data", "DEX-64 asked");
    }

    function test_safeTransfer_goesToAccountsWithoutCode() public {
        vm.prank(alice);
        book.safeTransferFrom(alice, bob, id);
        assertEq(book.ownerOf(id), bob, "DEX-64 moved");
    }

    function test_safeTransfer_isUndoneByAReceiverWhoRefuses() public {
        HostileReceiver receiver = hostileAccount();
        receiver.setAnswers(HostileReceiver.Answer.Accept, HostileReceiver.Answer.Wrong, HostileReceiver.Answer.Accept);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(receiver)));
        vm.prank(alice);
        book.safeTransferFrom(alice, address(receiver), id);
        receiver.setAnswers(
            HostileReceiver.Answer.Accept,
            HostileReceiver.Answer.Reverts,
            HostileReceiver.Answer.Accept
        );
        expectError(HostileReceiver.Refused.selector);
        vm.prank(alice);
        book.safeTransferFrom(alice, address(receiver), id);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(weth)));
        vm.prank(alice);
        book.safeTransferFrom(alice, address(weth), id);
        assertEq(book.ownerOf(id), alice, "DEX-64 nothing moved");
    }

    function test_safeTransfer_receiverMayUseItsOrderAtOnce() public {
        HostileReceiver receiver = hostileAccount();
        receiver.program(address(book), abi.encodeCall(book.cancel, (id)));
        vm.prank(alice);
        book.safeTransferFrom(alice, address(receiver), id);
        assertTrue(receiver.attempts()[0].success, "DEX-64 the book is open in the hook");
        assertEq(weth.balanceOf(address(receiver)), 1e6 ether + 10 ether, "DEX-64 refunded to its owner");
        assertEq(weth.balanceOf(address(book)), 0, "INV-DEX-01 once");
    }

    // ---------------------------------------------------------------------------------------------------- many orders

    function testFuzz_balances_countTokens(uint8[12] memory moves) public {
        address[3] memory who = [alice, bob, carol];
        uint256[] memory ids = new uint256[](4);
        for (uint256 i; i < 4; ++i) ids[i] = plainOrder(who[i % 3]);
        for (uint256 i; i < moves.length; ++i) {
            id = ids[moves[i] % 4];
            address owner = book.ownerOf(id);
            moveAs(owner, owner, who[(moves[i] >> 2) % 3]);
        }
        uint256[3] memory count;
        for (uint256 i; i < 4; ++i) {
            address owner = book.ownerOf(ids[i]);
            for (uint256 j; j < 3; ++j) if (who[j] == owner) ++count[j];
        }
        // The order of setUp is alice's still.
        ++count[0];
        for (uint256 j; j < 3; ++j) assertEq(book.balanceOf(who[j]), count[j], "INV-DEX-06 balances count the tokens");
    }
}
