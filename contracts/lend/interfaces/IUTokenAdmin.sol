// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "./IUTokenTypes.sol";

/// @notice The reserve and the parameters.
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
}
