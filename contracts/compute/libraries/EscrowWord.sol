// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The one storage word of the escrow that every payment reads and writes: reentrancy lock, fee, fees waiting, and
/// who may collect. Low to high: locked 1 | free 7 | fee 16 | fees waiting 72 | voucher collector 160.
type EscrowWord is uint256;

using {isLocked, locked, feeBps, feesWaiting, voucherCollector} for EscrowWord global;
using {withFee, withFeesWaiting, withVoucherCollector} for EscrowWord global;

/// @dev More than 10^21 units: beyond it there is no USDC.
uint256 constant MOST_FEES = type(uint72).max;

uint256 constant LOCKED = 1;
uint256 constant FEE_SHIFT = 8;
uint256 constant FEES_SHIFT = 24;
uint256 constant COLLECTOR_SHIFT = 96;
uint256 constant FEE_MASK = type(uint16).max;

function isLocked(EscrowWord self) pure returns (bool) {
    return EscrowWord.unwrap(self) & LOCKED != 0;
}

function locked(EscrowWord self) pure returns (EscrowWord) {
    return EscrowWord.wrap(EscrowWord.unwrap(self) | LOCKED);
}

/// @return The platform's fee, in basis points.
function feeBps(EscrowWord self) pure returns (uint256) {
    return (EscrowWord.unwrap(self) >> FEE_SHIFT) & FEE_MASK;
}

/// @return Fees that were not swept, in units of USDC.
function feesWaiting(EscrowWord self) pure returns (uint256) {
    return (EscrowWord.unwrap(self) >> FEES_SHIFT) & MOST_FEES;
}

function voucherCollector(EscrowWord self) pure returns (address) {
    return address(uint160(EscrowWord.unwrap(self) >> COLLECTOR_SHIFT));
}

/// @dev `bps` must fit 16 bits.
function withFee(EscrowWord self, uint256 bps) pure returns (EscrowWord) {
    return EscrowWord.wrap((EscrowWord.unwrap(self) & ~(FEE_MASK << FEE_SHIFT)) | (bps << FEE_SHIFT));
}

/// @dev `amount` must be at most `MOST_FEES`.
function withFeesWaiting(EscrowWord self, uint256 amount) pure returns (EscrowWord) {
    return EscrowWord.wrap((EscrowWord.unwrap(self) & ~(MOST_FEES << FEES_SHIFT)) | (amount << FEES_SHIFT));
}

function withVoucherCollector(EscrowWord self, address collector) pure returns (EscrowWord) {
    uint256 cleared = EscrowWord.unwrap(self) & ((1 << COLLECTOR_SHIFT) - 1);
    return EscrowWord.wrap(cleared | (uint256(uint160(collector)) << COLLECTOR_SHIFT));
}
