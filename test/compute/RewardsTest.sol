// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {IRewardsDistributor} from "../../contracts/compute/interfaces/IRewardsDistributor.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {UNXV} from "../../contracts/dao/UNXV.sol";
import {RewardsPools} from "../mocks/compute/RewardsPools.sol";
import {SteeredFees} from "../mocks/compute/SteeredFees.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Test} from "../support/Test.sol";

/// @notice The distributor as it is deployed, beside fees and pools that do as they are told; the test is governance.
abstract contract RewardsTest is Test {
    uint256 internal constant WEEK = 7 days;
    /// @dev The epoch of the deployment.
    uint256 internal constant E0 = 2_976;
    /// @dev Its second day.
    uint256 internal constant T0 = E0 * WEEK + 1 days;
    uint256 internal constant BOND = 5_000e18;
    /// @dev 10 UNXV a USD in fees.
    uint256 internal constant RATE = 1e13;
    uint256 internal constant PER_EPOCH = 1_000e18;
    bytes32 internal constant DATA = keccak256("data");
    bytes internal constant PARAMETERS = "parameters";

    AccessManager internal manager;
    UNXV internal unxv;
    SteeredFees internal fees;
    RewardsPools internal pools;
    IRewardsDistributor internal rewards;

    address internal proposer = address(0x960);
    address internal challenger = address(0xC4A);
    address internal judge = address(0x10D6E);
    address internal alice = address(0xA11CE);
    address internal bob = address(0xB0B);
    uint256 internal provisionId = ComputeIds.provisionId(address(0xB0B), 1);

    function setUp() public virtual {
        vm.warp(T0);
        manager = AccessManager(Artifacts.deploy("AccessManager.sol:AccessManager", abi.encode(address(this))));
        unxv = UNXV(Artifacts.deploy("contracts/dao/UNXV.sol:UNXV", abi.encode(address(this))));
        fees = new SteeredFees();
        pools = new RewardsPools(unxv);
        rewards = deploy(judge, RATE, stepsOf(E0, PER_EPOCH, E0 + 100), PARAMETERS);
        bondOf(proposer, BOND);
        bondOf(challenger, BOND);
        fund(50_000e18);
        fees.setFees(5_000e6);
    }

    function deploy(
        address arbitrator,
        uint256 rate,
        IRewardsDistributor.Step[] memory steps,
        bytes memory parameters
    ) internal returns (IRewardsDistributor) {
        return
            deployWith(abi.encode(address(manager), address(unxv), fees, pools, arbitrator, rate, steps, parameters));
    }

    function deployWith(bytes memory arguments) internal returns (IRewardsDistributor) {
        string memory artifact = "contracts/compute/RewardsDistributor.sol:RewardsDistributor";
        return IRewardsDistributor(Artifacts.deploy(artifact, arguments));
    }

    /// @dev One rate between two epochs.
    function stepsOf(
        uint256 from,
        uint256 perEpoch,
        uint256 until
    ) internal pure returns (IRewardsDistributor.Step[] memory steps) {
        steps = new IRewardsDistributor.Step[](2);
        steps[0] = IRewardsDistributor.Step(uint32(from), uint96(perEpoch));
        steps[1] = IRewardsDistributor.Step(uint32(until), 0);
    }

    function fund(uint256 amount) internal {
        unxv.approve(address(rewards), amount);
        rewards.fund(amount);
    }

    function bondOf(address who, uint256 amount) internal {
        unxv.transfer(who, amount);
        vm.startPrank(who);
        unxv.approve(address(rewards), amount);
        rewards.depositBond(amount);
        vm.stopPrank();
    }

    /// @dev To the first second after `epoch`.
    function end(uint256 epoch) internal {
        if (block.timestamp < (epoch + 1) * WEEK) vm.warp((epoch + 1) * WEEK);
    }

    function propose(uint256 epoch, bytes32 root, uint256 total) internal returns (uint256) {
        bytes32 hash = rewards.parametersHash(epoch);
        vm.prank(proposer);
        return rewards.propose(epoch, root, total, hash, DATA);
    }

    /// @dev The whole way of a root that nobody challenges.
    function activate(uint256 epoch, bytes32 root, uint256 total) internal {
        end(epoch);
        propose(epoch, root, total);
        vm.warp(block.timestamp + 24 hours);
        rewards.activate();
    }

    function challenge(uint256 id) internal {
        vm.prank(challenger);
        rewards.challenge(id, keccak256("evidence"));
    }

    function rule(uint256 id, bool isValid) internal {
        vm.prank(judge);
        rewards.rule(id, isValid);
    }

    function leafOf(uint256 kind, uint256 account, uint256 cumulative) internal view returns (bytes32) {
        return
            keccak256(bytes.concat(keccak256(abi.encode(block.chainid, address(rewards), kind, account, cumulative))));
    }

    function leafOf(address account, uint256 cumulative) internal view returns (bytes32) {
        return leafOf(0, uint160(account), cumulative);
    }

    function pairOf(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function proofOf(bytes32 sibling) internal pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = sibling;
    }
}
