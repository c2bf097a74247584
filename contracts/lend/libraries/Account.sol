// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketLib} from "./Market.sol";

/// @dev A struct of one word, so that it can be pointed at: the slot is computed once for reading and writing.
struct PoolAccount {
    AccountWord word;
}

/// @notice An account in a pool: flags 48 | debt shares 96 | supply shares 112 (high to low).
/// @dev The first flag: the shares are collateral, so what takes them away asks the controller.
type AccountWord is uint256;

using {
    supplyShares,
    debtShares,
    isCollateral,
    plusSupply,
    minusSupply,
    withDebt,
    withCollateral
} for AccountWord global;

uint256 constant SUPPLY_MASK = (1 << 112) - 1;
uint256 constant DEBT_MASK = type(uint96).max;
uint256 constant COLLATERAL = 1 << 208;

function supplyShares(AccountWord self) pure returns (uint256) {
    return AccountWord.unwrap(self) & SUPPLY_MASK;
}

function debtShares(AccountWord self) pure returns (uint256) {
    return (AccountWord.unwrap(self) >> 112) & DEBT_MASK;
}

function isCollateral(AccountWord self) pure returns (bool) {
    return AccountWord.unwrap(self) & COLLATERAL != 0;
}

/// @dev The sum of all shares is checked against 112 bits when the market is stored, so no account's can run over.
function plusSupply(AccountWord self, uint256 shares) pure returns (AccountWord) {
    return AccountWord.wrap(AccountWord.unwrap(self) + shares);
}

/// @dev `shares` must be at most what the account has.
function minusSupply(AccountWord self, uint256 shares) pure returns (AccountWord) {
    return AccountWord.wrap(AccountWord.unwrap(self) - shares);
}

function withDebt(AccountWord self, uint256 shares) pure returns (AccountWord) {
    if (shares > DEBT_MASK) revert MarketLib.AmountTooLarge(shares);
    return AccountWord.wrap((AccountWord.unwrap(self) & ~(DEBT_MASK << 112)) | (shares << 112));
}

function withCollateral(AccountWord self, bool on) pure returns (AccountWord) {
    uint256 word = AccountWord.unwrap(self);
    return AccountWord.wrap(on ? word | COLLATERAL : word & ~COLLATERAL);
}
