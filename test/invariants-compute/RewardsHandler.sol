// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRewardsDistributor} from "../../contracts/compute/interfaces/IRewardsDistributor.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {RewardsTest} from "../compute/RewardsTest.sol";

/// @notice Two accounts and two pools, two who propose and challenge, honest roots and such whose leaves are lower or more than
/// their total: whatever may happen, in any order, with what must hold after it reckoned beside the contract.
contract RewardsHandler is RewardsTest {
    uint256 private constant LEAVES = 4;
    uint256 private constant DAY = 1 days;

    error AlreadySetUp();
    error NotOwner(address caller);

    address private immutable owner = msg.sender;

    /// @dev The leaves under each root that was ever proposed.
    mapping(bytes32 root => uint256[LEAVES]) private leavesOf;
    uint256[LEAVES] private claimed;
    address[2] private players;
    uint256 private given;
    uint256 private bonded;
    uint256 private lastTotal;
    uint256 private feesSoFar;
    bool public violated;
    string public violation;
    /// @dev How often something happened, for the test that the handler reaches it.
    uint256 public activations;
    uint256 public payments;
    uint256 public rulings;

    function setUp() public override {
        if (address(rewards) != address(0)) revert AlreadySetUp();
        super.setUp();
        players = [proposer, challenger];
        (given, bonded, feesSoFar) = (50_000e18, 2 * BOND, 5_000e6);
        rewards.setSchedule(stepsOf(E0 + 1, PER_EPOCH, E0 + 60));
    }

    // ------------------------------------------------------------------------------------------------------ actions

    function give(uint256 amount) external {
        amount = bound(amount, 1, 2_000e18);
        fund(amount);
        given += amount;
    }

    function earn(uint256 fee) external {
        feesSoFar += bound(fee, 0, 200e6);
        fees.setFees(feesSoFar);
    }

    function bondMore(uint256 who, uint256 amount) external {
        amount = bound(amount, 1, 2 * BOND);
        bondOf(players[who % 2], amount);
        bonded += amount;
    }

    function unbond(uint256 who, uint256 amount) external {
        address player = players[who % 2];
        (uint256 bond, uint256 inUse) = rewards.bondOf(player);
        amount = bound(amount, 1, BOND);
        vm.prank(player);
        rewards.withdrawBond(amount, address(0xD00));
        note(bond - inUse >= amount, "INV-CMP-06 a bond left that is in use");
        bonded -= amount;
    }

    /// @dev Leaves that grow, fall or are more than the total; a total within or just above the caps.
    function proposeRoot(uint256 who, uint256 epochsAgo, uint256 seed, uint256 total) external {
        uint256 epoch = block.timestamp / WEEK - 1 - (epochsAgo % 3);
        uint256[LEAVES] memory cumulative;
        for (uint256 i; i < LEAVES; ++i) {
            cumulative[i] = (claimed[i] * (50 + ((seed >> (16 * i)) % 100))) / 100 + ((seed >> (8 * i)) % 600) * 1e18;
        }
        bytes32 root = rootOf(cumulative);
        (uint256 funded, uint256 scheduled, uint256 byFees) = rewards.caps(epoch);
        uint256 cap = leastOf(funded, scheduled, byFees);
        total = bound(total, lastTotal < cap ? lastTotal : cap, cap + 1);
        bytes32 hash = rewards.parametersHash(epoch);
        vm.prank(players[who % 2]);
        rewards.propose(epoch, root, total, hash, DATA);
        note(total <= cap, "INV-CMP-06 proposed above a cap");
        leavesOf[root] = cumulative;
    }

    function challengeRoot(uint256 who) external {
        uint256 id = rewards.proposal().id;
        vm.prank(players[who % 2]);
        rewards.challenge(id, DATA);
    }

    function ruleOnRoot(bool isValid) external {
        uint256 id = rewards.proposal().id;
        vm.prank(judge);
        rewards.rule(id, isValid);
        (given, bonded) = (given + BOND / 2, bonded - BOND / 2);
        ++rulings;
    }

    function dropRoot() external {
        rewards.drop();
    }

    function activateRoot() external {
        IRewardsDistributor.Proposal memory p = rewards.proposal();
        rewards.activate();
        note(p.status != IRewardsDistributor.Status.Challenged, "INV-CMP-06 a frozen root became active");
        note(block.timestamp >= p.until, "INV-CMP-06 a root became active too early");
        (bytes32 root, uint256 epoch, uint256 total, ) = rewards.active();
        note(root == p.root && epoch == p.epoch && total == p.cumulativeTotal, "INV-CMP-06 another root");
        note(total >= lastTotal, "INV-CMP-06 a total fell");
        (uint256 funded, uint256 scheduled, uint256 byFees) = rewards.caps(epoch);
        note(total <= leastOf(funded, scheduled, byFees), "INV-CMP-06 active above a cap");
        lastTotal = total;
        ++activations;
    }

    function claimLeaf(uint256 which, bool ofPending) external {
        which %= LEAVES;
        (bytes32 root, , uint256 total, uint256 before) = rewards.active();
        bytes32 shown = ofPending ? rewards.proposal().root : root;
        uint256 cumulative = leavesOf[shown][which];
        (uint256 kind, uint256 account) = accountOf(which);
        uint256 paid = rewards.claim(kind, account, cumulative, proofFor(leavesOf[shown], which), shown);
        note(shown == root, "INV-CMP-06 a root that is not active paid");
        uint256 due = cumulative > claimed[which] ? cumulative - claimed[which] : 0;
        note(paid == (due < total - before ? due : total - before), "INV-CMP-06 paid is what is due and left");
        claimed[which] += paid;
        if (paid != 0) ++payments;
    }

    /// @dev In one call or in four, in any order: the same is paid as long as the total reaches.
    function claimAll(uint256 first) external {
        (bytes32 root, , , ) = rewards.active();
        IRewardsDistributor.Claim[] memory claims = new IRewardsDistributor.Claim[](LEAVES);
        for (uint256 i; i < LEAVES; ++i) {
            uint256 which = ((first % LEAVES) + i) % LEAVES;
            (uint256 kind, uint256 account) = accountOf(which);
            bytes32[] memory proof = proofFor(leavesOf[root], which);
            claims[i] = IRewardsDistributor.Claim(kind, account, leavesOf[root][which], proof);
        }
        uint256[] memory paid = rewards.claimMany(claims, root);
        for (uint256 i; i < LEAVES; ++i) claimed[((first % LEAVES) + i) % LEAVES] += paid[i];
    }

    function setRate(uint256 rate) external {
        (, , uint256 before) = rewards.caps(E0);
        uint256 now_ = rewards.unxvPerUsdc();
        rewards.setRate(bound(rate, now_ / 2, now_ * 2));
        (, , uint256 afterwards) = rewards.caps(E0);
        note(before == afterwards, "INV-CMP-06 a rate changed what fees had allowed");
    }

    function setSchedule(uint256 from, uint256 perEpoch) external {
        from = block.timestamp / WEEK + bound(from, 0, 4);
        (, uint256 before, ) = rewards.caps(block.timestamp / WEEK);
        rewards.setSchedule(stepsOf(from, bound(perEpoch, 0, 3 * PER_EPOCH), from + 60));
        (, uint256 afterwards, ) = rewards.caps(block.timestamp / WEEK);
        note(before == afterwards, "INV-CMP-06 an epoch that has begun was changed");
    }

    function setParameters(uint256 seed) external {
        bytes32 before = rewards.parametersHash(block.timestamp / WEEK);
        rewards.setParameters(abi.encode(seed));
        note(rewards.parametersHash(block.timestamp / WEEK) == before, "RWD-02 parameters of an epoch that has begun");
    }

    function redirect(bool toOther) external {
        vm.prank(alice);
        rewards.setRecipient(toOther ? address(0xA22) : address(0));
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 9 * DAY));
    }

    // ------------------------------------------------------------------------------------------------------- checks

    /// @notice Breaks INV-CMP-06 for a test of the check itself. Its owner alone: the fuzzer calls from elsewhere.
    function forget(uint256 amount) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        given -= amount;
    }

    /// @notice Reverts when something does not hold, or did not during some action.
    function check() external view {
        if (violated) revert Untrue(violation);
        (, uint256 epoch, uint256 total, uint256 allClaimed) = rewards.active();
        uint256 sum;
        for (uint256 i; i < LEAVES; ++i) {
            (uint256 kind, uint256 account) = accountOf(i);
            assertEq(rewards.claimedOf(kind, account), claimed[i], "INV-CMP-06 claimed is what was paid");
            sum += claimed[i];
        }
        assertEq(allClaimed, sum, "INV-CMP-06 claims add up");
        assertLe(sum, total, "INV-CMP-06 claims are within the activated total");
        (uint256 funded, uint256 scheduled, uint256 byFees) = rewards.caps(epoch);
        assertEq(funded, given, "INV-CMP-06 funded is what was given, once");
        assertLe(total, funded, "INV-CMP-06 within what was funded");
        assertLe(total, scheduled, "INV-CMP-06 within the schedule");
        assertLe(total, byFees, "INV-CMP-06 within what fees allow");

        uint256 bonds;
        for (uint256 i; i < 2; ++i) {
            (uint256 bond, uint256 inUse) = rewards.bondOf(players[i]);
            assertLe(inUse, bond, "INV-CMP-06 what is in use is there");
            bonds += bond;
        }
        assertEq(bonds, bonded, "INV-CMP-06 bonds are lost by a ruling alone");
        assertEq(
            unxv.balanceOf(address(rewards)),
            funded - sum + bonds,
            "INV-CMP-06 what was funded and not claimed is there, and the bonds, to the unit"
        );
        uint256 paidOut = unxv.balanceOf(alice) + unxv.balanceOf(address(0xA22)) + unxv.balanceOf(bob);
        assertEq(paidOut + unxv.balanceOf(address(pools)), sum, "INV-CMP-06 all claims arrived");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function accountOf(uint256 which) private view returns (uint256 kind, uint256 account) {
        if (which == 0) return (0, uint160(alice));
        if (which == 1) return (0, uint160(bob));
        return (1, ComputeIds.provisionId(bob, uint32(which)));
    }

    function hashOf(uint256[LEAVES] memory cumulative, uint256 which) private view returns (bytes32) {
        (uint256 kind, uint256 account) = accountOf(which);
        return leafOf(kind, account, cumulative[which]);
    }

    function rootOf(uint256[LEAVES] memory cumulative) private view returns (bytes32) {
        return
            pairOf(
                pairOf(hashOf(cumulative, 0), hashOf(cumulative, 1)),
                pairOf(hashOf(cumulative, 2), hashOf(cumulative, 3))
            );
    }

    function proofFor(uint256[LEAVES] memory cumulative, uint256 which) private view returns (bytes32[] memory proof) {
        proof = new bytes32[](2);
        proof[0] = hashOf(cumulative, which ^ 1);
        uint256 far = which < 2 ? 2 : 0;
        proof[1] = pairOf(hashOf(cumulative, far), hashOf(cumulative, far + 1));
    }

    function leastOf(uint256 a, uint256 b, uint256 c) private pure returns (uint256 least) {
        least = a < b ? a : b;
        if (c < least) least = c;
    }

    function note(bool holds, string memory what) private {
        if (!holds) (violated, violation) = (true, what);
    }
}
