// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice An order's token id: maker 160 | nonce 64 | expiry 32.
/// @dev Maker and nonce make it unique for ever, so an id never comes back with other terms; the maker is the owner
/// until the first transfer, so no owner is stored.
library OrderId {
    function pack(address maker, uint256 nonce, uint256 expiry) internal pure returns (uint256) {
        return (uint256(uint160(maker)) << 96) | (nonce << 32) | expiry;
    }

    function makerOf(uint256 id) internal pure returns (address) {
        return address(uint160(id >> 96));
    }

    function nonceOf(uint256 id) internal pure returns (uint256) {
        return (id >> 32) & type(uint64).max;
    }

    /// @return The first second at which the order can no longer be filled. The latest, in the year 2106, stands for
    /// never.
    function expiryOf(uint256 id) internal pure returns (uint256) {
        return id & type(uint32).max;
    }

    function isExpired(uint256 id) internal view returns (bool) {
        return block.timestamp >= expiryOf(id);
    }
}
