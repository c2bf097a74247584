// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "./IUTokenTypes.sol";

/// @notice What only the controller may have a pool do.
interface IUTokenHooks is IUTokenTypes {
    /// @notice Takes `assets` of debt from `borrower`, with `strikeOff` also the rest, and leaves the pool locked until
    /// `collect`.
    /// @return remaining debt shares
    function settle(
        address borrower,
        address payer,
        uint256 assets,
        bool strikeOff
    ) external returns (uint256 remaining);

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
    function lend(address receiver, uint256 amount) external returns (uint256 fee);

    /// @notice Takes `amount` from `payer` and unlocks the pool.
    function collect(address payer, uint256 amount) external;
}
