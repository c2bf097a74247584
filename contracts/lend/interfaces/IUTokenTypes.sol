// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Types, events and errors of a pool. Assets and shares are in units, indexes and rates in 1e18, the parts of
/// a whole in basis points where the name says so, times in seconds. Supply and withdrawal have ERC-4626's events.
interface IUTokenTypes {
    /// @notice What a pool is made of. Fixed for good.
    /// @param authority AccessManager
    /// @param controller whom the pool asks about accounts
    /// @param asset the ERC-20 that is lent; at most 18 decimals, no rebasing
    /// @param id the pool's number at the controller
    struct PoolSetup {
        address authority;
        address controller;
        address asset;
        uint256 id;
    }

    /// @notice The curve: rates a year and the kink, in basis points.
    struct RateModel {
        uint256 baseBps;
        uint256 slope1Bps;
        uint256 slope2Bps;
        uint256 kinkBps;
    }

    /// @notice A pool's totals, with interest up to now.
    struct Totals {
        uint256 cash;
        uint256 debt;
        uint256 reserve;
        uint256 insurance;
        uint256 supplyShares;
        uint256 debtShares;
        uint256 debtIndex;
        uint256 updatedAt;
    }

    /// @notice A debt share is worth `debtIndex` (1e18). The interest is what all debt shares are worth more than before,
    /// rounded down; the reserve's part of it is the reserve factor's, rounded down.
    event Accrued(uint256 debtIndex);
    /// @notice `onBehalf` owes `debtShares` more; `receiver` received `assets`.
    event Borrow(address indexed onBehalf, address indexed receiver, uint256 assets, uint256 debtShares);
    /// @notice `onBehalf` owes `debtShares` less; `caller` paid `assets`.
    event Repay(address indexed caller, address indexed onBehalf, uint256 assets, uint256 debtShares);
    /// @notice The shares of `account` count as collateral, or no longer.
    event CollateralSwitched(address indexed account, bool on);
    /// @notice A liquidation took `shares` from `borrower` for `receiver`, who got `assets` for them: zero where the shares
    /// themselves moved. Beyond `shares` it burned what `toInsurance` and `toReserve` are worth. It has no ERC-4626
    /// `Withdraw`: this event says all that one would.
    event Seized(
        address indexed borrower,
        address indexed receiver,
        uint256 shares,
        uint256 assets,
        uint256 toInsurance,
        uint256 toReserve
    );
    /// @notice `loss` of debt of `borrower` is gone: the reserve bore `fromReserve`, the suppliers the rest.
    event BadDebt(address indexed borrower, uint256 loss, uint256 fromReserve, uint256 debtShares);
    /// @notice `amount` was lent for the length of a call, for `fee`.
    event FlashLoan(address indexed receiver, uint256 amount, uint256 fee);
    /// @notice `delegate` may borrow `amount` on behalf of `owner`; the largest number is no limit.
    event BorrowApproval(address indexed owner, address indexed delegate, uint256 amount);
    /// @notice `amount` of the reserve went to the treasury.
    event ReserveSwept(address indexed treasury, uint256 amount);
    /// @notice `from` gave `amount` to the insurance.
    event InsuranceFunded(address indexed from, uint256 amount);
    /// @notice The curve is `model`.
    event RateModelSet(RateModel model);
    /// @notice The reserve takes `bps` of interest.
    event ReserveFactorSet(uint256 bps);
    /// @notice At most `supplyCap` whole tokens are supplied and `borrowCap` borrowed.
    event CapsSet(uint256 supplyCap, uint256 borrowCap);
    /// @notice A flash loan costs `fee` millionths.
    event FlashFeeSet(uint256 fee);

    /// @notice Thrown when an amount is zero, or so small that it is worth no share or no unit.
    error ZeroAmount();
    /// @notice Thrown when `asked` is to leave the pool and it holds `cash`.
    error InsufficientCash(uint256 asked, uint256 cash);
    /// @notice Thrown when `total` units would be supplied, above the cap.
    error SupplyCapExceeded(uint256 total, uint256 cap);
    /// @notice Thrown when `total` units would be borrowed, above the cap.
    error BorrowCapExceeded(uint256 total, uint256 cap);
    /// @notice Thrown when `delegate` may borrow `allowed` on behalf of `owner` and asks for `needed`.
    error InsufficientBorrowAllowance(address owner, address delegate, uint256 allowed, uint256 needed);
    /// @notice Thrown when `account` has no debt here to repay.
    error NothingOwed(address account);
    /// @notice Thrown when there is nothing to send.
    error NothingToSend();
    /// @notice Thrown when a function that is the controller's is called by `caller`.
    error NotController(address caller);
    /// @notice Thrown when a parameter is outside of its bounds.
    error OutOfBounds(uint256 value, uint256 limit);
    /// @notice Thrown when `token` is not the pool's asset, or not one that a pool can hold.
    error UnsupportedToken(address token);
    /// @notice Thrown when a flash borrower does not answer as ERC-3156 says.
    error CallbackRefused(address receiver);
    /// @notice Thrown when a liquidation comes too soon after a pause.
    error LiquidationGrace(uint256 until);
    /// @notice Thrown when a signature is used after its deadline.
    error SignatureExpired(uint256 deadline);
    /// @notice Thrown when a signature is not `signer`'s over what is asked.
    error InvalidSignature(address signer);
    /// @notice Thrown when a part of a contract is called at its own address.
    error NotThroughCore();
    /// @notice Thrown when `expected` was sent and `received` arrived: the token takes a fee, or lies.
    error UnexpectedTransfer(address token, uint256 expected, uint256 received);
    /// @notice Thrown when `amount` of `token` could not be taken from `from`: balance, allowance or the token itself.
    error PullFailed(address token, address from, uint256 amount);
    /// @notice Thrown when `amount` of `token` could not be sent to `to`.
    error PushFailed(address token, address to, uint256 amount);
}
