// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPaymentsEscrowCore} from "./IPaymentsEscrowCore.sol";

/// @notice Payers' balances of USDC, what of them is reserved for which provider, and how providers are paid.
/// Amounts are in units of USDC, below 2^96; times in seconds.
interface IPaymentsEscrow is IPaymentsEscrowCore {
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

    /// @notice As `deposit`, with the caller's ERC-2612 permit. A permit that somebody used before is no obstacle.
    function depositWithPermit(address payer, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Reserves `amount` of the caller's free funds for `provider`. Stopped by a pause.
    function reserve(address provider, uint96 amount) external;

    /// @notice Gives `amount` of a reservation back at once, signed by its provider or the provider's releaser.
    function release(
        address payer,
        address provider,
        uint96 amount,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Tells that `amount` of the caller's reservation for `provider` is to be free in two hours. Until then all of it
    /// is collectable. A notice replaces an earlier one, and starts anew.
    function giveNotice(address provider, uint96 amount) external;

    /// @notice Ends a notice whose two hours are over. Anybody.
    /// @return amount what is free again: less than was noticed when the rest was collected
    function endNotice(address payer, address provider) external returns (uint256 amount);

    /// @notice Begins to take `amount` of the caller's free funds out; the 24 hours of all that thaws start anew.
    function thaw(uint96 amount) external;

    /// @notice Takes `amount` back out of what thaws.
    function cancelThaw(uint96 amount) external;

    /// @notice Sends what has thawed to `to`.
    /// @return amount what was left of it
    function withdraw(address to) external returns (uint256 amount);

    /// @notice Pays what was held on `day` for the provision, once its dispute period is over. Anybody.
    function releaseHold(uint256 provisionId, uint256 day) external returns (uint256 amount);

    /// @notice Sends what the token refused before to `to`. The provider.
    function claimCredit(address to) external returns (uint256 amount);

    /// @notice Sends the fees to the fee collector. Anybody.
    function sweepFees() external returns (uint256 amount);

    /// @notice Where payments to the caller go; zero for the caller itself.
    function setPayoutAddress(address to) external;

    /// @notice Who beside the caller may sign releases for it; zero for nobody.
    function setReleaser(address releaser) external;

    /// @notice Fixes who may collect, charge and raise. Governance, once.
    function setUp(address voucherCollector, address subscriptionManager, address signerRegistry) external;

    /// @notice The platform's fee on later payments, at most 20 %. Governance.
    function setFee(uint256 bps) external;

    /// @notice Where fees go. Governance.
    function setFeeCollector(address feeCollector) external;

    /// @notice Where what remains of plans goes. Governance.
    function setInsurance(address insurance) external;

    /// @notice What of a payer's funds is in no reservation. What is reserved for all providers together is not kept on
    /// chain: it is the sum of `reservationOf`, for whom the events name.
    /// @return free can be reserved, thawed or charged
    /// @return thawing on its way out
    /// @return thawEnds when that can be taken out; zero when nothing thaws
    function accountOf(address payer) external view returns (uint256 free, uint256 thawing, uint256 thawEnds);

    /// @return amount reserved
    /// @return notice the part that may be taken back from `noticeEnds` on; zero for none
    function reservationOf(
        address payer,
        address provider
    ) external view returns (uint256 amount, uint256 notice, uint256 noticeEnds);

    /// @notice What a provider may count on now, and for how long at least.
    /// @return amount that vouchers of the payer's signers can collect
    /// @return secondsLeft until part of it may be gone; the largest number while no notice was given
    function guaranteed(address payer, address provider) external view returns (uint256 amount, uint256 secondsLeft);

    /// @return waiting fees that were not swept
    /// @return collected fees of all time
    function fees() external view returns (uint256 waiting, uint256 collected);

    /// @return What waits for the provision from that day.
    function heldOn(uint256 provisionId, uint256 day) external view returns (uint256);

    /// @return What the token refused to send to `provider`.
    function creditOf(address provider) external view returns (uint256);

    /// @return The next number of a release between the two.
    function releaseNonce(address payer, address provider) external view returns (uint256);
}
