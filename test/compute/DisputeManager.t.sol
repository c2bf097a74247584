// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IDisputeManager} from "../../contracts/compute/interfaces/IDisputeManager.sol";
import {DisputeTest} from "./DisputeTest.sol";

/// @notice Equivocation, absence, disputes before the arbitrator, administration. Trees are in DisputeTrees.t.sol.
contract DisputeManagerTest is DisputeTest {
    uint256 private constant NEXT_KEY = 0x3AC2;
    uint256 private constant WEEK = 7 days;
    bytes32 private constant TOLD = keccak256("what is told");

    // -------------------------------------------------------------------------------------------------- equivocation

    function test_equivocation_slashesATenth_andPaysTheFiler() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        bytes32 fault = keccak256(
            abi.encode(IDisputeManager.Fault.Equivocation, provisionId, vm.addr(MACHINE_KEY), uint64(7))
        );
        uint256 before = unxv.balanceOf(filer);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(provisionId, filer, IDisputeManager.Fault.Equivocation, fault, STAKE / 10);
        uint256 slashed = show(a, b);
        assertEq(slashed, STAKE / 10, "DSP-01 a tenth");
        assertStake(STAKE - STAKE / 10, "DSP-01 taken");
        assertEq(unxv.balanceOf(filer) - before, 500e18, "DSP-01 at most 500 to the filer");
        assertEq(unxv.balanceOf(insurance), STAKE / 10 - 500e18, "DSP-01 the rest to the insurance");
        assertTrue(disputes.isShown(fault), "DSP-01 shown");
        assertEq(unxv.balanceOf(address(disputes)), 0, "DSP-01 nothing stays");
    }

    function test_equivocation_onceEach_whateverTheVersions() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        IDisputeManager.Receipt memory c = receiptOf(7);
        c.ttftMs = 9;
        show(a, b);
        vm.warp(T0 + WEEK);
        bytes memory shown = abi.encodeWithSelector(IDisputeManager.AlreadyShown.selector, faultOf(7));
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        bytes memory signatureC = signReceipt(MACHINE_KEY, c);
        vm.expectRevert(shown);
        disputes.showEquivocation(a, signatureA, b, signatureB);
        vm.expectRevert(shown);
        disputes.showEquivocation(b, signatureB, a, signatureA);
        vm.expectRevert(shown);
        disputes.showEquivocation(a, signatureA, c, signatureC);
    }

    /// @dev Two lies are two; a tenth in seven days is the limit of all, and evidence that takes nothing is not used up.
    function test_equivocation_ofTwoCounters_areTwo() public {
        vm.warp(T0 + 2);
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        vm.warp(T0 + 3);
        (IDisputeManager.Receipt memory c, IDisputeManager.Receipt memory d) = pairOf(8);
        show(a, b);
        vm.warp(T0 + 3 + WEEK - 1);
        bytes memory signatureC = signReceipt(MACHINE_KEY, c);
        bytes memory signatureD = signReceipt(MACHINE_KEY, d);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NothingToSlash.selector, provisionId));
        disputes.showEquivocation(c, signatureC, d, signatureD);
        assertTrue(!disputes.isShown(faultOf(8)), "DSP-01 evidence stays");
        vm.warp(T0 + 3 + WEEK);
        assertEq(show(c, d), 9_000e18, "DSP-01 the second lie, of what is left");
    }

    function test_equivocation_refusesWhatIsNone() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        bytes memory signature = signReceipt(MACHINE_KEY, a);
        expectNoFault(IDisputeManager.Fault.Equivocation);
        disputes.showEquivocation(a, signature, a, signature);

        b.counter = 8;
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        expectNoFault(IDisputeManager.Fault.Equivocation);
        disputes.showEquivocation(a, signature, b, signatureB);

        b.counter = 7;
        b.provisionId = provisionId + (1 << 64);
        signatureB = signReceipt(MACHINE_KEY, b);
        expectNoFault(IDisputeManager.Fault.Equivocation);
        disputes.showEquivocation(a, signature, b, signatureB);
        assertStake(STAKE, "DSP-01 nothing was taken");
    }

    /// @dev Each key is its provision's in its time, and both signed the number: no fault of one key.
    function test_equivocation_byTwoKeys_isNone() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        vm.warp(T0 + 100);
        registry.setMachineKey(provisionId, vm.addr(NEXT_KEY));
        b.timestamp = uint64(T0 + 100);
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(NEXT_KEY, b);
        expectNoFault(IDisputeManager.Fault.Equivocation);
        disputes.showEquivocation(a, signatureA, b, signatureB);
    }

    /// @dev The old key's lies stay provable after a rotation, and it can tell none for the time after it.
    function test_equivocation_afterARotation() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        vm.warp(T0 + 100);
        registry.setMachineKey(provisionId, vm.addr(NEXT_KEY));
        b.timestamp = uint64(T0 + 100);
        expectRefused(a, b, notKey(MACHINE_KEY));
        b.timestamp = uint64(T0 + 99);
        assertEq(show(a, b), STAKE / 10, "DSP-01 to the second of the rotation");
    }

    function test_equivocation_byAStranger_isRefused() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        bytes memory signature = signReceipt(MACHINE_KEY, a);
        bytes memory strange = signReceipt(NEXT_KEY, b);
        vm.expectRevert(notKey(NEXT_KEY));
        disputes.showEquivocation(a, signature, b, strange);
        vm.expectRevert(notKey(NEXT_KEY));
        disputes.showEquivocation(b, strange, a, signature);
    }

    function test_equivocation_refusesBadSignatures() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        bytes memory good = signReceipt(MACHINE_KEY, a);
        bytes memory signature = signReceipt(MACHINE_KEY, b);
        bytes[4] memory bad;
        bad[1] = bytes.concat(signature, hex"00");
        bad[2] = new bytes(65);
        bad[3] = mirrored(signature);
        for (uint256 i; i < bad.length; ++i) {
            vm.expectRevert(IDisputeManager.InvalidSignature.selector);
            disputes.showEquivocation(a, good, b, bad[i]);
        }
        // Somebody's, but of another chain or contract.
        bytes32 struct_ = receiptStruct(b);
        bytes32[3] memory domains = [
            separatorOn("cxmpute provisions", address(registry), block.chainid + 1),
            separator("cxmpute provisions", address(disputes)),
            separator("cxmpute disputes", address(registry))
        ];
        for (uint256 i; i < domains.length; ++i) {
            bytes memory foreign = sign(MACHINE_KEY, domains[i], struct_);
            vm.expectRevert();
            disputes.showEquivocation(a, good, b, foreign);
        }
        assertStake(STAKE, "DSP-01 nothing was taken");
    }

    function test_equivocation_sevenDays_toTheSecond() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        vm.warp(T0 + 100);
        b.timestamp = uint64(T0 + 100);
        bytes memory signature = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        vm.warp(T0 + WEEK + 1);
        bytes memory tooOld = abi.encodeWithSelector(IDisputeManager.TooOld.selector, T0, T0 + 1);
        vm.expectRevert(tooOld);
        disputes.showEquivocation(a, signature, b, signatureB);
        vm.expectRevert(tooOld);
        disputes.showEquivocation(b, signatureB, a, signature);
        vm.warp(T0 + WEEK);
        assertEq(show(a, b), STAKE / 10, "DSP-01 seven days are not too old");
    }

    function test_equivocation_ofTheFuture_isRefused() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        b.timestamp = uint64(T0 + 1);
        expectRefused(a, b, abi.encodeWithSelector(IDisputeManager.InFuture.selector, T0 + 1));
        b.timestamp = type(uint64).max;
        expectRefused(a, b, abi.encodeWithSelector(IDisputeManager.InFuture.selector, type(uint64).max));
        b.timestamp = uint64(T0);
        assertEq(show(a, b), STAKE / 10, "DSP-01 now is not the future");
    }

    /// @dev Whatever is changed after signing, the signature is somebody else's.
    function testFuzz_receipt_everyFieldIsSigned(uint256 field, uint256 change) public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        b.timestamp -= 10;
        vm.warp(T0 + 100);
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        mutate(b, field % 13, change);
        bool reverted;
        try disputes.showEquivocation(a, signatureA, b, signatureB) {} catch {
            reverted = true;
        }
        assertTrue(reverted, "DSP-01 a changed receipt is nobody's");
        assertStake(STAKE, "DSP-01 nothing was taken");
    }

    /// @dev Whatever two receipts of a number differ in, they are a fault.
    function testFuzz_equivocation_inAnyField(uint256 field, uint256 change) public {
        vm.warp(T0 + 3 days);
        field = 2 + (field % 10);
        IDisputeManager.Receipt memory a = receiptOf(7);
        IDisputeManager.Receipt memory b = receiptOf(7);
        mutate(b, field, change);
        assertEq(show(a, b), STAKE / 10, "DSP-01 any difference");
    }

    function test_hashReceipt_isTheTypedDigest_andFollowsAFork() public {
        IDisputeManager.Receipt memory receipt = receiptOf(1);
        assertEq(disputes.hashReceipt(receipt), receiptDigest(receipt), "DSP-01 the registry's domain");
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        bytes32 domain = separatorOn("cxmpute provisions", address(registry), chain + 1);
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, receiptStruct(receipt)));
        assertEq(disputes.hashReceipt(receipt), digest, "DSP-01 a fork's domain");
        vm.expectRevert();
        disputes.showEquivocation(a, signatureA, b, signatureB);
        signatureA = sign(MACHINE_KEY, domain, receiptStruct(a));
        signatureB = sign(MACHINE_KEY, domain, receiptStruct(b));
        assertEq(disputes.showEquivocation(a, signatureA, b, signatureB), STAKE / 10, "DSP-01 signed on the fork");
        vm.chainId(chain);
    }

    function test_fault_ofAProvisionWithoutStake_staysEvidence() public {
        uint256 id = provisionId + (1 << 64);
        registry.setMachineKey(id, vm.addr(MACHINE_KEY));
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        (a.provisionId, b.provisionId) = (id, id);
        expectRefused(a, b, abi.encodeWithSelector(IDisputeManager.NothingToSlash.selector, id));
        stakeFor(id, 1_000e18);
        assertEq(show(a, b), 100e18, "DSP-01 shown when there is stake");
    }

    /// @dev Known: a provider that shows its own fault first keeps the filer's part, and is slashed all the same.
    function test_fault_shownByAnotherFirst_costsTheProviderTheSame() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        vm.prank(provider);
        disputes.showEquivocation(a, signatureA, b, signatureB);
        assertStake(STAKE - STAKE / 10, "DSP-01 slashed whoever shows it");
        assertEq(unxv.balanceOf(provider), 500e18, "DSP-01 and at most 500 come back");
    }

    // ------------------------------------------------------------------------------------------------------- absence

    function test_absence_slashesAHundredth_andTurnsOff() public {
        expectNoFault(IDisputeManager.Fault.Absence);
        disputes.showAbsence(provisionId);
        registry.setAbsent(provisionId, true);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(
            provisionId,
            filer,
            IDisputeManager.Fault.Absence,
            bytes32(provisionId),
            STAKE / 100
        );
        vm.prank(filer);
        assertEq(disputes.showAbsence(provisionId), STAKE / 100, "DSP-04 a hundredth");
        assertEq(registry.timesTurnedOff(provisionId), 1, "DSP-04 off");
        assertEq(unxv.balanceOf(filer), 100_500e18, "DSP-04 half to the filer");
        expectNoFault(IDisputeManager.Fault.Absence);
        disputes.showAbsence(provisionId);
    }

    function test_absence_afterATenth_stillTurnsOff() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        show(a, b);
        registry.setAbsent(provisionId, true);
        assertEq(disputes.showAbsence(provisionId), 0, "DSP-04 nothing more in seven days");
        assertEq(registry.timesTurnedOff(provisionId), 1, "DSP-04 off all the same");
    }

    function test_fault_afterAbsence_takesTheRestOfATenth() public {
        registry.setAbsent(provisionId, true);
        disputes.showAbsence(provisionId);
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = pairOf(7);
        // A tenth of what is left, less what was taken.
        assertEq(show(a, b), 9_900e18 - 1_000e18, "DSP-04 a tenth over all");
    }

    // ------------------------------------------------------------------------------------------------------ disputes

    function test_open_pullsTheBond_andFreezes() public {
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeOpened(1, provisionId, filer, TOLD, BOND, STAKE, T0 + WEEK);
        assertEq(openOne(), 1, "DSP-05 counted from 1");
        assertEq(unxv.balanceOf(filer), 100_000e18 - BOND, "DSP-05 the bond is in");
        assertEq(unxv.balanceOf(address(disputes)), BOND, "DSP-05 and here");
        assertTrue(staking.isFrozen(provisionId), "DSP-05 frozen");
        IDisputeManager.Dispute memory dispute = disputes.disputeOf(1);
        assertEq(dispute.filer, filer, "DSP-05 filer");
        assertEq(dispute.bond, BOND, "DSP-05 bond");
        assertEq(dispute.provisionId, provisionId, "DSP-05 provision");
        assertEq(dispute.endsAt, T0 + WEEK, "DSP-05 end");
        assertEq(dispute.isAnswered, false, "DSP-05 not answered");
        assertEq(dispute.snapshot, STAKE, "DSP-05 snapshot");
        assertEq(openOne(), 2, "DSP-05 another");
        assertEq(disputes.disputes(), 2, "DSP-05 two");
    }

    function test_open_refusesWhatHasNoStake() public {
        uint256[3] memory ids = [provisionId + (1 << 64), provisionId | 1, 0];
        for (uint256 i; i < ids.length; ++i) {
            vm.prank(filer);
            vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NothingAtStake.selector, ids[i]));
            disputes.open(ids[i], TOLD);
            assertTrue(!staking.isFrozen(ids[i]), "DSP-05 not frozen");
        }
        vm.expectRevert();
        disputes.open(provisionId, TOLD);
        assertTrue(!staking.isFrozen(provisionId), "DSP-05 no freeze without a bond");
    }

    function test_uphold_unanswered() public {
        openOne();
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeUpheld(1, 300, 3_000e18);
        vm.prank(arbitrator);
        assertEq(disputes.uphold(1, 300), 3_000e18, "DSP-05 the cut");
        assertEq(unxv.balanceOf(filer), 100_000e18 + 500e18, "DSP-05 bond and reward");
        assertStake(STAKE - 3_000e18, "DSP-05 slashed");
        assertClosed();
    }

    function test_uphold_answered_paysBothBonds() public {
        openOne();
        answerOne();
        vm.prank(arbitrator);
        disputes.uphold(1, 0);
        assertEq(unxv.balanceOf(filer), 100_000e18 + BOND, "DSP-05 the accused's bond is the filer's");
        assertEq(unxv.balanceOf(provider), 0, "DSP-05 who is wrong loses it");
        assertStake(STAKE, "DSP-05 no cut, nothing slashed");
        assertClosed();
    }

    function test_reject_paysBothBondsToTheAccused() public {
        openOne();
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeRejected(1);
        vm.prank(arbitrator);
        disputes.reject(1);
        assertEq(unxv.balanceOf(provider), BOND, "DSP-05 the filer's bond");
        assertClosed();

        openOne();
        answerOne();
        vm.prank(arbitrator);
        disputes.reject(2);
        assertEq(unxv.balanceOf(provider), 3 * BOND, "DSP-05 its own and the filer's");
        assertEq(unxv.balanceOf(filer), 100_000e18 - 2 * BOND, "DSP-05 the filer loses");
        assertStake(STAKE, "DSP-05 nothing slashed");
        assertEq(unxv.balanceOf(address(disputes)), 0, "DSP-05 nothing stays");
    }

    /// @dev Regression: an arbitrator who sleeps cannot keep bonds, nor stake.
    function test_arbitratorWhoSleeps_keepsNothing() public {
        openOne();
        answerOne();
        vm.warp(T0 + WEEK - 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TooEarly.selector, T0 + WEEK));
        disputes.end(1);
        vm.warp(T0 + WEEK);
        vm.startPrank(arbitrator);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TooLate.selector, T0 + WEEK));
        disputes.uphold(1, 1_000);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TooLate.selector, T0 + WEEK));
        disputes.reject(1);
        vm.stopPrank();
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeEnded(1);
        vm.prank(other);
        disputes.end(1);
        assertEq(unxv.balanceOf(filer), 100_000e18, "DSP-05 the filer has its bond");
        assertEq(unxv.balanceOf(provider), BOND, "DSP-05 and the accused");
        assertStake(STAKE, "DSP-05 nothing slashed");
        assertClosed();
    }

    function test_end_unanswered_returnsTheFilersAlone() public {
        openOne();
        vm.warp(T0 + WEEK);
        disputes.end(1);
        assertEq(unxv.balanceOf(filer), 100_000e18, "DSP-05 the filer has its bond");
        assertEq(unxv.balanceOf(provider), 0, "DSP-05 nothing to the accused");
        assertClosed();
    }

    function test_ruling_inTheLastSecond() public {
        openOne();
        vm.warp(T0 + WEEK - 1);
        vm.prank(arbitrator);
        assertEq(disputes.uphold(1, 1_000), STAKE / 10, "DSP-05 in time");
    }

    function test_ruling_byTheArbitratorAlone_andOnce() public {
        openOne();
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotArbitrator.selector, address(this)));
        disputes.uphold(1, 100);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotArbitrator.selector, address(this)));
        disputes.reject(1);
        vm.startPrank(arbitrator);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.OutOfBounds.selector, 1_001, 0, 1_000));
        disputes.uphold(1, 1_001);
        disputes.uphold(1, 1_000);
        bytes memory none = abi.encodeWithSelector(IDisputeManager.NoDispute.selector, 1);
        vm.expectRevert(none);
        disputes.uphold(1, 1_000);
        vm.expectRevert(none);
        disputes.reject(1);
        vm.stopPrank();
        vm.expectRevert(none);
        disputes.end(1);
        vm.prank(provider);
        vm.expectRevert(none);
        disputes.answer(1, TOLD);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NoDispute.selector, 2));
        disputes.end(2);
    }

    function test_answer_byTheAccused_once_inTime() public {
        openOne();
        giveBond(provider, 3 * BOND);
        vm.prank(filer);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotTheAccused.selector, 1, filer));
        disputes.answer(1, TOLD);
        vm.startPrank(provider);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.DisputeAnswered(1, TOLD);
        disputes.answer(1, TOLD);
        assertEq(unxv.balanceOf(address(disputes)), 2 * BOND, "DSP-05 both bonds");
        assertTrue(disputes.disputeOf(1).isAnswered, "DSP-05 answered");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyAnswered.selector, 1));
        disputes.answer(1, TOLD);
        vm.stopPrank();
        openOne();
        vm.warp(T0 + WEEK);
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TooLate.selector, T0 + WEEK));
        disputes.answer(2, TOLD);
    }

    function test_bond_aDisputeKeepsItsOwn() public {
        openOne();
        disputes.setBond(5_000e18);
        answerOne();
        assertEq(unxv.balanceOf(address(disputes)), 2 * BOND, "DSP-05 the bond of then");
        openOne();
        assertEq(unxv.balanceOf(address(disputes)), 2 * BOND + 5_000e18, "DSP-05 the bond of now");
        disputes.setBond(100e18);
        vm.warp(T0 + WEEK);
        disputes.end(1);
        disputes.end(2);
        assertEq(unxv.balanceOf(filer), 100_000e18, "DSP-05 all of it back");
        assertEq(unxv.balanceOf(address(disputes)), 0, "DSP-05 nothing stays");
    }

    /// @dev DSP-06: what a provider does after filing changes nothing of what is taken.
    function test_snapshot_topUpAfterFiling_changesNothing() public {
        openOne();
        stakeFor(provisionId, 900_000e18);
        vm.prank(arbitrator);
        assertEq(disputes.uphold(1, 1_000), STAKE / 10, "DSP-06 of the stake at filing");
    }

    function test_snapshot_thawAfterFiling_changesNothing() public {
        openOne();
        vm.startPrank(provider);
        staking.thaw(provisionId, uint96(STAKE));
        vm.warp(T0 + WEEK - 1);
        vm.expectRevert();
        staking.deprovision(provisionId);
        vm.stopPrank();
        vm.prank(arbitrator);
        assertEq(disputes.uphold(1, 1_000), STAKE / 10, "DSP-06 of the stake at filing");
    }

    function test_snapshot_thawBeforeFiling_waitsForTheDispute() public {
        vm.prank(provider);
        staking.thaw(provisionId, uint96(STAKE));
        vm.warp(T0 + WEEK - 1);
        openOne();
        vm.warp(T0 + 2 * WEEK - 2);
        vm.prank(provider);
        vm.expectRevert();
        staking.deprovision(provisionId);
        vm.prank(arbitrator);
        assertEq(disputes.uphold(1, 1_000), STAKE / 10, "DSP-06 thawed stake is slashed");
        vm.prank(provider);
        assertEq(staking.deprovision(provisionId), STAKE - STAKE / 10, "DSP-06 the rest leaves");
    }

    /// @dev Rulings of many disputes are within the tenth together; what is over it is lost to nobody.
    function test_manyDisputes_aTenthTogether_whateverTheOrder() public {
        for (uint256 i; i < 3; ++i) openOne();
        vm.startPrank(arbitrator);
        assertEq(disputes.uphold(2, 600), 6_000e18, "DSP-06 first");
        assertTrue(staking.isFrozen(provisionId), "DSP-05 frozen while one is open");
        assertEq(disputes.uphold(1, 600), 4_000e18, "DSP-06 up to a tenth");
        assertEq(disputes.uphold(3, 600), 0, "DSP-06 nothing more");
        vm.stopPrank();
        assertTrue(!staking.isFrozen(provisionId), "DSP-05 and no longer");
        assertEq(unxv.balanceOf(address(disputes)), 0, "DSP-05 all bonds are back");
    }

    // ------------------------------------------------------------------------------------------------ administration

    function test_administration_boundsAndAuthority() public {
        vm.expectEmit(address(disputes));
        emit IDisputeManager.BondSet(100e18);
        disputes.setBond(100e18);
        disputes.setBond(5_000e18);
        assertEq(disputes.bond(), 5_000e18, "DSP-05 bond");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.OutOfBounds.selector, 100e18 - 1, 100e18, 5_000e18));
        disputes.setBond(100e18 - 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.OutOfBounds.selector, 5_000e18 + 1, 100e18, 5_000e18));
        disputes.setBond(5_000e18 + 1);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.ArbitratorSet(other);
        disputes.setArbitrator(other);
        assertEq(disputes.arbitrator(), other, "DSP-05 arbitrator");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.InvalidAddress.selector, address(0)));
        disputes.setArbitrator(address(0));
        bytes memory unauthorised = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, filer);
        vm.startPrank(filer);
        vm.expectRevert(unauthorised);
        disputes.setBond(200e18);
        vm.expectRevert(unauthorised);
        disputes.setArbitrator(filer);
        vm.stopPrank();
    }

    /// @dev Governance replaces an arbitrator, for open disputes too.
    function test_arbitrator_replaced() public {
        openOne();
        disputes.setArbitrator(other);
        vm.prank(arbitrator);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotArbitrator.selector, arbitrator));
        disputes.reject(1);
        vm.prank(other);
        disputes.reject(1);
        assertClosed();
    }

    function test_constructor_refusesBadParts() public {
        bytes memory zero = abi.encodeWithSelector(IDisputeManager.InvalidAddress.selector, address(0));
        for (uint256 i; i < 5; ++i) {
            address[5] memory parts = [
                address(unxv),
                address(staking),
                address(registry),
                address(collector),
                arbitrator
            ];
            parts[i] = address(0);
            bytes memory arguments = abi.encode(manager, parts[0], parts[1], parts[2], parts[3], parts[4], BOND);
            vm.expectRevert(zero);
            this.deployPart("DisputeManager", arguments);
        }
        bytes memory bad = abi.encode(manager, unxv, staking, registry, collector, arbitrator, 100e18 - 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.OutOfBounds.selector, 100e18 - 1, 100e18, 5_000e18));
        this.deployPart("DisputeManager", bad);
    }

    function deployPart(string memory name, bytes memory arguments) external returns (address) {
        return deploy(name, arguments);
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function pairOf(
        uint64 counter
    ) private view returns (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) {
        (a, b) = (receiptOf(counter), receiptOf(counter));
        b.outputTokens += 1;
    }

    function faultOf(uint64 counter) private view returns (bytes32) {
        return keccak256(abi.encode(IDisputeManager.Fault.Equivocation, provisionId, vm.addr(MACHINE_KEY), counter));
    }

    function show(IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) private returns (uint256) {
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        vm.prank(filer);
        return disputes.showEquivocation(a, signatureA, b, signatureB);
    }

    function expectRefused(
        IDisputeManager.Receipt memory a,
        IDisputeManager.Receipt memory b,
        bytes memory reason
    ) private {
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        vm.expectRevert(reason);
        disputes.showEquivocation(a, signatureA, b, signatureB);
    }

    function notKey(uint256 key) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDisputeManager.NotMachineKey.selector, provisionId, vm.addr(key));
    }

    /// @dev The other signature of the same key and digest.
    function mirrored(bytes memory signature) private pure returns (bytes memory) {
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes32 r;
        uint256 s;
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        return abi.encodePacked(r, order - s, uint8(signature[64]) == 27 ? uint8(28) : uint8(27));
    }

    /// @dev Another value of one field; times stay in the dispute period.
    function mutate(IDisputeManager.Receipt memory r, uint256 field, uint256 by) private pure {
        uint256 small = bound(by, 1, type(uint8).max);
        if (field == 0) r.provisionId ^= bound(by, 1, MAX);
        else if (field == 1) r.counter ^= uint64(small);
        else if (field == 2) r.requestHash ^= bytes32(bound(by, 1, MAX));
        else if (field == 3) r.responseHash ^= bytes32(bound(by, 1, MAX));
        else if (field == 4) r.model ^= bytes32(bound(by, 1, MAX));
        else if (field == 5) r.inputTokens ^= uint64(bound(by, 1, type(uint64).max));
        else if (field == 6) r.outputTokens ^= uint64(bound(by, 1, type(uint64).max));
        else if (field == 7) r.inputPrice ^= uint64(bound(by, 1, type(uint64).max));
        else if (field == 8) r.outputPrice ^= uint64(bound(by, 1, type(uint64).max));
        else if (field == 9) r.cost ^= uint128(bound(by, 1, type(uint128).max));
        else if (field == 10) r.status ^= uint8(small);
        else if (field == 11) r.ttftMs ^= uint32(bound(by, 1, type(uint32).max));
        else r.timestamp -= uint64(small);
    }

    function openOne() private returns (uint256) {
        vm.prank(filer);
        return disputes.open(provisionId, TOLD);
    }

    function answerOne() private {
        giveBond(provider, BOND);
        uint256 id = disputes.disputes();
        vm.prank(provider);
        disputes.answer(id, TOLD);
    }

    function assertClosed() private view {
        assertTrue(!staking.isFrozen(provisionId), "DSP-05 no longer frozen");
        assertEq(unxv.balanceOf(address(disputes)), 0, "DSP-05 nothing stays");
        assertEq(disputes.disputeOf(1).filer, address(0), "DSP-05 over");
    }
}
