// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {GuardWord, GuardWordLib} from "../../contracts/access/GuardWord.sol";
import {AccountWord, PoolAccount} from "../../contracts/lend/libraries/Account.sol";
import {AccountBits, AccountBitsLib} from "../../contracts/lend/libraries/AccountBits.sol";
import {AssetWord, AssetWordLib} from "../../contracts/lend/libraries/AssetWord.sol";
import {InterestRateModel} from "../../contracts/lend/libraries/InterestRateModel.sol";
import {LendMath} from "../../contracts/lend/libraries/LendMath.sol";
import {Market, MarketLib, MarketWords} from "../../contracts/lend/libraries/Market.sol";
import {PoolConfig} from "../../contracts/lend/libraries/PoolConfig.sol";
import {Test} from "../support/Test.sol";

/// @notice The packed words: what goes in comes out, no field disturbs another, and what does not fit is refused.
contract WordsTest is Test {
    using PoolConfig for GuardWord;

    MarketWords private _words;
    PoolAccount private _account;

    function testFuzz_market_roundTrip(
        uint96 cash,
        uint80 reserve,
        uint112 shares,
        uint96 index,
        uint96 debt,
        uint32 time
    ) public {
        _words.store(Market(cash, reserve, shares, index, debt, time));
        Market memory m;
        m.load(_words);
        assertEq(m.cash, cash, "LEND-22 cash");
        assertEq(m.reserve, reserve, "LEND-22 reserve");
        assertEq(m.supplyShares, shares, "LEND-22 supply shares");
        assertEq(m.debtIndex, index, "LEND-22 index");
        assertEq(m.debtShares, debt, "LEND-22 debt shares");
        assertEq(m.updatedAt, time, "LEND-22 time");
        assertEq(MarketLib.cashOf(_words.a), cash, "LEND-34 cash in the first word");
        assertEq(MarketLib.reserveOf(_words.a), reserve, "LEND-34 reserve in the first word");
    }

    function testFuzz_market_storeCashTouchesNothingElse(
        uint96 cash,
        uint80 reserve,
        uint112 shares,
        uint96 newCash,
        uint128 newReserve
    ) public {
        _words.store(Market(cash, reserve, shares, 3, 5, 7));
        _words.storeCash(_words.a, newCash, newReserve);
        Market memory m;
        m.load(_words);
        assertEq(m.cash, newCash, "LEND-34 cash");
        uint256 most = type(uint80).max;
        assertEq(m.reserve, newReserve < most ? newReserve : most, "LEND-34 reserve, held below its limit");
        assertEq(m.supplyShares, shares, "LEND-34 supply shares stay");
        assertEq(m.debtIndex, 3, "LEND-34 index stays");
        assertEq(m.debtShares, 5, "LEND-34 debt stays");
        assertEq(m.updatedAt, 7, "LEND-34 time stays");
    }

    function test_market_refusesWhatDoesNotFit() public {
        expectTooLarge(1 << 96);
        this.store(Market(1 << 96, 0, 0, 0, 0, 0));
        expectTooLarge(1 << 112);
        this.store(Market(0, 0, 1 << 112, 0, 0, 0));
        expectTooLarge(1 << 96);
        this.store(Market(0, 0, 0, 0, 1 << 96, 0));
        expectTooLarge(1 << 96);
        this.storeCash(1 << 96);
        expectTooLarge(1 << 96);
        this.withDebt(1 << 96);
    }

    function store(Market calldata m) external {
        _words.store(m);
    }

    function storeCash(uint256 cash) external {
        _words.storeCash(0, cash, 0);
    }

    function withDebt(uint256 shares) external {
        _account.word = _account.word.withDebt(shares);
    }

    function expectTooLarge(uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(MarketLib.AmountTooLarge.selector, amount));
    }

    /// @dev Rounding of the two conversions of shares and of debt shares, against exact fractions.
    function testFuzz_market_rounding(
        uint96 cash,
        uint96 debt,
        uint112 shares,
        uint256 index,
        uint80 amount
    ) public pure {
        index = bound(index, 1e18, 1e24);
        Market memory m = Market(cash, 0, shares, index, debt, 0);
        uint256 total = m.totalAssets() + 1;
        uint256 all = uint256(shares) + 1e6;
        if (total >> 130 != 0) return;
        assertLe(m.toSharesDown(amount) * total, amount * all, "LEND-01 down");
        assertGe((m.toSharesDown(amount) + 1) * total, amount * all + 1, "LEND-01 by less than a share");
        assertGe(m.toSharesUp(amount) * total, amount * all, "LEND-02 up");
        assertLe(m.toAssetsDown(amount) * all, amount * total, "LEND-02 down");
        assertGe(m.toAssetsUp(amount) * all, amount * total, "LEND-01 up");
        assertGe(m.toDebtSharesUp(amount) * index, uint256(amount) * 1e18, "LEND-10 up");
        assertLe(m.toDebtSharesDown(amount) * index, uint256(amount) * 1e18, "LEND-14 down");
        assertGe(m.debtUp(amount) * 1e18, uint256(amount) * index, "LEND-10 up");
    }

    function testFuzz_account(uint112 supply, uint96 debt, bool on, uint96 next, uint112 less) public pure {
        AccountWord word = AccountWord.wrap(0).plusSupply(supply).withDebt(debt).withCollateral(on);
        assertEq(word.supplyShares(), supply, "LEND-01 supply");
        assertEq(word.debtShares(), debt, "LEND-10 debt");
        assertTrue(word.isCollateral() == on, "LEND-18 switch");
        word = word.withDebt(next).withCollateral(!on).minusSupply(uint112(bound(less, 0, supply)));
        assertEq(word.supplyShares(), supply - bound(less, 0, supply), "LEND-02 supply");
        assertEq(word.debtShares(), next, "LEND-14 debt");
        assertTrue(word.isCollateral() != on, "LEND-18 switch");
    }

    function testFuzz_assetWord(address pool, uint256 seed, uint32 loweredAt) public pure {
        uint256 cf = seed % 10_001;
        uint256 threshold = (seed >> 20) % 10_001;
        uint256 close = (seed >> 40) % 10_001;
        uint256 decimals = (seed >> 60) % 19;
        uint256 flags = (seed >> 70) % 4;
        AssetWord word = AssetWordLib.pack(pool, cf, threshold, close, decimals, flags, loweredAt);
        assertEq(word.pool(), pool, "LEND-39 pool");
        assertEq(word.collateralFactor(), cf, "LEND-39 collateral factor");
        assertEq(word.threshold(), threshold, "LEND-39 threshold");
        assertEq(word.closeFactor(), close, "LEND-39 close factor");
        assertEq(word.unit(), 10 ** decimals, "LEND-39 unit");
        assertEq(word.flags(), flags, "LEND-39 flags");
        assertEq(word.loweredAt(), loweredAt, "LEND-39 time");
    }

    function testFuzz_accountBits(uint64 collateral, uint64 debt, uint256 id) public pure {
        id = bound(id, 0, 63);
        AccountBits bits = AccountBits.wrap(uint256(collateral) | (uint256(debt) << 64));
        assertEq(bits.withCollateral(id, true).collateral(), uint256(collateral) | (1 << id), "LEND-18 on");
        assertEq(bits.withCollateral(id, false).collateral(), uint256(collateral) & ~(1 << id), "LEND-18 off");
        assertEq(bits.withCollateral(id, true).debt(), debt, "LEND-18 debts stay");
        assertEq(bits.withDebt(id, true).debt(), uint256(debt) | (1 << id), "LEND-10 on");
        assertEq(bits.withDebt(id, false).debt(), uint256(debt) & ~(1 << id), "LEND-14 off");
        assertEq(bits.withDebt(id, false).collateral(), collateral, "LEND-14 collateral stays");
    }

    /// @dev Every bit once, lowest first.
    function testFuzz_accountBits_walk(uint64 some) public pure {
        uint256 left = some;
        uint256 seen;
        uint256 last;
        while (left != 0) {
            uint256 id;
            (id, left) = AccountBitsLib.next(left);
            if (seen != 0) assertGe(id, last + 1, "LEND-16 rising");
            (seen, last) = (seen | (1 << id), id);
        }
        assertEq(seen, some, "LEND-16 all of them");
    }

    function testFuzz_config_keepsLockPauseAndFee(uint256 word, uint256 seed) public pure {
        GuardWord guard = GuardWord.wrap(word & ((1 << 104) - 1));
        GuardWord full = guard.withCurve(seed % 10_001, seed % 20_001, seed % 100_001, 1_000).withReserveFactor(2_500);
        full = full.withCaps(seed % (1 << 39), (seed >> 64) % (1 << 39));
        assertEq(full.pausedUntil(), guard.pausedUntil(), "LEND-38 pause");
        assertEq(full.pauseAllowedAt(), guard.pauseAllowedAt(), "LEND-38 next pause");
        assertEq(full.fee(), guard.fee(), "LEND-38 fee");
        assertTrue(full.isLocked() == guard.isLocked(), "LEND-38 lock");
        assertTrue(!full.locked().unlocked().isLocked(), "LEND-35 unlocked");
        assertEq(full.slope2Bps(), seed % 100_001, "LEND-38 slope 2");
        assertEq(full.supplyCap(), seed % (1 << 39), "LEND-38 supply cap");
        assertEq(full.borrowCap(), (seed >> 64) % (1 << 39), "LEND-38 borrow cap");
    }

    // --------------------------------------------------------------------------------------------------------- curve

    /// @dev The curve rises with utilisation, starts at the base and ends at the sum of base and slopes.
    function testFuzz_curve_isMonotone(uint256 a, uint256 b, uint256 seed) public pure {
        uint256 base = seed % 10_001;
        uint256 slope1 = (seed >> 32) % 20_001;
        uint256 slope2 = (seed >> 64) % 100_001;
        GuardWord config = GuardWordLib.OPEN.withCurve(base, slope1, slope2, 1_000 + ((seed >> 96) % 8_901));
        (a, b) = (bound(a, 0, 1e18), bound(b, 0, 1e18));
        if (a > b) (a, b) = (b, a);
        assertLe(
            InterestRateModel.ratePerYear(config, a),
            InterestRateModel.ratePerYear(config, b),
            "LEND-21 rises with utilisation"
        );
        assertEq(InterestRateModel.ratePerYear(config, 0), base * 1e14, "LEND-21 base");
        assertEq(InterestRateModel.ratePerYear(config, 1e18), (base + slope1 + slope2) * 1e14, "LEND-21 end");
    }

    function testFuzz_growth_isMonotoneAndAtLeastLinear(uint256 rate, uint32 a, uint32 b) public pure {
        rate = bound(rate, 0, 13e18);
        if (a > b) (a, b) = (b, a);
        assertLe(InterestRateModel.growthDown(rate, a), InterestRateModel.growthDown(rate, b), "LEND-22 rises");
        assertGe(InterestRateModel.growthDown(rate, b), (rate * b) / 365 days, "LEND-22 compounds");
    }

    function testFuzz_utilisation(uint96 cash, uint96 debt) public pure {
        uint256 utilisation = InterestRateModel.utilisationUp(cash, debt);
        assertLe(utilisation, 1e18, "LEND-21 at most all");
        if (debt == 0) assertEq(utilisation, 0, "INV-LEND-16 none without debt");
        else assertGe(utilisation, 1, "LEND-21 some with debt");
    }

    // ---------------------------------------------------------------------------------------------------- unchecked

    /// @dev The raw divisions are the checked ones wherever these do not revert.
    function testFuzz_rawDivisions(uint256 x, uint256 y, uint256 d) public pure {
        (x, y, d) = (bound(x, 0, type(uint128).max), bound(y, 0, type(uint112).max), bound(d, 1, type(uint144).max));
        assertEq(LendMath.rawMulDivDown(x, y, d), LendMath.mulDivDown(x, y, d), "LEND-22 down");
        assertEq(LendMath.rawMulDivUp(x, y, d), LendMath.mulDivUp(x, y, d), "LEND-22 up");
    }

    /// @dev Where every field of the market has its largest value, nothing runs over: the index and the reserve stand at
    /// their limits, and an account's part is what it is in unlimited precision.
    function testFuzz_market_extremes(uint112 held, uint96 owed, uint32 elapsed) public {
        vm.warp(type(uint32).max);
        GuardWord config = GuardWordLib.OPEN.withCurve(10_000, 20_000, 100_000, 1_000).withReserveFactor(2_500);
        uint256 start = type(uint32).max - elapsed;
        uint256 most96 = type(uint96).max;
        Market memory m = Market(most96, 0, type(uint112).max, most96 - 1, most96, start);
        m.accrue(config);
        assertEq(m.debtIndex, elapsed == 0 ? most96 - 1 : most96, "LEND-22 the index stands at its limit");
        assertLe(m.reserve, type(uint80).max, "LEND-22 so does the reserve");
        assertEq(
            m.debtDown(),
            FixedPointMathLib.fullMulDiv(m.debtShares, m.debtIndex, 1e18),
            "LEND-22 what all accounts owe"
        );
        assertEq(m.debtUp(owed), FixedPointMathLib.fullMulDivUp(owed, m.debtIndex, 1e18), "LEND-22 what one owes");
        assertEq(
            m.worthDown(held),
            FixedPointMathLib.fullMulDiv(held, m.totalAssets() + 1, m.supplyShares + 1e6),
            "LEND-22 what shares are worth"
        );
    }

    function testFuzz_market_accruesAsInUnlimitedPrecision(uint96 cash, uint96 index, uint96 debt, uint32 time) public {
        vm.warp(type(uint32).max);
        uint256 first = bound(index, 1e18, type(uint96).max);
        GuardWord config = GuardWordLib.OPEN.withCurve(500, 2_000, 30_000, 8_000).withReserveFactor(1_000);
        Market memory m = Market(cash, 0, 1e24, first, debt, time);
        m.accrue(config);
        uint256 before = FixedPointMathLib.fullMulDiv(debt, first, 1e18);
        uint256 elapsed = type(uint32).max - time;
        if (before == 0 || elapsed == 0) {
            assertEq(m.debtIndex, first, "INV-LEND-16 no interest");
            return;
        }
        uint256 used = FixedPointMathLib.fullMulDivUp(before, 1e18, before + cash);
        uint256 growth = InterestRateModel.growthDown(InterestRateModel.ratePerYear(config, used), elapsed);
        uint256 next = FixedPointMathLib.min(
            first + FixedPointMathLib.fullMulDiv(first, growth, 1e18),
            type(uint96).max
        );
        assertEq(m.debtIndex, next, "LEND-22 index");
        uint256 interest = FixedPointMathLib.fullMulDiv(debt, next, 1e18) - before;
        assertEq(m.reserve, FixedPointMathLib.min(interest / 10, type(uint80).max), "LEND-22 reserve");
    }
}
