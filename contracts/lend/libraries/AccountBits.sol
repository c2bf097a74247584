// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibBit} from "solady/src/utils/LibBit.sol";

/// @notice Where an account has collateral and debt: free 128 | debt 64 | collateral 64 (high to low), one bit an asset.
type AccountBits is uint256;

using AccountBitsLib for AccountBits global;

library AccountBitsLib {
    uint256 internal constant MAX_ASSETS = 64;

    uint256 private constant _MASK = type(uint64).max;

    function collateral(AccountBits self) internal pure returns (uint256) {
        return AccountBits.unwrap(self) & _MASK;
    }

    function debt(AccountBits self) internal pure returns (uint256) {
        return AccountBits.unwrap(self) >> 64;
    }

    /// @return Every asset that the account has to do with.
    function either(AccountBits self) internal pure returns (uint256) {
        return self.collateral() | self.debt();
    }

    function withCollateral(AccountBits self, uint256 id, bool on) internal pure returns (AccountBits) {
        uint256 bit = 1 << id;
        return AccountBits.wrap(on ? AccountBits.unwrap(self) | bit : AccountBits.unwrap(self) & ~bit);
    }

    function withDebt(AccountBits self, uint256 id, bool on) internal pure returns (AccountBits) {
        uint256 bit = 1 << (64 + id);
        return AccountBits.wrap(on ? AccountBits.unwrap(self) | bit : AccountBits.unwrap(self) & ~bit);
    }

    /// @return id of the lowest bit of `bits`, which must not be empty
    /// @return rest `bits` without it
    function next(uint256 bits) internal pure returns (uint256 id, uint256 rest) {
        unchecked {
            return (LibBit.ffs(bits), bits & (bits - 1));
        }
    }
}
