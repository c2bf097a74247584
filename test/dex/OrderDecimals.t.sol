// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice Tokens of 0, 2, 6, 18 and 27 decimals against each other, from one unit to 2^96 - 1.
contract OrderDecimalsTest is DexHelpers {
    uint256 private constant MAX = type(uint96).max;
    DemoToken[5] private tokens;

    function setUp() public override {
        super.setUp();
        uint8[5] memory decimals = [0, 2, 6, 18, 27];
        for (uint256 i; i < 5; ++i) {
            tokens[i] = new DemoToken("T", "T", decimals[i]);
            tokens[i].mint(alice, MAX);
            // More than 2^96 units at the highest price cost.
            tokens[i].mint(bob, 1 << 240);
            vm.prank(alice);
            tokens[i].approve(address(book), UNLIMITED);
            vm.prank(bob);
            tokens[i].approve(address(book), UNLIMITED);
        }
    }

    /// @dev One whole token for one whole token, whatever their decimals.
    function test_decimals_everyPair() public {
        for (uint256 s; s < 5; ++s) {
            for (uint256 b; b < 5; ++b) {
                if (s == b) continue;
                uint256 unit = 10 ** tokens[s].decimals();
                uint256 other = 10 ** tokens[b].decimals();
                uint256 id = createOrder(alice, tokens[s], tokens[b], unit, price(other, unit), 0);
                (uint256 received, uint256 paid) = fill(bob, id, unit);
                assertEq(received, unit - (unit * FEE) / 1e6, "INV-DEX-13 received");
                assertGe(paid, other, "INV-DEX-13 at least what was asked");
                assertLe(paid, other + (other >> 71) + 1, "INV-DEX-13 and hardly more");
            }
        }
    }

    function testFuzz_decimals_anyPriceAndAmount(
        uint256 pair,
        uint256 exponent,
        uint256 mantissa,
        uint256 amount,
        uint256 take
    ) public {
        (DemoToken sell, DemoToken buy) = (tokens[pair % 5], tokens[((pair % 5) + 1 + ((pair >> 8) % 4)) % 5]);
        Price at = Price.wrap(uint80((bound(exponent, 0, 255) << 72) | bound(mantissa, 1 << 71, (1 << 72) - 1)));
        amount = bound(amount, 1, MAX);
        take = bound(take, 1, amount);
        uint256 id = createOrder(alice, sell, buy, amount, at, 0);
        (uint256 received, uint256 paid) = fill(bob, id, take);
        assertGe(paid, 1, "INV-DEX-13 nothing is given away");
        assertEq(paid, at.costUp(take), "INV-DEX-13 the price's cost");
        assertEq(received, take - (take * FEE) / 1e6, "INV-DEX-13 received");
        assertEq(buy.balanceOf(alice), MAX + paid, "INV-DEX-13 the owner has it");
        assertEq(sell.balanceOf(address(book)), amount - received, "INV-DEX-01 equality");
    }
}
