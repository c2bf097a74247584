// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IRewardsDistributor} from "../../contracts/compute/interfaces/IRewardsDistributor.sol";
import {RewardsPools} from "../mocks/compute/RewardsPools.sol";
import {RewardsTest} from "./RewardsTest.sol";

/// @notice RWD-01 to RWD-06, and what governance may.
contract RewardsDistributorTest is RewardsTest {
    bytes32 private constant ROOT = keccak256("root");
    uint256 private constant MAX = type(uint256).max;

    // ------------------------------------------------------------------------------------------------------- RWD-01

    function test_fund_byAnybody_countedOnce() public {
        unxv.transfer(alice, 7e18);
        vm.startPrank(alice);
        unxv.approve(address(rewards), 7e18);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Funded(alice, 7e18, 50_007e18);
        rewards.fund(7e18);
        vm.stopPrank();
        (uint256 funded, , ) = rewards.caps(E0);
        assertEq(funded, 50_007e18, "RWD-01: funded by anybody");
        assertEq(unxv.balanceOf(address(rewards)), 50_007e18 + 2 * BOND, "RWD-01: the tokens are there");
    }

    function test_fund_transfersAndBondsAreNotCounted() public {
        unxv.transfer(address(rewards), 1e18);
        bondOf(alice, 1e18);
        (uint256 funded, , ) = rewards.caps(E0);
        assertEq(funded, 50_000e18, "RWD-01: what is sent without the call, and bonds, are not counted");
    }

    function test_fund_refused() public {
        vm.expectRevert(IRewardsDistributor.ZeroAmount.selector);
        rewards.fund(0);
        vm.prank(alice);
        vm.expectRevert();
        rewards.fund(1);
    }

    // -------------------------------------------------------------------------------------------------------- bonds

    function test_bond_inAndOut() public {
        unxv.transfer(alice, 3e18);
        vm.startPrank(alice);
        unxv.approve(address(rewards), 3e18);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.BondDeposited(alice, 3e18);
        rewards.depositBond(3e18);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.BondWithdrawn(alice, bob, 2e18);
        rewards.withdrawBond(2e18, bob);
        vm.stopPrank();
        assertBond(alice, 1e18, 0, "RWD-02: what is left");
        assertEq(unxv.balanceOf(bob), 2e18, "RWD-02: a bond goes where its owner says");
    }

    function test_bond_refused() public {
        vm.expectRevert(IRewardsDistributor.ZeroAmount.selector);
        rewards.depositBond(0);
        vm.startPrank(proposer);
        vm.expectRevert(IRewardsDistributor.ZeroAmount.selector);
        rewards.withdrawBond(0, proposer);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InvalidAddress.selector, address(0)));
        rewards.withdrawBond(1, address(0));
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InvalidAddress.selector, address(rewards)));
        rewards.withdrawBond(1, address(rewards));
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InsufficientBond.selector, BOND, BOND + 1));
        rewards.withdrawBond(BOND + 1, proposer);
        rewards.withdrawBond(BOND, proposer);
        vm.stopPrank();
        assertEq(unxv.balanceOf(proposer), BOND, "RWD-02: the whole bond is free without a proposal");
    }

    function test_bond_inUse_untilActivation() public {
        end(E0);
        propose(E0, ROOT, 1);
        assertBond(proposer, BOND, BOND, "RWD-02: a proposal needs the bond");
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InsufficientBond.selector, 0, 1));
        rewards.withdrawBond(1, proposer);
        vm.prank(challenger);
        rewards.withdrawBond(BOND, challenger);
        vm.warp(block.timestamp + 24 hours);
        rewards.activate();
        assertBond(proposer, BOND, 0, "RWD-02: free again");
        vm.prank(proposer);
        rewards.withdrawBond(BOND, proposer);
    }

    // ------------------------------------------------------------------------------------------------------- RWD-02

    function test_propose_pending() public {
        end(E0);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Proposed(1, E0, proposer, ROOT, 1_000e18, keccak256(PARAMETERS), DATA);
        assertEq(propose(E0, ROOT, 1_000e18), 1, "RWD-02: counted from 1");
        IRewardsDistributor.Proposal memory p = rewards.proposal();
        assertEq(p.id, 1, "RWD-02: id");
        assertStatus(IRewardsDistributor.Status.Proposed, "RWD-02: proposed");
        assertEq(p.epoch, E0, "RWD-02: epoch");
        assertEq(p.root, ROOT, "RWD-02: root");
        assertEq(p.cumulativeTotal, 1_000e18, "RWD-02: total");
        assertEq(p.proposer, proposer, "RWD-02: proposer");
        assertEq(p.until, block.timestamp + 24 hours, "RWD-02: a day");
        (bytes32 root, , uint256 total, ) = rewards.active();
        assertEq(root, bytes32(0), "RWD-02: nothing is active yet");
        assertEq(total, 0, "RWD-02: nothing can be claimed yet");
    }

    function test_propose_oneAtATime() public {
        end(E0 + 1);
        propose(E0, ROOT, 1);
        bytes memory pending = abi.encodeWithSelector(IRewardsDistributor.ProposalPending.selector, 1);
        expectProposal(pending, E0, ROOT, 1);
        challenge(1);
        expectProposal(pending, E0 + 1, ROOT, 1);
        rule(1, true);
        expectProposal(pending, E0 + 1, ROOT, 1);
        vm.warp(block.timestamp + 24 hours);
        rewards.activate();
        assertEq(propose(E0 + 1, ROOT, 1), 2, "RWD-02: the next one");
    }

    function test_propose_endedEpochsOnly() public {
        vm.warp((E0 + 1) * WEEK - 1);
        expectProposal(abi.encodeWithSelector(IRewardsDistributor.EpochRunning.selector, E0), E0, ROOT, 1);
        vm.warp((E0 + 1) * WEEK);
        bytes32 hash = rewards.parametersHash(E0 + 1);
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.EpochRunning.selector, E0 + 1));
        rewards.propose(E0 + 1, ROOT, 1, hash, DATA);
        propose(E0, ROOT, 1);
    }

    function test_propose_epochsRise() public {
        activate(E0 + 1, ROOT, 1);
        bytes4 error = IRewardsDistributor.EpochNotRising.selector;
        expectProposal(abi.encodeWithSelector(error, E0 + 1, E0 + 1), E0 + 1, ROOT, 1);
        expectProposal(abi.encodeWithSelector(error, E0, E0 + 1), E0, ROOT, 1);
        activate(E0 + 4, ROOT, 1);
        (, uint256 epoch, , ) = rewards.active();
        assertEq(epoch, E0 + 4, "RWD-02: epochs may be skipped");
    }

    function test_propose_zeroRoot() public {
        end(E0);
        expectProposal(abi.encodeWithSelector(IRewardsDistributor.ZeroRoot.selector), E0, bytes32(0), 1);
    }

    function test_propose_bond() public {
        vm.prank(proposer);
        rewards.withdrawBond(1, proposer);
        end(E0);
        bytes memory error = abi.encodeWithSelector(IRewardsDistributor.InsufficientBond.selector, BOND - 1, BOND);
        expectProposal(error, E0, ROOT, 1);
        bondOf(proposer, 1);
        propose(E0, ROOT, 1);
    }

    function test_propose_otherParameters() public {
        end(E0);
        bytes32 wrong = keccak256("others");
        bytes4 error = IRewardsDistributor.WrongParameters.selector;
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(error, keccak256(PARAMETERS), wrong));
        rewards.propose(E0, ROOT, 1, wrong, DATA);
        // An epoch before the first parameters has none, and zero is no hash.
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(error, bytes32(0), bytes32(0)));
        rewards.propose(E0 - 1, ROOT, 0, bytes32(0), DATA);
    }

    /// @dev Three caps, each at both of its sides.
    function test_propose_caps() public {
        end(E0);
        bytes4 error = IRewardsDistributor.TotalTooHigh.selector;
        expectProposal(
            abi.encodeWithSelector(error, 1_000e18 + 1, 50_000e18, 1_000e18, 50_000e18),
            E0,
            ROOT,
            1_000e18 + 1
        );
        fees.setFees(99e6);
        expectProposal(abi.encodeWithSelector(error, 990e18 + 1, 50_000e18, 1_000e18, 990e18), E0, ROOT, 990e18 + 1);
        propose(E0, ROOT, 990e18);
    }

    function test_propose_funded() public {
        end(E0 + 59);
        fees.setFees(1e12);
        bytes memory error = abi.encodeWithSelector(
            IRewardsDistributor.TotalTooHigh.selector,
            50_000e18 + 1,
            50_000e18,
            60_000e18,
            1e12 * RATE
        );
        expectProposal(error, E0 + 59, ROOT, 50_000e18 + 1);
        propose(E0 + 59, ROOT, 50_000e18);
    }

    function test_propose_totalsNeverFall() public {
        activate(E0, ROOT, 1_000e18);
        end(E0 + 1);
        bytes memory error = abi.encodeWithSelector(IRewardsDistributor.TotalFalls.selector, 1_000e18 - 1, 1_000e18);
        expectProposal(error, E0 + 1, ROOT, 1_000e18 - 1);
        propose(E0 + 1, ROOT, 1_000e18);
    }

    // ------------------------------------------------------------------------------------------------------- RWD-03

    function test_challenge_freezes() public {
        end(E0);
        propose(E0, ROOT, 1);
        vm.warp(block.timestamp + 24 hours - 1);
        uint256 until = block.timestamp + 7 days;
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Challenged(1, challenger, keccak256("evidence"), until);
        challenge(1);
        assertStatus(IRewardsDistributor.Status.Challenged, "RWD-03: challenged");
        assertEq(rewards.proposal().challenger, challenger, "RWD-03: by whom");
        assertEq(rewards.proposal().until, until, "RWD-03: the arbitrator has seven days");
        assertBond(challenger, BOND, BOND, "RWD-03: a challenge needs the bond");
        assertBond(proposer, BOND, BOND, "RWD-03: the proposal still does");
        vm.prank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InsufficientBond.selector, 0, 1));
        rewards.withdrawBond(1, challenger);
        vm.warp(until + 365 days);
        expectWrong(1, IRewardsDistributor.Status.Challenged);
        rewards.activate();
    }

    function test_challenge_tooLate() public {
        end(E0);
        propose(E0, ROOT, 1);
        vm.warp(block.timestamp + 24 hours);
        vm.prank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.TooLate.selector, block.timestamp));
        rewards.challenge(1, 0);
    }

    function test_challenge_onlyThePendingOne() public {
        vm.prank(challenger);
        expectWrong(0, IRewardsDistributor.Status.None);
        rewards.challenge(0, 0);
        end(E0);
        propose(E0, ROOT, 1);
        vm.prank(challenger);
        expectWrong(1, IRewardsDistributor.Status.Proposed);
        rewards.challenge(2, 0);
        challenge(1);
        vm.prank(challenger);
        expectWrong(1, IRewardsDistributor.Status.Challenged);
        rewards.challenge(1, 0);
        rule(1, false);
        bondOf(proposer, BOND);
        propose(E0, ROOT, 1);
        // A challenge of the first one that is mined late does not hit the second.
        vm.prank(challenger);
        expectWrong(2, IRewardsDistributor.Status.Proposed);
        rewards.challenge(1, 0);
    }

    function test_challenge_bond() public {
        end(E0);
        propose(E0, ROOT, 1);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InsufficientBond.selector, 0, BOND));
        rewards.challenge(1, 0);
        // The proposer's own bond does not do twice.
        vm.prank(proposer);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InsufficientBond.selector, 0, BOND));
        rewards.challenge(1, 0);
    }

    function test_rule_valid() public {
        end(E0);
        propose(E0, ROOT, 1_000e18);
        uint256 challengedAt = block.timestamp + 5 hours;
        vm.warp(challengedAt);
        challenge(1);
        vm.warp(challengedAt + 3 hours);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Ruled(1, true, proposer, challenger, BOND / 2);
        rule(1, true);
        assertStatus(IRewardsDistributor.Status.Upheld, "RWD-03: upheld");
        assertBond(proposer, BOND + BOND / 2, 0, "RWD-03: the winner has half of the loser's bond");
        assertBond(challenger, 0, 0, "RWD-03: the loser has none");
        (uint256 funded, , ) = rewards.caps(E0);
        assertEq(funded, 50_000e18 + BOND / 2, "RWD-03: the other half is for rewards");

        vm.prank(challenger);
        expectWrong(1, IRewardsDistributor.Status.Upheld);
        rewards.challenge(1, 0);
        vm.warp(challengedAt + 24 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.TooEarly.selector, challengedAt + 24 hours));
        rewards.activate();
        vm.warp(challengedAt + 24 hours);
        rewards.activate();
        assertActive(ROOT, E0, 1_000e18);
    }

    function test_rule_valid_late_activatesAtOnce() public {
        end(E0);
        propose(E0, ROOT, 1);
        challenge(1);
        vm.warp(block.timestamp + 7 days - 1);
        rule(1, true);
        rewards.activate();
        assertActive(ROOT, E0, 1);
    }

    function test_rule_invalid_epochAgain() public {
        end(E0);
        propose(E0, ROOT, 1_000e18);
        challenge(1);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Ruled(1, false, challenger, proposer, BOND / 2);
        rule(1, false);
        assertBond(challenger, BOND + BOND / 2, 0, "RWD-03: the challenger won");
        assertBond(proposer, 0, 0, "RWD-03: the proposer lost");
        expectWrong(1, IRewardsDistributor.Status.None);
        rewards.activate();
        assertActive(bytes32(0), 0, 0);
        bondOf(proposer, BOND);
        assertEq(propose(E0, keccak256("right"), 900e18), 2, "RWD-03: the epoch is proposed again");
    }

    function test_rule_refused() public {
        end(E0);
        vm.prank(judge);
        expectWrong(0, IRewardsDistributor.Status.None);
        rewards.rule(0, true);
        propose(E0, ROOT, 1);
        vm.prank(judge);
        expectWrong(1, IRewardsDistributor.Status.Proposed);
        rewards.rule(1, true);
        challenge(1);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.NotAllowed.selector, address(this)));
        rewards.rule(1, true);
        vm.prank(judge);
        expectWrong(1, IRewardsDistributor.Status.Challenged);
        rewards.rule(2, true);
        uint256 until = block.timestamp + 7 days;
        vm.warp(until);
        vm.prank(judge);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.TooLate.selector, until));
        rewards.rule(1, true);
    }

    function test_drop_silence_returnsBoth() public {
        end(E0);
        propose(E0, ROOT, 1_000e18);
        challenge(1);
        uint256 until = block.timestamp + 7 days;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.TooEarly.selector, until));
        rewards.drop();
        vm.warp(until);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Dropped(1);
        vm.prank(alice);
        rewards.drop();
        assertBond(proposer, BOND, 0, "RWD-03: the proposer's bond is free");
        assertBond(challenger, BOND, 0, "RWD-03: the challenger's bond is free");
        vm.prank(challenger);
        rewards.withdrawBond(BOND, challenger);
        expectWrong(1, IRewardsDistributor.Status.None);
        rewards.drop();
        expectWrong(1, IRewardsDistributor.Status.None);
        rewards.activate();
        assertEq(propose(E0, ROOT, 1_000e18), 2, "RWD-03: and it is proposed again");
        expectWrong(2, IRewardsDistributor.Status.Proposed);
        rewards.drop();
    }

    /// @dev Who holds the seat with a wrong root of its own pays for it each time, whoever wins.
    function test_rule_ownChallenge_costsHalfABond() public {
        bondOf(proposer, BOND);
        end(E0);
        propose(E0, ROOT, 1_000e18);
        vm.prank(proposer);
        rewards.challenge(1, 0);
        assertBond(proposer, 2 * BOND, 2 * BOND, "RWD-03: both bonds are in use");
        rule(1, false);
        assertBond(proposer, BOND + BOND / 2, 0, "RWD-03: half a bond is gone");
    }

    function test_rule_byTheNewArbitrator() public {
        end(E0);
        propose(E0, ROOT, 1);
        challenge(1);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.ArbitratorSet(alice);
        rewards.setArbitrator(alice);
        assertEq(rewards.arbitrator(), alice, "RWD-03: the arbitrator is replaced");
        vm.prank(judge);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.NotAllowed.selector, judge));
        rewards.rule(1, true);
        vm.prank(alice);
        rewards.rule(1, false);
    }

    // ------------------------------------------------------------------------------------------------------- RWD-04

    function test_activate_toTheSecond() public {
        end(E0);
        propose(E0, ROOT, 1_000e18);
        uint256 from = block.timestamp + 24 hours;
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.TooEarly.selector, from));
        rewards.activate();
        vm.warp(from);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Activated(1, E0, ROOT, 1_000e18);
        vm.prank(alice);
        rewards.activate();
        assertActive(ROOT, E0, 1_000e18);
        expectWrong(1, IRewardsDistributor.Status.None);
        rewards.activate();
    }

    /// @dev Fees that fell are impossible; should they, nothing becomes active that they do not allow.
    function test_activate_capsAgain() public {
        end(E0);
        propose(E0, ROOT, 1_000e18);
        vm.warp(block.timestamp + 24 hours);
        fees.setFees(100e6 - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IRewardsDistributor.TotalTooHigh.selector,
                1_000e18,
                50_000e18,
                1_000e18,
                1_000e18 - RATE
            )
        );
        rewards.activate();
        fees.setFees(100e6);
        rewards.activate();
    }

    // ------------------------------------------------------------------------------------------------------- RWD-05

    function test_claim_cumulative() public {
        bytes32 bobs = leafOf(bob, 300e18);
        bytes32 root = pairOf(leafOf(alice, 200e18), bobs);
        activate(E0, root, 500e18);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Claimed(0, uint160(alice), alice, 200e18);
        assertEq(claim(alice, 200e18, bobs, root), 200e18, "RWD-05: all of it");
        assertEq(unxv.balanceOf(alice), 200e18, "RWD-05: paid");
        assertEq(rewards.claimedOf(0, uint160(alice)), 200e18, "RWD-05: counted");
        assertEq(claim(alice, 200e18, bobs, root), 0, "RWD-05: once");
        assertEq(unxv.balanceOf(alice), 200e18, "RWD-05: paid once");

        bytes32 next = pairOf(leafOf(alice, 250e18), bobs);
        activate(E0 + 1, next, 550e18);
        assertEq(claim(alice, 250e18, bobs, next), 50e18, "RWD-05: the difference");
        assertEq(unxv.balanceOf(alice), 250e18, "RWD-05: the difference is paid");
        (, , , uint256 claimed) = rewards.active();
        assertEq(claimed, 250e18, "RWD-05: all claims");
    }

    /// @dev A root over a leaf that an earlier one had higher: nothing for it, nothing in the way of others.
    function test_claim_lowerLeaf() public {
        bytes32 bobs = leafOf(bob, 300e18);
        bytes32 root = pairOf(leafOf(alice, 200e18), bobs);
        activate(E0, root, 500e18);
        claim(alice, 200e18, bobs, root);
        bytes32 next = pairOf(leafOf(alice, 100e18), leafOf(bob, 400e18));
        activate(E0 + 1, next, 500e18);
        assertEq(claim(alice, 100e18, leafOf(bob, 400e18), next), 0, "RWD-05: a lower leaf pays nothing");
        // Together the leaves that were paid are 600: the total ends it at 500.
        assertEq(claim(bob, 400e18, leafOf(alice, 100e18), next), 300e18, "RWD-06: up to the total");
        assertEq(claim(bob, 400e18, leafOf(alice, 100e18), next), 0, "RWD-06: and no further");
        bytes32 last = pairOf(leafOf(alice, 200e18), leafOf(bob, 400e18));
        activate(E0 + 2, last, 600e18);
        assertEq(claim(bob, 400e18, leafOf(alice, 200e18), last), 100e18, "RWD-05: what was short is paid later");
    }

    function test_claim_recipient() public {
        assertEq(rewards.recipientOf(alice), alice, "RWD-05: itself");
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.RecipientSet(alice, bob);
        vm.prank(alice);
        rewards.setRecipient(bob);
        assertEq(rewards.recipientOf(alice), bob, "RWD-05: whom it named");
        bytes32 root = leafOf(alice, 200e18);
        activate(E0, root, 200e18);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Claimed(0, uint160(alice), bob, 200e18);
        vm.prank(address(0xDEAD));
        rewards.claim(0, uint160(alice), 200e18, new bytes32[](0), root);
        assertEq(unxv.balanceOf(bob), 200e18, "RWD-05: to the recipient, whoever claims");
        assertEq(rewards.recipientOf(alice), bob, "RWD-05: the recipient stays");
        vm.prank(alice);
        rewards.setRecipient(address(0));
        assertEq(rewards.recipientOf(alice), alice, "RWD-05: itself again");
        assertEq(rewards.claimedOf(0, uint160(alice)), 200e18, "RWD-05: what was claimed stays");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InvalidAddress.selector, address(rewards)));
        rewards.setRecipient(address(rewards));
    }

    function test_claim_rootChanged() public {
        bytes32 root = leafOf(alice, 200e18);
        bytes4 error = IRewardsDistributor.RootChanged.selector;
        vm.expectRevert(abi.encodeWithSelector(error, bytes32(0)));
        rewards.claim(0, uint160(alice), 200e18, new bytes32[](0), root);
        end(E0);
        propose(E0, root, 200e18);
        // Not activated: pays nothing.
        vm.expectRevert(abi.encodeWithSelector(error, bytes32(0)));
        rewards.claim(0, uint160(alice), 200e18, new bytes32[](0), root);
        vm.warp(block.timestamp + 24 hours);
        rewards.activate();
        activate(E0 + 1, ROOT, 300e18);
        vm.expectRevert(abi.encodeWithSelector(error, ROOT));
        rewards.claim(0, uint160(alice), 200e18, new bytes32[](0), root);
        vm.expectRevert(abi.encodeWithSelector(error, ROOT));
        rewards.claimMany(new IRewardsDistributor.Claim[](0), root);
    }

    function test_claim_beforeTheFirstRoot() public {
        bytes4 error = IRewardsDistributor.InvalidProof.selector;
        vm.expectRevert(abi.encodeWithSelector(error, 0, uint160(alice)));
        rewards.claim(0, uint160(alice), 1, new bytes32[](0), bytes32(0));
    }

    function test_claim_wrongProofs() public {
        bytes32 bobs = leafOf(bob, 300e18);
        bytes32 root = pairOf(leafOf(alice, 200e18), bobs);
        activate(E0, root, 500e18);
        expectInvalid(0, uint160(alice));
        rewards.claim(0, uint160(alice), 200e18 + 1, proofOf(bobs), root);
        expectInvalid(0, uint160(bob));
        rewards.claim(0, uint160(bob), 200e18, proofOf(bobs), root);
        expectInvalid(1, uint160(alice));
        rewards.claim(1, uint160(alice), 200e18, proofOf(bobs), root);
        expectInvalid(0, uint160(alice));
        rewards.claim(0, uint160(alice), 200e18, proofOf(ROOT), root);
        expectInvalid(0, uint160(alice));
        rewards.claim(0, uint160(alice), 200e18, new bytes32[](0), root);
        vm.chainId(1);
        expectInvalid(0, uint160(alice));
        rewards.claim(0, uint160(alice), 200e18, proofOf(bobs), root);
    }

    /// @dev Another distributor's leaves are none of ours.
    function test_claim_otherDistributor() public {
        bytes32 root = leafOf(alice, 200e18);
        IRewardsDistributor first = rewards;
        rewards = deploy(judge, RATE, stepsOf(E0, PER_EPOCH, E0 + 100), PARAMETERS);
        bondOf(proposer, BOND);
        fund(1_000e18);
        activate(E0, root, 200e18);
        expectInvalid(0, uint160(alice));
        rewards.claim(0, uint160(alice), 200e18, new bytes32[](0), root);
        (bytes32 active, , , ) = first.active();
        assertEq(active, bytes32(0), "RWD-05: the first has no root");
    }

    function test_claim_leavesThatNobodyHas() public {
        bytes32[3] memory leaves = [leafOf(2, uint160(alice), 1), leafOf(0, 0, 1), leafOf(0, 1 << 160, 1)];
        bytes32 side = pairOf(leaves[0], leaves[1]);
        bytes32 root = pairOf(side, leaves[2]);
        activate(E0, root, 3);
        bytes32[] memory proof = new bytes32[](2);
        (proof[0], proof[1]) = (leaves[1], leaves[2]);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.UnknownKind.selector, 2));
        rewards.claim(2, uint160(alice), 1, proof, root);
        proof[0] = leaves[0];
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.NotAnAddress.selector, 0));
        rewards.claim(0, 0, 1, proof, root);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.NotAnAddress.selector, 1 << 160));
        rewards.claim(0, 1 << 160, 1, proofOf(side), root);
    }

    function test_claimedOf_refused() public {
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.UnknownKind.selector, 2));
        rewards.claimedOf(2, 1);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.NotAnAddress.selector, 1 << 160));
        rewards.claimedOf(0, 1 << 160);
    }

    function test_claim_pool() public {
        bytes32 root = leafOf(1, provisionId, 200e18);
        activate(E0, root, 200e18);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.Claimed(1, provisionId, address(pools), 200e18);
        assertEq(claimPool(200e18, root), 200e18, "RWD-05: to the pool");
        assertEq(pools.rewardsOf(provisionId), 200e18, "RWD-05: of its provision");
        assertEq(unxv.balanceOf(address(pools)), 200e18, "RWD-05: the tokens are there");
        assertEq(unxv.allowance(address(rewards), address(pools)), 0, "RWD-05: no allowance stays");
        assertEq(rewards.claimedOf(1, provisionId), 200e18, "RWD-05: counted");
        assertEq(claimPool(200e18, root), 0, "RWD-05: once");
        bytes32 next = leafOf(1, provisionId, 250e18);
        activate(E0 + 1, next, 250e18);
        assertEq(claimPool(250e18, next), 50e18, "RWD-05: the difference");
    }

    function test_claim_pool_refused_isNotLost() public {
        bytes32 root = leafOf(1, provisionId, 200e18);
        activate(E0, root, 200e18);
        pools.refuse(true);
        vm.expectRevert(abi.encodeWithSelector(RewardsPools.Refused.selector, provisionId));
        rewards.claim(1, provisionId, 200e18, new bytes32[](0), root);
        assertEq(rewards.claimedOf(1, provisionId), 0, "RWD-05: nothing is counted");
        pools.refuse(false);
        assertEq(claimPool(200e18, root), 200e18, "RWD-05: it is paid later");
    }

    /// @dev Whoever is called in a claim finds it counted already.
    function test_claim_reentrancy() public {
        bytes32 root = leafOf(1, provisionId, 200e18);
        activate(E0, root, 200e18);
        bytes memory again = abi.encodeCall(
            IRewardsDistributor.claim,
            (1, provisionId, 200e18, new bytes32[](0), root)
        );
        pools.callBack(address(rewards), again);
        assertEq(claimPool(200e18, root), 200e18, "RWD-05: once");
        assertEq(unxv.balanceOf(address(pools)), 200e18, "RWD-05: nothing twice");
        assertEq(pools.rewardsOf(provisionId), 200e18, "RWD-05: nothing twice in the pool");
    }

    function test_claimMany() public {
        bytes32[3] memory leaves = [leafOf(alice, 100e18), leafOf(bob, 200e18), leafOf(1, provisionId, 50e18)];
        bytes32 side = pairOf(leaves[0], leaves[1]);
        bytes32 root = pairOf(side, leaves[2]);
        activate(E0, root, 350e18);
        IRewardsDistributor.Claim[] memory claims = new IRewardsDistributor.Claim[](3);
        bytes32[] memory proof = new bytes32[](2);
        (proof[0], proof[1]) = (leaves[1], leaves[2]);
        claims[0] = IRewardsDistributor.Claim(0, uint160(alice), 100e18, proof);
        bytes32[] memory second = new bytes32[](2);
        (second[0], second[1]) = (leaves[0], leaves[2]);
        claims[1] = IRewardsDistributor.Claim(0, uint160(bob), 200e18, second);
        claims[2] = IRewardsDistributor.Claim(1, provisionId, 50e18, proofOf(side));
        // Somebody was there before: the others are paid all the same.
        rewards.claim(0, uint160(alice), 100e18, proof, root);
        uint256[] memory paid = rewards.claimMany(claims, root);
        assertEq(paid[0], 0, "RWD-05: paid before");
        assertEq(paid[1], 200e18, "RWD-05: paid");
        assertEq(paid[2], 50e18, "RWD-05: paid to the pool");
        assertEq(unxv.balanceOf(alice) + unxv.balanceOf(bob), 300e18, "RWD-05: once each");
        claims[2].cumulative += 1;
        expectInvalid(1, provisionId);
        rewards.claimMany(claims, root);
    }

    // ------------------------------------------------------------------------------------------------------- RWD-06

    /// @dev A root whose leaves are more than its total: whoever comes first is paid, up to the total, and bonds stay.
    function test_caps_leavesAboveTheTotal() public {
        bytes32 bobs = leafOf(bob, 40_000e18);
        bytes32 root = pairOf(leafOf(alice, 30_000e18), bobs);
        activate(E0, root, 1_000e18);
        assertEq(claim(alice, 30_000e18, bobs, root), 1_000e18, "RWD-06: up to the total");
        assertEq(claim(bob, 40_000e18, leafOf(alice, 30_000e18), root), 0, "RWD-06: nothing is left");
        assertEq(rewards.claimedOf(0, uint160(alice)), 1_000e18, "RWD-06: what was paid is counted, not what was due");
        assertEq(unxv.balanceOf(address(rewards)), 49_000e18 + 2 * BOND, "RWD-06: the rest is there");
    }

    function test_caps_leafBeyondAllNumbers() public {
        bytes32 root = leafOf(alice, MAX);
        activate(E0, root, 1_000e18);
        assertEq(rewards.claim(0, uint160(alice), MAX, new bytes32[](0), root), 1_000e18, "RWD-06: the total");
    }

    function testFuzz_caps_least(uint256 funded, uint256 fee, uint256 weeks_, uint256 total) public {
        (funded, fee, weeks_) = (bound(funded, 1, 1e26), bound(fee, 0, 1e13), bound(weeks_, 0, 120));
        fund(funded);
        fees.setFees(fee);
        end(E0 + weeks_);
        (uint256 isFunded, uint256 scheduled, uint256 byFees) = rewards.caps(E0 + weeks_);
        assertEq(isFunded, 50_000e18 + funded, "RWD-06: funded");
        assertEq(scheduled, PER_EPOCH * (weeks_ < 100 ? weeks_ + 1 : 100), "RWD-06: scheduled");
        assertEq(byFees, fee * RATE, "RWD-06: by fees");
        uint256 least = isFunded < scheduled ? isFunded : scheduled;
        if (byFees < least) least = byFees;
        total = bound(total, 0, 2 * least + 1);
        if (total > least) {
            bytes memory error = abi.encodeWithSelector(
                IRewardsDistributor.TotalTooHigh.selector,
                total,
                isFunded,
                scheduled,
                byFees
            );
            expectProposal(error, E0 + weeks_, ROOT, total);
        } else {
            activate(E0 + weeks_, ROOT, total);
            assertActive(ROOT, E0 + weeks_, total);
        }
    }

    // --------------------------------------------------------------------------------------------------- governance

    function test_setRate_laterFeesOnly() public {
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.RateSet(2 * RATE, 5_000e6);
        rewards.setRate(2 * RATE);
        assertEq(rewards.unxvPerUsdc(), 2 * RATE, "RWD-06: the rate");
        assertByFees(50_000e18, "RWD-06: earlier fees allow what they did");
        fees.setFees(5_001e6);
        assertByFees(50_020e18, "RWD-06: a later one allows twice as much");
        rewards.setRate(RATE);
        assertByFees(50_020e18, "RWD-06: a lower rate takes nothing back");
        fees.setFees(5_002e6);
        assertByFees(50_030e18, "RWD-06: and counts from then on");
    }

    function test_setRate_bounds() public {
        expectBounds(RATE / 2 - 1, RATE / 2, 2 * RATE);
        rewards.setRate(RATE / 2 - 1);
        expectBounds(2 * RATE + 1, RATE / 2, 2 * RATE);
        rewards.setRate(2 * RATE + 1);
        rewards.setRate(RATE / 2);
        for (uint256 rate = RATE / 2; rate > 1e9; rate = rate / 2 > 1e9 ? rate / 2 : 1e9) {
            rewards.setRate(rate / 2 > 1e9 ? rate / 2 : 1e9);
        }
        expectBounds(1e9 - 1, 1e9, 2e9);
        rewards.setRate(1e9 - 1);
        for (uint256 rate = 1e9; rate < 1e16; rate = rate * 2 < 1e16 ? rate * 2 : 1e16) {
            rewards.setRate(rate * 2 < 1e16 ? rate * 2 : 1e16);
        }
        expectBounds(1e16 + 1, 5e15, 1e16);
        rewards.setRate(1e16 + 1);
    }

    /// @dev More than a word's part can hold is more than any schedule grants.
    function test_setRate_hugeAllowance() public {
        fees.setFees(1e17);
        rewards.setRate(RATE);
        assertByFees(type(uint96).max, "RWD-06: as much as fits");
    }

    function test_schedule_steps() public {
        IRewardsDistributor.Step[] memory steps = new IRewardsDistributor.Step[](3);
        steps[0] = IRewardsDistributor.Step(uint32(E0 + 2), 500e18);
        steps[1] = IRewardsDistributor.Step(uint32(E0 + 4), 1e18);
        steps[2] = IRewardsDistributor.Step(uint32(E0 + 6), 0);
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.ScheduleSet(steps);
        rewards.setSchedule(steps);
        uint256[9] memory expected = [uint256(0), 1_000, 2_000, 2_500, 3_000, 3_001, 3_002, 3_002, 3_002];
        for (uint256 i; i < 9; ++i) assertScheduled(E0 - 1 + i, expected[i] * 1e18, "RWD-06: the schedule");
        assertScheduled(type(uint32).max, 3_002e18, "RWD-06: it ends");
        assertScheduled(type(uint64).max, 3_002e18, "RWD-06: at no epoch is there more");

        // What an epoch that has begun grants is for good.
        vm.warp((E0 + 4) * WEEK - 1);
        steps[0].from = uint32(E0 + 3);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.StepTooEarly.selector, E0 + 3, E0 + 4));
        rewards.setSchedule(steps);
        rewards.setSchedule(stepsOf(E0 + 4, 7e18, E0 + 5));
        assertScheduled(E0 + 3, 3_000e18, "RWD-06: before it, as before");
        assertScheduled(E0 + 4, 3_007e18, "RWD-06: after it, anew");
        assertScheduled(E0 + 9, 3_007e18, "RWD-06: what was there is gone");
        rewards.setSchedule(stepsOf(E0 + 50, 9e18, E0 + 51));
        assertScheduled(E0 + 49, 3_007e18, "RWD-06: a pause of the schedule");
        assertScheduled(E0 + 50, 3_016e18, "RWD-06: and its end");
    }

    /// @dev Roots of epochs in one segment after another: each is looked up from the last one's.
    function test_schedule_rootsAcrossSteps() public {
        IRewardsDistributor.Step[] memory steps = new IRewardsDistributor.Step[](4);
        steps[0] = IRewardsDistributor.Step(uint32(E0 + 1), 500e18);
        steps[1] = IRewardsDistributor.Step(uint32(E0 + 2), 100e18);
        steps[2] = IRewardsDistributor.Step(uint32(E0 + 3), 10e18);
        steps[3] = IRewardsDistributor.Step(uint32(E0 + 4), 0);
        rewards.setSchedule(steps);
        activate(E0, ROOT, 1_000e18);
        activate(E0 + 2, ROOT, 1_600e18);
        end(E0 + 5);
        bytes memory error = abi.encodeWithSelector(
            IRewardsDistributor.TotalTooHigh.selector,
            1_610e18 + 1,
            50_000e18,
            1_610e18,
            50_000e18
        );
        expectProposal(error, E0 + 5, ROOT, 1_610e18 + 1);
        rewards.setSchedule(stepsOf(E0 + 7, 20e18, E0 + 8));
        activate(E0 + 5, ROOT, 1_610e18);
        activate(E0 + 7, ROOT, 1_630e18);
        activate(E0 + 9, ROOT, 1_630e18);
    }

    function test_schedule_refused() public {
        IRewardsDistributor.Step[] memory steps = new IRewardsDistributor.Step[](0);
        expectBounds(0, 1, 16);
        rewards.setSchedule(steps);
        expectBounds(17, 1, 16);
        rewards.setSchedule(new IRewardsDistributor.Step[](17));
        steps = stepsOf(E0, 1, E0 + 9);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.StepTooEarly.selector, E0, E0 + 1));
        rewards.setSchedule(steps);
        steps = stepsOf(E0 + 5, 1, E0 + 5);
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.StepTooEarly.selector, E0 + 5, E0 + 6));
        rewards.setSchedule(steps);
        steps = stepsOf(E0 + 5, 1_600_000e18 + 1, E0 + 6);
        expectBounds(1_600_000e18 + 1, 0, 1_600_000e18);
        rewards.setSchedule(steps);
        steps = stepsOf(E0 + 5, 1_600_000e18, E0 + 5 + 219);
        expectBounds(5_000e18 + 219 * 1_600_000e18, 0, 350_000_000e18);
        rewards.setSchedule(steps);
        steps = stepsOf(E0 + 5, 1_600_000e18, E0 + 5 + 218);
        rewards.setSchedule(steps);
        steps[1].perEpoch = 1;
        vm.expectRevert(IRewardsDistributor.EndlessSchedule.selector);
        rewards.setSchedule(steps);
    }

    function test_parameters_fromTheNextEpoch() public {
        bytes memory second = "second";
        bytes memory third = "third";
        vm.expectEmit(address(rewards));
        emit IRewardsDistributor.ParametersSet(E0 + 1, keccak256("never"), "never");
        rewards.setParameters("never");
        rewards.setParameters(second);
        assertParameters(E0 - 1, bytes32(0), "RWD-02: none before the first");
        assertParameters(E0, keccak256(PARAMETERS), "RWD-02: those of the epoch that runs stay");
        assertParameters(E0 + 1, keccak256(second), "RWD-02: the last ones set hold from the next on");
        vm.warp((E0 + 3) * WEEK);
        rewards.setParameters(third);
        assertParameters(E0, keccak256(PARAMETERS), "RWD-02: the first still");
        assertParameters(E0 + 1, keccak256(second), "RWD-02: the second still");
        assertParameters(E0 + 3, keccak256(second), "RWD-02: the second to its end");
        assertParameters(E0 + 4, keccak256(third), "RWD-02: the third after it");
        // Roots of each are proposed with its own.
        activate(E0, ROOT, 0);
        activate(E0 + 3, ROOT, 0);
        activate(E0 + 4, ROOT, 0);
        vm.expectRevert(IRewardsDistributor.ZeroAmount.selector);
        rewards.setParameters("");
    }

    function test_governance_only() public {
        bytes memory error = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice);
        vm.startPrank(alice);
        vm.expectRevert(error);
        rewards.setArbitrator(alice);
        vm.expectRevert(error);
        rewards.setRate(RATE);
        IRewardsDistributor.Step[] memory steps = stepsOf(E0 + 1, 1, E0 + 2);
        vm.expectRevert(error);
        rewards.setSchedule(steps);
        vm.expectRevert(error);
        rewards.setParameters("x");
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InvalidAddress.selector, address(0)));
        rewards.setArbitrator(address(0));
    }

    // ------------------------------------------------------------------------------------------------- construction

    function test_constructor_refused() public {
        IRewardsDistributor.Step[] memory steps = stepsOf(E0, 1, E0 + 1);
        for (uint256 i; i < 4; ++i) {
            address[4] memory parts = [address(unxv), address(fees), address(pools), judge];
            parts[i] = address(0);
            bytes memory arguments = abi.encode(
                manager,
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                RATE,
                steps,
                PARAMETERS
            );
            expectNoDeployment(
                arguments,
                abi.encodeWithSelector(IRewardsDistributor.InvalidAddress.selector, address(0))
            );
        }
        bytes4 bounds = IRewardsDistributor.OutOfBounds.selector;
        expectNoDeployment(argumentsOf(1e9 - 1, steps), abi.encodeWithSelector(bounds, 1e9 - 1, 1e9, 1e16));
        expectNoDeployment(argumentsOf(1e16 + 1, steps), abi.encodeWithSelector(bounds, 1e16 + 1, 1e9, 1e16));
        steps[0].from = uint32(E0 - 1);
        expectNoDeployment(
            argumentsOf(RATE, steps),
            abi.encodeWithSelector(IRewardsDistributor.StepTooEarly.selector, E0 - 1, E0)
        );
    }

    function argumentsOf(uint256 rate, IRewardsDistributor.Step[] memory steps) private view returns (bytes memory) {
        return abi.encode(manager, unxv, fees, pools, judge, rate, steps, PARAMETERS);
    }

    function tryDeploy(bytes memory arguments) external returns (IRewardsDistributor) {
        return deployWith(arguments);
    }

    function expectNoDeployment(bytes memory arguments, bytes memory error) private {
        try this.tryDeploy(arguments) {
            revert Untrue("RWD-02: it was deployed");
        } catch (bytes memory reason) {
            assertEq(keccak256(reason), keccak256(error), "RWD-02: why it was not");
        }
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function claim(address account, uint256 cumulative, bytes32 sibling, bytes32 root) private returns (uint256) {
        return rewards.claim(0, uint160(account), cumulative, proofOf(sibling), root);
    }

    function claimPool(uint256 cumulative, bytes32 root) private returns (uint256) {
        return rewards.claim(1, provisionId, cumulative, new bytes32[](0), root);
    }

    function expectProposal(bytes memory error, uint256 epoch, bytes32 root, uint256 total) private {
        bytes32 hash = rewards.parametersHash(epoch);
        vm.prank(proposer);
        vm.expectRevert(error);
        rewards.propose(epoch, root, total, hash, DATA);
    }

    function expectWrong(uint256 id, IRewardsDistributor.Status status) private {
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.WrongProposal.selector, id, status));
    }

    function expectInvalid(uint256 kind, uint256 account) private {
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.InvalidProof.selector, kind, account));
    }

    function expectBounds(uint256 value, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(IRewardsDistributor.OutOfBounds.selector, value, least, most));
    }

    function assertBond(address who, uint256 bond, uint256 inUse, string memory message) private view {
        (uint256 actual, uint256 actualInUse) = rewards.bondOf(who);
        assertEq(actual, bond, string.concat(message, ": bond"));
        assertEq(actualInUse, inUse, string.concat(message, ": in use"));
    }

    function assertStatus(IRewardsDistributor.Status status, string memory message) private view {
        assertEq(uint256(rewards.proposal().status), uint256(status), message);
    }

    function assertActive(bytes32 root, uint256 epoch, uint256 total) private view {
        (bytes32 actual, uint256 actualEpoch, uint256 actualTotal, ) = rewards.active();
        assertEq(actual, root, "RWD-04: the active root");
        assertEq(actualEpoch, epoch, "RWD-04: its epoch");
        assertEq(actualTotal, total, "RWD-04: its total");
    }

    function assertByFees(uint256 expected, string memory message) private view {
        (, , uint256 byFees) = rewards.caps(E0);
        assertEq(byFees, expected, message);
    }

    function assertScheduled(uint256 epoch, uint256 expected, string memory message) private view {
        (, uint256 scheduled, ) = rewards.caps(epoch);
        assertEq(scheduled, expected, message);
    }

    function assertParameters(uint256 epoch, bytes32 expected, string memory message) private view {
        assertEq(rewards.parametersHash(epoch), expected, message);
    }
}
