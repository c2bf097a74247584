// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {IFillCallback} from "../dex/interfaces/IFillCallback.sol";
import {IOrderNFT} from "../dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../dex/interfaces/IOrderTypes.sol";
import {ISignatureTransfer} from "../dex/interfaces/ISignatureTransfer.sol";
import {FillFlags} from "../dex/libraries/FillFlags.sol";
import {Price} from "../libraries/Price.sol";
import {IOrderRouter} from "./interfaces/IOrderRouter.sol";
import {IWrappedCoin} from "./interfaces/IWrappedCoin.sol";
import {BookAllowance} from "./libraries/BookAllowance.sol";

/// @title Fills paid by Permit2 or in the chain's own coin, and orders that sell the coin
/// @notice This contract is the book's taker and pays in the book's callback: what a sweep came to is known by then, so
/// exactly that is taken from who called, and no more has to be sent back than coin.
///
/// Whose money: the payer is always the caller of this contract. The book calls back its own caller only, with the
/// data that this contract gave it; so allowances and signatures that name this contract serve their signer alone.
/// Nothing stays: between calls this contract holds no token and no coin, but for what somebody gives it.
/// Hostile receivers: coin is sent last, with all gas, after everything else is done. Who refuses it reverts the own call.
contract OrderRouter is IOrderRouter, IFillCallback {
    /// @dev How the payer pays.
    enum Source {
        Permit2,
        Allowance,
        Coin
    }

    IOrderNFT private immutable _BOOK;
    ISignatureTransfer private immutable _PERMIT2;
    address private immutable _COIN;

    /// @param wrappedCoin the chain's own coin as an ERC-20
    constructor(IOrderNFT book, ISignatureTransfer permit2, address wrappedCoin) {
        _BOOK = book;
        _PERMIT2 = permit2;
        _COIN = wrappedCoin;
    }

    receive() external payable {
        if (msg.sender != _COIN) revert UnexpectedCoin(msg.sender);
    }

    // ----------------------------------------------------------------------------------------------------- filling

    /// @inheritdoc IOrderRouter
    function fillWithPermit2(
        IOrderTypes.Leg[] calldata legs,
        IOrderTypes.FillOptions calldata options,
        Permit[] calldata permits
    ) external returns (IOrderTypes.LegResult[] memory results) {
        if (permits.length != legs.length) revert PermitCountMismatch(permits.length, legs.length);
        bytes memory data = abi.encode(Source.Permit2, msg.sender, _payments(legs), permits);
        return _BOOK.fillOrders(legs, _routed(options, _recipient(options), data));
    }

    /// @inheritdoc IOrderRouter
    function fillWithCoin(
        IOrderTypes.Leg calldata leg,
        IOrderTypes.FillOptions calldata options
    ) external payable returns (IOrderTypes.LegResult memory result) {
        if (leg.buyToken != _COIN) revert NotWrappedCoin(leg.buyToken);
        if (leg.maxPay != msg.value) revert ValueMismatch(msg.value, leg.maxPay);

        result = _fillLeg(leg, options, _recipient(options), Source.Coin);

        if (result.paid != msg.value) SafeTransferLib.safeTransferETH(msg.sender, msg.value - result.paid);
    }

    /// @inheritdoc IOrderRouter
    function fillForCoin(
        IOrderTypes.Leg calldata leg,
        IOrderTypes.FillOptions calldata options
    ) external returns (IOrderTypes.LegResult memory result) {
        if (leg.sellToken != _COIN) revert NotWrappedCoin(leg.sellToken);
        address recipient = _recipient(options);

        result = _fillLeg(leg, options, address(this), Source.Allowance);

        if (result.received != 0) {
            IWrappedCoin(_COIN).withdraw(result.received);
            SafeTransferLib.safeTransferETH(recipient, result.received);
        }
    }

    /// @dev One leg, whose payer is the caller.
    function _fillLeg(
        IOrderTypes.Leg calldata leg,
        IOrderTypes.FillOptions calldata options,
        address recipient,
        Source source
    ) private returns (IOrderTypes.LegResult memory) {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = leg;
        Payment[] memory payments = new Payment[](1);
        payments[0] = Payment(leg.buyToken, leg.maxPay);
        bytes memory data = abi.encode(source, msg.sender, payments, new Permit[](0));
        return _BOOK.fillOrders(legs, _routed(options, recipient, data))[0];
    }

    // -------------------------------------------------------------------------------------------------------- paying

    /// @dev A leg's token and the most that it pays, as a Permit2 signature names them.
    struct Payment {
        address token;
        uint256 maxPay;
    }

    /// @inheritdoc IFillCallback
    /// @dev Takes from the payer what each leg pays, for the book to take from here.
    function onFill(IOrderTypes.LegResult[] calldata results, bytes calldata data) external returns (bytes4) {
        if (msg.sender != address(_BOOK)) revert NotOrderBook(msg.sender);
        (Source source, address payer, Payment[] memory payments, Permit[] memory permits) = abi.decode(
            data,
            (Source, address, Payment[], Permit[])
        );

        for (uint256 i; i < results.length; ++i) {
            uint256 amount = results[i].paid;
            if (amount == 0) continue;
            address token = payments[i].token;
            if (source == Source.Permit2) _pullSigned(payer, payments[i], permits[i], amount);
            else if (source == Source.Allowance) SafeTransferLib.safeTransferFrom(token, payer, address(this), amount);
            else IWrappedCoin(_COIN).deposit{value: amount}();

            // Legs may share a token: the last of them sees the sum.
            uint256 sum = amount;
            for (uint256 j; j < i; ++j) {
                if (payments[j].token == token) sum += results[j].paid;
            }
            BookAllowance.ensure(token, address(_BOOK), sum);
        }
        return IFillCallback.onFill.selector;
    }

    function _pullSigned(address payer, Payment memory payment, Permit memory permit, uint256 amount) private {
        _PERMIT2.permitTransferFrom(
            ISignatureTransfer.PermitTransferFrom({
                permitted: ISignatureTransfer.TokenPermissions({token: payment.token, amount: payment.maxPay}),
                nonce: permit.nonce,
                deadline: permit.deadline
            }),
            ISignatureTransfer.SignatureTransferDetails({to: address(this), requestedAmount: amount}),
            payer,
            permit.signature
        );
    }

    function _payments(IOrderTypes.Leg[] calldata legs) private pure returns (Payment[] memory payments) {
        payments = new Payment[](legs.length);
        for (uint256 i; i < legs.length; ++i) payments[i] = Payment(legs[i].buyToken, legs[i].maxPay);
    }

    /// @dev The caller's options, with this contract's callback. A discount would be this contract's, not the caller's.
    function _routed(
        IOrderTypes.FillOptions calldata options,
        address recipient,
        bytes memory data
    ) private pure returns (IOrderTypes.FillOptions memory routed) {
        if (options.data.length != 0 || options.flags & FillFlags.USE_DISCOUNT != 0) revert OptionNotRouted();
        routed = options;
        routed.recipient = recipient;
        routed.data = data;
    }

    function _recipient(IOrderTypes.FillOptions calldata options) private view returns (address) {
        if (options.recipient == address(this)) revert InvalidRecipient(options.recipient);
        return options.recipient == address(0) ? msg.sender : options.recipient;
    }

    // ------------------------------------------------------------------------------------------------------ creation

    /// @inheritdoc IOrderRouter
    function createWithCoin(
        address buyToken,
        Price price,
        uint32 expiry,
        uint16 terms
    ) external payable returns (uint256 id) {
        IWrappedCoin(_COIN).deposit{value: msg.value}();
        BookAllowance.ensure(_COIN, address(_BOOK), msg.value);
        return _BOOK.createFor(msg.sender, _COIN, buyToken, msg.value, price, expiry, terms);
    }
}
