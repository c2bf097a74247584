// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../dex/interfaces/IOrderTypes.sol";

/// @notice Liquidates an account of the lending pools without capital: what is seized is sold on the order book for what
/// must be repaid, in the same transaction. Holds nothing between calls.
interface IFlashLiquidator {
    /// @param borrower whose account is liquidated
    /// @param debtId pool whose debt is repaid
    /// @param collateralId pool whose collateral is seized
    /// @param maxRepay most assets of the debt to repay
    /// @param asShares seizes uTokens; for a pool without the cash to pay them out
    /// @param redeemShares with `asShares`: most of the seized uTokens to turn into the asset before trading, as far as
    /// they go and the pool's cash serves; what stays can be sold itself, or is the recipient's
    /// @param legs trades on the order book, one after the other. Each pays at most what the call holds of its `buyToken`
    /// by then, so that a `maxPay` without limit sells all of it; each fills what it can find within its own limits
    /// @param maxOwn most assets of the debt that may be taken from the caller when the trades bring too little
    /// @param profitToken what the profit is counted in
    /// @param minProfit least units of it, net of what was taken from the caller in the same token
    /// @param recipient of the profit and of all that is left over, in any token; zero for the caller
    /// @param deadline last second at which the call may run; zero for none
    struct Job {
        address borrower;
        uint256 debtId;
        uint256 collateralId;
        uint256 maxRepay;
        bool asShares;
        uint256 redeemShares;
        IOrderTypes.Leg[] legs;
        uint256 maxOwn;
        address profitToken;
        uint256 minProfit;
        address recipient;
        uint256 deadline;
    }

    /// @notice What a call came to.
    /// @param repaid assets of the debt
    /// @param seized shares or assets of the collateral
    /// @param own assets of the debt that the caller added
    /// @param profit units of the profit token that the recipient got, less `own` where that is the same token
    struct Outcome {
        uint256 repaid;
        uint256 seized;
        uint256 own;
        uint256 profit;
    }

    /// @notice `caller` liquidated `borrower`; `profit` in `profitToken`, and whatever else was left, went to `recipient`.
    event FlashLiquidated(
        address indexed borrower,
        address indexed caller,
        address indexed recipient,
        uint256 repaid,
        uint256 seized,
        uint256 own,
        address profitToken,
        uint256 profit
    );

    /// @notice Thrown when the call runs after its deadline.
    error DeadlinePassed(uint256 deadline);
    /// @notice Thrown when what is left over would go to this contract or to the order book, which would keep it.
    error InvalidRecipient(address recipient);
    /// @notice Thrown when somebody else than the controller asks for payment.
    error NotController(address caller);
    /// @notice Thrown when `repaid` is due, the trades left only `held`, and the caller adds at most `maxOwn`.
    error RepaymentShort(address asset, uint256 repaid, uint256 held, uint256 maxOwn);
    /// @notice Thrown when `gained` less `own` is below the least profit.
    error ProfitTooSmall(address token, uint256 gained, uint256 own, uint256 minProfit);
    /// @notice Thrown when a token left this contract with less than it held before.
    error TokenMisbehaved(address token);

    /// @notice Liquidates, trades, repays, and sends what is left to the recipient.
    /// @dev Private orders, and the liquidation, see this contract as their taker and liquidator.
    function liquidate(Job calldata job) external returns (Outcome memory outcome);
}
