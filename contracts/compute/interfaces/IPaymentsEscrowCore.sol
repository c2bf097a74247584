// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What other contracts of the marketplace ask of the escrow. Amounts are in units of USDC.
interface IPaymentsEscrowCore {
    /// @notice Pays `dues` to the provider of `provisionId`: fee, fee lock, hold and transfer once for all.
    /// @param dues one word a payer, as `DueWord` packs them
    /// @return paid what each payer had, in the order given: never more than was due
    /// @dev Voucher collector only. Never reverts for want of funds. What it takes from payers is in the collector's events.
    function collect(uint256 provisionId, uint256[] calldata dues) external returns (uint256[] memory paid);

    /// @return What a payment of `due` would take now.
    function collectable(uint256 provisionId, uint256 due) external view returns (uint256);

    /// @notice Raises the reservation of `payer` for `provider` by `amount` out of free funds.
    /// @dev Signer registry only, which has checked the signer's caps.
    function raiseFor(address payer, address provider, uint96 amount) external;

    /// @notice Moves `amount` of the free funds of `payer` into the plans' pot. Reverts when they do not reach.
    /// @dev Subscription manager only.
    function charge(address payer, uint96 amount) external;

    /// @notice Pays `amount` out of the plans' pot to the provider of `provisionId`, less the fee, as `collect` does.
    /// @dev Subscription manager only.
    function payFromPot(uint256 provisionId, uint96 amount) external;

    /// @notice Sends `amount` out of the plans' pot to the insurance.
    /// @dev Subscription manager only.
    function potToInsurance(uint96 amount) external;

    /// @return The platform's fees of all time.
    function feesCollected() external view returns (uint256);
}
