// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What other contracts of the marketplace ask of the voucher collector.
interface IVoucherCollectorCore {
    /// @notice A total of what a payer owes to a provider for one collection. Only the highest counts.
    /// @param payer who pays
    /// @param provider who is paid
    /// @param collectionId provider 160 | index 32 | kind 8 | period 56
    /// @param valueAggregate all that the collection is worth, in 1e-12 USD
    /// @param timestamp when it was signed, in seconds
    /// @param usageRoot the root of the usage tree over all receipts of the collection; zero for none
    struct Voucher {
        address payer;
        address provider;
        bytes32 collectionId;
        uint128 valueAggregate;
        uint64 timestamp;
        bytes32 usageRoot;
    }

    /// @return The EIP-712 digest of `voucher`.
    function hashVoucher(Voucher calldata voucher) external view returns (bytes32);

    /// @return units what the collection was paid, in units of USDC
    /// @return lastVoucher the first 160 bits of the digest of the last voucher that paid anything
    function collectedOf(
        address payer,
        bytes32 collectionId
    ) external view returns (uint256 units, uint160 lastVoucher);
}
