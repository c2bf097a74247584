// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Price} from "../../contracts/libraries/Price.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Who gains by rounding: always the maker, and never more than a unit a fill.
contract RoundingModelTest is DexHelpers {
    uint256 private constant PARTS = 5;

    /// @dev Prices at which rounding shows: 2^-20 to 2^20 units for a unit, any mantissa.
    function anyPrice(uint256 seed) private pure returns (Price) {
        return Price.wrap(uint80((bound(seed, 100, 140) << 72) | (1 << 71) | ((seed >> 8) & ((1 << 71) - 1))));
    }

    function testFuzz_parts_areNeverCheaperThanTheWhole(uint256 seed, uint256 amount, uint256[5] memory cuts) public {
        Price at = anyPrice(seed);
        amount = bound(amount, 2, 1e9);
        uint256 id = createOrder(alice, weth, usdc, amount, at, 0);
        usdc.mint(bob, 1 << 100);
        (uint256 sold, uint256 paid, uint256 received, uint256 fills) = (0, 0, 0, 0);
        for (uint256 i; i < PARTS && sold < amount; ++i) {
            uint256 part = i == PARTS - 1 ? amount - sold : bound(cuts[i], 1, amount - sold);
            (uint256 got, uint256 cost) = fill(bob, id, part);
            (sold, paid, received, fills) = (sold + part, paid + cost, received + got, fills + 1);
            assertEq(cost, ceilCost(at, part), "INV-DEX-03 a part costs its price, rounded up");
        }
        uint256 whole = ceilCost(at, sold);
        assertGe(paid, whole, "INV-DEX-04 parts are not cheaper");
        assertLe(paid, whole + fills - 1, "INV-DEX-03 at most a unit a fill, the first one apart");
        // Fees round down in each part: what splitting saves is below a unit a fill.
        uint256 feeOfWhole = (sold * FEE) / 1e6;
        assertLe(sold - received, feeOfWhole, "DEX-50 the fee's cap holds for parts");
        assertLe(feeOfWhole - (sold - received), fills - 1, "DEX-50 less than a unit a fill is saved");
    }

    function testFuzz_owner_getsThePriceAtLeast(uint256 seed, uint256 amount, uint256 take) public {
        Price at = anyPrice(seed);
        amount = bound(amount, 1, 1e9);
        take = bound(take, 1, amount);
        uint256 id = createOrder(alice, weth, usdc, amount, at, 0);
        usdc.mint(bob, 1 << 100);
        uint256 before = usdc.balanceOf(alice);
        (, uint256 paid) = fill(bob, id, take);
        assertEq(usdc.balanceOf(alice) - before, paid, "INV-DEX-03 all of it is the owner's");
        // paid >= take * price and paid - 1 < take * price, without division.
        (uint256 exponent, uint256 mantissa) = (raw(at) >> 72, raw(at) & ((1 << 72) - 1));
        uint256 scale = 1 << (191 - exponent);
        assertGe(paid * scale, take * mantissa, "INV-DEX-03 not below the price");
        assertLe((paid - 1) * scale, take * mantissa - 1, "INV-DEX-03 less than a unit above it");
    }

    /// @dev Dust, the way a rounding attack would: one unit at a time is the dearest of all.
    function test_dust_neverPays() public {
        Price at = price(1, 3);
        uint256 id = createOrder(alice, weth, usdc, 30, at, 0);
        uint256 paid;
        for (uint256 i; i < 30; ++i) {
            (, uint256 cost) = fill(bob, id, 1);
            paid += cost;
        }
        assertEq(paid, 30, "INV-DEX-04 thirty units at a third cost thirty, not ten");
    }

    function testFuzz_budget_isNeverOverspentAndAlmostUsed(uint256 seed, uint256 amount, uint256 budget) public pure {
        Price at = anyPrice(seed);
        amount = bound(amount, 1, 1e15);
        budget = bound(budget, 0, ceilCost(at, amount) - 1);
        uint256 buys = at.amountDown(budget);
        assertLe(ceilCost(at, buys), budget, "INV-DEX-03 within the budget");
        assertGe(ceilCost(at, buys + 1), budget + 1, "DEX-22 the most that it buys");
    }

    function ceilCost(Price at, uint256 amount) private pure returns (uint256) {
        uint256 exponent = raw(at) >> 72;
        return Math.mulDiv(amount, raw(at) & ((1 << 72) - 1), 1 << (191 - exponent), Math.Rounding.Ceil);
    }
}
