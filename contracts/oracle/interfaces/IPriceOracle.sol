// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Prices of assets in 1e18 USD per whole token, each with what it may be used for.
interface IPriceOracle {
    /// @notice From worst to best.
    /// Halted: no usable price; `low` is zero and `high` is 2^128 - 1.
    /// Fallback: time-weighted DEX price; good for reducing risk, never for liquidations, minting or redemptions.
    /// Pending: a jump awaits its confirmation; the price is `low` or `high`, and risk may not grow.
    /// Fresh: normal.
    enum Quality {
        Halted,
        Fallback,
        Pending,
        Fresh
    }

    /// @param low for collateral; for debt in a liquidation, which needs ill health in the account's favour too
    /// @param high for debt; for collateral in a liquidation
    /// @param updatedAt when the source last updated the price, seconds; zero when it never did
    /// @param liquidatableFrom the first second at which a liquidation may rely on this quote; the largest integer when
    /// none may
    struct Quote {
        uint256 low;
        uint256 high;
        uint256 updatedAt;
        uint256 liquidatableFrom;
        Quality quality;
    }

    /// @notice Thrown when the asset has no fresh price; its best source last updated at `updatedAt` (seconds).
    error StalePrice(address asset, uint256 updatedAt);

    /// @notice Thrown when the asset has no sources.
    error UnknownAsset(address asset);

    /// @notice The asset's price, when it is `Fresh`; reverts otherwise.
    function price(address asset) external view returns (uint256);

    /// @notice The last price that a source of the asset's own ever gave, however old it is: the first of them that has one,
    /// the DEX left out, rounded down; zero when there was none. Nothing but a bound may be built on it.
    function lastPrice(address asset) external view returns (uint256);

    /// @notice What is known of the asset's price. Reverts only for an unknown asset, or for too little gas.
    function tryPrice(address asset) external view returns (Quote memory);
}
