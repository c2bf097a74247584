// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendTest} from "./LendTest.sol";

/// @notice What collateral that a liquidation leaves alone may do to it: with a price that is not good for liquidations,
/// with next to no value, and for the protocol's part.
contract CollateralElsewhereTest is LendTest {
    /// @dev Of the thresholds 80 % and 75 %: 1 / (0.3 t + 0.7) - 1.
    uint256 private constant BONUS = 63_829_787_234_042_553;
    uint256 private constant RISKIEST_BONUS = 81_081_081_081_081_081;
    uint256 private constant DEBT = 22_000e18;

    /// @dev 10 WETH against 22,000 USDC, and 0.01 sBTC beside them: 1,000 USD, of which 750 count.
    function setUp() public override {
        super.setUp();
        supply(alice, uBtc, 10e8);
        openPosition(22_000e6);
        collateral(bob, uBtc, 0.01e8);
    }

    // ------------------------------------------------------------------------------------ prices that are not good

    /// @dev A few units of an asset whose feed is stale must not hold off what the account's ill health asks for.
    function test_elsewhere_aStalePriceHoldsNothingOff() public {
        IPriceOracle.Quality[2] memory bad = [IPriceOracle.Quality.Halted, IPriceOracle.Quality.Fallback];
        oracle.setLastPrice(address(sbtc), 100_000e18);
        for (uint256 i; i < 2; ++i) {
            setQuality(address(sbtc), bad[i]);
            // 10 * 2,560 * 80 % + twice 750 = 21,980 < 22,000, of which the half is 21,230
            setWeth(2_560);
            uint256 before = uUsdc.debtOf(bob);
            (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
            assertEq(repaid, 1_000e6, "LEND-33 runs without sBTC's price");
            assertEq(before - uUsdc.debtOf(bob), 1_000e6, "LEND-33 the debt falls");
            vm.prank(dave);
            uUsdc.repay(1, bob);
            resetPosition();
        }
    }

    function test_elsewhere_countsTwiceAtTheLastPrice() public {
        oracle.setLastPrice(address(sbtc), 100_000e18);
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        setWeth(2_563);
        // 20,504 + twice 750
        expectHealthy((22_004e18 * 1e18) / DEBT);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        setWeth(2_562);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    function test_elsewhere_anUnknownPriceStandsInTheWay() public {
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        setWeth(1_000);
        expectStale(address(sbtc), IPriceOracle.Quality.Halted);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        oracle.setLastPrice(address(sbtc), 1);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    function test_elsewhere_countsTwiceInItsGrace() public {
        oracle.setQuote(address(sbtc), 90_000e18, 100_000e18, IPriceOracle.Quality.Fresh, T0 + 900);
        setWeth(2_600);
        // 20,800 + twice 750 at the high price
        vm.warp(T0 + 899);
        uint256 debt = controller.healthOf(bob).debt;
        expectHealthy((22_300e18 * 1e18) / debt);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        vm.warp(T0 + 900);
        (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        assertEq(repaid, 1_000e6, "LEND-33 and once when the grace is over");
        vm.warp(T0 + 899);
        setWeth(2_400);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    /// @dev What is seized and what is owed need a price that is good for liquidations, as ever.
    function test_elsewhere_isNotWhatIsSeizedOrOwed() public {
        oracle.setLastPrice(address(sbtc), 100_000e18);
        setWeth(2_000);
        setQuality(address(sbtc), IPriceOracle.Quality.Fallback);
        expectStale(address(sbtc), IPriceOracle.Quality.Fallback);
        liquidate(carol, bob, uUsdc, uBtc, 100e6);
        setQuality(address(sbtc), IPriceOracle.Quality.Fresh);
        borrowSomeBtc();
        setQuality(address(sbtc), IPriceOracle.Quality.Fallback);
        setWeth(2_000);
        expectStale(address(sbtc), IPriceOracle.Quality.Fallback);
        liquidate(carol, bob, uUsdc, uWeth, 100e6);
        oracle.setQuote(address(sbtc), 100_000e18, 100_000e18, IPriceOracle.Quality.Fresh, T0 + 1);
        expectError(ILendControllerTypes.LiquidationTooEarly.selector, T0 + 1);
        liquidate(carol, bob, uUsdc, uWeth, 100e6);
    }

    /// @dev Whoever liquidates cannot make use of a last price that is too low: only by more than a double of the real one is
    /// an account liquidated that is healthy.
    function testFuzz_elsewhere_aHealthyAccountIsSafeUpToADouble(uint256 real, uint256 last, uint256 weth_) public {
        real = bound(real, 1e18, 1_000_000e18);
        last = bound(last, (real + 1) / 2, real * 4);
        oracle.set(address(weth), bound(weth_, 1_500e18, 3_500e18));
        oracle.set(address(sbtc), real);
        bool wasHealthy = controller.healthOf(bob).health >= 1e18;
        oracle.setLastPrice(address(sbtc), last);
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        try controller.previewLiquidation(bob, 0, 1, 1_000e6) {
            assertTrue(!wasHealthy, "LEND-33 never a healthy one");
        } catch (bytes memory reason) {
            assertEq(
                bytes32(bytes4(reason)),
                bytes32(ILendControllerTypes.AccountHealthy.selector),
                "LEND-33 refused for its health alone"
            );
        }
    }

    // ---------------------------------------------------------------------------------------------------- bad debt

    /// @dev Nobody keeps a few dollars and has debts struck off: not even a unit may stay elsewhere, whatever it is worth, or
    /// many small accounts could be opened for that.
    function test_badDebt_waitsForTheLastUnitElsewhere() public {
        withdraw(bob, uBtc, 0.01e8 - 1);
        setWeth(1_500);
        assertTrue(!controller.previewLiquidation(bob, 0, 1, MAX).strikesOff, "LEND-31 a unit is left");
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertGe(uUsdc.debtOf(bob), 5_000e6, "LEND-31 the debt stands");
        liquidate(carol, bob, uUsdc, uBtc, MAX);
        assertEq(uUsdc.debtOf(bob), 0, "LEND-31 until that is taken too");
        assertEq(uBtc.balanceOf(bob), 0, "LEND-31 and nothing is left");
    }

    /// @dev Collateral that counts for nothing in health is worth something to the suppliers all the same, priced or not.
    function test_badDebt_waitsForCollateralThatCountsForNothing() public {
        for (uint256 threshold = 7_000; ; threshold -= 500) {
            vm.warp(T0 + (7_500 - threshold) * 7 days);
            controller.setAsset(2, parameters(0, threshold, 5_000));
            if (threshold == 0) break;
        }
        setWeth(1_000);
        assertTrue(!controller.previewLiquidation(bob, 0, 1, MAX).strikesOff, "LEND-31 sBTC is left");
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        assertTrue(!controller.previewLiquidation(bob, 0, 1, MAX).strikesOff, "LEND-31 and stands in nobody's way");
    }

    // ------------------------------------------------------------------------------------------- the protocol's part

    /// @dev The protocol's part is paid out of a collateral that is taken whole too, while more lies elsewhere.
    function test_plan_theProtocolHasItsPartOfACollateralTakenWhole() public {
        supply(bob, uBtc, 0.19e8);
        setWeth(300);
        // 3,000 USD of WETH and 20,000 of sBTC against 22,000: ill, and no room for the protocol.
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        assertTrue(p.takesAll && p.protocolAssets == 0, "LEND-28 no room, no part");
        supply(bob, uBtc, 0.022e8);
        // 3,000 and 22,200: 25,200 / 22,000 has room for more than both parts.
        p = controller.previewLiquidation(bob, 0, 1, MAX);
        uint256 own = (BONUS * 6) / 10;
        assertTrue(p.takesAll && !p.strikesOff, "LEND-28 all of it, and sBTC is left");
        assertEq(p.assets + p.protocolAssets, 10 ether, "LEND-28 nothing is left");
        assertEq(
            p.protocolAssets,
            (uint256(10 ether) * (BONUS - own)) / (1e18 + BONUS),
            "LEND-28 its 40 % of the bonus"
        );
        assertEq(p.repaid, uint256(3_000e36) / (1e18 + BONUS) / 1e12 + 1, "LEND-28 the liquidator pays for the rest");
    }

    /// @dev The room is what is left when every collateral pays its liquidator, the riskiest most.
    function test_plan_theRoomIsTheRiskiestCollaterals() public {
        supply(bob, uBtc, 0.19e8);
        setWeth(310);
        // 3,100 and 20,000: 23,100 / 22,000 is 1.05, above one and the liquidator's 3.83 %, and 4.865 % for sBTC.
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        uint256 own = (BONUS * 6) / 10;
        uint256 room = (uint256(23_100e18) * 1e18) / DEBT - 1e18 - (RISKIEST_BONUS * 6) / 10;
        assertLe(room, BONUS - own - 1, "the room is what binds");
        assertEq(p.protocolAssets, (uint256(10 ether) * room) / (1e18 + own + room), "LEND-28 no more than the room");
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        p = controller.previewLiquidation(bob, 0, 2, MAX);
        assertEq(
            p.repaid,
            uUsdc.debtOf(bob),
            "LEND-28 what is left pays the whole debt: nothing is struck off for a fee"
        );
    }

    // ---------------------------------------------------------------------------------------------------- insurance

    /// @dev The reserve stops at 2^80 units; the insurance is a part of it.
    function test_insurance_neverExceedsTheReserve() public {
        uint256 most = (1 << 80) - 1;
        weth.mint(dave, most);
        vm.prank(dave);
        uWeth.fundInsurance(most);
        assertEq(uWeth.totals().insurance, most, "LEND-23 full");
        setWeth(2_600);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, 1_000e6);
        assertGe(p.protocolAssets, 1, "LEND-28 the protocol has a part");
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        IUTokenTypes.Totals memory t = uWeth.totals();
        assertEq(t.reserve, most, "INV-LEND-14 the reserve is full");
        assertEq(t.insurance, most, "INV-LEND-14 and the insurance not above it");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function expectHealthy(uint256 health) private {
        vm.expectRevert(abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, health));
    }

    function expectStale(address asset, IPriceOracle.Quality quality) private {
        vm.expectRevert(abi.encodeWithSelector(ILendControllerTypes.PriceNotFresh.selector, asset, quality));
    }

    function borrowSomeBtc() private {
        setWeth(3_500);
        borrow(bob, uBtc, 0.005e8);
    }

    /// @dev Back to 10 WETH and 22,000 USDC, at 3,000.
    function resetPosition() private {
        setWeth(3_000);
        setQuality(address(sbtc), IPriceOracle.Quality.Fresh);
        uint256 missing = 10 ether - uWeth.convertToAssets(uWeth.balanceOf(bob));
        supply(bob, uWeth, missing);
        borrow(bob, uUsdc, 22_000e6 - uUsdc.debtOf(bob));
    }
}
