// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the controller knows of an asset: threshold lowered at 32 | flags 8 | decimals 8 | close factor 14 |
/// threshold 14 | collateral factor 14 | pool 160 (high to low). Factors in basis points.
type AssetWord is uint256;

using AssetWordLib for AssetWord global;

library AssetWordLib {
    /// @dev As collateral: only alone, and only for debts that are marked for it.
    uint256 internal constant ISOLATED = 1;
    /// @dev As debt: allowed to accounts with isolated collateral.
    uint256 internal constant ISOLATION_DEBT = 2;
    uint256 internal constant ALL_FLAGS = 3;

    uint256 private constant _MASK14 = 0x3fff;

    function pack(
        address pool_,
        uint256 collateralFactor_,
        uint256 threshold_,
        uint256 closeFactor_,
        uint256 decimals_,
        uint256 flags_,
        uint256 loweredAt_
    ) internal pure returns (AssetWord) {
        return
            AssetWord.wrap(
                uint160(pool_) |
                    (collateralFactor_ << 160) |
                    (threshold_ << 174) |
                    (closeFactor_ << 188) |
                    (decimals_ << 202) |
                    (flags_ << 210) |
                    (loweredAt_ << 218)
            );
    }

    function pool(AssetWord self) internal pure returns (address) {
        return address(uint160(AssetWord.unwrap(self)));
    }

    function collateralFactor(AssetWord self) internal pure returns (uint256) {
        return (AssetWord.unwrap(self) >> 160) & _MASK14;
    }

    function threshold(AssetWord self) internal pure returns (uint256) {
        return (AssetWord.unwrap(self) >> 174) & _MASK14;
    }

    function closeFactor(AssetWord self) internal pure returns (uint256) {
        return (AssetWord.unwrap(self) >> 188) & _MASK14;
    }

    /// @return Units of a whole token.
    function unit(AssetWord self) internal pure returns (uint256) {
        unchecked {
            return 10 ** decimals(self);
        }
    }

    function decimals(AssetWord self) internal pure returns (uint256) {
        return (AssetWord.unwrap(self) >> 202) & 0xff;
    }

    function flags(AssetWord self) internal pure returns (uint256) {
        return (AssetWord.unwrap(self) >> 210) & 0xff;
    }

    /// @return When the threshold was lowered last, seconds.
    function loweredAt(AssetWord self) internal pure returns (uint256) {
        return AssetWord.unwrap(self) >> 218;
    }
}
