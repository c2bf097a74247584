// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../libraries/Price.sol";

/// @notice How an order lies in storage: two full words.
/// @dev Word A: remaining 96 | sell token 160. Word B: flags 16 | price 80 | buy token 160 (high to low).
/// An order exists exactly while its words are not zero.
struct OrderWords {
    uint256 a;
    uint256 b;
}

/// @dev A struct of one word, so that it can be pointed at: the slot is computed once for reading and writing.
struct Account {
    AccountWord word;
}

/// @notice How an account lies in storage: free 64 | epoch 64 | nonce 64 | ERC-721 balance 64 (high to low).
type AccountWord is uint256;

using {balance, nonce, epoch, withEpoch, plusOrder, plusToken, minusToken} for AccountWord global;

function balance(AccountWord self) pure returns (uint256) {
    return AccountWord.unwrap(self) & type(uint64).max;
}

/// @return The nonce of the account's next order.
function nonce(AccountWord self) pure returns (uint256) {
    return (AccountWord.unwrap(self) >> 64) & type(uint64).max;
}

/// @return The least nonce whose orders still stand.
function epoch(AccountWord self) pure returns (uint256) {
    return (AccountWord.unwrap(self) >> 128) & type(uint64).max;
}

function withEpoch(AccountWord self, uint256 newEpoch) pure returns (AccountWord) {
    return AccountWord.wrap((AccountWord.unwrap(self) & ~(uint256(type(uint64).max) << 128)) | (newEpoch << 128));
}

/// @dev One more order made and held. 2^64 orders of one maker are out of reach, so the fields cannot run over.
function plusOrder(AccountWord self) pure returns (AccountWord) {
    unchecked {
        return AccountWord.wrap(AccountWord.unwrap(self) + (1 << 64) + 1);
    }
}

function plusToken(AccountWord self) pure returns (AccountWord) {
    unchecked {
        return AccountWord.wrap(AccountWord.unwrap(self) + 1);
    }
}

/// @dev The balance is at least one wherever a token is taken away.
function minusToken(AccountWord self) pure returns (AccountWord) {
    unchecked {
        return AccountWord.wrap(AccountWord.unwrap(self) - 1);
    }
}

library OrderWordsLib {
    uint256 internal constant MAX_AMOUNT = type(uint96).max;

    function packA(address sellToken, uint256 remaining) internal pure returns (uint256) {
        return (remaining << 160) | uint160(sellToken);
    }

    function packB(address buyToken, Price price, uint256 flags) internal pure returns (uint256) {
        return (flags << 240) | (uint256(Price.unwrap(price)) << 160) | uint160(buyToken);
    }

    function tokenOf(uint256 word) internal pure returns (address) {
        return address(uint160(word));
    }

    function remainingOf(uint256 a) internal pure returns (uint256) {
        return a >> 160;
    }

    function priceOf(uint256 b) internal pure returns (Price) {
        return Price.wrap(uint80(b >> 160));
    }

    function flagsOf(uint256 b) internal pure returns (uint256) {
        return b >> 240;
    }

    function withFlags(uint256 b, uint256 flags) internal pure returns (uint256) {
        return (b & (type(uint256).max >> 16)) | (flags << 240);
    }
}
