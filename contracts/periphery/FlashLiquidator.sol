// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardState} from "../access/GuardState.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {IOrderNFT} from "../dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../dex/libraries/FillFlags.sol";
import {ILendController} from "../lend/interfaces/ILendController.sol";
import {ILendControllerTypes} from "../lend/interfaces/ILendControllerTypes.sol";
import {ILiquidationCallback} from "../lend/interfaces/ILiquidationCallback.sol";
import {IUToken} from "../lend/interfaces/IUToken.sol";
import {LendMath} from "../lend/libraries/LendMath.sol";
import {IFlashLiquidator} from "./interfaces/IFlashLiquidator.sol";

/// @title Liquidations that pay for themselves
/// @notice The controller hands over the collateral, calls back, and takes the payment afterwards: in between this contract
/// sells what it got. No flash loan and no fee for one.
///
/// Whose money: what a call brought here, and what its own caller lets it add; nothing else. What lay here before, whoever's
/// it is, is still here afterwards, or the call reverts.
/// Nothing stays: no token of the call, and no allowance to the order book or a pool.
/// Callbacks: the controller calls back who called it, with the data it was given, so a callback is always of this
/// contract's own making; nobody else is answered. The order book is asked for no callback.
/// Calls: the controller, its pools, the order book, and ERC-20 functions of the tokens that the caller names. A token that
/// calls back finds this contract, the controller and the order book locked.
contract FlashLiquidator is GuardState, IFlashLiquidator, ILiquidationCallback {
    using LendMath for uint256;

    ILendController private immutable _CONTROLLER;
    IOrderNFT private immutable _BOOK;

    /// @dev What the call under way took from its caller. Zero between calls, and written only when something is taken.
    uint256 private _own;

    /// @dev A token of the call, and what lay here of it before.
    struct Holding {
        address token;
        uint256 before;
    }

    constructor(ILendController controller, IOrderNFT book) {
        _CONTROLLER = controller;
        _BOOK = book;
    }

    /// @inheritdoc IFlashLiquidator
    function liquidate(Job calldata job) external returns (Outcome memory outcome) {
        GuardWord guard = _lock();
        if (job.deadline != 0 && block.timestamp > job.deadline) revert DeadlinePassed(job.deadline);
        address recipient = job.recipient == address(0) ? msg.sender : job.recipient;
        if (recipient == address(this) || recipient == address(_BOOK)) revert InvalidRecipient(recipient);

        IUToken debtPool = _pool(job.debtId);
        address debtAsset = debtPool.asset();
        Holding[] memory holdings = _holdings(job, debtAsset);
        (outcome.repaid, outcome.seized) = _liquidate(job, holdings);
        _endAllowance(debtAsset, address(debtPool));

        outcome.own = _own;
        if (outcome.own != 0) _own = 0;
        outcome.profit = _profit(job, holdings, job.profitToken == debtAsset ? outcome.own : 0);
        emit FlashLiquidated(
            job.borrower,
            msg.sender,
            recipient,
            outcome.repaid,
            outcome.seized,
            outcome.own,
            job.profitToken,
            outcome.profit
        );

        for (uint256 i; i < holdings.length; ++i) {
            uint256 gained = _gained(holdings[i]);
            if (gained != 0) SafeTransferLib.safeTransfer(holdings[i].token, recipient, gained);
        }
        _unlock(guard);
    }

    /// @inheritdoc ILiquidationCallback
    function onLiquidation(
        uint256 debtId,
        uint256 collateralId,
        uint256 repaid,
        uint256 seized,
        bytes calldata data
    ) external returns (bytes4) {
        if (msg.sender != address(_CONTROLLER)) revert NotController(msg.sender);
        (address payer, Job memory job, Holding[] memory holdings) = abi.decode(data, (address, Job, Holding[]));

        if (job.asShares) _redeem(_pool(collateralId), job.redeemShares.min(seized));
        for (uint256 i; i < job.legs.length; ++i) _trade(job.legs[i], holdings);

        IUToken debtPool = _pool(debtId);
        address asset = debtPool.asset();
        uint256 held = _gainedOf(holdings, asset);
        if (held < repaid) {
            uint256 missing = repaid - held;
            if (missing > job.maxOwn) revert RepaymentShort(asset, repaid, held, job.maxOwn);
            _own = missing;
            SafeTransferLib.safeTransferFrom(asset, payer, address(this), missing);
        }
        if (repaid != 0) SafeTransferLib.safeApproveWithRetry(asset, address(debtPool), repaid);
        return ILiquidationCallback.onLiquidation.selector;
    }

    // -------------------------------------------------------------------------------------------------------- steps

    function _liquidate(Job calldata job, Holding[] memory holdings) private returns (uint256 repaid, uint256 seized) {
        return
            _CONTROLLER.liquidate(
                ILendControllerTypes.Liquidation({
                    borrower: job.borrower,
                    debtId: job.debtId,
                    collateralId: job.collateralId,
                    maxRepay: job.maxRepay,
                    minSeized: 0,
                    receiver: address(this),
                    asShares: job.asShares,
                    data: abi.encode(msg.sender, job, holdings)
                })
            );
    }

    /// @dev As many of the shares as the pool's cash serves; none when they are not worth a unit.
    function _redeem(IUToken pool, uint256 shares) private {
        if (shares == 0) return;
        shares = shares.min(pool.maxRedeem(address(this)));
        if (pool.previewRedeem(shares) != 0) pool.redeem(shares, address(this), address(this));
    }

    /// @dev One trade, with no more than the call holds. A trade that finds nothing is left to its `minReceive`.
    function _trade(IOrderTypes.Leg memory leg, Holding[] memory holdings) private {
        leg.maxPay = leg.maxPay.min(_gainedOf(holdings, leg.buyToken));
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = leg;
        IOrderTypes.FillOptions memory options;
        options.flags = uint8(FillFlags.IMMEDIATE_OR_CANCEL);

        if (leg.maxPay != 0) SafeTransferLib.safeApproveWithRetry(leg.buyToken, address(_BOOK), leg.maxPay);
        _BOOK.fillOrders(legs, options);
        _endAllowance(leg.buyToken, address(_BOOK));
    }

    function _profit(Job calldata job, Holding[] memory holdings, uint256 own) private view returns (uint256) {
        uint256 gained = _gainedOf(holdings, job.profitToken);
        if (gained < own || gained - own < job.minProfit) {
            revert ProfitTooSmall(job.profitToken, gained, own, job.minProfit);
        }
        return gained - own;
    }

    // ----------------------------------------------------------------------------------------------------- holdings

    /// @dev Every token that the call may bring here, once.
    function _holdings(Job calldata job, address debtAsset) private view returns (Holding[] memory holdings) {
        IUToken collateralPool = _pool(job.collateralId);
        address[] memory tokens = new address[](4 + 2 * job.legs.length);
        uint256 count = _add(tokens, 0, debtAsset);
        count = _add(tokens, count, collateralPool.asset());
        if (job.asShares) count = _add(tokens, count, address(collateralPool));
        count = _add(tokens, count, job.profitToken);
        for (uint256 i; i < job.legs.length; ++i) {
            count = _add(tokens, count, job.legs[i].sellToken);
            count = _add(tokens, count, job.legs[i].buyToken);
        }

        holdings = new Holding[](count);
        for (uint256 i; i < count; ++i) {
            holdings[i] = Holding(tokens[i], SafeTransferLib.balanceOf(tokens[i], address(this)));
        }
    }

    function _add(address[] memory tokens, uint256 count, address token) private pure returns (uint256) {
        for (uint256 i; i < count; ++i) {
            if (tokens[i] == token) return count;
        }
        tokens[count] = token;
        return count + 1;
    }

    /// @dev `token` is one of the holdings.
    function _gainedOf(Holding[] memory holdings, address token) private view returns (uint256) {
        uint256 i;
        while (holdings[i].token != token) ++i;
        return _gained(holdings[i]);
    }

    function _gained(Holding memory holding) private view returns (uint256) {
        uint256 holds = SafeTransferLib.balanceOf(holding.token, address(this));
        if (holds < holding.before) revert TokenMisbehaved(holding.token);
        return holds - holding.before;
    }

    // -------------------------------------------------------------------------------------------------------- other

    /// @dev Tokens that answer nothing are served.
    function _endAllowance(address token, address spender) private {
        if (IERC20(token).allowance(address(this), spender) != 0) SafeTransferLib.safeApprove(token, spender, 0);
    }

    function _pool(uint256 id) private view returns (IUToken) {
        return IUToken(_CONTROLLER.assetInfo(id).pool);
    }
}
