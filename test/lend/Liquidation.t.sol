// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {Vm} from "../support/Vm.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Liquidation: who, how much, for what, when.
contract LiquidationTest is LendTest {
    /// @dev WETH's threshold 80 %: 1 / (0.3 * 0.8 + 0.7) - 1.
    uint256 private constant BONUS = 63_829_787_234_042_553;

    function setUp() public override {
        super.setUp();
        supply(carol, uWeth, 1 ether);
    }

    // -------------------------------------------------------------------------------------------------------- when

    function test_liquidate_healthyReverts() public {
        openPosition(22_000e6);
        vm.expectRevert(
            abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, 1.090909090909090909e18)
        );
        liquidate(carol, bob, uUsdc, uWeth, 1e6);
        // Exactly one: 10 * 2,750 * 80 % = 22,000.
        setWeth(2_750);
        vm.expectRevert(abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, 1e18));
        liquidate(carol, bob, uUsdc, uWeth, 1e6);
        setWeth(2_749);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    function test_liquidate_withoutDebtReverts() public {
        collateral(bob, uWeth, 10 ether);
        setWeth(1);
        vm.expectRevert(abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, MAX));
        liquidate(carol, bob, uUsdc, uWeth, 1e6);
    }

    /// @dev LEND-33.
    function test_liquidate_needsAGoodPrice() public {
        openPosition(22_000e6);
        setWeth(2_700);
        address[2] memory assets = [address(usdc), address(weth)];
        for (uint256 i; i < 2; ++i) {
            setQuality(assets[i], IPriceOracle.Quality.Fallback);
            vm.expectRevert(
                abi.encodeWithSelector(
                    ILendControllerTypes.PriceNotFresh.selector,
                    assets[i],
                    IPriceOracle.Quality.Fallback
                )
            );
            liquidate(carol, bob, uUsdc, uWeth, 1e6);
            setQuality(assets[i], IPriceOracle.Quality.Halted);
            vm.expectRevert(
                abi.encodeWithSelector(
                    ILendControllerTypes.PriceNotFresh.selector,
                    assets[i],
                    IPriceOracle.Quality.Halted
                )
            );
            liquidate(carol, bob, uUsdc, uWeth, 1e6);
            setQuality(assets[i], IPriceOracle.Quality.Fresh);
        }
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    /// @dev A jump that is not confirmed: ill at the low price only is not enough.
    function test_liquidate_pendingNeedsIllHealthAtBoth() public {
        openPosition(22_000e6);
        oracle.setQuote(address(weth), 2_000e18, 2_800e18, IPriceOracle.Quality.Pending, 0);
        vm.expectRevert(
            abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, 1.018181818181818181e18)
        );
        liquidate(carol, bob, uUsdc, uWeth, 1e6);
        oracle.setQuote(address(weth), 2_000e18, 2_700e18, IPriceOracle.Quality.Pending, 0);
        oracle.setQuote(address(usdc), 0.9e18, 1e18, IPriceOracle.Quality.Pending, 0);
        vm.expectRevert(
            abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, 1.090909090909090909e18)
        );
        liquidate(carol, bob, uUsdc, uWeth, 1e6);
        oracle.set(address(usdc), 1e18);
        (, uint256 seized) = liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        // Paid at the price that favours the borrower.
        assertLe(
            uWeth.previewRedeem(seized),
            (1_064e18 * 1e18) / uint256(2_700e18),
            "LEND-32 seized at the high price"
        );
    }

    /// @dev LEND-33.
    function test_liquidate_waitsForTheOraclesGrace() public {
        openPosition(22_000e6);
        oracle.setQuote(address(weth), 2_700e18, 2_700e18, IPriceOracle.Quality.Fresh, T0 + 900);
        expectError(ILendControllerTypes.LiquidationTooEarly.selector, T0 + 900);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        vm.warp(T0 + 899);
        expectError(ILendControllerTypes.LiquidationTooEarly.selector, T0 + 900);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        vm.warp(T0 + 900);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    /// @dev LEND-33.
    function test_liquidate_waitsAfterAPause() public {
        openPosition(22_000e6);
        setWeth(2_700);
        uWeth.pause(1 days);
        // During the pause it runs: so do repayment and top-up.
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        vm.warp(T0 + 1 days);
        expectError(IUTokenTypes.LiquidationGrace.selector, T0 + 1 days + 900);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        vm.warp(T0 + 1 days + 899);
        expectError(IUTokenTypes.LiquidationGrace.selector, T0 + 1 days + 900);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        vm.warp(T0 + 1 days + 900);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        uUsdc.pause(1 days);
        uUsdc.unpause();
        expectError(IUTokenTypes.LiquidationGrace.selector, T0 + 1 days + 1_800);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
    }

    // ------------------------------------------------------------------------------------------------------ how much

    /// @dev (1.1 * 22,000 - 21,760) / (1.1 - 1.0638 * 0.8) = 9,806 USD, below half the debt.
    function test_liquidate_toTheTargetHealth() public {
        openPosition(22_000e6);
        setWeth(2_720);
        (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uWeth, MAX);
        uint256 value = (1.1e18 * 22_000 - 21_760e18) * 1e12;
        uint256 expected = value / (1.1e18 - ((1e18 + BONUS) * 8) / 10) / 1e6;
        assertLe(repaid, expected + 2, "LEND-25 no more than the target needs");
        assertGe(repaid + 2, expected, "LEND-25 and no less");
        assertGe(health(bob), 1.1e18 - 1e9, "LEND-25 health is 1.1");
        assertLe(health(bob), 1.1e18 + 1e9, "LEND-25 health is 1.1");
        vm.expectRevert();
        liquidate(carol, bob, uUsdc, uWeth, MAX);
    }

    function test_liquidate_closeFactor() public {
        openPosition(22_000e6);
        setWeth(2_625);
        (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(repaid, 11_000e6, "LEND-25 half of the debt");
    }

    function test_liquidate_fullBelow95() public {
        openPosition(22_000e6);
        // Health 0.9496.
        setWeth(2_611);
        (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(repaid, 22_000e6, "LEND-26 all of it");
        assertEq(uUsdc.debtOf(bob), 0, "LEND-26 free");
        (, uint256 debtBits) = controller.accountBits(bob);
        assertEq(debtBits, 0, "LEND-26 the bit is gone");
        assertGe(uWeth.balanceOf(bob), 1, "LEND-26 keeps the rest");
    }

    function test_liquidate_dustMayBeClosed() public {
        supply(alice, uUsdc, 1_000e6);
        collateral(bob, uWeth, 0.008 ether);
        borrow(bob, uUsdc, 18e6);
        setWeth(2_750);
        // Half would leave 9 USD.
        (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(repaid, 18e6, "LEND-27 all of it");
    }

    function test_liquidate_leavesNoDust() public {
        supply(alice, uUsdc, 1_000e6);
        collateral(bob, uWeth, 0.008 ether);
        borrow(bob, uUsdc, 18e6);
        setWeth(2_750);
        vm.expectRevert(
            abi.encodeWithSelector(ILendControllerTypes.LeavesDust.selector, 9e18, 12.4255319148936195e18, 10e18)
        );
        liquidate(carol, bob, uUsdc, uWeth, 9e6);
        liquidate(carol, bob, uUsdc, uWeth, 8e6);
    }

    function test_liquidate_nothingReverts() public {
        openPosition(22_000e6);
        setWeth(2_700);
        vm.expectRevert(ILendControllerTypes.NothingToLiquidate.selector);
        liquidate(carol, bob, uUsdc, uWeth, 0);
        // Neither a debt nor collateral there.
        vm.expectRevert(ILendControllerTypes.NothingToLiquidate.selector);
        liquidate(carol, bob, uBtc, uWeth, 1e8);
        vm.expectRevert(ILendControllerTypes.NothingToLiquidate.selector);
        liquidate(carol, bob, uUsdc, uBtc, 1e8);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 1e6);
        order.debtId = 3;
        vm.prank(carol);
        expectError(ILendControllerTypes.UnknownId.selector, 3);
        controller.liquidate(order);
        order.debtId = 0;
        order.collateralId = 64;
        vm.prank(carol);
        expectError(ILendControllerTypes.UnknownId.selector, 64);
        controller.liquidate(order);
    }

    function test_liquidate_oneselfReverts() public {
        openPosition(22_000e6);
        setWeth(2_700);
        vm.expectRevert(ILendControllerTypes.SelfLiquidation.selector);
        liquidate(bob, bob, uUsdc, uWeth, 1_000e6);
    }

    /// @dev By another hand of the same owner: the protocol's part makes it a loss.
    function testFuzz_liquidate_oneselfIsALoss(uint256 debt, uint256 price, uint256 part) public {
        debt = bound(debt, 15_000e6, 22_500e6);
        openPosition(debt);
        price = bound(price, (debt * 106.4e10 * 1e18) / 1e18 / 10, ((debt * 12_499) / 1e4 / 10) * 1e12);
        oracle.set(address(weth), price);
        part = bound(part, 100e6, debt);
        uint256 before = uWeth.previewRedeem(uWeth.balanceOf(bob)) + uWeth.previewRedeem(uWeth.balanceOf(carol));
        uint256 owed = uUsdc.debtOf(bob);
        uint256 repaid;
        vm.prank(carol);
        try controller.liquidate(liquidation(bob, uUsdc, uWeth, part)) returns (uint256 r, uint256) {
            repaid = r;
        } catch {
            return;
        }
        uint256 afterwards = uWeth.previewRedeem(uWeth.balanceOf(bob)) + uWeth.previewRedeem(uWeth.balanceOf(carol));
        assertLe(owed - uUsdc.debtOf(bob), repaid, "INV-LEND-10 repays what it pays");
        assertLe(afterwards + 1, before, "INV-LEND-10 the protocol's part is lost to both hands together");
    }

    // ---------------------------------------------------------------------------------------------------- for what

    function test_liquidate_bonusIsSplit() public {
        openPosition(22_000e6);
        setWeth(2_720);
        uint256 held = uWeth.balanceOf(bob);
        uint256 mine = uWeth.balanceOf(carol);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, 5_440e6);
        // 2 WETH for 5,440 USD.
        assertEq(p.repaid, 5_440e6, "LEND-28 repaid");
        assertEq(p.assets, 2e18 + 2 * ((BONUS * 6) / 10), "LEND-28 the liquidator's 60 %");
        assertEq(p.protocolAssets, (2e18 * (1e18 + BONUS)) / 1e18 - p.assets, "LEND-28 the protocol's 40 %");
        (uint256 repaid, uint256 seized) = liquidate(carol, bob, uUsdc, uWeth, 5_440e6);
        assertEq(repaid, p.repaid, "LEND-28 as previewed");
        assertEq(uWeth.balanceOf(carol) - mine, seized, "LEND-29 shares arrived");
        assertEq(seized, p.assets * 1e6, "LEND-28 at the share price");
        assertEq(held - uWeth.balanceOf(bob), (p.assets + p.protocolAssets) * 1e6, "LEND-28 taken from the borrower");
        IUTokenTypes.Totals memory t = uWeth.totals();
        assertEq(t.reserve, p.protocolAssets, "LEND-28 the protocol's part stays in the pool");
        assertEq(t.insurance, (p.protocolAssets * 6_250) / 10_000, "LEND-28 25 of 40 are insurance");
        assertEq(uUsdc.debtOf(bob), 22_000e6 - 5_440e6, "LEND-28 debt");
    }

    /// @dev Collateral 10 * 2,100 = 21,000; with the whole bonus 23,404 would be taken for 22,000.
    function test_liquidate_protocolsPartIsWaivedFirst() public {
        openPosition(22_000e6);
        setWeth(2_300);
        // 22,000 * (1 + 0.6 b) = 22,842 <= 23,000 < 22,000 * (1 + b) = 23,404
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        assertEq(p.repaid, 22_000e6, "LEND-28 the whole debt is repaid");
        assertGe(p.assets + p.protocolAssets, 10 ether - 100, "LEND-28 the protocol gets what is left");
        assertLe(p.protocolAssets, 0.1 ether, "LEND-28 less than its part");
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertLe(uWeth.previewRedeem(uWeth.balanceOf(bob)), 100, "LEND-28 but for rounding nothing is left");
        assertEq(uUsdc.debtOf(bob), 0, "LEND-28 no debt either");
    }

    /// @dev Under water, a part pays the protocol nothing either: what it would take is missing for the rest.
    function test_liquidate_underWaterAPartPaysTheProtocolNothing() public {
        openPosition(22_000e6);
        setWeth(2_250);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, 11_000e6);
        assertEq(p.repaid, 11_000e6, "LEND-28 half");
        assertEq(p.protocolAssets, 0, "LEND-28 nothing for the protocol");
        // Nor does a liquidator who asks for just so much that the bonus would take all.
        p = controller.previewLiquidation(bob, 0, 1, 21_300e6);
        assertEq(p.protocolAssets, 0, "LEND-28 nothing for the protocol");
        assertTrue(!p.strikesOff, "LEND-31 and nothing is struck off while collateral is left");
    }

    function test_liquidate_tooLittleCollateralShrinksTheRepayment() public {
        openPosition(22_000e6);
        setWeth(2_100);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        assertEq(p.assets, 10 ether, "LEND-28 all of the collateral");
        assertEq(p.protocolAssets, 0, "LEND-28 nothing for the protocol");
        // 21,000 / 1.0383 rounded up
        assertEq(p.repaid, uint256(21_000e36) / (1e18 + (BONUS * 6) / 10) / 1e12 + 1, "LEND-28 less is repaid");
        assertTrue(p.strikesOff, "LEND-31 the rest is bad");
    }

    function test_liquidate_paysTheAsset() public {
        openPosition(22_000e6);
        setWeth(2_720);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 5_440e6);
        order.asShares = false;
        order.receiver = dave;
        order.minSeized = 2.1 ether;
        vm.prank(carol);
        vm.expectRevert(
            abi.encodeWithSelector(ILendControllerTypes.SeizedTooLittle.selector, 2.076595744680851062e18, 2.1e18)
        );
        controller.liquidate(order);
        order.minSeized = 2 ether;
        uint256 supplied = uWeth.totalSupply();
        vm.prank(carol);
        (, uint256 seized) = controller.liquidate(order);
        assertEq(weth.balanceOf(dave), 1e6 ether + seized, "LEND-29 the receiver has the asset");
        assertEq(seized, 2.076595744680851062e18, "LEND-29 seized");
        assertLe(uWeth.totalSupply(), supplied - seized * 1e6, "LEND-29 shares are burned");
        checkSolvent(uWeth, "INV-LEND-01 solvent");
    }

    function test_liquidate_assetNeedsCash() public {
        supply(alice, uUsdc, 1_000_000e6);
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, 22_000e6);
        collateral(dave, uUsdc, 1_000_000e6);
        borrow(dave, uWeth, 10 ether);
        setWeth(2_720);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 5_440e6);
        order.asShares = false;
        vm.prank(carol);
        expectError(IUTokenTypes.InsufficientCash.selector, 2.076595744680851062e18, 1 ether);
        controller.liquidate(order);
        liquidate(carol, bob, uUsdc, uWeth, 5_440e6);
    }

    function test_liquidate_emits() public {
        openPosition(22_000e6);
        setWeth(2_720);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, 5_440e6);
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.Repay(carol, bob, 5_440e6, 5_440e6);
        vm.expectEmit(address(uWeth));
        emit IUTokenTypes.Seized(
            bob,
            carol,
            p.assets * 1e6,
            0,
            (p.protocolAssets * 6_250) / 10_000,
            p.protocolAssets - (p.protocolAssets * 6_250) / 10_000
        );
        vm.expectEmit(address(controller));
        emit ILendControllerTypes.Liquidated(bob, carol, 0, 1, 5_440e6, p.assets * 1e6, p.protocolAssets, true);
        liquidate(carol, bob, uUsdc, uWeth, 5_440e6);
    }

    /// @dev One burn for liquidator and protocol; what ERC-4626's `Withdraw` would say is in `Seized`.
    function test_liquidate_emitsWhatThePayoutBurns() public {
        openPosition(22_000e6);
        setWeth(2_720);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, 5_440e6);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 5_440e6);
        (order.asShares, order.receiver) = (false, dave);
        IUTokenTypes.Totals memory before = uWeth.totals();
        vm.recordLogs();
        vm.prank(carol);
        controller.liquidate(order);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 burned = before.supplyShares - uWeth.totalSupply();
        assertEq(burned, (p.assets + p.protocolAssets) * 1e6, "LEND-29 burned for both");

        assertEq(countOf(logs, IERC4626.Withdraw.selector), 0, "LEND-29 no withdrawal");
        assertEq(countOf(logs, IERC20.Transfer.selector), 1, "LEND-29 one transfer");
        Vm.Log memory transfer = onlyOf(logs, IERC20.Transfer.selector);
        assertEq(transfer.topics[1], bytes32(uint256(uint160(bob))), "LEND-29 from the borrower");
        assertEq(transfer.topics[2], bytes32(0), "LEND-29 to nobody");
        assertEq(abi.decode(transfer.data, (uint256)), burned, "LEND-29 all in one");
        checkSeized(onlyOf(logs, IUTokenTypes.Seized.selector), before, p.assets * 1e6);
    }

    function checkSeized(Vm.Log memory log, IUTokenTypes.Totals memory before, uint256 expectedShares) private view {
        (uint256 shares, uint256 assets, uint256 toInsurance, uint256 toReserve) = abi.decode(
            log.data,
            (uint256, uint256, uint256, uint256)
        );
        IUTokenTypes.Totals memory t = uWeth.totals();
        assertEq(log.topics[1], bytes32(uint256(uint160(bob))), "LEND-29 of the borrower");
        assertEq(log.topics[2], bytes32(uint256(uint160(dave))), "LEND-29 for the receiver");
        assertEq(shares, expectedShares, "LEND-29 the liquidator's part");
        assertEq(assets, weth.balanceOf(dave) - 1e6 ether, "LEND-29 what was paid out");
        assertEq(before.cash - t.cash, assets, "LEND-29 explains the cash");
        assertEq(t.insurance - before.insurance, toInsurance, "LEND-29 explains the insurance");
        assertEq(t.reserve - before.reserve, toInsurance + toReserve, "LEND-29 explains the reserve");
    }

    function countOf(Vm.Log[] memory logs, bytes32 topic) private view returns (uint256 count) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(uWeth) && logs[i].topics[0] == topic) ++count;
        }
    }

    function onlyOf(Vm.Log[] memory logs, bytes32 topic) private view returns (Vm.Log memory log) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(uWeth) && logs[i].topics[0] == topic) log = logs[i];
        }
    }

    /// @dev Debt and collateral of one pool.
    function test_liquidate_oneAsset() public {
        supply(alice, uUsdc, 100_000e6);
        collateral(bob, uUsdc, 10_000e6);
        borrow(bob, uUsdc, 8_500e6);
        // Debt grows faster than supply earns.
        uUsdc.setRateModel(rates(10_000, 20_000, 100_000, 1_000));
        vm.warp(T0 + 20 days);
        assertLe(health(bob), 1e18 - 1, "LEND-24 ill by interest");
        (uint256 repaid, uint256 seized) = liquidate(carol, bob, uUsdc, uUsdc, MAX);
        assertGe(repaid, 1, "LEND-29 paid");
        assertEq(uUsdc.balanceOf(carol), seized, "LEND-29 seized");
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
        // Open again.
        supply(carol, uUsdc, 1e6);
    }

    // ------------------------------------------------------------------------------------------------------ callback

    function test_callback_needsNoCapital() public {
        openPosition(22_000e6);
        setWeth(2_720);
        LendActor actor = new LendActor();
        actor.setMustSucceed(true);
        // Sells what it received to dave at the market's price.
        vm.prank(dave);
        usdc.transfer(address(this), 2 * 2_720e6);
        usdc.approve(address(actor), MAX);
        actor.program(address(usdc), abi.encodeCall(usdc.transferFrom, (address(this), address(actor), 2 * 2_720e6)));
        actor.program(address(weth), abi.encodeCall(weth.transfer, (dave, 2 ether)));
        actor.program(address(usdc), abi.encodeCall(usdc.approve, (address(uUsdc), MAX)));
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 5_440e6);
        (order.asShares, order.data) = (false, "sell");
        actor.execute(address(controller), abi.encodeCall(controller.liquidate, (order)));
        assertEq(actor.callbacks(), 1, "LEND-30 called once");
        assertEq(string(actor.lastData()), "sell", "LEND-30 with its data");
        assertGe(weth.balanceOf(address(actor)), 0.076 ether, "LEND-30 the profit");
        assertEq(usdc.balanceOf(address(actor)), 0, "LEND-30 paid");
    }

    function test_callback_wrongAnswerReverts() public {
        openPosition(22_000e6);
        setWeth(2_720);
        LendActor actor = newActor();
        actor.setWrongAnswer(true);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 1_000e6);
        order.data = "x";
        expectError(ILendControllerTypes.CallbackRefused.selector, address(actor));
        actor.execute(address(controller), abi.encodeCall(controller.liquidate, (order)));
    }

    function test_liquidate_withoutPaymentReverts() public {
        openPosition(22_000e6);
        setWeth(2_720);
        LendActor actor = new LendActor();
        vm.expectRevert(
            abi.encodeWithSelector(IUTokenTypes.PullFailed.selector, address(usdc), address(actor), 1_000e6)
        );
        actor.execute(
            address(controller),
            abi.encodeCall(controller.liquidate, (liquidation(bob, uUsdc, uWeth, 1_000e6)))
        );
    }

    // ---------------------------------------------------------------------------------------------------------- fuzz

    /// @dev Every partial liquidation of an account with more collateral than debt and bonus improves it, and never takes
    /// it above the target by more than rounding; no bonus is above the collateral.
    function testFuzz_liquidate_improves(uint256 debt, uint256 fall, uint256 ask, uint256 time) public {
        debt = bound(debt, 1_000e6, 22_500e6);
        openPosition(debt);
        vm.warp(T0 + bound(time, 0, 30 days));
        uint256 owed = uUsdc.debtOf(bob);
        // Health from 0.86 (collateral / debt 1.0638 / 0.99) to just below 1.
        fall = bound(fall, 8_600, 9_999);
        oracle.set(address(weth), (owed * 1e12 * fall) / 8_000 / 10);
        uint256 before = health(bob);
        ask = bound(ask, 1, owed * 2);
        uint256 price = sharePrice(uWeth);
        vm.prank(carol);
        try controller.liquidate(liquidation(bob, uUsdc, uWeth, ask)) returns (uint256 repaid, uint256) {
            assertLe(repaid, ask, "INV-LEND-11 pays at most what was asked");
            if (uUsdc.debtOf(bob) != 0) {
                // But for a unit of the payment, which is rounded to whole debt shares.
                assertGe(health(bob) + 4e9, before, "INV-LEND-11 improves");
                if (before >= 0.95e18) assertLe(health(bob), 1.1e18 + 1e13, "LEND-25 not above the target");
            }
        } catch (bytes memory reason) {
            assertEq(
                bytes32(bytes4(reason)),
                bytes32(ILendControllerTypes.LeavesDust.selector),
                "INV-LEND-11 dust only"
            );
        }
        assertGe(sharePrice(uWeth), price, "INV-LEND-03 the collateral's share price does not fall");
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
        checkSolvent(uWeth, "INV-LEND-01 solvent");
    }
}
