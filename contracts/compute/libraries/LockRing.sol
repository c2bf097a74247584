// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What is locked on which day, in one word: eight buckets of 32 bits, by day modulo eight, in hundredths of a token.
/// What is locked on a day is free when the eighth day after it begins: after seven to eight days.
type LockRing is uint256;

using {at, rolled, sum, plus} for LockRing global;

uint256 constant LOCK_DAYS = 8;
uint256 constant BUCKET_MASK = type(uint32).max;

/// @return What was locked on `day`.
function at(LockRing self, uint256 day) pure returns (uint256) {
    return (LockRing.unwrap(self) >> ((day % LOCK_DAYS) * 32)) & BUCKET_MASK;
}

/// @return The ring without what ended after `lastDay`, up to `today`.
function rolled(LockRing self, uint256 lastDay, uint256 today) pure returns (LockRing) {
    if (today >= lastDay + LOCK_DAYS) return LockRing.wrap(0);
    uint256 word = LockRing.unwrap(self);
    for (uint256 day = lastDay + 1; day <= today; ++day) word &= ~(BUCKET_MASK << ((day % LOCK_DAYS) * 32));
    return LockRing.wrap(word);
}

/// @return total of all buckets
function sum(LockRing self) pure returns (uint256 total) {
    for (uint256 word = LockRing.unwrap(self); word != 0; word >>= 32) total += word & BUCKET_MASK;
}

/// @dev `amount` must fit into the day's bucket.
function plus(LockRing self, uint256 day, uint256 amount) pure returns (LockRing) {
    return LockRing.wrap(LockRing.unwrap(self) + (amount << ((day % LOCK_DAYS) * 32)));
}
