// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDisputeManager} from "../../contracts/compute/interfaces/IDisputeManager.sol";
import {UsageTree} from "../../contracts/compute/libraries/UsageTree.sol";
import {DisputeTest} from "../compute/DisputeTest.sol";
import {TreeMaker} from "../compute/TreeMaker.sol";

/// @notice Two provisions, faults of every kind and disputes with every end, in any order, with what must hold after it
/// reckoned beside the contracts.
contract DisputesHandler is DisputeTest {
    error AlreadySetUp();
    error NotOwner(address caller);

    struct Taken {
        uint256 at;
        uint256 amount;
    }

    address private immutable owner = msg.sender;

    uint256[2] private provisions;
    uint256[] private openIds;
    mapping(uint256 provisionId => uint256) private openOf;
    mapping(uint256 disputeId => uint256) private bondOf;
    mapping(uint256 disputeId => uint256) private endOf;
    mapping(uint256 disputeId => uint256) private provisionOf;
    mapping(uint256 disputeId => bool) private answered;
    mapping(uint256 provisionId => Taken[]) private taken;
    /// @dev The most stake of a provision in the last seven days and before, from which a tenth may be taken.
    mapping(uint256 provisionId => uint256) private most;
    uint64 private counter;
    uint256 private period;
    bool private isSetUp;
    bool private violated;
    string private violation;

    function setUp() public override {
        if (isSetUp) revert AlreadySetUp();
        isSetUp = true;
        super.setUp();
        provisions = [provisionId, provisionId + (1 << 64)];
        stakeFor(provisions[1], 20_000e18);
        registry.setMachineKey(provisions[1], vm.addr(MACHINE_KEY));
        (most[provisions[0]], most[provisions[1]]) = (STAKE, 20_000e18);
        giveBond(provider, 1_000_000e18);
        deposit(payer, 1_000_000 * USD);
    }

    // ------------------------------------------------------------------------------------------------------ disputes

    function open(uint256 which) external {
        uint256 id = provisions[which % 2];
        vm.prank(filer);
        uint256 disputeId = disputes.open(id, bytes32(which));
        openIds.push(disputeId);
        ++openOf[id];
        provisionOf[disputeId] = id;
        (bondOf[disputeId], endOf[disputeId]) = (disputes.bond(), block.timestamp + 7 days);
    }

    function answer(uint256 which) external {
        uint256 disputeId = pick(which);
        vm.prank(provider);
        disputes.answer(disputeId, bytes32(which));
        note(!answered[disputeId], "DSP-05 answered twice");
        note(block.timestamp < endOf[disputeId], "DSP-05 answered late");
        answered[disputeId] = true;
    }

    function uphold(uint256 which, uint256 cutBps) external {
        uint256 disputeId = pick(which);
        IDisputeManager.Dispute memory dispute = disputes.disputeOf(disputeId);
        (uint256 ofFiler, uint256 ofProvider) = (unxv.balanceOf(filer), unxv.balanceOf(provider));
        vm.prank(arbitrator);
        uint256 slashed = disputes.uphold(disputeId, cutBps % 1_001);
        uint256 reward = slashed / 2 < 500e18 ? slashed / 2 : 500e18;
        close(which, unxv.balanceOf(filer) - ofFiler - reward, unxv.balanceOf(provider) - ofProvider, true);
        note(slashed <= (dispute.snapshot * (cutBps % 1_001)) / 10_000, "DSP-06 more than the cut");
        took(dispute.provisionId, slashed);
    }

    function reject(uint256 which) external {
        uint256 disputeId = pick(which);
        (uint256 ofFiler, uint256 ofProvider) = (unxv.balanceOf(filer), unxv.balanceOf(provider));
        vm.prank(arbitrator);
        disputes.reject(disputeId);
        close(which, unxv.balanceOf(provider) - ofProvider, unxv.balanceOf(filer) - ofFiler, true);
    }

    function end(uint256 which) external {
        uint256 disputeId = pick(which);
        (uint256 ofFiler, uint256 ofProvider) = (unxv.balanceOf(filer), unxv.balanceOf(provider));
        disputes.end(disputeId);
        close(which, unxv.balanceOf(filer) - ofFiler, unxv.balanceOf(provider) - ofProvider, false);
    }

    /// @dev What each side had, and that it was its due.
    function close(uint256 which, uint256 toWinner, uint256 toLoser, bool isRuling) private {
        uint256 disputeId = pick(which);
        uint256 bond = bondOf[disputeId];
        uint256 second = answered[disputeId] ? bond : 0;
        note(toWinner == (isRuling ? bond + second : bond), "DSP-05 the winner's bonds");
        note(toLoser == (isRuling ? 0 : second), "DSP-05 the other's bond");
        note(isRuling == (block.timestamp < endOf[disputeId]), "DSP-05 a ruling in time, an end after it");
        --openOf[provisionOf[disputeId]];
        note(disputes.disputeOf(disputeId).filer == address(0), "DSP-05 over");
        openIds[which % openIds.length] = openIds[openIds.length - 1];
        openIds.pop();
    }

    // -------------------------------------------------------------------------------------------------------- faults

    function equivocate(uint256 which, bool again) external {
        uint256 id = provisions[which % 2];
        if (!again || counter == 0) ++counter;
        IDisputeManager.Receipt memory a = receiptOf(counter);
        IDisputeManager.Receipt memory b = receiptOf(counter);
        (a.provisionId, b.provisionId, b.status) = (id, id, 2);
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        vm.prank(filer);
        took(id, disputes.showEquivocation(a, signatureA, b, signatureB));
    }

    function overclaim(uint256 by) external {
        UsageTree.Node memory top = TreeMaker.leafOf(bytes32(by), uint128(bound(by, 1, VALUE)));
        uint256 value = by % 3 == 0 ? top.sum : uint256(top.sum) + 1;
        IDisputeManager.Tree memory tree = collectTree(top, 1, value, ++period);
        vm.prank(filer);
        uint256 slashed = disputes.showOverclaim(tree);
        note(value > top.sum, "DSP-02 an honest voucher was slashed");
        took(provisionId, slashed);
    }

    function absent(uint256 which) external {
        uint256 id = provisions[which % 2];
        registry.setAbsent(id, true);
        vm.prank(filer);
        took(id, disputes.showAbsence(id));
        note(!registry.isAbsent(id), "DSP-04 not turned off");
    }

    // --------------------------------------------------------------------------------------------------- all the rest

    function topUp(uint256 which, uint256 amount) external {
        uint256 id = provisions[which % 2];
        stakeFor(id, bound(amount, 1, 10_000e18));
        (uint256 tokens, ) = staking.stakeOf(id);
        if (tokens > most[id]) most[id] = tokens;
    }

    function thaw(uint256 which, uint256 amount) external {
        vm.prank(provider);
        staking.thaw(provisions[which % 2], uint96(bound(amount, 1, 20_000e18)));
    }

    function deprovision(uint256 which) external {
        uint256 id = provisions[which % 2];
        vm.prank(provider);
        staking.deprovision(id);
        note(openOf[id] == 0, "DSP-05 stake left with a dispute open");
    }

    function setBond(uint256 bond) external {
        disputes.setBond(bound(bond, 100e18, 5_000e18));
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 4 days));
    }

    // ------------------------------------------------------------------------------------------------------- checks

    /// @notice Breaks a check for a test of it. Its owner alone: the fuzzer calls from elsewhere.
    function unxvToDisputes(uint256 amount) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        unxv.transfer(address(disputes), amount);
    }

    /// @notice Reverts when something does not hold, or did not during some action.
    function check() external view {
        if (violated) revert Untrue(violation);
        uint256 bonds;
        for (uint256 i; i < openIds.length; ++i) {
            uint256 disputeId = openIds[i];
            IDisputeManager.Dispute memory dispute = disputes.disputeOf(disputeId);
            assertEq(dispute.bond, bondOf[disputeId], "DSP-05 a dispute keeps its bond");
            assertEq(dispute.isAnswered, answered[disputeId], "DSP-05 answered as it was");
            bonds += answered[disputeId] ? 2 * bondOf[disputeId] : bondOf[disputeId];
        }
        assertEq(unxv.balanceOf(address(disputes)), bonds, "DSP-05 the bonds of open disputes are here, to the unit");
        for (uint256 i; i < 2; ++i) {
            uint256 id = provisions[i];
            assertEq(staking.isFrozen(id), openOf[id] != 0, "DSP-05 frozen while a dispute is open");
            assertLe(takenRecently(id), most[id] / 10, "INV-CMP-05 a tenth in seven days");
            assertEq(staking.slashedRecently(id), takenRecently(id), "INV-CMP-05 as the staking says");
        }
    }

    function takenRecently(uint256 id) private view returns (uint256 sum) {
        Taken[] storage list = taken[id];
        for (uint256 i; i < list.length; ++i) {
            if (list[i].at + 7 days > block.timestamp) sum += list[i].amount;
        }
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function took(uint256 id, uint256 amount) private {
        if (amount != 0) taken[id].push(Taken(block.timestamp, amount));
    }

    function pick(uint256 which) private view returns (uint256) {
        return openIds[which % openIds.length];
    }

    function note(bool holds, string memory what) private {
        if (!holds) (violated, violation) = (true, what);
    }
}
