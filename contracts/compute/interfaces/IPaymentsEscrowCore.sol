// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What other contracts of the marketplace ask of the escrow. Amounts are in units of USDC.
interface IPaymentsEscrowCore {
    /// @notice One payer's part of a payment.
    /// @param payer whose balance pays
    /// @param amount what is due
    /// @param beyond true when the payer itself signed: free and thawing funds pay what the reservation does not
    struct Due {
        address payer;
        uint96 amount;
        bool beyond;
    }

    /// @notice Pays `dues` to the provider of `provisionId`: fee, fee lock, hold and transfer once for all.
    /// @dev Voucher collector only. Never reverts for want of funds: `paid` tells what each payer had, in the order given.
    function collect(uint256 provisionId, Due[] calldata dues) external returns (uint256[] memory paid);

    /// @notice What a payment of `due` would take now.
    function collectable(uint256 provisionId, Due calldata due) external view returns (uint256 amount);

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
