// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardWord} from "../../access/GuardWord.sol";
import {InterestRateModel} from "./InterestRateModel.sol";
import {LendMath} from "./LendMath.sol";
import {PoolConfig} from "./PoolConfig.sol";

/// @notice How a pool's totals lie in storage: two words.
/// @dev a: supply shares, high 80 | reserve 80 | cash 96. b: supply shares, low 32 | updated at 32 | debt shares 96 | debt
/// index 96 (high to low). What changes the supply changes both words anyway; a flash loan changes only the first.
struct MarketWords {
    uint256 a;
    uint256 b;
}

/// @notice A pool's totals.
/// @param cash assets that the pool holds by its own count
/// @param reserve assets of `cash` and debt that are the protocol's
/// @param supplyShares all uTokens
/// @param debtIndex assets a debt share, 1e18
/// @param debtShares of all accounts
/// @param updatedAt interest is in the index up to this second
struct Market {
    uint256 cash;
    uint256 reserve;
    uint256 supplyShares;
    uint256 debtIndex;
    uint256 debtShares;
    uint256 updatedAt;
}

using MarketLib for Market global;
using {MarketLib.store, MarketLib.storeCash} for MarketWords global;

library MarketLib {
    using LendMath for uint256;
    using PoolConfig for GuardWord;

    uint256 internal constant INDEX_ONE = 1e18;
    uint256 internal constant VIRTUAL_SHARES = 1e6;
    uint256 internal constant MAX_RESERVE = type(uint80).max;

    uint256 private constant _MASK96 = type(uint96).max;
    uint256 private constant _MASK80 = type(uint80).max;
    uint256 private constant _MASK32 = type(uint32).max;

    /// @notice Thrown when a total does not fit its bits: far above every cap.
    error AmountTooLarge(uint256 amount);

    // ----------------------------------------------------------------------------------------------------- storage

    function cashOf(uint256 a) internal pure returns (uint256) {
        return a & _MASK96;
    }

    function reserveOf(uint256 a) internal pure returns (uint256) {
        return (a >> 96) & _MASK80;
    }

    /// @dev Into memory that is there already: every function that returns a struct allocates one more.
    function load(Market memory m, MarketWords storage words) internal view {
        (uint256 a, uint256 b) = (words.a, words.b);
        m.cash = cashOf(a);
        m.reserve = reserveOf(a);
        m.supplyShares = ((a >> 176) << 32) | (b >> 224);
        m.debtIndex = b & _MASK96;
        m.debtShares = (b >> 96) & _MASK96;
        m.updatedAt = (b >> 192) & _MASK32;
    }

    function store(MarketWords storage words, Market memory m) internal {
        uint256 shares = m.supplyShares;
        if (m.cash > _MASK96) revert AmountTooLarge(m.cash);
        if (m.debtShares > _MASK96) revert AmountTooLarge(m.debtShares);
        if (shares >> 112 != 0) revert AmountTooLarge(shares);
        // The reserve and the index are held below their limits where they grow.
        words.a = m.cash | (m.reserve << 96) | ((shares >> 32) << 176);
        words.b = m.debtIndex | (m.debtShares << 96) | (m.updatedAt << 192) | (shares << 224);
    }

    /// @dev For what touches cash and reserve only.
    function storeCash(MarketWords storage words, uint256 a, uint256 cash, uint256 reserve) internal {
        if (cash > _MASK96) revert AmountTooLarge(cash);
        words.a = ((a >> 176) << 176) | (reserve.min(MAX_RESERVE) << 96) | cash;
    }

    // ---------------------------------------------------------------------------------------------------- interest

    /// @dev Brings `m` up to now, in memory.
    /// @return Whether the index moved.
    function accrue(Market memory m, GuardWord config) internal view returns (bool) {
        unchecked {
            uint256 elapsed = block.timestamp - m.updatedAt;
            if (elapsed == 0) return false;
            m.updatedAt = block.timestamp;
            uint256 debt = m.debtDown();
            if (debt == 0) return false;

            uint256 rate = InterestRateModel.ratePerYear(config, InterestRateModel.utilisationUp(m.cash, debt));
            uint256 index = m.debtIndex;
            // At its limit, after a growth of 79 billion times, the index stands still: nothing must stop a withdrawal.
            // The growth is below 2^94.
            uint256 growth = index.rawMulDivDown(InterestRateModel.growthDown(rate, elapsed), INDEX_ONE);
            uint256 next = (index + growth).min(_MASK96);
            m.debtIndex = next;
            uint256 share = (m.debtDown() - debt).rawMulDivDown(config.reserveFactorBps(), LendMath.BPS);
            m.reserve = (m.reserve + share).min(MAX_RESERVE);
            return next != index;
        }
    }

    // ------------------------------------------------------------------------------------------------------- debts

    /// @return What all accounts owe, rounded down: what the suppliers may count on.
    /// @dev Below 2^134: shares have 96 bits, or are the sum of two that have, and the index has 96.
    function debtDown(Market memory m) internal pure returns (uint256) {
        return m.debtShares.rawMulDivDown(m.debtIndex, INDEX_ONE);
    }

    /// @dev `debtShares` must be an account's: 96 bits.
    function debtUp(Market memory m, uint256 debtShares) internal pure returns (uint256) {
        return debtShares.rawMulDivUp(m.debtIndex, INDEX_ONE);
    }

    function toDebtSharesUp(Market memory m, uint256 assets) internal pure returns (uint256) {
        return assets.mulDivUp(INDEX_ONE, m.debtIndex);
    }

    function toDebtSharesDown(Market memory m, uint256 assets) internal pure returns (uint256) {
        return assets.mulDivDown(INDEX_ONE, m.debtIndex);
    }

    // ------------------------------------------------------------------------------------------------------ shares

    /// @return What all supply shares together are worth.
    function totalAssets(Market memory m) internal pure returns (uint256) {
        uint256 sum;
        unchecked {
            // Far below 2^256.
            sum = m.cash + m.debtDown();
        }
        return sum - m.reserve;
    }

    /// @return assets and
    /// @return shares such that a share is worth `assets / shares`, the virtual ones included: 134 and 113 bits
    function ratio(Market memory m) internal pure returns (uint256 assets, uint256 shares) {
        unchecked {
            return (m.totalAssets() + 1, m.supplyShares + VIRTUAL_SHARES);
        }
    }

    function toSharesDown(Market memory m, uint256 assets) internal pure returns (uint256) {
        (uint256 total, uint256 supply) = m.ratio();
        return assets.mulDivDown(supply, total);
    }

    function toSharesUp(Market memory m, uint256 assets) internal pure returns (uint256) {
        (uint256 total, uint256 supply) = m.ratio();
        return assets.mulDivUp(supply, total);
    }

    function toAssetsDown(Market memory m, uint256 shares) internal pure returns (uint256) {
        (uint256 total, uint256 supply) = m.ratio();
        return shares.mulDivDown(total, supply);
    }

    function toAssetsUp(Market memory m, uint256 shares) internal pure returns (uint256) {
        (uint256 total, uint256 supply) = m.ratio();
        return shares.mulDivUp(total, supply);
    }

    /// @dev As `toAssetsDown`, for shares that an account has: 112 bits.
    function worthDown(Market memory m, uint256 shares) internal pure returns (uint256) {
        (uint256 total, uint256 supply) = m.ratio();
        return shares.rawMulDivDown(total, supply);
    }
}
