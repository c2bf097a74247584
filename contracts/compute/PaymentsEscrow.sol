// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {EscrowState} from "./EscrowState.sol";
import {IPaymentsEscrow} from "./interfaces/IPaymentsEscrow.sol";
import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {DueWord} from "./libraries/DueWord.sol";

/// @title Payers' balances, and how providers are paid from them
/// @notice One balance a payer for all providers. What it reserves for one of them is that provider's guarantee: it rises at
/// once, and falls by the provider's signature, or two hours after a notice. Leaving takes a thaw of 24 hours.
/// What it trusts: the token, for itself; the collectors, which are fixed once, for who signed what; the staking, for how much
/// it locked. Governance sets the fee within its bound and where fees go, and reaches no balance.
/// Upgrade: none. A pause stops deposits and reservations, nothing else.
contract PaymentsEscrow is GuardianPausable, EscrowState, EIP712 {
    /// @notice How long a noticed part of a reservation stays collectable.
    uint256 public constant NOTICE = 2 hours;
    /// @notice How long funds take to leave.
    uint256 public constant THAW = 24 hours;
    /// @notice The fee's bound, in basis points.
    uint256 public constant MAX_FEE = 2_000;

    bytes32 private constant _RELEASE = keccak256(
        "Release(address payer,address provider,uint96 amount,uint256 nonce,uint64 deadline)"
    );

    mapping(address payer => mapping(address provider => uint256)) private _releaseNonces;
    mapping(address provider => address) private _releasers;
    address private _subscriptionManager;
    address private _signerRegistry;
    address private _feeCollector;
    address private _insurance;

    /// @param token_ USDC
    /// @param staking_ asked for a lock with every payment
    constructor(
        address authority_,
        address token_,
        IProviderStakingCore staking_,
        address feeCollector_,
        address insurance_,
        uint256 feeBps
    ) AccessManaged(authority_) EscrowState(token_, staking_) EIP712("cxmpute escrow", "1") {
        _setFeeCollector(feeCollector_);
        _setInsurance(insurance_);
        _setFee(feeBps);
    }

    // ------------------------------------------------------------------------------------------------------- payers

    /// @inheritdoc IPaymentsEscrow
    function deposit(address payer, uint256 amount) external {
        _deposit(payer, amount);
    }

    /// @inheritdoc IPaymentsEscrow
    function depositWithPermit(
        address payer,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        // Whoever brought the permit before us has only done our work: what counts is the allowance.
        try IERC20Permit(_TOKEN).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _deposit(payer, amount);
    }

    function _deposit(address payer, uint256 amount) private {
        GuardWord guard = _lock();
        _requireNotPaused(guard);
        if (payer == address(0)) revert InvalidAddress(payer);
        if (amount == 0) revert ZeroAmount();
        Account storage account = _accounts[payer];
        uint256 free = account.free + amount;
        if (free > type(uint96).max) revert AmountTooLarge(free);

        account.free = uint96(free);
        emit Deposited(payer, msg.sender, amount);

        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), amount);
        _unlock(guard);
    }

    /// @inheritdoc IPaymentsEscrow
    function reserve(address provider, uint96 amount) external {
        _requireNotPaused(_requireUnlocked());
        _reserve(msg.sender, provider, amount);
    }

    /// @inheritdoc IPaymentsEscrow
    function release(
        address payer,
        address provider,
        uint96 amount,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _requireUnlocked();
        if (amount == 0) revert ZeroAmount();
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        Reservation memory reservation = _reservations[payer][provider];
        if (reservation.amount < amount) revert InsufficientReservation(reservation.amount, amount);
        uint256 nonce = _releaseNonces[payer][provider]++;
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(_RELEASE, payer, provider, amount, nonce, deadline)));
        _requireSigner(provider, digest, signature);

        _unreserve(payer, provider, reservation, amount);
    }

    function _requireSigner(address provider, bytes32 digest, bytes calldata signature) private view {
        address releaser = _releasers[provider];
        if (releaser != address(0) && SignatureChecker.isValidSignatureNow(releaser, digest, signature)) return;
        // Nobody signs for the zero address, for which nothing is reserved either.
        if (!SignatureChecker.isValidSignatureNow(provider, digest, signature)) revert InvalidSignature(provider);
    }

    /// @inheritdoc IPaymentsEscrow
    function giveNotice(address provider, uint96 amount) external {
        _requireUnlocked();
        if (amount == 0) revert ZeroAmount();
        Reservation storage reservation = _reservations[msg.sender][provider];
        uint96 reserved = reservation.amount;
        if (reserved < amount) revert InsufficientReservation(reserved, amount);

        uint256 endsAt = block.timestamp + NOTICE;
        (reservation.notice, reservation.noticeEnds) = (amount, uint40(endsAt));
        emit NoticeGiven(msg.sender, provider, amount, endsAt);
    }

    /// @inheritdoc IPaymentsEscrow
    function endNotice(address payer, address provider) external returns (uint256) {
        _requireUnlocked();
        Reservation memory reservation = _reservations[payer][provider];
        uint96 amount = reservation.notice;
        if (amount == 0) revert NothingToDo();
        if (block.timestamp < reservation.noticeEnds) revert TooEarly(reservation.noticeEnds);

        (reservation.notice, reservation.noticeEnds) = (0, 0);
        _unreserve(payer, provider, reservation, amount);
        return amount;
    }

    /// @inheritdoc IPaymentsEscrow
    function thaw(uint96 amount) external {
        _requireUnlocked();
        if (amount == 0) revert ZeroAmount();
        _takeFree(msg.sender, amount);
        Account storage account = _accounts[msg.sender];
        uint96 thawing = account.thawing + amount;
        uint256 endsAt = block.timestamp + THAW;
        (account.thawing, account.thawEnds) = (thawing, uint40(endsAt));
        emit Thawing(msg.sender, thawing, endsAt);
    }

    /// @inheritdoc IPaymentsEscrow
    function cancelThaw(uint96 amount) external {
        _requireUnlocked();
        if (amount == 0) revert ZeroAmount();
        Account memory account = _accounts[msg.sender];
        if (account.thawing < amount) revert InsufficientThaw(account.thawing, amount);

        account.thawing -= amount;
        account.free += amount;
        if (account.thawing == 0) account.thawEnds = 0;
        _accounts[msg.sender] = account;
        emit ThawCancelled(msg.sender, amount);
    }

    /// @inheritdoc IPaymentsEscrow
    function withdraw(address to) external returns (uint256 amount) {
        GuardWord guard = _lock();
        if (to == address(0) || to == address(this)) revert InvalidAddress(to);
        Account memory account = _accounts[msg.sender];
        if (account.thawEnds == 0) revert NothingToDo();
        if (block.timestamp < account.thawEnds) revert TooEarly(account.thawEnds);

        amount = account.thawing;
        (account.thawing, account.thawEnds) = (0, 0);
        _accounts[msg.sender] = account;
        emit Withdrawn(msg.sender, to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _unlock(guard);
    }

    // ---------------------------------------------------------------------------------------------------- providers

    /// @inheritdoc IPaymentsEscrow
    function setPayoutAddress(address to) external {
        _requireUnlocked();
        if (to == address(this)) revert InvalidAddress(to);
        _payoutAddresses[msg.sender] = to;
        emit PayoutAddressSet(msg.sender, to);
    }

    /// @inheritdoc IPaymentsEscrow
    function setReleaser(address releaser) external {
        _requireUnlocked();
        _releasers[msg.sender] = releaser;
        emit ReleaserSet(msg.sender, releaser);
    }

    /// @inheritdoc IPaymentsEscrow
    function releaseHold(uint256 provisionId, uint256 day) external returns (uint256 amount) {
        GuardWord guard = _lock();
        amount = _holds[provisionId][day];
        if (amount == 0) revert NothingToDo();
        uint256 endsAt = (day + 1) * 1 days + HOLD;
        if (block.timestamp < endsAt) revert TooEarly(endsAt);
        if (_STAKING.isFrozen(provisionId)) revert Frozen(provisionId);

        delete _holds[provisionId][day];
        emit HoldReleased(provisionId, day, amount);
        address provider = ComputeIds.providerOf(provisionId);
        _send(provider, _payoutOf(provider), amount);
        _unlock(guard);
    }

    /// @inheritdoc IPaymentsEscrow
    function claimCredit(address to) external returns (uint256 amount) {
        GuardWord guard = _lock();
        if (to == address(0) || to == address(this)) revert InvalidAddress(to);
        amount = _credits[msg.sender];
        if (amount == 0) revert NothingToDo();

        delete _credits[msg.sender];
        emit CreditClaimed(msg.sender, to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _unlock(guard);
    }

    // --------------------------------------------------------------------------------------------------- collectors

    /// @inheritdoc IPaymentsEscrowCore
    function collect(uint256 provisionId, uint256[] calldata dues) external returns (uint256[] memory paid) {
        if (msg.sender != _terms.voucherCollector) revert NotAllowed(msg.sender);
        GuardWord guard = _lock();
        address provider = ComputeIds.providerOf(provisionId);
        paid = new uint256[](dues.length);
        uint256 total;
        for (uint256 i; i < dues.length; ++i) {
            uint256 taken = _take(dues[i], provider);
            paid[i] = taken;
            total += taken;
        }
        if (total != 0) _payProvider(provisionId, total);
        _unlock(guard);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function raiseFor(address payer, address provider, uint96 amount) external {
        if (msg.sender != _signerRegistry) revert NotAllowed(msg.sender);
        _requireNotPaused(_requireUnlocked());
        _reserve(payer, provider, amount);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function charge(address payer, uint96 amount) external {
        _requirePlans();
        _requireUnlocked();
        _takeFree(payer, amount);
        _pot += amount;
        emit Charged(payer, amount);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function payFromPot(uint256 provisionId, uint96 amount) external {
        GuardWord guard = _takeFromPot(amount);
        _payProvider(provisionId, amount);
        _unlock(guard);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function potToInsurance(uint96 amount) external {
        GuardWord guard = _takeFromPot(amount);
        address to = _insurance;
        emit PotSwept(to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _unlock(guard);
    }

    function _takeFromPot(uint256 amount) private returns (GuardWord guard) {
        _requirePlans();
        guard = _lock();
        if (_pot < amount) revert InsufficientPot(_pot, amount);
        _pot -= amount;
    }

    function _requirePlans() private view {
        if (msg.sender != _subscriptionManager) revert NotAllowed(msg.sender);
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IPaymentsEscrow
    function setUp(address voucherCollector, address subscriptionManager, address signerRegistry) external restricted {
        if (_terms.voucherCollector != address(0)) revert AlreadySet();
        if (voucherCollector == address(0)) revert InvalidAddress(voucherCollector);
        _terms.voucherCollector = voucherCollector;
        (_subscriptionManager, _signerRegistry) = (subscriptionManager, signerRegistry);
        emit CollectorsSet(voucherCollector, subscriptionManager, signerRegistry);
    }

    /// @inheritdoc IPaymentsEscrow
    function setFee(uint256 bps) external restricted {
        _setFee(bps);
    }

    /// @inheritdoc IPaymentsEscrow
    function setFeeCollector(address feeCollector) external restricted {
        _setFeeCollector(feeCollector);
    }

    /// @inheritdoc IPaymentsEscrow
    function setInsurance(address insurance) external restricted {
        _setInsurance(insurance);
    }

    /// @inheritdoc IPaymentsEscrow
    function sweepFees() external returns (uint256 amount) {
        GuardWord guard = _lock();
        amount = _terms.feesWaiting;
        if (amount == 0) revert NothingToDo();
        _terms.feesWaiting = 0;
        _feesSwept += amount;
        address to = _feeCollector;
        emit FeesSwept(to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _unlock(guard);
    }

    function _setFee(uint256 bps) private {
        if (bps > MAX_FEE) revert FeeTooHigh(bps, MAX_FEE);
        _terms.feeBps = uint16(bps);
        emit FeeSet(bps);
    }

    function _setFeeCollector(address feeCollector) private {
        if (feeCollector == address(0) || feeCollector == address(this)) revert InvalidAddress(feeCollector);
        _feeCollector = feeCollector;
        emit FeeCollectorSet(feeCollector);
    }

    function _setInsurance(address insurance) private {
        if (insurance == address(0) || insurance == address(this)) revert InvalidAddress(insurance);
        _insurance = insurance;
        emit InsuranceSet(insurance);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IPaymentsEscrow
    function accountOf(address payer) external view returns (uint256 free, uint256 thawing, uint256 thawEnds) {
        Account memory account = _accounts[payer];
        return (account.free, account.thawing, account.thawEnds);
    }

    /// @inheritdoc IPaymentsEscrow
    function reservationOf(
        address payer,
        address provider
    ) external view returns (uint256 amount, uint256 notice, uint256 noticeEnds) {
        Reservation memory reservation = _reservations[payer][provider];
        return (reservation.amount, reservation.notice, reservation.noticeEnds);
    }

    /// @inheritdoc IPaymentsEscrow
    function guaranteed(address payer, address provider) external view returns (uint256 amount, uint256 secondsLeft) {
        Reservation memory reservation = _reservations[payer][provider];
        if (reservation.notice == 0) return (reservation.amount, type(uint256).max);
        if (block.timestamp >= reservation.noticeEnds) return (reservation.amount - reservation.notice, 0);
        return (reservation.amount, reservation.noticeEnds - block.timestamp);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function collectable(uint256 provisionId, uint256 due) external view returns (uint256 amount) {
        address payer = DueWord.payerOf(due);
        amount = _reservations[payer][ComputeIds.providerOf(provisionId)].amount;
        // A payer's own signature reaches all but what is reserved for others.
        if (DueWord.isBeyond(due)) amount += uint256(_accounts[payer].free) + _accounts[payer].thawing;
        uint256 asked = DueWord.amountOf(due);
        if (amount > asked) amount = asked;
    }

    /// @inheritdoc IPaymentsEscrow
    function fees() external view returns (uint256 waiting, uint256 collected) {
        return (_terms.feesWaiting, feesCollected());
    }

    /// @inheritdoc IPaymentsEscrowCore
    function feesCollected() public view returns (uint256) {
        return _feesSwept + _terms.feesWaiting;
    }

    /// @inheritdoc IPaymentsEscrow
    function heldOn(uint256 provisionId, uint256 day) external view returns (uint256) {
        return _holds[provisionId][day];
    }

    /// @inheritdoc IPaymentsEscrow
    function creditOf(address provider) external view returns (uint256) {
        return _credits[provider];
    }

    /// @inheritdoc IPaymentsEscrow
    function releaseNonce(address payer, address provider) external view returns (uint256) {
        return _releaseNonces[payer][provider];
    }
}
