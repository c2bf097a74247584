// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What other contracts of the marketplace ask of delegated stake. Amounts are in units of UNXV.
interface IProviderDelegationCore {
    /// @return What is delegated to the provision and can be slashed now, what thaws included.
    function delegatedTo(uint256 provisionId) external view returns (uint256);

    /// @notice Takes up to `amount` of what is delegated to the provision, and sends it to `to`.
    /// @return slashed what was taken
    /// @dev Staking only.
    function slash(uint256 provisionId, uint256 amount, address to) external returns (uint256 slashed);

    /// @notice Pulls `amount` from the caller: the provider's cut goes to the provider, the rest to the delegators over the
    /// next seven days. Without delegators all of it goes to the provider. Never reverts for an id that names a provider.
    function addRewards(uint256 provisionId, uint256 amount) external;
}
