// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IEscrowExtension} from "./IEscrowExtension.sol";
import {IPaymentsEscrowCore} from "./IPaymentsEscrowCore.sol";

/// @notice Payers' balances of USDC, what of them is reserved for which provider, and how providers are paid: all that the
/// escrow answers to at its address. Amounts are in units of USDC, below 2^96; times in seconds.
interface IPaymentsEscrow is IPaymentsEscrowCore, IEscrowExtension {
    /// @notice `from` deposited `amount` for `payer`.
    event Deposited(address indexed payer, address indexed from, uint256 amount);
    /// @notice The reservation of `payer` for `provider` rose by `amount`.
    event Reserved(address indexed payer, address indexed provider, uint256 amount);
    /// @notice `amount` of the reservation is free again.
    event Released(address indexed payer, address indexed provider, uint256 amount);
    /// @notice From `endsAt` on `amount` of the reservation may be taken back.
    event NoticeGiven(address indexed payer, address indexed provider, uint256 amount, uint256 endsAt);
    /// @notice `amount` in all thaws until `endsAt`.
    event Thawing(address indexed payer, uint256 amount, uint256 endsAt);
    /// @notice `amount` no longer thaws.
    event ThawCancelled(address indexed payer, uint256 amount);
    /// @notice `payer` took `amount` out.
    event Withdrawn(address indexed payer, address indexed to, uint256 amount);
    /// @notice The provider of the provision earned `total`: `fee` of it is the platform's, `held` is paid later.
    event ProviderPaid(uint256 indexed provisionId, address indexed to, uint256 total, uint256 fee, uint256 held);
    /// @notice The token refused a payment to `to`: `amount` is owed to `provider`.
    event Credited(address indexed provider, address indexed to, uint256 amount);
    /// @notice `provider` took `amount` of what was owed to it.
    event CreditClaimed(address indexed provider, address indexed to, uint256 amount);
    /// @notice What was held on `day` (since 1970) for the provision is paid.
    event HoldReleased(uint256 indexed provisionId, uint256 indexed day, uint256 amount);
    /// @notice `payer` paid `amount` into the plans' pot.
    event Charged(address indexed payer, uint256 amount);
    /// @notice `amount` of the plans' pot went to the insurance.
    event PotSwept(address indexed insurance, uint256 amount);
    /// @notice `amount` of fees went to the collector.
    event FeesSwept(address indexed feeCollector, uint256 amount);
    /// @notice Payments to `provider` go to `to`; zero for itself.
    event PayoutAddressSet(address indexed provider, address indexed to);
    /// @notice `releaser` may sign releases for `provider`; zero for nobody.
    event ReleaserSet(address indexed provider, address indexed releaser);
    /// @notice The platform's fee on later payments, in basis points.
    event FeeSet(uint256 bps);
    /// @notice Where fees go.
    event FeeCollectorSet(address indexed feeCollector);
    /// @notice Where what remains of plans goes.
    event InsuranceSet(address indexed insurance);
    /// @notice Who may collect, charge and raise, for good.
    event CollectorsSet(address voucherCollector, address subscriptionManager, address signerRegistry);

    /// @notice Thrown when an amount is zero where it must not be.
    error ZeroAmount();
    /// @notice Thrown when an amount does not fit 96 bits.
    error AmountTooLarge(uint256 amount);
    /// @notice Thrown when an address must not be zero, or not this one.
    error InvalidAddress(address account);
    /// @notice Thrown when free funds do not reach.
    error InsufficientFree(uint256 free, uint256 amount);
    /// @notice Thrown when less is reserved.
    error InsufficientReservation(uint256 reserved, uint256 amount);
    /// @notice Thrown when less thaws.
    error InsufficientThaw(uint256 thawing, uint256 amount);
    /// @notice Thrown when a notice or a thaw has not ended yet.
    error TooEarly(uint256 endsAt);
    /// @notice Thrown when there is no notice, no thaw, no credit or nothing held.
    error NothingToDo();
    /// @notice Thrown when the provision is frozen by a dispute.
    error Frozen(uint256 provisionId);
    /// @notice Thrown when the caller is not the contract that may call.
    error NotAllowed(address caller);
    /// @notice Thrown when the pot holds less.
    error InsufficientPot(uint256 pot, uint256 amount);
    /// @notice Thrown when what can be set once was set.
    error AlreadySet();
    /// @notice Thrown when the fee would be above its bound.
    error FeeTooHigh(uint256 bps, uint256 limit);
    /// @notice Thrown when a signature's deadline has passed.
    error SignatureExpired(uint256 deadline);
    /// @notice Thrown when a signature is not by who must sign.
    error InvalidSignature(address signer);

    /// @notice Adds `amount` to the balance of `payer`. Stopped by a pause.
    function deposit(address payer, uint256 amount) external;

    /// @notice Reserves `amount` of the caller's free funds for `provider`. Stopped by a pause.
    function reserve(address provider, uint96 amount) external;
}
