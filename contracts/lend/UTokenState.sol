// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import {ILendControllerCore} from "./interfaces/ILendControllerCore.sol";
import {AccountWord} from "./libraries/Account.sol";
import {Market} from "./libraries/Market.sol";
import {UTokenStorage} from "./UTokenStorage.sol";

/// @notice A pool as its core and its own extensions know it.
abstract contract UTokenState is UTokenStorage {
    ILendControllerCore internal immutable _CONTROLLER;
    address internal immutable _ASSET;
    uint256 internal immutable _ID;
    /// @dev Units of a whole token.
    uint256 internal immutable _UNIT;

    constructor(PoolSetup memory setup) {
        uint256 decimals_ = IERC20Metadata(setup.asset).decimals();
        if (decimals_ > 18) revert UnsupportedToken(setup.asset);
        _CONTROLLER = ILendControllerCore(setup.controller);
        _ASSET = setup.asset;
        _ID = setup.id;
        _UNIT = 10 ** decimals_;
    }

    /// @dev For an account whose shares are collateral, once `word` is what it has left.
    function _askController(address account, AccountWord word, Market memory m) internal view {
        (uint256 collateral, uint256 debt) = _stateOf(word, m);
        _CONTROLLER.onWithdraw(_ID, _ASSET, account, collateral, debt);
    }
}
