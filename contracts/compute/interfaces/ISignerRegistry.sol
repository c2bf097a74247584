// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISignerRegistryCore} from "./ISignerRegistryCore.sol";

/// @notice The keys that sign for a payer: each held by who it says, bounded by caps, scope and time.
/// Amounts are in units of USDC, times in seconds.
interface ISignerRegistry is ISignerRegistryCore {
    /// @notice What a signer may reserve, and for whom.
    /// @param perDay units of USDC a day (UTC)
    /// @param total units of USDC in all
    /// @param providers root of a Merkle tree over the providers that it may reserve for; zero for any
    struct Caps {
        uint56 perDay;
        uint56 total;
        bytes32 providers;
    }

    /// @notice A signer as it stands.
    /// @param expires the first second at which it signs nothing new
    /// @param stopped the first second from which on what it stamps does not bind: expiry or revocation
    /// @param kinds bit by kind of collection
    /// @param spentToday of the day's cap
    /// @param spent of the total cap
    struct SignerView {
        uint256 expires;
        uint256 stopped;
        uint256 kinds;
        Caps caps;
        uint256 spentToday;
        uint256 spent;
    }

    /// @notice `signer` signs for `payer` until `expires`, vouchers of `kinds`.
    event SignerAuthorised(address indexed payer, address indexed signer, uint256 expires, uint256 kinds);
    /// @notice What `signer` may reserve; what it spent before counts no longer.
    event CapsSet(address indexed payer, address indexed signer, Caps caps);
    /// @notice What `signer` stamps from now on does not bind `payer`.
    event SignerRevoked(address indexed payer, address indexed signer);
    /// @notice `signer` reserved `amount` more of the funds of `payer` for `provider`.
    event Raised(address indexed payer, address indexed signer, address indexed provider, uint256 amount);

    /// @notice Thrown when a signer would be nobody, or the payer itself.
    error InvalidSigner(address signer);
    /// @notice Thrown when an expiry is not in the future or too far.
    error InvalidExpiry(uint256 expires);
    /// @notice Thrown when a signer is still of force, or its last vouchers are: they must not be taken back.
    error StillBinding(address signer, uint256 until);
    /// @notice Thrown when the signer does not sign for the payer, or no longer.
    error NotASigner(address payer, address signer);
    /// @notice Thrown when a cap does not reach.
    error CapExceeded(uint256 left, uint256 amount);
    /// @notice Thrown when the provider is not of the signer's scope.
    error OutOfScope(address provider);
    /// @notice Thrown when a deadline has passed.
    error SignatureExpired(uint256 deadline);
    /// @notice Thrown when a signature is not the signer's.
    error InvalidSignature(address signer);

    /// @notice Lets `signer` sign for the caller. `proof` is the signer's signature over a `SignerProof`.
    /// @dev Not while the signer binds the caller: its time and kinds stand, so that no voucher is taken back by them.
    function authorise(
        address signer,
        uint40 expires,
        uint8 kinds,
        Caps calldata caps,
        uint64 deadline,
        bytes calldata proof
    ) external;

    /// @notice Sets what a signer of the caller may reserve from now on.
    function setCaps(address signer, Caps calldata caps) external;

    /// @notice Ends a signer: it reserves nothing more, and what it stamps from now on does not bind. What it stamped before
    /// binds for another 24 hours.
    function revoke(address signer) external;

    /// @notice As `revoke`, for many; those that are none, or no longer, are passed over.
    function revokeMany(address[] calldata list) external;

    /// @notice Reserves `amount` more of the funds of `payer` for `provider`, within the caller's caps.
    /// @param scopeProof shows the provider under the signer's root; empty where there is none
    function raise(address payer, address provider, uint96 amount, bytes32[] calldata scopeProof) external;

    /// @notice As `raise`, by the signature of `signer`. Anybody.
    function raiseBySignature(
        address payer,
        address signer,
        address provider,
        uint96 amount,
        uint64 deadline,
        bytes32[] calldata scopeProof,
        bytes calldata signature
    ) external;

    /// @return How `signer` stands with `payer`.
    function signerOf(address payer, address signer) external view returns (SignerView memory);

    /// @return The number of the next raise by a signature.
    function raiseNonce(address payer, address signer) external view returns (uint256);
}
