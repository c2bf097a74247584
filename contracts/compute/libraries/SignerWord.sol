// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A payer's signer in one word, which every voucher reads: free 168 | kinds 8 | revoked at 40 | expires 40 (high to
/// low). Zero for who never was a signer.
type SignerWord is uint256;

using {expiresAt, kindsOf, stoppedAt, signs, revoked} for SignerWord global;

uint256 constant TIME_MASK = type(uint40).max;
uint256 constant REVOKED_SHIFT = 40;
uint256 constant KINDS_SHIFT = 80;

/// @dev Both must fit their bits.
function toSignerWord(uint256 expires, uint256 kinds) pure returns (SignerWord) {
    return SignerWord.wrap(expires | (kinds << KINDS_SHIFT));
}

function expiresAt(SignerWord self) pure returns (uint256) {
    return SignerWord.unwrap(self) & TIME_MASK;
}

/// @return Bit by kind of collection.
function kindsOf(SignerWord self) pure returns (uint256) {
    return SignerWord.unwrap(self) >> KINDS_SHIFT;
}

/// @return Whether it signs for collections of `kind`. There are eight kinds at most.
function signs(SignerWord self, uint256 kind) pure returns (bool) {
    return (kindsOf(self) >> kind) & 1 != 0;
}

/// @return stopped The first second whose stamp does not bind: expiry or revocation, zero for who never was a signer.
function stoppedAt(SignerWord self) pure returns (uint256 stopped) {
    stopped = expiresAt(self);
    uint256 revokedAt = (SignerWord.unwrap(self) >> REVOKED_SHIFT) & TIME_MASK;
    if (revokedAt != 0 && revokedAt < stopped) stopped = revokedAt;
}

/// @dev Of a signer that was not revoked before; `at` must fit 40 bits.
function revoked(SignerWord self, uint256 at) pure returns (SignerWord) {
    return SignerWord.wrap(SignerWord.unwrap(self) | (at << REVOKED_SHIFT));
}
