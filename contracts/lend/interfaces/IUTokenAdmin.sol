// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "./IUTokenTypes.sol";

/// @notice The reserve, the parameters, and what only the controller may do.
interface IUTokenAdmin is IUTokenTypes {
    // ------------------------------------------------------------------------------------------------------ reserve

    /// @notice Sends the reserve without the insurance to the treasury, as far as there is cash.
    function sweepReserve() external returns (uint256 amount);

    /// @notice Adds `amount` from the caller to the insurance, for good.
    function fundInsurance(uint256 amount) external;

    // --------------------------------------------------------------------------------------------------- parameters

    /// @notice Replaces the curve, from now on.
    /// @dev Governance, as the next three.
    function setRateModel(RateModel calldata model) external;

    /// @notice Sets the reserve's part of interest, at most 25 %.
    function setReserveFactor(uint256 bps) external;

    /// @notice Sets how many whole tokens may be supplied and borrowed. Below what is, nothing is taken away.
    function setCaps(uint256 supplyCap, uint256 borrowCap) external;

    /// @notice Sets the flash loans' fee, in millionths, at most 9 bps.
    function setFlashFee(uint256 fee) external;

    /// @return model the curve
    /// @return reserveFactorBps the reserve's part of interest
    /// @return supplyCap in whole tokens
    /// @return borrowCap in whole tokens
    /// @return flashFee in millionths
    function parameters()
        external
        view
        returns (
            RateModel memory model,
            uint256 reserveFactorBps,
            uint256 supplyCap,
            uint256 borrowCap,
            uint256 flashFee
        );

    // --------------------------------------------------------------------------------------- the controller's alone

    /// @notice Takes `assets` of debt from `borrower`, with `strikeOff` also the rest, and leaves the pool locked until
    /// `collect`.
    /// @return remaining debt shares
    function settle(address borrower, address payer, uint256 assets, bool strikeOff) external returns (uint256 remaining);

    /// @notice Strikes off the whole debt of `borrower`.
    function forgive(address borrower) external;

    /// @notice Takes collateral of `borrower` worth `assets` for `receiver` and `protocolAssets` for the protocol.
    /// @param all takes every share, whatever rounding leaves
    /// @param asShares moves uTokens instead of paying the asset out
    /// @return seized shares or assets that `receiver` got
    function seize(
        address borrower,
        address receiver,
        uint256 assets,
        uint256 protocolAssets,
        bool all,
        bool asShares
    ) external returns (uint256 seized);

    /// @notice Sends `amount` to `receiver` as part of a batch, and leaves the pool locked until `collect`.
    /// @return fee that is to come back with it
    function lend(address receiver, address initiator, uint256 amount) external returns (uint256 fee);

    /// @notice Takes `amount` from `payer` and unlocks the pool.
    function collect(address payer, uint256 amount) external;
}
