// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {RewardsTest} from "./RewardsTest.sol";

/// @notice Whole transactions, cold: a tree of 16,384 leaves, roots one after another.
contract RewardsGasTest is RewardsTest {
    uint256 private constant DEPTH = 14;

    /// @dev The neighbours up to the top; where a leaf is among 16,384 changes nothing of what its proof costs.
    bytes32[] private path;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < DEPTH; ++i) path.push(keccak256(abi.encode("neighbour", i)));
        // Both places of roots are in use from the second one on.
        activate(E0, keccak256("first"), 100e18);
        activate(E0 + 1, keccak256("second"), 200e18);
    }

    function rootOver(bytes32 leaf) private view returns (bytes32 node) {
        node = leaf;
        for (uint256 i; i < DEPTH; ++i) node = pairOf(node, path[i]);
    }

    /// @dev Alice is new to the rewards and to the token; others were paid before.
    function test_gas_claimFirst() public {
        payBobBefore();
        bytes32 root = rootOver(leafOf(alice, 123.456789012345678901e18));
        activate(E0 + 3, root, 900e18);
        bytes32[] memory proof = path;
        vm.prank(other());
        rewards.claim(0, uint160(alice), 123.456789012345678901e18, proof, root);
        vm.snapshotGasLastCall("compute", "rewards.claimFirst");
    }

    function test_gas_claimLater() public {
        payBobBefore();
        bytes32 root = rootOver(leafOf(bob, 234.567890123456789012e18));
        activate(E0 + 3, root, 900e18);
        bytes32[] memory proof = path;
        vm.prank(other());
        rewards.claim(0, uint160(bob), 234.567890123456789012e18, proof, root);
        vm.snapshotGasLastCall("compute", "rewards.claimLater");
    }

    function test_gas_root() public {
        end(E0 + 2);
        bytes32 root = keccak256("root");
        bytes32 hash = keccak256(PARAMETERS);
        bytes32 data = keccak256("data");
        vm.prank(proposer);
        rewards.propose(E0 + 2, root, 1_234.567890123456789012e18, hash, data);
        vm.snapshotGasLastCall("compute", "rewards.propose");
        vm.warp(block.timestamp + 24 hours);
        rewards.activate();
        vm.snapshotGasLastCall("compute", "rewards.activate");
    }

    function payBobBefore() private {
        bytes32 root = rootOver(leafOf(bob, 111.222333444555666777e18));
        activate(E0 + 2, root, 500e18);
        rewards.claim(0, uint160(bob), 111.222333444555666777e18, path, root);
    }

    function other() private pure returns (address) {
        return address(0xBEEF);
    }
}
