// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What the escrow's core passes on to its extension. Events and errors are `IPaymentsEscrow`'s. Amounts are in
/// units of USDC, below 2^96; times in seconds.
interface IEscrowExtension {
    /// @notice As `deposit`, with the caller's ERC-2612 permit. A permit that somebody used before is no obstacle.
    function depositWithPermit(address payer, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

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
