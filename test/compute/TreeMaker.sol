// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {UsageTree} from "../../contracts/compute/libraries/UsageTree.sol";

/// @notice Builds usage trees level by level, as the page describes them, and the ways from their nodes to the top.
library TreeMaker {
    function leafOf(bytes32 receiptHash, uint128 cost) internal pure returns (UsageTree.Node memory) {
        return UsageTree.Node(keccak256(abi.encodePacked(uint8(0), receiptHash, cost)), cost);
    }

    function pairOf(
        UsageTree.Node memory left,
        UsageTree.Node memory right
    ) internal pure returns (UsageTree.Node memory) {
        return UsageTree.Node(keccak256(preimageOf(left, right)), left.sum + right.sum);
    }

    function preimageOf(UsageTree.Node memory left, UsageTree.Node memory right) internal pure returns (bytes memory) {
        return abi.encodePacked(uint8(1), left.hash, left.sum, right.hash, right.sum);
    }

    function rootOf(UsageTree.Node memory top_, uint64 leaves) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(2), top_.hash, top_.sum, leaves));
    }

    function above(UsageTree.Node[] memory level) internal pure returns (UsageTree.Node[] memory next) {
        next = new UsageTree.Node[]((level.length + 1) / 2);
        for (uint256 i; i < next.length; ++i) {
            next[i] = 2 * i + 1 == level.length ? level[2 * i] : pairOf(level[2 * i], level[2 * i + 1]);
        }
    }

    function top(UsageTree.Node[] memory leaves) internal pure returns (UsageTree.Node memory) {
        while (leaves.length > 1) leaves = above(leaves);
        return leaves[0];
    }

    /// @return The way to the top of node `index` of `nodes`, which are all of level `level`.
    function pathOf(
        UsageTree.Node[] memory nodes,
        uint8 level,
        uint64 index
    ) internal pure returns (UsageTree.Path memory) {
        UsageTree.Node[] memory siblings = new UsageTree.Node[](64);
        uint256 count;
        uint256 at = index;
        for (; nodes.length > 1; nodes = above(nodes)) {
            if (at ^ 1 < nodes.length) siblings[count++] = nodes[at ^ 1];
            at /= 2;
        }
        assembly ("memory-safe") {
            mstore(siblings, count)
        }
        return UsageTree.Path(level, index, siblings);
    }
}
