// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {KeyWallet} from "../mocks/KeyWallet.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Permits and signed permissions, spelled out from their specifications.
contract SignaturesTest is LendTest {
    uint256 private constant KEY = 0xBEEF;
    address private signer;

    function setUp() public override {
        super.setUp();
        signer = vm.addr(KEY);
        fund(signer);
        supply(alice, uUsdc, 1_000_000e6);
    }

    function test_domain() public view {
        bytes32 expected = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Cxmpute uUSDC"),
                keccak256("1"),
                block.chainid,
                address(uUsdc)
            )
        );
        assertEq(uUsdc.DOMAIN_SEPARATOR(), expected, "LEND-40 the pool's own domain");
        assertTrue(uWeth.DOMAIN_SEPARATOR() != expected, "LEND-40 another pool's differs");
    }

    function test_permit() public {
        bytes32 hash = permitHash(signer, carol, 5, 0, T0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest(hash));
        vm.prank(dave);
        uUsdc.permit(signer, carol, 5, T0, v, r, s);
        assertEq(uUsdc.allowance(signer, carol), 5, "LEND-40 allowed");
        assertEq(uUsdc.nonces(signer), 1, "LEND-40 nonce used");
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.permit(signer, carol, 5, T0, v, r, s);
        vm.warp(T0 + 1);
        expectError(IUTokenTypes.SignatureExpired.selector, T0);
        uUsdc.permit(signer, carol, 5, T0, v, r, s);
    }

    function test_permit_ofAnotherPoolOrChainOrNobodyReverts() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest(permitHash(signer, carol, 5, 0, T0)));
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uWeth.permit(signer, carol, 5, T0, v, r, s);
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.permit(signer, carol, 6, T0, v, r, s);
        expectError(IUTokenTypes.InvalidSignature.selector, address(0));
        uUsdc.permit(address(0), carol, 5, T0, v, r, s);
        vm.chainId(4_242);
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.permit(signer, carol, 5, T0, v, r, s);
    }

    /// @dev The other form of the same signature (high s) is refused.
    function test_permit_malleable() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest(permitHash(signer, carol, 5, 0, T0)));
        uint256 n = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.permit(signer, carol, 5, T0, v == 27 ? 28 : 27, r, bytes32(n - uint256(s)));
    }

    function test_approveBorrow_signed() public {
        collateral(signer, uWeth, 1 ether);
        bytes memory signature = sign(borrowHash(signer, carol, 100e6, 0, T0));
        vm.prank(dave);
        uUsdc.approveBorrowWithSignature(signer, carol, 100e6, T0, signature);
        vm.prank(carol);
        uUsdc.borrow(100e6, signer, carol);
        assertEq(uUsdc.debtOf(signer), 100e6, "LEND-40 on the signer's account");
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.approveBorrowWithSignature(signer, carol, 100e6, T0, signature);
    }

    function test_approveBorrow_ofAContract() public {
        KeyWallet wallet = new KeyWallet(signer);
        bytes memory signature = sign(borrowHash(address(wallet), carol, 7, 0, T0));
        uUsdc.approveBorrowWithSignature(address(wallet), carol, 7, T0, signature);
        assertEq(uUsdc.borrowAllowance(address(wallet), carol), 7, "LEND-40 ERC-1271");
        expectError(IUTokenTypes.InvalidSignature.selector, address(wallet));
        uUsdc.approveBorrowWithSignature(address(wallet), carol, 8, T0, signature);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest(permitHash(address(wallet), carol, 9, 1, T0)));
        uUsdc.permit(address(wallet), carol, 9, T0, v, r, s);
        assertEq(uUsdc.allowance(address(wallet), carol), 9, "LEND-40 ERC-1271 in a permit");
    }

    function test_setCollateral_signed() public {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("SetCollateral(address owner,bool on,uint256 nonce,uint256 deadline)"),
                signer,
                true,
                0,
                T0
            )
        );
        bytes memory signature = sign(hash);
        uUsdc.setCollateralWithSignature(signer, true, T0, signature);
        assertTrue(uUsdc.isCollateral(signer), "LEND-40 on");
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.setCollateralWithSignature(signer, true, T0, signature);
        vm.warp(T0 + 1);
        expectError(IUTokenTypes.SignatureExpired.selector, T0);
        uUsdc.setCollateralWithSignature(signer, false, T0, signature);
    }

    function test_depositAndRepayWithPermit() public {
        vm.prank(signer);
        usdc.approve(address(uUsdc), 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, assetDigest(10e6, 0));
        vm.prank(signer);
        assertEq(uUsdc.depositWithPermit(10e6, carol, T0, v, r, s), 10e12, "LEND-41 shares");
        assertEq(uUsdc.balanceOf(carol), 10e12, "LEND-41 the receiver has them");
        collateral(signer, uWeth, 1 ether);
        borrow(signer, uUsdc, 20e6);
        (v, r, s) = vm.sign(KEY, assetDigest(15e6, 1));
        vm.prank(signer);
        assertEq(uUsdc.repayWithPermit(15e6, signer, T0, v, r, s), 15e6, "LEND-41 repaid");
        assertEq(uUsdc.debtOf(signer), 5e6, "LEND-41 debt");
    }

    /// @dev Somebody else sends the permit first: the allowance is there, and that is what counts.
    function test_permit_sentByAnotherFirst() public {
        vm.prank(signer);
        usdc.approve(address(uUsdc), 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, assetDigest(10e6, 0));
        usdc.permit(signer, address(uUsdc), 10e6, T0, v, r, s);
        vm.prank(signer);
        uUsdc.depositWithPermit(10e6, signer, T0, v, r, s);
        vm.prank(signer);
        expectError(IUTokenTypes.InvalidSignature.selector, signer);
        uUsdc.depositWithPermit(10e6, signer, T0, v, r, s);
    }

    function test_multicall() public {
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(uWeth.deposit, (10 ether, bob));
        calls[1] = abi.encodeCall(uWeth.setCollateral, (true));
        calls[2] = abi.encodeCall(uWeth.borrow, (1 ether, bob, bob));
        vm.prank(bob);
        bytes[] memory results = uWeth.multicall(calls);
        assertEq(abi.decode(results[0], (uint256)), 10 ether * 1e6, "LEND-42 results come back");
        assertTrue(uWeth.isCollateral(bob), "LEND-42 as the caller");
        assertEq(uWeth.debtOf(bob), 1 ether, "LEND-42 all of them");
        calls[2] = abi.encodeCall(uWeth.borrow, (100 ether, bob, bob));
        vm.prank(bob);
        expectError(IUTokenTypes.InsufficientCash.selector, 100 ether, 19 ether);
        uWeth.multicall(calls);
        assertEq(weth.balanceOf(address(uWeth)), 9 ether, "LEND-42 all or none");
    }

    // ----------------------------------------------------------------------------------------------------- spelled out

    function permitHash(
        address o,
        address p,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) private pure returns (bytes32) {
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        return keccak256(abi.encode(kind, o, p, value, nonce, deadline));
    }

    function borrowHash(
        address o,
        address p,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) private pure returns (bytes32) {
        bytes32 kind = keccak256(
            "ApproveBorrow(address owner,address delegate,uint256 amount,uint256 nonce,uint256 deadline)"
        );
        return keccak256(abi.encode(kind, o, p, value, nonce, deadline));
    }

    function digest(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", uUsdc.DOMAIN_SEPARATOR(), structHash));
    }

    function assetDigest(uint256 value, uint256 nonce) private view returns (bytes32) {
        bytes32 hash = permitHash(signer, address(uUsdc), value, nonce, T0);
        return keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), hash));
    }

    function sign(bytes32 structHash) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest(structHash));
        return abi.encodePacked(r, s, v);
    }
}
