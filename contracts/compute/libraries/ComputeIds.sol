// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Names that carry what they belong to, so that no lookup and no forgery is possible.
/// provision:  provider 160 | index 32 | 0 64; collection: provider 160 | index 32 | kind 8 | period 56 (high to low).
library ComputeIds {
    /// @dev Pay as you go.
    uint256 internal constant KIND_USAGE = 0;
    /// @dev Pay as you go beyond what a plan grants.
    uint256 internal constant KIND_BEYOND_PLAN = 1;
    /// @dev Spot.
    uint256 internal constant KIND_SPOT = 2;
    /// @dev Usage within a plan: paid by the plan's fee, never by the escrow.
    uint256 internal constant KIND_PLAN = 3;

    uint256 private constant _BELOW_INDEX = type(uint64).max;
    uint256 private constant _INDEX_MASK = type(uint32).max;
    uint256 private constant _PERIOD_MASK = type(uint56).max;

    /// @return The id of the `index`-th provision of `provider`, counted from 1.
    function provisionId(address provider, uint32 index) internal pure returns (uint256) {
        return (uint256(uint160(provider)) << 96) | (uint256(index) << 64);
    }

    /// @return The provider that a provision or a collection names.
    function providerOf(uint256 id) internal pure returns (address) {
        return address(uint160(id >> 96));
    }

    /// @return The index of the provision that a provision or a collection names; no provision has 0.
    function indexOf(uint256 id) internal pure returns (uint32) {
        return uint32((id >> 64) & _INDEX_MASK);
    }

    /// @return The provision of a collection.
    function provisionOf(uint256 collectionId) internal pure returns (uint256) {
        return collectionId & ~_BELOW_INDEX;
    }

    /// @return The collection of `provisionId_` with that kind and period.
    function collectionIdOf(uint256 provisionId_, uint8 kind, uint56 period) internal pure returns (uint256) {
        return provisionId_ | (uint256(kind) << 56) | period;
    }

    /// @return The kind of a collection.
    function kindOf(uint256 collectionId) internal pure returns (uint256) {
        return (collectionId >> 56) & 0xff;
    }

    /// @return The period of a collection, numbered by its payer.
    function periodOf(uint256 collectionId) internal pure returns (uint256) {
        return collectionId & _PERIOD_MASK;
    }
}
