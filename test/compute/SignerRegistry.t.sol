// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Who signs for a payer, for how much, for whom and for how long.
contract SignerRegistryTest is ComputeTest {
    bytes32[] private noProof;

    // -------------------------------------------------------------------------------------------------- authorising

    function test_authorise_needsTheKeysProof() public {
        bytes memory proof = signProof(payer, PROVIDER_KEY, T0 + 60);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSignature.selector, signer));
        signers.authorise(signer, uint40(T0 + 1 days), 1, caps(1, 1), uint64(T0 + 60), proof);
        // One for another payer is none for this.
        proof = signProof(other, SIGNER_KEY, T0 + 60);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSignature.selector, signer));
        signers.authorise(signer, uint40(T0 + 1 days), 1, caps(1, 1), uint64(T0 + 60), proof);
        proof = signProof(payer, SIGNER_KEY, T0 - 1);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.SignatureExpired.selector, T0 - 1));
        signers.authorise(signer, uint40(T0 + 1 days), 1, caps(1, 1), uint64(T0 - 1), proof);

        authorise(PAYER_KEY, SIGNER_KEY, T0 + 1 days, 5, caps(7, 9));
        ISignerRegistry.SignerView memory view_ = signers.signerOf(payer, signer);
        assertEq(view_.expires, T0 + 1 days, "SIG-01 expiry");
        assertEq(view_.stopped, T0 + 1 days, "SIG-01 binds until then");
        assertEq(view_.kinds, 5, "SIG-01 kinds");
        assertEq(view_.caps.perDay, 7, "SIG-01 a day");
        assertEq(view_.caps.total, 9, "SIG-01 in all");
    }

    function test_authorise_refusesNobodyOneselfAndNoTime() public {
        bytes memory proof = signProof(payer, SIGNER_KEY, T0);
        vm.startPrank(payer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSigner.selector, address(0)));
        signers.authorise(address(0), uint40(T0 + 1), 1, caps(1, 1), uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSigner.selector, payer));
        signers.authorise(payer, uint40(T0 + 1), 1, caps(1, 1), uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidExpiry.selector, T0));
        signers.authorise(signer, uint40(T0), 1, caps(1, 1), uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidExpiry.selector, T0 + 3650 days + 1));
        signers.authorise(signer, uint40(T0 + 3650 days + 1), 1, caps(1, 1), uint64(T0), proof);
        signers.authorise(signer, uint40(T0 + 3650 days), 1, caps(1, 1), uint64(T0), proof);
        vm.stopPrank();
    }

    function test_authorise_aContractsKey() public {
        SmartWallet wallet = new SmartWallet(signer);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("SignerProof(address payer,address signer,uint64 deadline)"),
                payer,
                address(wallet),
                T0
            )
        );
        bytes memory proof = sign(SIGNER_KEY, separator("cxmpute signers", address(signers)), structHash);
        vm.prank(payer);
        signers.authorise(address(wallet), uint40(T0 + 1 days), 1, caps(1e6, 1e6), uint64(T0), proof);
        assertTrue(signers.binds(payer, address(wallet), T0, 0), "SIG-01 a contract signs");
    }

    /// @dev A payer must not take back what its signer signed by authorising it anew with less.
    function test_authorise_notWhileItBinds() public {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 1 days, 0xff, caps(1, 1));
        expectStillBinding(T0 + 2 days);
        vm.warp(T0 + 2 days - 1);
        expectStillBinding(T0 + 2 days);
        vm.warp(T0 + 2 days);
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 10 days, 1, caps(1, 1));
        vm.prank(payer);
        signers.revoke(signer);
        expectStillBinding(T0 + 3 days);
        vm.warp(T0 + 3 days);
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 10 days, 1, caps(1, 1));
        assertTrue(signers.binds(payer, signer, T0 + 3 days, 0), "SIG-01 again");
    }

    // ----------------------------------------------------------------------------------------------------- binding

    function test_binds_untilExpiryAndADayAfter() public {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 1 days, 2, caps(1, 1));
        assertTrue(signers.binds(payer, signer, T0, 1), "SIG-02 binds");
        assertTrue(!signers.binds(payer, signer, T0, 0), "SIG-02 its kinds alone");
        assertTrue(!signers.binds(payer, signer, T0, 9), "SIG-02 known kinds alone");
        assertTrue(!signers.binds(other, signer, T0, 1), "SIG-02 its payer alone");
        assertTrue(!signers.binds(payer, other, T0, 1), "SIG-02 itself alone");
        vm.warp(T0 + 2 days - 1);
        assertTrue(signers.binds(payer, signer, T0 + 1 days - 1, 1), "SIG-02 what was stamped in time");
        assertTrue(!signers.binds(payer, signer, T0 + 1 days, 1), "SIG-02 not what was stamped at the expiry");
        vm.warp(T0 + 2 days);
        assertTrue(!signers.binds(payer, signer, T0, 1), "SIG-02 a day after it nothing");
    }

    function test_revoke_stopsWhatIsStampedLater() public {
        authoriseSigner();
        vm.warp(T0 + 100);
        vm.expectEmit(address(signers));
        emit ISignerRegistry.SignerRevoked(payer, signer);
        vm.prank(payer);
        signers.revoke(signer);
        assertTrue(signers.binds(payer, signer, T0 + 99, 0), "SIG-02 stamped before");
        assertTrue(!signers.binds(payer, signer, T0 + 100, 0), "SIG-02 stamped after");
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.NotASigner.selector, payer, signer));
        vm.prank(signer);
        signers.raise(payer, provider, 1, noProof);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.NotASigner.selector, payer, signer));
        signers.revoke(signer);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.NotASigner.selector, payer, signer));
        signers.setCaps(signer, caps(1, 1));
        vm.warp(T0 + 100 + 24 hours - 1);
        assertTrue(signers.binds(payer, signer, T0 + 99, 0), "SIG-02 for 24 hours");
        vm.warp(T0 + 100 + 24 hours);
        assertTrue(!signers.binds(payer, signer, T0 + 99, 0), "SIG-02 and no longer");
    }

    /// @dev A second revocation must not end the first one's 24 hours.
    function test_revokeMany_twiceTakesNothingBack() public {
        authoriseSigner();
        address[] memory list = new address[](3);
        (list[0], list[1], list[2]) = (other, signer, signer);
        vm.warp(T0 + 100);
        vm.startPrank(payer);
        signers.revokeMany(list);
        vm.warp(T0 + 200);
        signers.revokeMany(list);
        vm.stopPrank();
        assertEq(signers.signerOf(payer, signer).stopped, T0 + 100, "SIG-02 at the first");
        assertTrue(signers.binds(payer, signer, T0 + 99, 0), "SIG-02 stamped before the first");
        assertTrue(!signers.binds(payer, signer, T0 + 100, 0), "SIG-02 not after it");
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.NotASigner.selector, payer, signer));
        vm.prank(signer);
        signers.raise(payer, provider, 1, noProof);
    }

    // --------------------------------------------------------------------------------------------------------- caps

    function test_raise_capsADayToTheSecond() public {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 1, caps(100e6, 250e6));
        uint256 midnight = (T0 / 1 days + 1) * 1 days;
        vm.expectEmit(address(signers));
        emit ISignerRegistry.Raised(payer, signer, provider, 60e6);
        raise(60e6);
        assertReserved(payer, provider, 60e6, "SIG-03 reserved");
        expectCap(40e6, 41e6);
        raise(41e6);
        assertEq(signers.signerOf(payer, signer).spentToday, 60e6, "SIG-03 a refused raise charges nothing");
        raise(40e6);
        vm.warp(midnight - 1);
        expectCap(0, 1);
        raise(1);
        vm.warp(midnight);
        assertEq(signers.signerOf(payer, signer).spentToday, 0, "SIG-03 a new day");
        raise(100e6);
        vm.warp(midnight + 1 days);
        expectCap(50e6, 51e6);
        raise(51e6);
        raise(50e6);
        assertEq(signers.signerOf(payer, signer).spent, 250e6, "SIG-03 the total is spent");
        vm.warp(midnight + 5 days);
        expectCap(0, 1);
        raise(1);
        vm.prank(payer);
        signers.setCaps(signer, caps(10e6, 10e6));
        raise(10e6);
    }

    function test_raise_neverBeyondFreeFunds_andChargesNothing() public {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 1, caps(5_000e6, 5_000e6));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientFree.selector, 1_000 * USD, 1_001 * USD));
        raise(1_001e6);
        assertEq(signers.signerOf(payer, signer).spent, 0, "SIG-03 a refused raise charges nothing");
        IGuardianPausable(address(escrow)).pause(1 days);
        vm.expectRevert(abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 1 days));
        raise(1);
    }

    function test_raise_withinTheScope() public {
        bytes32 mine = leafOf(provider);
        bytes32 theirs = leafOf(other);
        bytes32 root =
            mine < theirs ? keccak256(abi.encodePacked(mine, theirs)) : keccak256(abi.encodePacked(theirs, mine));
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 1, ISignerRegistry.Caps(100e6, 100e6, root));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = theirs;
        vm.prank(signer);
        signers.raise(payer, provider, 10e6, proof);
        assertReserved(payer, provider, 10e6, "PAY-03 in the scope");
        vm.prank(signer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.OutOfScope.selector, payer));
        signers.raise(payer, payer, 10e6, proof);
        vm.prank(signer);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.OutOfScope.selector, provider));
        signers.raise(payer, provider, 10e6, noProof);
    }

    function test_raise_bySignature_once() public {
        authoriseSigner();
        bytes memory signature = signRaise(SIGNER_KEY, provider, 10e6, 0, T0);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSignature.selector, signer));
        signers.raiseBySignature(payer, signer, other, 10e6, uint64(T0), noProof, signature);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSignature.selector, signer));
        signers.raiseBySignature(payer, signer, provider, 11e6, uint64(T0), noProof, signature);
        vm.prank(other);
        signers.raiseBySignature(payer, signer, provider, 10e6, uint64(T0), noProof, signature);
        assertReserved(payer, provider, 10e6, "PAY-03 by a signature");
        assertEq(signers.raiseNonce(payer, signer), 1, "PAY-03 counted");
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.InvalidSignature.selector, signer));
        signers.raiseBySignature(payer, signer, provider, 10e6, uint64(T0), noProof, signature);
        signature = signRaise(SIGNER_KEY, provider, 10e6, 1, T0);
        vm.warp(T0 + 1);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.SignatureExpired.selector, T0));
        signers.raiseBySignature(payer, signer, provider, 10e6, uint64(T0), noProof, signature);
        // Somebody who signs for nobody.
        signature = signRaise(PROVIDER_KEY, provider, 10e6, 0, T0 + 1);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.NotASigner.selector, payer, provider));
        signers.raiseBySignature(payer, provider, provider, 10e6, uint64(T0 + 1), noProof, signature);
    }

    /// @dev Whatever is raised when: never more than the cap a day, nor than the total.
    function testFuzz_raise_neverBeyondTheCaps(uint256 seed) public {
        deposit(payer, 1_000_000 * USD);
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 1, caps(100e6, 700e6));
        uint256 today;
        uint256 total;
        for (uint256 i; i < 24; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            uint256 step = (word % 3) * 7 hours;
            if ((block.timestamp + step) / 1 days != block.timestamp / 1 days) today = 0;
            vm.warp(block.timestamp + step);
            uint96 amount = uint96(1 + ((word >> 8) % 60e6));
            vm.prank(signer);
            try signers.raise(payer, provider, amount, noProof) {
                today += amount;
                total += amount;
            } catch {
                assertTrue(today + amount > 100e6 || total + amount > 700e6, "SIG-03 refused for a cap alone");
            }
            assertLe(today, 100e6, "INV-CMP-02 a day");
            assertLe(total, 700e6, "INV-CMP-02 in all");
        }
        assertReserved(payer, provider, total, "INV-CMP-02 what was raised is reserved");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function caps(uint56 perDay, uint56 total) private pure returns (ISignerRegistry.Caps memory) {
        return ISignerRegistry.Caps(perDay, total, 0);
    }

    function raise(uint96 amount) private {
        vm.prank(signer);
        signers.raise(payer, provider, amount, noProof);
    }

    function leafOf(address who) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(who))));
    }

    function signRaise(
        uint256 key,
        address for_,
        uint256 amount,
        uint256 nonce,
        uint256 deadline
    ) private view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "Raise(address payer,address provider,uint96 amount,uint256 nonce,uint64 deadline)"
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, payer, for_, amount, nonce, deadline));
        return sign(key, separator("cxmpute signers", address(signers)), structHash);
    }

    function expectCap(uint256 left, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.CapExceeded.selector, left, amount));
    }

    function expectStillBinding(uint256 until) private {
        bytes memory proof = signProof(payer, SIGNER_KEY, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(ISignerRegistry.StillBinding.selector, signer, until));
        vm.prank(payer);
        signers.authorise(signer, uint40(block.timestamp + 1 days), 1, caps(1, 1), uint64(block.timestamp), proof);
    }
}
