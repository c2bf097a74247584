// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {GuardianPausable} from "../access/GuardianPausable.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {Price} from "../libraries/Price.sol";
import {IOrderDescriptor} from "./interfaces/IOrderDescriptor.sol";
import {IOrderExtension} from "./interfaces/IOrderExtension.sol";
import {IPairObserver} from "./interfaces/IPairObserver.sol";
import {ISignatureTransfer} from "./interfaces/ISignatureTransfer.sol";
import {NewOrderHash} from "./libraries/NewOrderHash.sol";
import {OrderWordsLib} from "./libraries/OrderWords.sol";
import {OrderERC721} from "./OrderERC721.sol";
import {OrderMaking} from "./OrderMaking.sol";

/// @title The order book's rarer entry points
/// @notice Runs by delegatecall from `OrderNFT`, over its storage and at its address; alone it refuses to do anything.
/// The order book's address is given at no point: the extensions are deployed first, and the book fixes them for good.
contract OrderExtension is GuardianPausable, OrderMaking, OrderERC721 {
    using OrderWordsLib for uint256;

    ISignatureTransfer private immutable _PERMIT2;

    constructor(
        address authority_,
        IOrderDescriptor descriptor_,
        IPairObserver observer_,
        ISignatureTransfer permit2_
    ) AccessManaged(authority_) OrderMaking(observer_) OrderERC721(descriptor_) {
        _PERMIT2 = permit2_;
    }

    // ---------------------------------------------------------------------------------------------------- creation

    /// @inheritdoc IOrderExtension
    function createWithPermit2(
        NewOrder calldata newOrder,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughBook returns (uint256 id) {
        GuardWord guard = _lock();
        _requireNotPaused(guard);

        id = _mintNew(newOrder);
        address token = newOrder.sellToken;
        uint256 held = IERC20(token).balanceOf(address(this));
        _PERMIT2.permitWitnessTransferFrom(
            ISignatureTransfer.PermitTransferFrom({
                permitted: ISignatureTransfer.TokenPermissions({token: token, amount: newOrder.sellAmount}),
                nonce: nonce,
                deadline: deadline
            }),
            ISignatureTransfer.SignatureTransferDetails({to: address(this), requestedAmount: newOrder.sellAmount}),
            newOrder.maker,
            NewOrderHash.hash(newOrder),
            NewOrderHash.PERMIT2_WITNESS,
            signature
        );
        uint256 received = IERC20(token).balanceOf(address(this)) - held;
        if (received != newOrder.sellAmount) revert UnexpectedTransfer(token, newOrder.sellAmount, received);

        _unlock(guard);
    }

    /// @inheritdoc IOrderExtension
    function permitToken(
        address token,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external onlyThroughBook {
        _requireUnlocked();
        // Anybody may have sent the permit before; what counts is the allowance that it leaves.
        try IERC20Permit(token).permit(msg.sender, address(this), value, deadline, v, r, s) {} catch {
            if (IERC20(token).allowance(msg.sender, address(this)) < value) revert InvalidSignature(msg.sender);
        }
    }

    /// @inheritdoc IOrderExtension
    function multicall(bytes[] calldata data) external onlyThroughBook returns (bytes[] memory results) {
        results = new bytes[](data.length);
        for (uint256 i; i < data.length; ++i) {
            results[i] = Address.functionDelegateCall(address(this), data[i]);
        }
    }

    // ----------------------------------------------------------------------------------- amendment and cancellation

    /// @inheritdoc IOrderExtension
    function amendWithSignature(
        uint256 id,
        uint256 newRemaining,
        Price newPrice,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughBook {
        GuardWord guard = _lock();
        (address owner, ) = _requireLive(id);
        if (newRemaining > _orders[id].a.remainingOf()) revert InvalidAmount(newRemaining);
        bytes32 structHash = keccak256(
            abi.encode(
                _AMEND_TYPEHASH,
                id,
                newRemaining,
                Price.unwrap(newPrice),
                termsHash(id),
                _useSignatureNonce(owner),
                deadline
            )
        );
        _requireSignature(owner, structHash, deadline, signature);
        _amend(guard, id, owner, newRemaining, newPrice);
        _unlock(guard);
    }

    /// @inheritdoc IOrderExtension
    function cancelWithSignature(
        address owner,
        uint256[] calldata ids,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughBook returns (uint256 cancelled) {
        GuardWord guard = _lock();
        bytes32 structHash = keccak256(
            abi.encode(_CANCEL_TYPEHASH, owner, keccak256(abi.encodePacked(ids)), _useSignatureNonce(owner), deadline)
        );
        _requireSignature(owner, structHash, deadline, signature);
        for (uint256 i; i < ids.length; ++i) {
            (bool done, , ) = _cancel(ids[i], owner);
            if (done) ++cancelled;
        }
        _unlock(guard);
    }

    // ------------------------------------------------------------------------------------------------------- money

    /// @inheritdoc IOrderExtension
    function withdrawCredit(address token, address to) external onlyThroughBook returns (uint256 amount) {
        GuardWord guard = _lock();
        amount = _credits[msg.sender][token];
        if (amount == 0) revert NothingToSend(token);
        if (to == address(0) || to == address(this)) revert InvalidAccount(to);

        delete _credits[msg.sender][token];
        emit CreditWithdrawn(msg.sender, token, to, amount);

        _push(token, to, amount);
        _unlock(guard);
    }

    /// @inheritdoc IOrderExtension
    function sweepFees(address token) external onlyThroughBook returns (uint256 amount) {
        GuardWord guard = _lock();
        amount = _fees[token];
        if (amount == 0) revert NothingToSend(token);

        delete _fees[token];
        emit FeesSwept(token, _feeCollector, amount);

        _push(token, _feeCollector, amount);
        _unlock(guard);
    }

    // ---------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IOrderExtension
    function setTakerFee(uint256 fee) external restricted {
        if (fee > _MAX_TAKER_FEE) revert FeeTooHigh(fee, _MAX_TAKER_FEE);
        _guard = _requireUnlocked().withFee(fee);
        emit TakerFeeSet(fee);
    }

    /// @inheritdoc IOrderExtension
    function setFeeCollector(address collector) external restricted {
        if (collector == address(0) || collector == address(this)) revert InvalidAccount(collector);
        _feeCollector = collector;
        emit FeeCollectorSet(collector);
    }

    /// @inheritdoc IOrderExtension
    function setFeeDiscount(address discount) external restricted {
        _feeDiscount = discount;
        emit FeeDiscountSet(discount);
    }

    // ------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IOrderExtension
    function quote(
        uint256 id,
        address taker,
        uint256 takeAmount
    ) external view returns (uint256 taken, uint256 paid, uint256 fee) {
        if (takeAmount > OrderWordsLib.MAX_AMOUNT) return (0, 0, 0);
        Take memory take;
        (take.want, take.budget, take.limit) = (takeAmount, type(uint256).max, NO_LIMIT);
        FillStatus status = _evaluate(take, _orders[id], id, taker);
        if (status == FillStatus.Fillable) {
            (taken, paid, fee) = (take.sold, take.paid, (take.sold * _guard.fee()) / MILLION);
        }
    }

    /// @inheritdoc IOrderExtension
    function creditOf(address account, address token) external view returns (uint256) {
        return _credits[account][token];
    }

    /// @inheritdoc IOrderExtension
    function accruedFees(address token) external view returns (uint256) {
        return _fees[token];
    }

    /// @inheritdoc IOrderExtension
    function takerFee() external view returns (uint256) {
        return _guard.fee();
    }

    /// @inheritdoc IOrderExtension
    function feeCollector() external view returns (address) {
        return _feeCollector;
    }

    /// @inheritdoc IOrderExtension
    function feeDiscount() external view returns (address) {
        return _feeDiscount;
    }
}
