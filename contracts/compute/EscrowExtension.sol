// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {ComputeExtension} from "./ComputeExtension.sol";
import {EscrowState} from "./EscrowState.sol";
import {IEscrowExtension} from "./interfaces/IEscrowExtension.sol";
import {IPaymentsEscrow} from "./interfaces/IPaymentsEscrow.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {EscrowWord} from "./libraries/EscrowWord.sol";
import {ReservationWord} from "./libraries/ReservationWord.sol";

/// @title The escrow's rarer entry points
/// @notice Runs by delegatecall from `PaymentsEscrow`, over its storage and at its address.
contract EscrowExtension is GuardianPausable, EscrowState, ComputeExtension, EIP712, IEscrowExtension {
    /// @notice How long a noticed part of a reservation stays collectable.
    uint256 public constant NOTICE = 2 hours;
    /// @notice How long funds take to leave.
    uint256 public constant THAW = 24 hours;
    /// @notice What the stake does not cover is held until the dispute period of its day is over: 7 to 8 days.
    uint256 public constant HOLD = 7 days;

    bytes32 private constant _RELEASE = keccak256(
        "Release(address payer,address provider,uint96 amount,uint256 nonce,uint64 deadline)"
    );

    /// @param token_ the core's
    /// @param staking_ the core's
    constructor(
        address authority_,
        address token_,
        IProviderStakingCore staking_
    ) AccessManaged(authority_) EscrowState(token_, staking_) EIP712("cxmpute escrow", "1") {}

    // ------------------------------------------------------------------------------------------------------- payers

    /// @inheritdoc IEscrowExtension
    function depositWithPermit(
        address payer,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external onlyThroughCore {
        // Whoever brought the permit before us has only done our work: what counts is the allowance.
        try IERC20Permit(_TOKEN).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _deposit(payer, amount);
    }

    /// @inheritdoc IEscrowExtension
    function release(
        address payer,
        address provider,
        uint96 amount,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughCore {
        _requireOutside();
        if (amount == 0) revert IPaymentsEscrow.ZeroAmount();
        if (block.timestamp > deadline) revert IPaymentsEscrow.SignatureExpired(deadline);
        ReservationWord reservation = _reservations[provider][payer];
        _requireReserved(reservation, amount);
        uint256 nonce = _releaseNonces[payer][provider]++;
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(_RELEASE, payer, provider, amount, nonce, deadline)));
        _requireSigner(provider, digest, signature);

        _unreserve(payer, provider, reservation, amount);
    }

    function _requireSigner(address provider, bytes32 digest, bytes calldata signature) private view {
        address releaser = _releasers[provider];
        if (releaser != address(0) && SignatureChecker.isValidSignatureNow(releaser, digest, signature)) return;
        // Nobody signs for the zero address, for which nothing is reserved either.
        if (!SignatureChecker.isValidSignatureNow(provider, digest, signature)) {
            revert IPaymentsEscrow.InvalidSignature(provider);
        }
    }

    /// @dev Moves part of a reservation, which must be there, back into free funds.
    function _unreserve(address payer, address provider, ReservationWord reservation, uint256 amount) private {
        _reservations[provider][payer] = reservation.less(amount);
        _accounts[payer].free += uint96(amount);

        emit IPaymentsEscrow.Released(payer, provider, amount);
    }

    function _requireReserved(ReservationWord reservation, uint256 amount) private pure {
        uint256 reserved = reservation.amountOf();
        if (reserved < amount) revert IPaymentsEscrow.InsufficientReservation(reserved, amount);
    }

    /// @inheritdoc IEscrowExtension
    function giveNotice(address provider, uint96 amount) external onlyThroughCore {
        _requireOutside();
        if (amount == 0) revert IPaymentsEscrow.ZeroAmount();
        ReservationWord reservation = _reservations[provider][msg.sender];
        _requireReserved(reservation, amount);

        uint256 endsAt = block.timestamp + NOTICE;
        _reservations[provider][msg.sender] = reservation.withNotice(amount, endsAt);
        emit IPaymentsEscrow.NoticeGiven(msg.sender, provider, amount, endsAt);
    }

    /// @inheritdoc IEscrowExtension
    function endNotice(address payer, address provider) external onlyThroughCore returns (uint256 amount) {
        _requireOutside();
        ReservationWord reservation = _reservations[provider][payer];
        amount = reservation.noticeOf();
        if (amount == 0) revert IPaymentsEscrow.NothingToDo();
        uint256 endsAt = reservation.noticeEndsOf();
        if (block.timestamp < endsAt) revert IPaymentsEscrow.TooEarly(endsAt);

        _unreserve(payer, provider, reservation.withNotice(0, 0), amount);
    }

    /// @inheritdoc IEscrowExtension
    function thaw(uint96 amount) external onlyThroughCore {
        _requireOutside();
        if (amount == 0) revert IPaymentsEscrow.ZeroAmount();
        _takeFree(msg.sender, amount);
        Account storage account = _accounts[msg.sender];
        uint96 thawing = account.thawing + amount;
        uint256 endsAt = block.timestamp + THAW;
        (account.thawing, account.thawEnds) = (thawing, uint40(endsAt));
        emit IPaymentsEscrow.Thawing(msg.sender, thawing, endsAt);
    }

    /// @inheritdoc IEscrowExtension
    function cancelThaw(uint96 amount) external onlyThroughCore {
        _requireOutside();
        if (amount == 0) revert IPaymentsEscrow.ZeroAmount();
        Account memory account = _accounts[msg.sender];
        if (account.thawing < amount) revert IPaymentsEscrow.InsufficientThaw(account.thawing, amount);

        account.thawing -= amount;
        account.free += amount;
        if (account.thawing == 0) account.thawEnds = 0;
        _accounts[msg.sender] = account;
        emit IPaymentsEscrow.ThawCancelled(msg.sender, amount);
    }

    /// @inheritdoc IEscrowExtension
    function withdraw(address to) external onlyThroughCore returns (uint256 amount) {
        EscrowWord word = _enter();
        if (to == address(0) || to == address(this)) revert IPaymentsEscrow.InvalidAddress(to);
        Account memory account = _accounts[msg.sender];
        if (account.thawEnds == 0) revert IPaymentsEscrow.NothingToDo();
        if (block.timestamp < account.thawEnds) revert IPaymentsEscrow.TooEarly(account.thawEnds);

        amount = account.thawing;
        (account.thawing, account.thawEnds) = (0, 0);
        _accounts[msg.sender] = account;
        emit IPaymentsEscrow.Withdrawn(msg.sender, to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _leave(word);
    }

    // ---------------------------------------------------------------------------------------------------- providers

    /// @inheritdoc IEscrowExtension
    function setPayoutAddress(address to) external onlyThroughCore {
        _requireOutside();
        if (to == address(this)) revert IPaymentsEscrow.InvalidAddress(to);
        _payoutAddresses[msg.sender] = to;
        emit IPaymentsEscrow.PayoutAddressSet(msg.sender, to);
    }

    /// @inheritdoc IEscrowExtension
    function setReleaser(address releaser) external onlyThroughCore {
        _requireOutside();
        _releasers[msg.sender] = releaser;
        emit IPaymentsEscrow.ReleaserSet(msg.sender, releaser);
    }

    /// @inheritdoc IEscrowExtension
    function releaseHold(uint256 provisionId, uint256 day) external onlyThroughCore returns (uint256 amount) {
        EscrowWord word = _enter();
        amount = _holds[provisionId][day];
        if (amount == 0) revert IPaymentsEscrow.NothingToDo();
        uint256 endsAt = (day + 1) * 1 days + HOLD;
        if (block.timestamp < endsAt) revert IPaymentsEscrow.TooEarly(endsAt);
        if (_STAKING.isFrozen(provisionId)) revert IPaymentsEscrow.Frozen(provisionId);

        delete _holds[provisionId][day];
        emit IPaymentsEscrow.HoldReleased(provisionId, day, amount);
        address provider = ComputeIds.providerOf(provisionId);
        _send(provider, _payoutOf(provider), amount);
        _leave(word);
    }

    /// @inheritdoc IEscrowExtension
    function claimCredit(address to) external onlyThroughCore returns (uint256 amount) {
        EscrowWord word = _enter();
        if (to == address(0) || to == address(this)) revert IPaymentsEscrow.InvalidAddress(to);
        amount = _credits[msg.sender];
        if (amount == 0) revert IPaymentsEscrow.NothingToDo();

        delete _credits[msg.sender];
        emit IPaymentsEscrow.CreditClaimed(msg.sender, to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _leave(word);
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IEscrowExtension
    function setUp(address voucherCollector, address subscriptionManager, address signerRegistry) external restricted {
        EscrowWord word = _requireOutside();
        if (word.voucherCollector() != address(0)) revert IPaymentsEscrow.AlreadySet();
        if (voucherCollector == address(0)) revert IPaymentsEscrow.InvalidAddress(voucherCollector);
        _word = word.withVoucherCollector(voucherCollector);
        (_subscriptionManager, _signerRegistry) = (subscriptionManager, signerRegistry);
        emit IPaymentsEscrow.CollectorsSet(voucherCollector, subscriptionManager, signerRegistry);
    }

    /// @inheritdoc IEscrowExtension
    function setFee(uint256 bps) external restricted {
        _setFee(bps);
    }

    /// @inheritdoc IEscrowExtension
    function setFeeCollector(address feeCollector) external restricted {
        _setFeeCollector(feeCollector);
    }

    /// @inheritdoc IEscrowExtension
    function setInsurance(address insurance) external restricted {
        _setInsurance(insurance);
    }

    /// @inheritdoc IEscrowExtension
    function sweepFees() external onlyThroughCore returns (uint256 amount) {
        EscrowWord word = _enter();
        amount = word.feesWaiting();
        if (amount == 0) revert IPaymentsEscrow.NothingToDo();
        _feesSwept += amount;
        address to = _feeCollector;
        emit IPaymentsEscrow.FeesSwept(to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _leave(word.withFeesWaiting(0));
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IEscrowExtension
    function accountOf(address payer) external view returns (uint256 free, uint256 thawing, uint256 thawEnds) {
        Account memory account = _accounts[payer];
        return (account.free, account.thawing, account.thawEnds);
    }

    /// @inheritdoc IEscrowExtension
    function reservationOf(
        address payer,
        address provider
    ) external view returns (uint256 amount, uint256 notice, uint256 noticeEnds) {
        ReservationWord reservation = _reservations[provider][payer];
        return (reservation.amountOf(), reservation.noticeOf(), reservation.noticeEndsOf());
    }

    /// @inheritdoc IEscrowExtension
    function guaranteed(address payer, address provider) external view returns (uint256 amount, uint256 secondsLeft) {
        ReservationWord reservation = _reservations[provider][payer];
        amount = reservation.amountOf();
        uint256 notice = reservation.noticeOf();
        if (notice == 0) return (amount, type(uint256).max);
        uint256 endsAt = reservation.noticeEndsOf();
        if (block.timestamp >= endsAt) return (amount - notice, 0);
        return (amount, endsAt - block.timestamp);
    }

    /// @inheritdoc IEscrowExtension
    function fees() external view returns (uint256 waiting, uint256 collected) {
        waiting = _word.feesWaiting();
        collected = _feesSwept + waiting;
    }

    /// @inheritdoc IEscrowExtension
    function heldOn(uint256 provisionId, uint256 day) external view returns (uint256) {
        return _holds[provisionId][day];
    }

    /// @inheritdoc IEscrowExtension
    function creditOf(address provider) external view returns (uint256) {
        return _credits[provider];
    }

    /// @inheritdoc IEscrowExtension
    function releaseNonce(address payer, address provider) external view returns (uint256) {
        return _releaseNonces[payer][provider];
    }
}
