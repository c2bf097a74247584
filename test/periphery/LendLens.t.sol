// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {ILendLens} from "../../contracts/periphery/interfaces/ILendLens.sol";
import {SafeRead} from "../../contracts/periphery/libraries/SafeRead.sol";
import {LendTest} from "../lend/LendTest.sol";
import {Impostor} from "../mocks/lend/Impostor.sol";
import {QuoteStub} from "../mocks/lend/QuoteStub.sol";
import {Artifacts} from "../support/Artifacts.sol";

/// @notice The lens against the controller and the pools, and against what must not spoil it.
contract LendLensTest is LendTest {
    /// @dev Where a pool's guard word lies, behind its authority.
    bytes32 private constant GUARD = bytes32(uint256(1));

    ILendLens private lens;

    function setUp() public override {
        super.setUp();
        lens = ILendLens(
            Artifacts.deploy("contracts/periphery/LendLens.sol:LendLens", abi.encode(address(controller)))
        );
    }

    // ----------------------------------------------------------------------------------------------------- accounts

    function test_accounts_sayWhatTheControllerSays() public {
        openPosition(22_000e6);
        supply(alice, uBtc, 10e8);
        collateral(carol, uBtc, 1e8);
        collateral(carol, uUsdc, 5_000e6);
        borrow(carol, uWeth, 7 ether);
        borrow(carol, uUsdc, 1_234.567891e6);
        vm.warp(T0 + 77 days);
        ILendLens.AccountView[] memory views = lens.accounts(list(bob, carol, alice, dave));
        assertEq(views.length, 4, "LNS-01 one for each");
        for (uint256 i; i < 4; ++i) assertAsController(views[i]);
        assertEq(views[0].account, bob, "LNS-01 in order");
        assertEq(views[0].collateralBits, 2, "LNS-01 Bob has WETH");
        assertEq(views[0].debtBits, 1, "LNS-01 and owes USDC");
        assertEq(views[1].collateralBits, 5, "LNS-01 Carol has USDC and sBTC");
        assertEq(views[1].debtBits, 3, "LNS-01 and owes USDC and WETH");
        assertEq(views[2].health, MAX, "LNS-01 Alice only supplies");
        assertEq(views[2].collateral, 0, "LNS-01 and nothing of it is collateral");
        assertEq(views[3].health, MAX, "LNS-01 Dave does nothing");
        assertEq(views[0].health, views[0].healthInFavour, "LNS-01 one price, one health");
        assertEq(views[0].liquidatableFrom, 0, "LNS-01 at any time");
    }

    function test_accounts_ofNobody() public view {
        assertEq(lens.accounts(new address[](0)).length, 0, "LNS-01 none");
    }

    function testFuzz_accounts_sayWhatTheControllerSays(uint256 seed) public {
        openPosition(22_000e6);
        supply(alice, uBtc, 10e8);
        collateral(carol, uBtc, bound(draw(seed, 0), 0.5e8, 2e8));
        borrow(carol, uWeth, bound(draw(seed, 1), 1, 10 ether));
        borrow(carol, uUsdc, bound(draw(seed, 2), 1, 5_000e6));
        vm.warp(T0 + bound(draw(seed, 3), 0, 365 days));
        quoteAnything(address(usdc), seed, 10);
        quoteAnything(address(weth), seed, 20);
        quoteAnything(address(sbtc), seed, 30);
        ILendLens.AccountView[] memory views = lens.accounts(list(bob, carol, alice, dave));
        for (uint256 i; i < 4; ++i) {
            assertAsController(views[i]);
            assertAsLiquidation(views[i]);
        }
    }

    function test_accounts_pendingPricesGiveTwoHealths() public {
        openPosition(22_000e6);
        oracle.setQuote(address(weth), 2_000e18, 2_800e18, IPriceOracle.Quality.Pending, T0);
        ILendLens.AccountView memory view_ = lens.accounts(list(bob))[0];
        assertEq(view_.health, 0.727272727272727272e18, "LNS-02 at 2,000");
        assertEq(view_.healthInFavour, 1.018181818181818181e18, "LNS-02 at 2,800");
        assertEq(uint256(view_.quality), uint256(IPriceOracle.Quality.Pending), "LNS-02 pending");
        assertEq(view_.collateral, 20_000e18, "LNS-02 collateral at the low price");
        oracle.setQuote(address(usdc), 0.8e18, 1.2e18, IPriceOracle.Quality.Pending, T0);
        view_ = lens.accounts(list(bob))[0];
        assertEq(view_.debt, 26_400e18, "LNS-02 debt at the high price");
        assertEq(view_.healthInFavour, 1.272727272727272727e18, "LNS-02 and in favour at the low");
        assertAsController(view_);
    }

    function test_accounts_haltedPrices() public {
        openPosition(22_000e6);
        oracle.setQuote(address(weth), 0, type(uint96).max, IPriceOracle.Quality.Halted, 1);
        ILendLens.AccountView memory view_ = lens.accounts(list(bob))[0];
        assertEq(uint256(view_.quality), uint256(IPriceOracle.Quality.Halted), "LNS-03 halted");
        assertEq(view_.collateral, 0, "LNS-03 is worth nothing");
        assertEq(view_.health, 0, "LNS-03 nor any health");
        assertEq(view_.liquidatableFrom, MAX, "LNS-03 yet never to be liquidated");
        assertGe(view_.healthInFavour, 1e18, "LNS-03 and well in its favour");
        assertEq(lens.accounts(list(alice))[0].liquidatableFrom, 0, "LNS-03 who does not use it is not concerned");
        assertAsController(view_);
    }

    /// @dev All debts must have their price, and one collateral to seize.
    function test_accounts_liquidatableFromIsOfAllDebtsAndOneCollateral() public {
        openPosition(22_000e6);
        collateral(bob, uBtc, 1e8);
        oracle.setQuote(address(weth), 3_000e18, 3_000e18, IPriceOracle.Quality.Fresh, T0 + 900);
        oracle.setQuote(address(usdc), 1e18, 1e18, IPriceOracle.Quality.Fresh, T0 + 300);
        assertEq(lens.accounts(list(bob))[0].liquidatableFrom, T0 + 300, "LNS-03 the debt's grace: sBTC has none");
        oracle.setQuote(address(sbtc), 100_000e18, 100_000e18, IPriceOracle.Quality.Fresh, T0 + 600);
        assertEq(lens.accounts(list(bob))[0].liquidatableFrom, T0 + 600, "LNS-03 the earlier of two collaterals");
        setQuality(address(sbtc), IPriceOracle.Quality.Fallback);
        ILendLens.AccountView memory view_ = lens.accounts(list(bob))[0];
        assertEq(view_.liquidatableFrom, MAX, "LNS-03 never where nobody knows what the other is worth");
        assertEq(uint256(view_.quality), uint256(IPriceOracle.Quality.Fallback), "LNS-03 the worst of three");
        oracle.setLastPrice(address(sbtc), 50_000e18);
        assertEq(lens.markets()[2].lastPrice, 50_000e18, "LNS-03 a last price is known");
        assertEq(lens.accounts(list(bob))[0].liquidatableFrom, T0 + 900, "LNS-03 now WETH can be seized");
        setQuality(address(usdc), IPriceOracle.Quality.Fallback);
        oracle.setLastPrice(address(usdc), 1e18);
        assertEq(lens.accounts(list(bob))[0].liquidatableFrom, MAX, "LNS-03 a debt needs its price");
    }

    /// @dev In favour counts what is not good for liquidations twice, when the account can be liquidated at the earliest.
    function test_accounts_healthInFavourWithAStalePrice() public {
        openPosition(22_000e6);
        collateral(bob, uBtc, 0.01e8);
        setWeth(2_500);
        assertEq(lens.accounts(list(bob))[0].healthInFavour, (20_750e18 * 1e18) / uint256(22_000e18), "LNS-02 once");
        oracle.setQuote(address(sbtc), 90_000e18, 100_000e18, IPriceOracle.Quality.Fresh, T0 + 900);
        ILendLens.AccountView memory view_ = lens.accounts(list(bob))[0];
        assertEq(view_.healthInFavour, (21_500e18 * 1e18) / uint256(22_000e18), "LNS-02 twice in its grace");
        assertAsLiquidation(view_);
        oracle.setLastPrice(address(sbtc), 80_000e18);
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        view_ = lens.accounts(list(bob))[0];
        assertEq(view_.healthInFavour, (21_200e18 * 1e18) / uint256(22_000e18), "LNS-02 twice at the last price");
        assertAsLiquidation(view_);
        // Nothing to seize before its grace is over, and then it counts once.
        oracle.setQuote(address(weth), 2_500e18, 2_500e18, IPriceOracle.Quality.Fresh, T0 + 600);
        view_ = lens.accounts(list(bob))[0];
        assertEq(view_.liquidatableFrom, T0 + 600, "LNS-03 WETH's");
        assertEq(view_.healthInFavour, (21_200e18 * 1e18) / uint256(22_000e18), "LNS-02 as it will be then");
        vm.warp(T0 + 600);
        assertAsLiquidation(lens.accounts(list(bob))[0]);
    }

    /// @dev Collateral whose threshold is zero counts for nothing, and its price stops no liquidation.
    function test_accounts_worthlessCollateralNeedsNoPrice() public {
        openPosition(22_000e6);
        collateral(bob, uBtc, 1e8);
        for (uint256 threshold = 7_000; ; threshold -= 500) {
            vm.warp(T0 + (7_500 - threshold) * 7 days);
            controller.setAsset(2, parameters(0, threshold, 5_000));
            if (threshold == 0) break;
        }
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        setWeth(2_000);
        ILendLens.AccountView memory view_ = lens.accounts(list(bob))[0];
        assertEq(view_.liquidatableFrom, 0, "LNS-03 as for the liquidation itself");
        assertAsController(view_);
        assertAsLiquidation(view_);
    }

    function test_gas_ofTwoHundredAccountsInOneCall() public {
        supply(alice, uUsdc, 10_000_000e6);
        supply(alice, uBtc, 100e8);
        address[] memory many = new address[](200);
        for (uint256 i; i < many.length; ++i) {
            many[i] = address(uint160(0x100000 + i));
            weth.mint(many[i], 10 ether);
            sbtc.mint(many[i], 1e8);
            approveAll(many[i]);
            collateral(many[i], uWeth, 1 ether + i);
            if (i % 2 == 0) collateral(many[i], uBtc, 0.1e8);
            borrow(many[i], uUsdc, 1_000e6 + i * 1e6);
            if (i % 3 == 0) borrow(many[i], uBtc, 0.001e8);
        }
        vm.warp(T0 + 30 days);
        setWeth(1_300);
        uint256 gas = gasleft();
        ILendLens.AccountView[] memory views = lens.accounts(many);
        gas -= gasleft();
        uint256 ill;
        for (uint256 i; i < many.length; ++i) {
            assertAsController(views[i]);
            if (views[i].healthInFavour < 1e18) ++ill;
        }
        assertGe(ill, 50, "LNS-04 some can be liquidated");
        assertLe(ill, 150, "LNS-04 some cannot");
        // A fifth of what a node allows an `eth_call` by default.
        assertLe(gas, 10_000_000, "LNS-04 gas");
    }

    // ------------------------------------------------------------------------------------------------------ failures

    function test_failures_anOracleWithoutAnAnswerIsHalted() public {
        openPosition(22_000e6);
        collateral(carol, uBtc, 1e8);
        borrow(carol, uUsdc, 1_000e6);
        // The stub knows the asset no longer, and reverts.
        oracle.setQuote(address(weth), 0, 0, IPriceOracle.Quality.Halted, 0);
        ILendLens.AccountView[] memory views = lens.accounts(list(bob, carol));
        assertEq(uint256(views[0].quality), uint256(IPriceOracle.Quality.Halted), "LNS-05 Bob's price is missing");
        assertEq(views[0].health, 0, "LNS-05 his collateral counts nothing");
        assertEq(views[0].liquidatableFrom, MAX, "LNS-05 nobody can liquidate him");
        assertEq(views[0].unreadable, 0, "LNS-05 his pools answer");
        assertAsController(views[1]);
        ILendLens.MarketView[] memory all = lens.markets();
        assertEq(all[1].price.high, type(uint128).max, "LNS-05 no price");
        assertEq(all[1].priceAge, MAX, "LNS-05 of no age");
        assertTrue(all[1].readable, "LNS-05 the pool is fine");
        assertEq(uint256(all[0].price.quality), uint256(IPriceOracle.Quality.Fresh), "LNS-05 other prices too");
    }

    function test_failures_anOracleThatAnswersNonsenseIsHalted() public {
        openPosition(22_000e6);
        uint256 top = uint256(type(uint128).max) + 1;
        QuoteStub[5] memory stubs = [
            new QuoteStub(0, 0, T0, 0, 3),
            new QuoteStub(1e18, 1e18, T0, 0, 4),
            new QuoteStub(1e18, top, T0, 0, 3),
            new QuoteStub(2e18, 1e18, T0, 0, 3),
            new QuoteStub(MAX, MAX, MAX, MAX, 3)
        ];
        for (uint256 i; i < stubs.length; ++i) {
            vm.etch(address(oracle), address(stubs[i]).code);
            assertHalted();
        }
        for (uint256 mode; mode < 5; ++mode) {
            vm.etch(address(oracle), address(new Impostor(Impostor.Mode(mode))).code);
            assertHalted();
        }
    }

    function test_failures_aPoolWithoutAnAnswerIsSaidToBe() public {
        openPosition(22_000e6);
        collateral(bob, uBtc, 1e8);
        collateral(carol, uUsdc, 10_000e6);
        borrow(carol, uWeth, 1 ether);
        for (uint256 mode; mode < 5; ++mode) {
            vm.etch(address(uBtc), address(new Impostor(Impostor.Mode(mode))).code);
            ILendLens.AccountView[] memory views = lens.accounts(list(bob, carol));
            assertEq(views[0].unreadable, 4, "LNS-06 Bob's sBTC");
            assertEq(views[0].collateral, 30_000e18, "LNS-06 is missing in the values");
            assertEq(views[0].debt, 22_000e18, "LNS-06 the rest is there");
            assertEq(views[0].liquidatableFrom, MAX, "LNS-06 nobody can liquidate him");
            assertAsController(views[1]);

            (
                ILendLens.MarketView[] memory all,
                ILendLens.AccountView memory summary,
                ILendLens.PositionView[] memory positions
            ) = lens.dashboard(bob);
            assertTrue(!all[2].readable, "LNS-06 the market is not readable");
            assertTrue(all[0].readable && all[1].readable, "LNS-06 the others are");
            assertEq(summary.unreadable, 4, "LNS-06 as in the list");
            assertTrue(!positions[2].readable, "LNS-06 nor is the position");
            assertEq(positions[1].supplied, 10 ether, "LNS-06 the others are");
            assertEq(positions[0].debt, 22_000e6, "LNS-06 here too");
            for (uint256 i; i < 3; ++i)
                assertEq(positions[i].borrowable, 0, "LNS-06 nothing to borrow on what is unknown");
            (, , positions) = lens.dashboard(carol);
            assertGe(positions[1].borrowable, 1 ether, "LNS-06 who does not use it can borrow elsewhere");
            assertEq(positions[2].borrowable, 0, "LNS-06 not there");
        }
    }

    /// @dev A pool that calls out answers nothing: seen from inside a callback, the rest can still be read.
    function test_failures_aLockedPool() public {
        openPosition(22_000e6);
        bytes32 guard = vm.load(address(uWeth), GUARD);
        vm.store(address(uWeth), GUARD, bytes32(uint256(guard) | 1));
        ILendLens.AccountView memory view_ = lens.accounts(list(bob))[0];
        assertEq(view_.unreadable, 2, "LNS-06 locked");
        assertEq(view_.debt, 22_000e18, "LNS-06 the rest is there");
        assertTrue(!lens.markets()[1].readable, "LNS-06 the market is not");
        vm.store(address(uWeth), GUARD, guard);
        assertTrue(lens.markets()[1].readable, "LNS-06 until it is unlocked");
    }

    /// @dev A missing answer is never the caller's gas: that is an error of the whole call.
    function test_failures_tooLittleGasIsNoAnswer() public {
        openPosition(22_000e6);
        (bool ok, bytes memory reason) = address(lens).staticcall{gas: 3_050_000}(
            abi.encodeCall(lens.accounts, (list(bob)))
        );
        assertTrue(!ok, "LNS-07 reverts");
        assertEq(bytes32(bytes4(reason)), bytes32(SafeRead.NotEnoughGas.selector), "LNS-07 and says why");
        (ok, ) = address(lens).staticcall{gas: 4_000_000}(abi.encodeCall(lens.accounts, (list(bob))));
        assertTrue(ok, "LNS-07 enough");
    }

    // ------------------------------------------------------------------------------------------------------- markets

    function test_markets_sayWhatThePoolsSay() public {
        openPosition(20_000e6);
        uUsdc.setCaps(2_000_000, 500_000);
        vm.warp(T0 + 50 days);
        ILendLens.MarketView[] memory all = lens.markets();
        assertEq(all.length, 3, "LNS-08 three");
        IUToken[3] memory pools = [uUsdc, uWeth, uBtc];
        for (uint256 i; i < 3; ++i) {
            ILendLens.MarketView memory m = all[i];
            assertEq(m.id, i, "LNS-08 id");
            assertTrue(m.readable, "LNS-08 readable");
            assertEq(m.asset, pools[i].asset(), "LNS-08 asset");
            assertSame(abi.encode(m.info), abi.encode(controller.assetInfo(i)), "LNS-08 info");
            assertSame(abi.encode(m.price), abi.encode(oracle.tryPrice(m.asset)), "LNS-08 price");
            assertSame(abi.encode(m.totals), abi.encode(pools[i].totals()), "LNS-08 totals");
            assertEq(m.supplied, pools[i].totalAssets(), "LNS-08 supplied");
            assertEq(m.borrowRate, pools[i].borrowRate(), "LNS-08 borrow rate");
            assertEq(m.supplyRate, pools[i].supplyRate(), "LNS-08 supply rate");
            (IUTokenTypes.RateModel memory model, uint256 factor, uint256 sCap, uint256 bCap, uint256 fee) = pools[i]
                .parameters();
            assertSame(
                abi.encode(m.model, m.reserveFactorBps, m.supplyCap, m.borrowCap, m.flashFee),
                abi.encode(model, factor, sCap, bCap, fee),
                "LNS-08 parameters"
            );
            assertEq(m.pausedUntil, pools[i].pausedUntil(), "LNS-08 pause");
        }
        assertEq(all[0].supplyCap, 2_000_000, "LNS-08 supply cap");
        assertEq(all[0].borrowCap, 500_000, "LNS-08 borrow cap");
        assertGe(all[0].borrowRate, 1, "LNS-08 interest is paid");
        uUsdc.pause(1 days);
        assertEq(lens.markets()[0].pausedUntil, T0 + 51 days, "LNS-08 paused");
    }

    function test_markets_sayHowOldAPriceIs() public {
        QuoteStub[3] memory stubs = [
            new QuoteStub(1e18, 2e18, T0 - 500, T0 + 5, 2),
            new QuoteStub(0, type(uint128).max, 0, MAX, 0),
            // A source whose clock is ahead.
            new QuoteStub(1e18, 1e18, T0 + 60, 0, 3)
        ];
        uint256[3] memory ages = [uint256(500), MAX, 0];
        for (uint256 i; i < 3; ++i) {
            vm.etch(address(oracle), address(stubs[i]).code);
            assertEq(lens.markets()[1].priceAge, ages[i], "LNS-08 age");
        }
        vm.etch(address(oracle), address(stubs[0]).code);
        IPriceOracle.Quote memory price = lens.markets()[1].price;
        assertEq(price.updatedAt, T0 - 500, "LNS-08 when");
        assertEq(price.low, 1e18, "LNS-08 low");
        assertEq(price.high, 2e18, "LNS-08 high");
        assertEq(price.liquidatableFrom, T0 + 5, "LNS-08 from");
        assertEq(uint256(price.quality), 2, "LNS-08 pending");
    }

    // ----------------------------------------------------------------------------------------------------- positions

    function test_dashboard_hasEveryPosition() public {
        openPosition(10_000e6);
        supply(bob, uUsdc, 500e6);
        vm.warp(T0 + 20 days);
        (
            ILendLens.MarketView[] memory all,
            ILendLens.AccountView memory summary,
            ILendLens.PositionView[] memory positions
        ) = lens.dashboard(bob);
        assertSame(abi.encode(all), abi.encode(lens.markets()), "LNS-09 the markets");
        assertSame(abi.encode(summary), abi.encode(lens.accounts(list(bob))[0]), "LNS-09 the account");
        assertEq(positions.length, 3, "LNS-09 in all pools");
        IUToken[3] memory pools = [uUsdc, uWeth, uBtc];
        for (uint256 i; i < 3; ++i) {
            ILendLens.PositionView memory p = positions[i];
            assertEq(p.id, i, "LNS-09 id");
            assertTrue(p.readable, "LNS-09 readable");
            assertEq(p.isCollateral, pools[i].isCollateral(bob), "LNS-09 collateral");
            assertEq(p.shares, pools[i].balanceOf(bob), "LNS-09 shares");
            assertEq(p.supplied, pools[i].convertToAssets(p.shares), "LNS-09 supplied");
            assertEq(p.debt, pools[i].debtOf(bob), "LNS-09 debt");
            assertEq(p.withdrawable, pools[i].maxWithdraw(bob), "LNS-09 withdrawable");
        }
        assertTrue(positions[1].isCollateral && !positions[0].isCollateral, "LNS-09 WETH is collateral");
        assertGe(positions[0].supplied, 500e6 - 1, "LNS-09 USDC is supplied");
        assertEq(positions[1].wallet, weth.balanceOf(bob), "LNS-09 wallet");
        assertEq(positions[0].withdrawable, positions[0].supplied, "LNS-09 what is no collateral can leave");
        // 10,000 / 75 % / 3,000 must stay.
        assertLe(positions[1].withdrawable, 10 ether - 4.444 ether, "LNS-09 the rest must stay");
        withdraw(bob, uWeth, positions[1].withdrawable);
        assertEq(positions[2].borrowable, 0, "LNS-09 there is no sBTC");
    }

    function test_dashboard_ofAStranger() public view {
        (, ILendLens.AccountView memory summary, ILendLens.PositionView[] memory positions) = lens.dashboard(
            address(0x57A46E)
        );
        assertEq(summary.health, MAX, "LNS-09 healthy");
        for (uint256 i; i < 3; ++i) {
            assertTrue(positions[i].readable, "LNS-09 readable");
            assertEq(positions[i].supplied + positions[i].debt + positions[i].withdrawable, 0, "LNS-09 nothing");
            assertEq(positions[i].borrowable, 0, "LNS-09 and nothing to borrow on");
        }
    }

    /// @dev What it says can be borrowed, can; a few units more cannot.
    function testFuzz_borrowable_isTheMost(uint256 seed) public {
        supply(alice, uUsdc, 50_000_000e6);
        supply(alice, uWeth, 10_000 ether);
        collateral(bob, uWeth, bound(draw(seed, 0), 0.1 ether, 1_000 ether));
        collateral(bob, uBtc, bound(draw(seed, 1), 1, 10e8));
        borrow(bob, uUsdc, bound(draw(seed, 2), 1, 200e6));
        if (draw(seed, 3) % 2 == 0) borrow(bob, uWeth, bound(draw(seed, 4), 1, 0.01 ether));
        vm.warp(T0 + bound(draw(seed, 5), 0, 300 days));
        oracle.set(address(weth), bound(draw(seed, 6), 2_900e18, 5_000e18));
        oracle.set(address(usdc), bound(draw(seed, 7), 0.97e18, 1.01e18));
        IUToken pool = draw(seed, 8) % 2 == 0 ? uUsdc : uWeth;
        uint256 most = borrowable(bob, pool);
        vm.prank(bob);
        vm.expectRevert();
        pool.borrow(most + 10, bob, bob);
        borrow(bob, pool, most);
        assertLe(borrowable(bob, pool), 10, "LNS-10 hardly anything is left");
    }

    function test_borrowable_isBoundByCashAndCap() public {
        supply(alice, uUsdc, 1_000e6);
        collateral(bob, uWeth, 10 ether);
        assertEq(borrowable(bob, uUsdc), 1_000e6, "LNS-10 the cash");
        borrow(bob, uUsdc, 300e6);
        uUsdc.setCaps(1e9, 500);
        uint256 most = borrowable(bob, uUsdc);
        assertLe(most, 200e6, "LNS-10 the cap");
        assertGe(most, 200e6 - 5, "LNS-10 to a few units");
        borrow(bob, uUsdc, most);
        uUsdc.setCaps(1e9, 100);
        assertEq(borrowable(bob, uUsdc), 0, "LNS-10 above the cap");
    }

    function test_borrowable_needsFreshPricesAndNoPause() public {
        openPosition(1_000e6);
        collateral(bob, uBtc, 1e8);
        assertGe(borrowable(bob, uUsdc), 20_000e6, "LNS-10 plenty");
        IPriceOracle.Quality[3] memory bad = [
            IPriceOracle.Quality.Halted,
            IPriceOracle.Quality.Fallback,
            IPriceOracle.Quality.Pending
        ];
        address[3] memory assets = [address(usdc), address(weth), address(sbtc)];
        for (uint256 i; i < 9; ++i) {
            setQuality(assets[i % 3], bad[i / 3]);
            assertEq(borrowable(bob, uUsdc), 0, "LNS-10 not on a price that is not fresh");
            vm.prank(bob);
            vm.expectRevert();
            uUsdc.borrow(1e6, bob, bob);
            setQuality(assets[i % 3], IPriceOracle.Quality.Fresh);
        }
        uUsdc.pause(1 days);
        assertEq(borrowable(bob, uUsdc), 0, "LNS-10 paused");
        assertGe(borrowable(bob, uWeth), 1, "LNS-10 elsewhere it is possible");
        vm.warp(T0 + 1 days);
        assertGe(borrowable(bob, uUsdc), 20_000e6, "LNS-10 afterwards too");
    }

    function test_borrowable_keepsIsolation() public {
        supply(alice, uUsdc, 1_000_000e6);
        supply(alice, uWeth, 1_000 ether);
        ILendControllerTypes.AssetParameters memory p = parameters(7_000, 7_500, 5_000);
        p.isolated = true;
        controller.setAsset(2, p);
        p = parameters(8_500, 8_800, 5_000);
        p.isolationDebt = true;
        controller.setAsset(0, p);
        collateral(bob, uBtc, 1e8);
        assertGe(borrowable(bob, uUsdc), 60_000e6, "LNS-10 marked for it");
        assertEq(borrowable(bob, uWeth), 0, "LNS-10 not marked");
        vm.prank(bob);
        expectError(ILendControllerTypes.IsolationBroken.selector, 1);
        uWeth.borrow(1 ether, bob, bob);
        borrow(bob, uUsdc, borrowable(bob, uUsdc));
        // Isolated only afterwards: two collaterals, and nothing more to borrow on them.
        p = parameters(7_500, 8_000, 5_000);
        collateral(carol, uWeth, 10 ether);
        collateral(carol, uUsdc, 1_000e6);
        assertGe(borrowable(carol, uUsdc), 1e6, "LNS-10 two that are not");
        p.isolated = true;
        controller.setAsset(1, p);
        assertEq(borrowable(carol, uUsdc), 0, "LNS-10 one that is");
        vm.prank(carol);
        expectError(ILendControllerTypes.IsolationBroken.selector, 1);
        uUsdc.borrow(1e6, carol, carol);
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function borrowable(address who, IUToken pool) private view returns (uint256) {
        (, , ILendLens.PositionView[] memory positions) = lens.dashboard(who);
        return positions[idOf(pool)].borrowable;
    }

    function quoteAnything(address asset, uint256 seed, uint256 which) private {
        IPriceOracle.Quote memory q = oracle.tryPrice(asset);
        uint256 low = (q.low * bound(draw(seed, which), 50, 120)) / 100;
        uint256 high = (low * bound(draw(seed, which + 1), 100, 150)) / 100;
        IPriceOracle.Quality quality = IPriceOracle.Quality(draw(seed, which + 2) % 8 == 0 ? 1 : 2);
        if (draw(seed, which + 3) % 2 == 0) (high, quality) = (low, IPriceOracle.Quality.Fresh);
        uint256 from = draw(seed, which + 4) % 4 == 0 ? block.timestamp + 1 + (draw(seed, which + 5) % 900) : 0;
        oracle.setQuote(asset, low, high, quality, from);
        oracle.setLastPrice(asset, draw(seed, which + 6) % 2 == 0 ? 0 : low);
    }

    function assertAsController(ILendLens.AccountView memory v) private view {
        ILendControllerTypes.AccountHealth memory h = controller.healthOf(v.account);
        (uint256 collateralBits, uint256 debtBits) = controller.accountBits(v.account);
        assertEq(v.collateralBits, collateralBits, "collateral bits");
        assertEq(v.debtBits, debtBits, "debt bits");
        assertEq(v.unreadable, 0, "readable");
        assertEq(v.collateral, h.collateral, "collateral");
        assertEq(v.power, h.power, "power");
        assertEq(v.debt, h.debt, "debt");
        assertEq(v.health, h.health, "health");
        assertEq(uint256(v.quality), uint256(h.quality), "quality");
        assertGe(v.healthInFavour, v.health, "never worse in its favour");
    }

    /// @dev A liquidation is refused exactly for what the view says.
    function assertAsLiquidation(ILendLens.AccountView memory v) private view {
        if (v.debtBits == 0 || v.collateralBits == 0) return;
        uint256 debtId = v.debtBits & 1 != 0 ? 0 : 1;
        uint256 collateralId = seizable(v.collateralBits);
        try controller.previewLiquidation(v.account, debtId, collateralId, MAX) {
            assertLe(v.healthInFavour, 1e18 - 1, "ill");
            assertLe(v.liquidatableFrom, block.timestamp, "in time");
        } catch (bytes memory reason) {
            if (bytes4(reason) == ILendControllerTypes.AccountHealthy.selector) {
                assertSame(
                    reason,
                    abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, v.account, v.healthInFavour),
                    "the same health"
                );
                assertLe(v.liquidatableFrom, block.timestamp, "in time");
            } else {
                assertGe(v.liquidatableFrom, block.timestamp + 1, "too early, or never");
            }
        }
    }

    /// @dev The collateral that can be seized first.
    function seizable(uint256 bits) private view returns (uint256 best) {
        ILendLens.MarketView[] memory all = lens.markets();
        uint256 earliest = MAX;
        for (uint256 i = all.length; i != 0; --i) {
            uint256 id = i - 1;
            if ((bits >> id) & 1 == 0) continue;
            IPriceOracle.Quote memory price = all[id].price;
            uint256 from = price.quality < IPriceOracle.Quality.Pending ? MAX : price.liquidatableFrom;
            if (from <= earliest) (best, earliest) = (id, from);
        }
    }

    function assertHalted() private view {
        ILendLens.MarketView memory m = lens.markets()[1];
        assertEq(uint256(m.price.quality), uint256(IPriceOracle.Quality.Halted), "halted");
        assertEq(m.price.low, 0, "no price");
        assertEq(m.price.high, type(uint128).max, "for either side");
        assertEq(m.price.liquidatableFrom, MAX, "no liquidation");
        assertEq(m.priceAge, MAX, "no age");
        ILendLens.AccountView memory v = lens.accounts(list(bob))[0];
        assertEq(uint256(v.quality), uint256(IPriceOracle.Quality.Halted), "the account too");
        assertEq(v.health, 0, "without health");
        assertEq(v.liquidatableFrom, MAX, "nor liquidation");
    }

    function assertSame(bytes memory actual, bytes memory expected, string memory message) private pure {
        assertEq(keccak256(actual), keccak256(expected), message);
    }

    function list(address a) private pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = a;
    }

    function list(address a, address b) private pure returns (address[] memory accounts) {
        accounts = new address[](2);
        (accounts[0], accounts[1]) = (a, b);
    }

    function list(address a, address b, address c, address d) private pure returns (address[] memory accounts) {
        accounts = new address[](4);
        (accounts[0], accounts[1], accounts[2], accounts[3]) = (a, b, c, d);
    }

    function draw(uint256 seed, uint256 which) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, which)));
    }
}
