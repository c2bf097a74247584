// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the protocols ask of an oracle. Prices are 1e18 USD per whole token.
interface IPriceOracle {
    /// @notice How good a price is.
    enum Quality {
        /// No usable price.
        Halted,
        /// The DEX's time-weighted price only: positions may shrink; nothing is liquidated, minted or redeemed on it.
        Fallback,
        /// A jump awaits its confirmation; `low` and `high` differ.
        Pending,
        /// Normal.
        Fresh
    }

    /// @param low counts for collateral
    /// @param high counts for debt
    /// @param updatedAt of the price, seconds
    /// @param liquidatableFrom liquidations wait until then, seconds: the grace after a stale price or a stall
    /// @param quality liquidations need Fresh or Pending
    struct Quote {
        uint256 low;
        uint256 high;
        uint256 updatedAt;
        uint256 liquidatableFrom;
        Quality quality;
    }

    /// @notice Thrown when the price of `asset` is too old, last updated at `updatedAt`.
    error StalePrice(address asset, uint256 updatedAt);

    /// @notice Thrown when `asset` has no source.
    error UnknownAsset(address asset);

    /// @return A fresh price, or reverts.
    function price(address asset) external view returns (uint256);

    /// @return The best quote that there is, and how good it is.
    function tryPrice(address asset) external view returns (Quote memory);
}
