// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Price} from "../../contracts/libraries/Price.sol";
import {PriceMath} from "../../contracts/libraries/PriceMath.sol";
import {Test} from "../support/Test.sol";

/// @notice Library calls as calls, so that their reversion can be expected.
contract PriceCalls {
    function fromAmountsUp(uint256 buy, uint256 sell) external pure returns (Price) {
        return PriceMath.fromAmountsUp(buy, sell);
    }
}

/// @notice The 80-bit price against a reference in 512 bits.
contract PriceTest is Test {
    uint256 private constant MAX_AMOUNT = type(uint96).max;
    uint256 private constant TOP = 1 << 71;

    PriceCalls private calls = new PriceCalls();

    // ------------------------------------------------------------------------------------------------------ costUp

    function testFuzz_costUp_isTheCeiling(uint256 exponent, uint256 mantissa, uint256 amount) public pure {
        Price p = anyPrice(exponent, mantissa);
        amount = bound(amount, 0, MAX_AMOUNT);
        assertEq(p.costUp(amount), exactCost(p, amount), "DEX-111 cost");
    }

    function testFuzz_costUp_isNeverNothing(uint256 exponent, uint256 mantissa, uint256 amount) public pure {
        amount = bound(amount, 1, MAX_AMOUNT);
        assertGe(anyPrice(exponent, mantissa).costUp(amount), 1, "DEX-111 nothing is sold for nothing");
    }

    function test_costUp_atTheExtremes() public pure {
        assertEq(make(0, TOP).costUp(1), 1, "DEX-111 least price, one unit");
        assertEq(make(0, TOP).costUp(MAX_AMOUNT), 1, "DEX-111 least price, most units");
        assertEq(make(255, (1 << 72) - 1).costUp(1), ((1 << 72) - 1) << 64, "DEX-111 highest price, one unit");
        assertEq(
            make(255, (1 << 72) - 1).costUp(MAX_AMOUNT),
            (MAX_AMOUNT * ((1 << 72) - 1)) << 64,
            "DEX-111 highest price, most units"
        );
        assertEq(make(120, TOP).costUp(12_345), 12_345, "DEX-111 one for one");
        assertEq(make(119, TOP).costUp(3), 2, "DEX-111 half of three, up");
        assertEq(make(119, TOP).costUp(4), 2, "DEX-111 half of four");
        assertEq(make(120, TOP).costUp(0), 0, "DEX-111 nothing costs nothing");
    }

    function testFuzz_costUp_growsWithAmount(uint256 exponent, uint256 mantissa, uint256 a, uint256 b) public pure {
        Price p = anyPrice(exponent, mantissa);
        (a, b) = (bound(a, 0, MAX_AMOUNT), bound(b, 0, MAX_AMOUNT));
        if (a > b) (a, b) = (b, a);
        assertLe(p.costUp(a), p.costUp(b), "DEX-111 more costs no less");
    }

    // -------------------------------------------------------------------------------------------------- amountDown

    function testFuzz_amountDown_isTheMostThatFits(
        uint256 exponent,
        uint256 mantissa,
        uint256 amount,
        uint256 budget
    ) public pure {
        Price p = anyPrice(exponent, mantissa);
        amount = bound(amount, 1, MAX_AMOUNT);
        budget = bound(budget, 0, p.costUp(amount) - 1);

        uint256 most = p.amountDown(budget);
        assertLe(p.costUp(most), budget, "DEX-112 the budget pays for it");
        assertGe(p.costUp(most + 1), budget + 1, "DEX-112 and not for one more");
        assertLe(most, amount - 1, "DEX-112 below what was too dear");
    }

    function testFuzz_amountDown_withCap(uint256 exponent, uint256 mantissa, uint256 cap, uint256 budget) public pure {
        Price p = anyPrice(exponent, mantissa);
        cap = bound(cap, 0, MAX_AMOUNT);
        budget = bound(budget, 0, type(uint128).max);
        uint256 amount = PriceMath.amountDown(p, budget, cap);
        assertLe(amount, cap, "DEX-112 at most the cap");
        assertLe(p.costUp(amount), budget, "DEX-112 within the budget");
        if (amount < cap) assertGe(p.costUp(amount + 1), budget + 1, "DEX-112 not one more");
    }

    // ---------------------------------------------------------------------------------------------------- ordering

    function testFuzz_price_comparesAsAnInteger(uint256 e1, uint256 m1, uint256 e2, uint256 m2) public pure {
        (Price a, Price b) = (anyPrice(e1, m1), anyPrice(e2, m2));
        if (Price.unwrap(a) > Price.unwrap(b)) (a, b) = (b, a);
        // Both values over 2^191, as 512-bit numbers: the exponents differ by less than 256.
        (uint256 ea, uint256 eb) = (Price.unwrap(a) >> 72, Price.unwrap(b) >> 72);
        (uint256 ma, uint256 mb) = (mantissaOf(a), mantissaOf(b));
        if (ea == eb) assertLe(ma, mb, "DEX-110 equal exponents");
        else assertLe(ma, (mb << 1) - 1, "DEX-110 a higher exponent outweighs every mantissa");
        assertLe(ea, eb, "DEX-110 exponents first");
        uint256 probe = MAX_AMOUNT;
        assertLe(a.costUp(probe), b.costUp(probe), "DEX-110 a higher price costs no less");
    }

    function testFuzz_isNormalised(uint80 bits) public pure {
        assertEq(Price.wrap(bits).isNormalised(), (bits >> 71) & 1 == 1, "DEX-110 the mantissa's top bit");
    }

    // ----------------------------------------------------------------------------------------------- fromAmountsUp

    function testFuzz_fromAmountsUp_isLeastAndClose(uint256 buy, uint256 sell) public pure {
        sell = bound(sell, 1, MAX_AMOUNT);
        buy = bound(buy, 1, type(uint128).max);
        Price p = PriceMath.fromAmountsUp(buy, sell);
        checkConversion(p, buy, sell);
    }

    function testFuzz_fromAmountsUp_ofAnyDecimals(
        uint256 sellDecimals,
        uint256 buyDecimals,
        uint256 digits
    ) public pure {
        uint256 sell = 10 ** bound(sellDecimals, 0, 27);
        uint256 buy = 10 ** bound(buyDecimals, 0, 27) * bound(digits, 1, 1e9);
        Price p = PriceMath.fromAmountsUp(buy, sell);
        checkConversion(p, buy, sell);
        if (sell <= MAX_AMOUNT) {
            uint256 cost = p.costUp(sell);
            assertGe(cost, buy, "DEX-111 the asked amount at least");
            assertLe(cost - buy, (buy >> 70) + 1, "DEX-111 and hardly more");
        }
    }

    function test_fromAmountsUp_everyPairOfDecimals() public pure {
        for (uint256 s; s <= 27; ++s) {
            for (uint256 b; b <= 27; ++b) {
                Price p = PriceMath.fromAmountsUp(10 ** b, 10 ** s);
                assertTrue(p.isNormalised(), "DEX-110 normalised");
                if (10 ** s > MAX_AMOUNT) continue;
                uint256 cost = p.costUp(10 ** s);
                assertGe(cost, 10 ** b, "DEX-111 what was asked for, at least");
                assertLe(cost, 10 ** b + ((10 ** b) >> 71) + 1, "DEX-111 and a 2^-71 part or one unit more at most");
            }
        }
    }

    function test_fromAmountsUp_isExactForPowersOfTwo() public pure {
        assertEq(Price.unwrap(PriceMath.fromAmountsUp(1, 1)), Price.unwrap(make(120, TOP)), "DEX-110 one");
        assertEq(Price.unwrap(PriceMath.fromAmountsUp(2, 1)), Price.unwrap(make(121, TOP)), "DEX-110 two");
        assertEq(Price.unwrap(PriceMath.fromAmountsUp(1, 2)), Price.unwrap(make(119, TOP)), "DEX-110 a half");
        assertEq(Price.unwrap(PriceMath.fromAmountsUp(3, 2)), Price.unwrap(make(120, TOP + TOP / 2)), "DEX-110 1.5");
    }

    function test_fromAmountsUp_carriesIntoTheNextPower() public pure {
        // Just below 2^72 before rounding: ceil reaches 2^72 and must become 2^71 of the next exponent.
        Price p = PriceMath.fromAmountsUp((1 << 90) - 1, 1 << 90);
        assertEq(Price.unwrap(p), Price.unwrap(make(120, TOP)), "DEX-110 carried up to one");
        assertTrue(p.isNormalised(), "DEX-110 normalised");
    }

    function test_fromAmountsUp_revertsOutOfRange() public {
        refused(0, 1);
        refused(1, 0);
        refused(1 << 128, 1);
        refused(1, 1 << 128);
        // The least price is 2^-120.
        refused(1, 1 << 121);
        assertEq(Price.unwrap(calls.fromAmountsUp(1, 1 << 120)), Price.unwrap(make(0, TOP)), "DEX-110 the least price");
    }

    function refused(uint256 buy, uint256 sell) private {
        vm.expectRevert(abi.encodeWithSelector(PriceMath.PriceOutOfRange.selector, buy, sell));
        calls.fromAmountsUp(buy, sell);
    }

    // ----------------------------------------------------------------------------------------------------- helpers

    function checkConversion(Price p, uint256 buy, uint256 sell) private pure {
        assertTrue(p.isNormalised(), "DEX-110 normalised");
        uint256 mantissa = mantissaOf(p);
        uint256 exponent = Price.unwrap(p) >> 72;
        // mantissa * 2^(exponent-191) >= buy/sell > (mantissa-1) * 2^(exponent-191)
        assertTrue(!exceeds(buy, mantissa, sell, exponent), "DEX-111 not below the ratio");
        assertTrue(exceeds(buy, mantissa - 1, sell, exponent), "DEX-111 the least such price");
        // One unit of the mantissa is at most a 2^-71 part of it.
        assertGe(mantissa, TOP, "DEX-110 relative error below 2^-70");
    }

    /// @dev Whether buy > mantissa * sell * 2^(exponent - 191), exactly.
    function exceeds(uint256 buy, uint256 mantissa, uint256 sell, uint256 exponent) private pure returns (bool) {
        uint256 product = mantissa * sell;
        if (exponent >= 191) {
            uint256 up = exponent - 191;
            return buy > product << up;
        }
        uint256 shift = 191 - exponent;
        // buy * 2^shift > product
        (uint256 high, uint256 low) = Math.mul512(buy, 1 << (shift > 255 ? 255 : shift));
        return high != 0 || low > product;
    }

    /// @dev ceil(amount * mantissa * 2^(exponent - 191)) through a 512-bit product.
    function exactCost(Price p, uint256 amount) private pure returns (uint256) {
        uint256 exponent = Price.unwrap(p) >> 72;
        uint256 product = amount * mantissaOf(p);
        if (exponent >= 191) return product << (exponent - 191);
        return Math.mulDiv(product, 1, 1 << (191 - exponent), Math.Rounding.Ceil);
    }

    function anyPrice(uint256 exponent, uint256 mantissa) private pure returns (Price) {
        return make(bound(exponent, 0, 255), bound(mantissa, TOP, (1 << 72) - 1));
    }

    function make(uint256 exponent, uint256 mantissa) private pure returns (Price) {
        return Price.wrap(uint80((exponent << 72) | mantissa));
    }

    function mantissaOf(Price p) private pure returns (uint256) {
        return Price.unwrap(p) & ((1 << 72) - 1);
    }
}
