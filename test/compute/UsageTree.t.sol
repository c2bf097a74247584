// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {UsageTree} from "../../contracts/compute/libraries/UsageTree.sol";
import {Test} from "../support/Test.sol";
import {TreeMaker} from "./TreeMaker.sol";

/// @notice Puts the library behind calls: its paths are calldata.
contract TreeReader {
    function contains(
        UsageTree.Node memory top,
        uint64 leaves,
        UsageTree.Node memory node,
        UsageTree.Path calldata path
    ) external pure returns (bool) {
        return UsageTree.contains(top, leaves, node, path);
    }

    function isSound(
        uint64 leaves,
        uint8 level,
        uint64 index,
        uint128 sum,
        bytes calldata preimage
    ) external pure returns (bool) {
        return UsageTree.isSound(leaves, level, index, sum, preimage);
    }
}

/// @notice The tree's checks against trees built otherwise, and against the SDK's (sdk/test/vectors/usageTree.json).
contract UsageTreeTest is Test {
    TreeReader private reader = new TreeReader();

    function test_roots_areTheSdks() public pure {
        checkRoot(1, 0, 0x17a46d330d6534bfde9f2c3a23154fe3f775d5f78a5059ff889cc28cdbb62e92);
        checkRoot(2, 7_919, 0x94270154501dbc5707f1c0d25d9f1ec3c3cb49ec417d3b9cd6adf58f908d9cf7);
        checkRoot(3, 23_757, 0xb803b40a142e68b65a052acd42d0b1c1aa66dd88e32bed694840936437f5195f);
        checkRoot(5, 79_190, 0x54bfe30b59d149c1006467beff54e6406d93634370c2f757b411dd2ab4ae90e5);
        checkRoot(7, 166_299, 0x55ed0a81b1cdb4f22701f82f1379a3b8874302924de68846d2871279ef4b52f8);
        checkRoot(12, 522_654, 0x307c799ffc2c101a71b0586f8d12138ac213329ee02d566b0cf2ce0c4714efbd);
        checkRoot(33, 4_181_232, 0x0cebb628c28943d5445468fb9e04eb52c80fb6517d747c6f648e5f80c472b581);
        checkRoot(70, 19_124_385, 0x48b8049f1d3dd9efa83986d3b7012535be212c1e2b78dbeb3c2def9234f800f7);
    }

    function test_everyLeaf_isThere_andNothingElse() public view {
        for (uint64 size = 1; size <= 17; ++size) {
            UsageTree.Node[] memory leaves = leavesOf(size);
            UsageTree.Node memory top = TreeMaker.top(leaves);
            for (uint64 i; i < size; ++i) {
                UsageTree.Path memory path = TreeMaker.pathOf(leaves, 0, i);
                assertTrue(reader.contains(top, size, leaves[i], path), "TREE the leaf is there");
                checkMutations(top, size, leaves[i], path);
            }
        }
    }

    function test_everyInnerNode_isThere_andSound() public view {
        for (uint64 size = 1; size <= 17; ++size) {
            UsageTree.Node[] memory nodes = leavesOf(size);
            UsageTree.Node memory top = TreeMaker.top(nodes);
            UsageTree.Node[] memory below;
            for (uint8 level; ; ++level) {
                for (uint64 i; i < nodes.length; ++i) {
                    UsageTree.Path memory path = TreeMaker.pathOf(nodes, level, i);
                    assertTrue(reader.contains(top, size, nodes[i], path), "TREE the node is there");
                    checkSoundness(size, level, i, nodes[i], preimageAt(size, level, i, below));
                }
                if (nodes.length == 1) break;
                below = nodes;
                nodes = TreeMaker.above(nodes);
            }
        }
    }

    /// @dev A level above the top is the top's still, and above 64 there is none.
    function test_place_beyondTheTop() public view {
        UsageTree.Node[] memory leaves = leavesOf(3);
        UsageTree.Node memory top = TreeMaker.top(leaves);
        UsageTree.Path memory path = UsageTree.Path(2, 0, new UsageTree.Node[](0));
        for (uint8 level = 2; level <= 64; ++level) {
            path.level = level;
            assertTrue(reader.contains(top, 3, top, path), "TREE the top");
        }
        path.level = 65;
        assertTrue(!reader.contains(top, 3, top, path), "TREE no level 65");
        path.level = 255;
        assertTrue(!reader.contains(top, 3, top, path), "TREE no level 255");
        (path.level, path.index) = (2, 1);
        assertTrue(!reader.contains(top, 3, top, path), "TREE no neighbour of the top");
        path.index = 0;
        assertTrue(!reader.contains(top, 0, top, path), "TREE nothing in a tree of none");
        assertTrue(reader.contains(top, type(uint64).max, top, UsageTree.Path(64, 0, path.siblings)), "TREE 2^64 - 1");
    }

    /// @dev A sum that wraps would make a dear tree cheap.
    function test_sum_beyond128Bits_isNotThere() public view {
        UsageTree.Node[] memory siblings = new UsageTree.Node[](1);
        siblings[0] = UsageTree.Node(bytes32(uint256(2)), type(uint128).max);
        UsageTree.Node memory node = UsageTree.Node(bytes32(uint256(1)), 1);
        bytes32 hash = keccak256(TreeMaker.preimageOf(node, siblings[0]));
        assertTrue(
            !reader.contains(UsageTree.Node(hash, 0), 2, node, UsageTree.Path(0, 0, siblings)),
            "TREE a sum that wraps"
        );
        siblings[0].sum -= 1;
        hash = keccak256(TreeMaker.preimageOf(node, siblings[0]));
        assertTrue(
            reader.contains(UsageTree.Node(hash, type(uint128).max), 2, node, UsageTree.Path(0, 0, siblings)),
            "TREE the largest sum"
        );
    }

    function test_pair_whoseSumWraps_isNotSound() public view {
        UsageTree.Node memory most = UsageTree.Node(bytes32(uint256(1)), type(uint128).max);
        bytes memory preimage = TreeMaker.preimageOf(most, UsageTree.Node(bytes32(uint256(2)), 2));
        assertTrue(!reader.isSound(2, 1, 0, 1, preimage), "TREE a pair whose sum wraps");
    }

    function testFuzz_contains_refusesOthers(uint64 size, uint64 index, bytes32 hash, uint128 sum) public view {
        size = uint64(bound(size, 1, 40));
        index = uint64(bound(index, 0, size - 1));
        UsageTree.Node[] memory leaves = leavesOf(size);
        vm.assume(hash != leaves[index].hash || sum != leaves[index].sum);
        UsageTree.Path memory path = TreeMaker.pathOf(leaves, 0, index);
        assertTrue(!reader.contains(TreeMaker.top(leaves), size, UsageTree.Node(hash, sum), path), "TREE another leaf");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function checkRoot(uint64 size, uint256 total, bytes32 root) private pure {
        UsageTree.Node memory top = TreeMaker.top(leavesOf(size));
        assertEq(top.sum, total, "TREE the SDK's total");
        assertEq(UsageTree.rootOf(top.hash, top.sum, size), root, "TREE the SDK's root");
        assertEq(TreeMaker.rootOf(top, size), root, "TREE the maker's root");
        assertEq(
            UsageTree.leafOf(receiptHashOf(size), 1),
            TreeMaker.leafOf(receiptHashOf(size), 1).hash,
            "TREE a leaf"
        );
    }

    function checkMutations(
        UsageTree.Node memory top,
        uint64 size,
        UsageTree.Node memory leaf,
        UsageTree.Path memory path
    ) private view {
        string memory message = "TREE nothing else is there";
        assertTrue(!reader.contains(top, size, UsageTree.Node(leaf.hash, leaf.sum + 1), path), message);
        assertTrue(!reader.contains(UsageTree.Node(top.hash, top.sum + 1), size, leaf, path), message);
        assertTrue(!reader.contains(UsageTree.Node(~top.hash, top.sum), size, leaf, path), message);
        UsageTree.Node[] memory siblings = path.siblings;
        if (siblings.length != 0) {
            path.siblings = new UsageTree.Node[](siblings.length - 1);
            for (uint256 i; i < path.siblings.length; ++i) path.siblings[i] = siblings[i];
            assertTrue(!reader.contains(top, size, leaf, path), message);
            path.siblings = siblings;
            siblings[0].sum ^= 1;
            assertTrue(!reader.contains(top, size, leaf, path), message);
            siblings[0].sum ^= 1;
        }
        path.siblings = new UsageTree.Node[](siblings.length + 1);
        for (uint256 i; i < siblings.length; ++i) path.siblings[i] = siblings[i];
        assertTrue(!reader.contains(top, size, leaf, path), message);
        path.siblings = siblings;
        for (uint64 i; i <= size; ++i) {
            if (i == path.index) continue;
            uint64 index = path.index;
            path.index = i;
            assertTrue(!reader.contains(top, size, leaf, path), message);
            path.index = index;
        }
    }

    function checkSoundness(
        uint64 size,
        uint8 level,
        uint64 index,
        UsageTree.Node memory node,
        bytes memory preimage
    ) private view {
        assertEq(keccak256(preimage), node.hash, "TREE the preimage");
        assertTrue(reader.isSound(size, level, index, node.sum, preimage), "TREE sound");
        assertTrue(!reader.isSound(size, level, index, node.sum + 1, preimage), "TREE another sum");
        assertTrue(!reader.isSound(size, level, index, node.sum, bytes.concat(preimage, hex"00")), "TREE longer");
        bytes1 tag = preimage[0];
        preimage[0] = 0x02;
        assertTrue(!reader.isSound(size, level, index, node.sum, preimage), "TREE another tag");
        preimage[0] = tag;
        // The other kind is not sound here.
        preimage =
            preimage.length == 49
                ? TreeMaker.preimageOf(node, UsageTree.Node(0, 0))
                : abi.encodePacked(uint8(0), bytes32(0), node.sum);
        assertTrue(!reader.isSound(size, level, index, node.sum, preimage), "TREE the other kind");
        assertTrue(!reader.isSound(size, level, index, node.sum, ""), "TREE nothing");
    }

    function preimageAt(
        uint64 size,
        uint8 level,
        uint64 index,
        UsageTree.Node[] memory below
    ) private pure returns (bytes memory) {
        uint256 first = uint256(index) << level;
        if (size - first == 1 || level == 0) return abi.encodePacked(uint8(0), receiptHashOf(first), costOf(first));
        // An odd node that moved up is what it was two levels lower.
        if (2 * index + 1 == below.length) return preimageAt(size, level - 1, 2 * index, lower(size, level - 1));
        return TreeMaker.preimageOf(below[2 * index], below[2 * index + 1]);
    }

    function lower(uint64 size, uint8 level) private pure returns (UsageTree.Node[] memory nodes) {
        nodes = leavesOf(size);
        for (uint8 i; i + 1 < level; ++i) nodes = TreeMaker.above(nodes);
    }

    function leavesOf(uint64 size) private pure returns (UsageTree.Node[] memory leaves) {
        leaves = new UsageTree.Node[](size);
        for (uint256 i; i < size; ++i) leaves[i] = TreeMaker.leafOf(receiptHashOf(i), costOf(i));
    }

    function receiptHashOf(uint256 i) private pure returns (bytes32) {
        return keccak256(abi.encode(i));
    }

    function costOf(uint256 i) private pure returns (uint128) {
        return uint128((i * 7919) % 1_000_003);
    }
}
