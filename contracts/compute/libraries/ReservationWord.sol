// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a payer reserved for a provider, in one word: free 24 | notice ends 40 | notice 96 | amount 96 (high to low).
/// The notice is the part of the amount that may be taken back when it ends.
type ReservationWord is uint256;

using {amountOf, noticeOf, noticeEndsOf, withNotice, plus, less} for ReservationWord global;

uint256 constant AMOUNT_MASK = type(uint96).max;
uint256 constant NOTICE_SHIFT = 96;
uint256 constant ENDS_SHIFT = 192;

function amountOf(ReservationWord self) pure returns (uint256) {
    return ReservationWord.unwrap(self) & AMOUNT_MASK;
}

function noticeOf(ReservationWord self) pure returns (uint256) {
    return (ReservationWord.unwrap(self) >> NOTICE_SHIFT) & AMOUNT_MASK;
}

/// @return In seconds; of no meaning while nothing is noticed.
function noticeEndsOf(ReservationWord self) pure returns (uint256) {
    return ReservationWord.unwrap(self) >> ENDS_SHIFT;
}

/// @dev `notice` must be at most the amount.
function withNotice(ReservationWord self, uint256 notice, uint256 endsAt) pure returns (ReservationWord) {
    return ReservationWord.wrap(amountOf(self) | (notice << NOTICE_SHIFT) | (endsAt << ENDS_SHIFT));
}

/// @dev The sum must fit 96 bits.
function plus(ReservationWord self, uint256 amount) pure returns (ReservationWord) {
    unchecked {
        return ReservationWord.wrap(ReservationWord.unwrap(self) + amount);
    }
}

/// @return What is left after `amount`, which must be at most what there is. What is noticed goes last.
function less(ReservationWord self, uint256 amount) pure returns (ReservationWord) {
    unchecked {
        uint256 word = ReservationWord.unwrap(self) - amount;
        uint256 left = word & AMOUNT_MASK;
        if (noticeOf(self) <= left) return ReservationWord.wrap(word);
        return withNotice(ReservationWord.wrap(left), left, word >> ENDS_SHIFT);
    }
}
