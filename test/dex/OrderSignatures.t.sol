// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IOrderExtension} from "../../contracts/dex/interfaces/IOrderExtension.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {SignatureHelpers} from "./SignatureHelpers.sol";

/// @notice Cancelling, amending and approving by signature; what a signature is bound to.
contract OrderSignaturesTest is SignatureHelpers {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = plainOrder(signer);
    }

    function expectInvalid(address who) private {
        vm.expectRevert(abi.encodeWithSelector(IOrderExtension.InvalidSignature.selector, who));
    }

    function cancelBy(
        address owner,
        uint256[] memory ids,
        uint256 deadline,
        bytes memory sig
    ) private returns (uint256) {
        vm.prank(carol);
        return book.cancelWithSignature(owner, ids, deadline, sig);
    }

    function permitBy(address spender, uint256 deadline, bytes memory sig) private {
        vm.prank(carol);
        book.permit(spender, id, deadline, sig);
    }

    function amendBy(uint256 amount, Price at, uint256 deadline, bytes memory sig) private {
        vm.prank(carol);
        book.amendWithSignature(id, amount, at, deadline, sig);
    }

    function signedAmend(
        uint256 amount,
        Price at,
        uint256 nonce,
        uint256 deadline
    ) private view returns (bytes memory) {
        return sign(SIGNER_KEY, digest(amendHash(id, amount, at, book.termsHash(id), nonce, deadline)));
    }

    // -------------------------------------------------------------------------------------------------------- domain

    function test_domain_isTheBooksOwn() public view {
        assertEq(book.DOMAIN_SEPARATOR(), domain(block.chainid, address(book)), "DEX-70 name, version, chain, book");
    }

    function test_domain_followsTheChain() public {
        vm.chainId(999_999);
        assertEq(book.DOMAIN_SEPARATOR(), domain(999_999, address(book)), "DEX-70 after a fork");
    }

    // -------------------------------------------------------------------------------------------------------- cancel

    function test_cancelWithSignature_endsAndRefunds() public {
        uint256 other = plainOrder(signer);
        uint256[] memory ids = list(id, 77, other);
        bytes memory sig = sign(SIGNER_KEY, digest(cancelHash(signer, ids, 0, T0)));
        assertEq(cancelBy(signer, ids, T0, sig), 2, "DEX-71 two ended, one was never there");
        assertEq(weth.balanceOf(signer), 1e6 ether, "DEX-71 refunded to the owner");
        assertEq(book.signatureNonce(signer), 1, "INV-DEX-12 nonce used");
        expectInvalid(signer);
        cancelBy(signer, ids, T0, sig);
    }

    function test_cancelWithSignature_doesNotEndOthersOrders() public {
        uint256 foreign = plainOrder(bob);
        bytes memory sig = sign(SIGNER_KEY, digest(cancelHash(signer, list(foreign), 0, T0)));
        assertEq(cancelBy(signer, list(foreign), T0, sig), 0, "DEX-71 passed over");
        assertEq(remainingOf(foreign), 10 ether, "DEX-71 stands");
    }

    function test_cancelWithSignature_bindsEveryField() public {
        uint256 other = plainOrder(signer);
        bytes memory sig = sign(SIGNER_KEY, digest(cancelHash(signer, list(id), 0, T0)));
        expectInvalid(signer);
        cancelBy(signer, list(other), T0, sig);
        expectInvalid(signer);
        cancelBy(signer, list(id, other), T0, sig);
        expectInvalid(signer);
        cancelBy(signer, list(id), T0 + 1, sig);
        expectInvalid(bob);
        cancelBy(bob, list(id), T0, sig);
        bytes memory later = sign(SIGNER_KEY, digest(cancelHash(signer, list(id), 1, T0)));
        expectInvalid(signer);
        cancelBy(signer, list(id), T0, later);
        assertEq(book.signatureNonce(signer), 0, "INV-DEX-12 a refused signature uses no nonce");
        assertEq(cancelBy(signer, list(id), T0, sig), 1, "DEX-71 as signed");
    }

    function test_cancelWithSignature_deadline() public {
        bytes memory sig = sign(SIGNER_KEY, digest(cancelHash(signer, list(id), 0, T0 + 10)));
        vm.warp(T0 + 11);
        expectError(IOrderTypes.DeadlinePassed.selector, T0 + 10);
        cancelBy(signer, list(id), T0 + 10, sig);
        vm.warp(T0 + 10);
        assertEq(cancelBy(signer, list(id), T0 + 10, sig), 1, "DEX-74 the last second");
    }

    function test_cancelWithSignature_ofNobodyIsRefused() public {
        expectInvalid(address(0));
        cancelBy(address(0), list(id), T0, "");
        expectInvalid(address(0));
        cancelBy(address(0), list(id), T0, new bytes(65));
    }

    // --------------------------------------------------------------------------------------------------------- amend

    function test_amendWithSignature_lowersAmountAndMovesPrice() public {
        Price at = price(1_000e6, 1 ether);
        bytes memory sig = signedAmend(4 ether, at, 0, T0);
        uint256 held = weth.balanceOf(signer);
        amendBy(4 ether, at, T0, sig);
        assertEq(weth.balanceOf(signer), held + 6 ether, "DEX-72 the owner is paid out");
        assertEq(remainingOf(id), 4 ether, "DEX-72 amount");
        assertEq(raw(book.order(id, bob).price), raw(at), "DEX-72 price");
        expectInvalid(signer);
        amendBy(4 ether, at, T0, sig);
    }

    function test_amendWithSignature_cannotRaise() public {
        bytes memory sig = signedAmend(10 ether + 1, PRICE_ONE, 0, T0);
        expectError(IOrderTypes.InvalidAmount.selector, 10 ether + 1);
        amendBy(10 ether + 1, PRICE_ONE, T0, sig);
        amendBy(10 ether, PRICE_ONE, T0, signedAmend(10 ether, PRICE_ONE, 0, T0));
        assertEq(remainingOf(id), 10 ether, "DEX-72 the same amount will do");
    }

    function test_amendWithSignature_bindsTheOrderAsItWas() public {
        bytes memory sig = signedAmend(4 ether, PRICE_ONE, 0, T0);
        fill(bob, id, 1 ether);
        expectInvalid(signer);
        amendBy(4 ether, PRICE_ONE, T0, sig);
    }

    function test_amendWithSignature_bindsEveryField() public {
        bytes memory sig = signedAmend(4 ether, PRICE_ONE, 0, T0);
        expectInvalid(signer);
        amendBy(5 ether, PRICE_ONE, T0, sig);
        expectInvalid(signer);
        amendBy(4 ether, price(2, 1), T0, sig);
        expectInvalid(signer);
        amendBy(4 ether, PRICE_ONE, T0 + 1, sig);
        sig = signedAmend(4 ether, PRICE_ONE, 1, T0);
        expectInvalid(signer);
        amendBy(4 ether, PRICE_ONE, T0, sig);
    }

    function test_amendWithSignature_deadline() public {
        bytes memory sig = signedAmend(4 ether, PRICE_ONE, 0, T0 + 10);
        vm.warp(T0 + 11);
        expectError(IOrderTypes.DeadlinePassed.selector, T0 + 10);
        amendBy(4 ether, PRICE_ONE, T0 + 10, sig);
        vm.warp(T0 + 10);
        amendBy(4 ether, PRICE_ONE, T0 + 10, sig);
        assertEq(remainingOf(id), 4 ether, "DEX-74 the last second");
    }

    function test_amendWithSignature_isTheOwnersNotTheMakers() public {
        bytes memory sig = signedAmend(4 ether, PRICE_ONE, 0, T0);
        vm.prank(signer);
        book.transferFrom(signer, bob, id);
        expectInvalid(bob);
        amendBy(4 ether, PRICE_ONE, T0, sig);
    }

    function test_amendWithSignature_refusesWhatHasEnded() public {
        vm.prank(signer);
        book.raiseEpoch(1);
        bytes memory sig = signedAmend(4 ether, PRICE_ONE, 0, T0);
        expectNotFillable(id, IOrderTypes.FillStatus.Cancelled);
        amendBy(4 ether, PRICE_ONE, T0, sig);
    }

    // -------------------------------------------------------------------------------------------------------- permit

    function test_permit_approves() public {
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(bob, id, 0, T0)));
        permitBy(bob, T0, sig);
        assertEq(book.getApproved(id), bob, "DEX-73 approved");
        expectInvalid(signer);
        permitBy(bob, T0, sig);
        vm.prank(bob);
        book.transferFrom(signer, carol, id);
        assertEq(book.ownerOf(id), carol, "DEX-73 and spent");
    }

    function test_permit_takesBackToo() public {
        vm.prank(signer);
        book.approve(bob, id);
        permitBy(address(0), T0, sign(SIGNER_KEY, digest(permitHash(address(0), id, 0, T0))));
        assertEq(book.getApproved(id), address(0), "DEX-73 taken back");
    }

    function test_permit_bindsEveryField() public {
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(bob, id, 0, T0)));
        expectInvalid(signer);
        permitBy(carol, T0, sig);
        expectInvalid(signer);
        permitBy(bob, T0 + 1, sig);
        uint256 first = id;
        id = plainOrder(signer);
        expectInvalid(signer);
        permitBy(bob, T0, sig);
        id = first;
        permitBy(bob, T0, sig);
        assertEq(book.getApproved(id), bob, "DEX-73 as signed");
    }

    function test_permit_deadline() public {
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(bob, id, 0, T0 + 10)));
        vm.warp(T0 + 11);
        expectError(IOrderTypes.DeadlinePassed.selector, T0 + 10);
        permitBy(bob, T0 + 10, sig);
        vm.warp(T0 + 10);
        permitBy(bob, T0 + 10, sig);
        assertEq(book.getApproved(id), bob, "DEX-74 the last second");
    }

    function test_permit_ofASoldOrderIsRefused() public {
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(signer, id, 0, T0)));
        vm.prank(signer);
        book.transferFrom(signer, bob, id);
        expectInvalid(bob);
        permitBy(signer, T0, sig);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 9));
        book.permit(signer, 9, T0, sig);
    }

    // ------------------------------------------------------------------------------------------------ what it is bound to

    function test_signature_isBoundToTheChain() public {
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(bob, id, 0, T0)));
        vm.chainId(999_999);
        expectInvalid(signer);
        permitBy(bob, T0, sig);
    }

    function test_signature_isBoundToTheBook() public {
        bytes32 hash = digestIn(domain(block.chainid, address(0xB00C)), permitHash(bob, id, 0, T0));
        expectInvalid(signer);
        permitBy(bob, T0, sign(SIGNER_KEY, hash));
    }

    function test_signature_nonceIsSharedByAllKinds() public {
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(bob, id, 0, T0)));
        cancelBy(signer, list(1), T0, sign(SIGNER_KEY, digest(cancelHash(signer, list(1), 0, T0))));
        expectInvalid(signer);
        permitBy(bob, T0, sig);
    }

    function test_signature_hasOneForm() public {
        bytes32 hash = digest(permitHash(bob, id, 0, T0));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER_KEY, hash);
        bytes32 high = bytes32(CURVE_ORDER - uint256(s));
        expectInvalid(signer);
        permitBy(bob, T0, abi.encodePacked(r, high, v == 27 ? uint8(28) : uint8(27)));
        bytes32 compact = bytes32((uint256(v - 27) << 255) | uint256(s));
        expectInvalid(signer);
        permitBy(bob, T0, abi.encodePacked(r, compact));
        expectInvalid(signer);
        permitBy(bob, T0, abi.encodePacked(r, s, v - 27));
        expectInvalid(signer);
        permitBy(bob, T0, "");
        permitBy(bob, T0, abi.encodePacked(r, s, v));
        assertEq(book.getApproved(id), bob, "INV-DEX-12 the canonical form alone");
    }

    function testFuzz_signature_ofAnotherKeyIsRefused(uint256 key) public {
        key = bound(key, 1, CURVE_ORDER - 1);
        vm.assume(key != SIGNER_KEY);
        bytes memory sig = sign(key, digest(permitHash(bob, id, 0, T0)));
        expectInvalid(signer);
        permitBy(bob, T0, sig);
    }

    // ------------------------------------------------------------------------------------------------------ ERC-1271

    function test_signature_ofAWalletContract() public {
        SmartWallet wallet = new SmartWallet(signer);
        vm.prank(signer);
        book.transferFrom(signer, address(wallet), id);

        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(bob, id, 0, T0)));
        permitBy(bob, T0, sig);
        assertEq(book.getApproved(id), bob, "DEX-75 permit");
        expectInvalid(address(wallet));
        permitBy(bob, T0, sig);
        amendBy(4 ether, PRICE_ONE, T0, signedAmend(4 ether, PRICE_ONE, 1, T0));
        assertEq(weth.balanceOf(address(wallet)), 6 ether, "DEX-75 amend");
        bytes memory cancel = sign(SIGNER_KEY, digest(cancelHash(address(wallet), list(id), 2, T0)));
        assertEq(cancelBy(address(wallet), list(id), T0, cancel), 1, "DEX-75 cancel");
        assertEq(weth.balanceOf(address(wallet)), 10 ether, "DEX-75 refunded to the wallet");
    }

    function test_signature_ofAWalletContractMustBeItsOwners() public {
        SmartWallet wallet = new SmartWallet(bob);
        vm.prank(signer);
        book.transferFrom(signer, address(wallet), id);
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(carol, id, 0, T0)));
        expectInvalid(address(wallet));
        permitBy(carol, T0, sig);
    }

    function test_signature_ofAContractWithoutErc1271IsRefused() public {
        vm.prank(signer);
        book.transferFrom(signer, address(weth), id);
        bytes memory sig = sign(SIGNER_KEY, digest(permitHash(carol, id, 0, T0)));
        expectInvalid(address(weth));
        permitBy(carol, T0, sig);
    }
}
