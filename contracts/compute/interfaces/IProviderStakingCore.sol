// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What other contracts of the marketplace ask of the stake. Amounts are in units of UNXV unless they say USDC.
interface IProviderStakingCore {
    /// @notice Locks twice `usdcAmount` of the provision's stake, at the governed rate, for at least the dispute period.
    /// @return uncovered the part of `usdcAmount` (units of USDC, rounded up) that the stake could not cover
    /// @dev Escrow only.
    function lock(uint256 provisionId, uint256 usdcAmount) external returns (uint256 uncovered);

    /// @return tokens the provision's own stake, what thaws included
    /// @return thawing the part of it that thaws
    function stakeOf(uint256 provisionId) external view returns (uint256 tokens, uint256 thawing);

    /// @return Whether a dispute is open against the provision: nothing leaves until it ends.
    function isFrozen(uint256 provisionId) external view returns (bool);

    /// @notice Nothing of the provision's stake leaves until `unfreeze`. Counted: n freezes need n calls.
    /// @return snapshot its tokens now, those delegated to it included
    /// @dev Dispute manager only.
    function freeze(uint256 provisionId) external returns (uint256 snapshot);

    /// @notice Takes back one `freeze`.
    /// @dev Dispute manager only.
    function unfreeze(uint256 provisionId) external;

    /// @notice Takes up to `amount` of the provision's stake, of its own first, of what is delegated to it then, at most 10 % of
    /// `snapshot` less what was taken in the last seven days. Half goes to `filer` (at most 500 UNXV), the rest to the insurance.
    /// @return slashed what was taken
    /// @dev Dispute manager only.
    function slash(
        uint256 provisionId,
        uint256 amount,
        uint256 snapshot,
        address filer
    ) external returns (uint256 slashed);
}
