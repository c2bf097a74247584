// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A Merkle tree with sums over the receipts of a collection, in the order of their counters. Costs and sums are in
/// 1e-12 USD. A pair's node is made of both hashes and both sums; an odd node moves up as it is. So the number of leaves
/// fixes the shape, and the way from a node to the top names that node alone.
library UsageTree {
    /// @param sum the cost of all receipts below, as the node above says it
    struct Node {
        bytes32 hash;
        uint128 sum;
    }

    /// @notice Where a node is, and what is beside its way to the top.
    /// @param level 0 for leaves
    /// @param index counted from 0 at that level
    /// @param siblings from the node up; a level where the node has no neighbour has none
    struct Path {
        uint8 level;
        uint64 index;
        Node[] siblings;
    }

    /// @dev A tree whose leaves are counted in 64 bits is no higher.
    uint256 private constant _MOST_LEVELS = 64;
    uint256 private constant _LEAF_LENGTH = 49;
    uint256 private constant _PAIR_LENGTH = 97;

    /// @return The hash of the leaf of a receipt, by the digest that its machine key signed.
    function leafOf(bytes32 receiptHash, uint128 cost) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), receiptHash, cost));
    }

    /// @return The `usageRoot` over a top node and the number of leaves.
    function rootOf(bytes32 hash, uint128 sum, uint64 leaves) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(2), hash, sum, leaves));
    }

    /// @return Whether `node` at the path's place is part of the tree of `leaves` leaves with the node `top`. False for a
    /// sum on the way that 128 bits do not hold.
    function contains(
        Node memory top,
        uint64 leaves,
        Node memory node,
        Path calldata path
    ) internal pure returns (bool) {
        if (!_exists(leaves, path.level, path.index)) return false;
        uint256 index = path.index;
        uint256 used;
        (bytes32 hash, uint256 sum) = (node.hash, node.sum);
        for (uint256 width = _widthAt(leaves, path.level); width > 1; (index, width) = (index / 2, (width + 1) / 2)) {
            bool isLeft = index % 2 == 0;
            if (isLeft && index == width - 1) continue;
            if (used == path.siblings.length) return false;
            Node calldata sibling = path.siblings[used++];
            hash =
                isLeft
                    ? _pair(hash, uint128(sum), sibling.hash, sibling.sum)
                    : _pair(sibling.hash, sibling.sum, hash, uint128(sum));
            sum += sibling.sum;
            if (sum > type(uint128).max) return false;
        }
        return used == path.siblings.length && hash == top.hash && sum == top.sum;
    }

    /// @notice Whether `preimage`, whose hash a node at this place has, is what must be there: one leaf's receipt and its
    /// cost, or a pair whose sums make `sum`.
    /// @dev The node must be part of the tree.
    function isSound(
        uint64 leaves,
        uint8 level,
        uint64 index,
        uint128 sum,
        bytes calldata preimage
    ) internal pure returns (bool) {
        // How many leaves are below: of a node that only moved up it is one.
        uint256 first = uint256(index) << level;
        if (leaves - first == 1 || level == 0) {
            return preimage.length == _LEAF_LENGTH && preimage[0] == 0x00 && uint128(bytes16(preimage[33:49])) == sum;
        }
        if (preimage.length != _PAIR_LENGTH || preimage[0] != 0x01) return false;
        return uint256(uint128(bytes16(preimage[33:49]))) + uint128(bytes16(preimage[81:97])) == sum;
    }

    function _exists(uint64 leaves, uint256 level, uint256 index) private pure returns (bool) {
        return level <= _MOST_LEVELS && index < _widthAt(leaves, level);
    }

    /// @dev Nodes at a level: zero for a tree without leaves.
    function _widthAt(uint256 leaves, uint256 level) private pure returns (uint256) {
        return (leaves + (1 << level) - 1) >> level;
    }

    function _pair(bytes32 left, uint128 leftSum, bytes32 right, uint128 rightSum) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(1), left, leftSum, right, rightSum));
    }
}
