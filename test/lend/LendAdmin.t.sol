// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {DeployLend} from "./DeployLend.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Pauses, parameters and their bounds, listing, and who may call what.
contract LendAdminTest is LendTest {
    // ------------------------------------------------------------------------------------------------------- pausing

    function stopped(bool retire) private returns (uint256 until) {
        openPosition(10_000e6);
        supply(carol, uWeth, 1 ether);
        if (retire) {
            uUsdc.retire();
            uWeth.retire();
            return type(uint40).max;
        }
        uUsdc.pause(7 days);
        uWeth.pause(7 days);
        return T0 + 7 days;
    }

    /// @dev LEND-36, and when retired LEND-37.
    function testFuzz_paused_refusesNewRisk(bool retire) public {
        uint256 until = stopped(retire);
        expectError(ILendControllerTypes.NoDebtToSecure.selector, alice);
        supply(alice, uUsdc, 1e6);
        vm.prank(alice);
        expectError(ILendControllerTypes.NoDebtToSecure.selector, alice);
        uUsdc.mint(1e12, alice);
        expectError(IGuardianPausable.ProtocolPaused.selector, until);
        borrow(bob, uUsdc, 1e6);
        vm.prank(bob);
        expectError(IGuardianPausable.ProtocolPaused.selector, until);
        uUsdc.borrowShares(1e6, bob, bob);
        assertEq(uUsdc.maxDeposit(bob), 0, "LEND-36 maxDeposit");
        assertEq(uUsdc.maxMint(bob), 0, "LEND-36 maxMint");
        // With debt, but where its shares are no collateral.
        expectError(ILendControllerTypes.NoDebtToSecure.selector, bob);
        supply(bob, uUsdc, 1e6);
    }

    /// @dev LEND-36, and when retired LEND-37.
    function testFuzz_paused_letsOutAndSecure(bool retire) public {
        stopped(retire);
        // A top-up of an account with debt.
        supply(bob, uWeth, 1 ether);
        vm.prank(carol);
        uWeth.deposit(1 ether, bob);
        withdraw(alice, uUsdc, 1_000e6);
        withdraw(bob, uWeth, 1 ether);
        repay(bob, uUsdc, 1_000e6);
        vm.prank(alice);
        uUsdc.transfer(dave, 1e12);
        setWeth(1_000);
        liquidate(carol, bob, uUsdc, uWeth, 1_000e6);
        setWeth(3_000);
        repay(bob, uUsdc, MAX);
        withdraw(bob, uWeth, uWeth.maxWithdraw(bob));
        withdraw(alice, uUsdc, uUsdc.maxWithdraw(alice));
        vm.prank(dave);
        uUsdc.fundInsurance(1e6);
    }

    function test_pause_rules() public {
        vm.expectRevert();
        uUsdc.pause(7 days + 1);
        uUsdc.pause(1 days);
        vm.warp(T0 + 1 days);
        supply(alice, uUsdc, 1e6);
        expectError(IGuardianPausable.PauseTooSoon.selector, T0 + 4 days);
        uUsdc.pause(1 days);
        vm.warp(T0 + 4 days);
        uUsdc.pause(1 days);
        uUsdc.unpause();
        supply(alice, uUsdc, 1e6);
        assertEq(uUsdc.pausedUntil(), T0 + 4 days, "LEND-36 ended");
        assertEq(uUsdc.pauseAllowedAt(), T0 + 7 days, "LEND-36 72 hours");
        uUsdc.retire();
        vm.expectRevert(IGuardianPausable.NotPaused.selector);
        uUsdc.unpause();
        assertEq(uWeth.pausedUntil(), 0, "LEND-36 one pool at a time");
    }

    /// @dev The word holds pause, fee, curve and caps: none disturbs another.
    function testFuzz_guardWord_fieldsAreApart(uint256 seed) public {
        IUTokenTypes.RateModel memory model = rates(
            seed % 10_001,
            seed % 20_001,
            seed % 100_001,
            1_000 + (seed % 8_901)
        );
        uint256 caps = seed % (1 << 39);
        uUsdc.setRateModel(model);
        uUsdc.setCaps(caps, (1 << 39) - 1 - caps);
        uUsdc.setReserveFactor(seed % 2_501);
        uUsdc.setFlashFee(seed % 901);
        uUsdc.pause(1 + (seed % 7 days));
        (IUTokenTypes.RateModel memory m, uint256 factor, uint256 supplyCap, uint256 borrowCap, uint256 fee) = uUsdc
            .parameters();
        assertEq(m.baseBps, model.baseBps, "LEND-38 base");
        assertEq(m.slope1Bps, model.slope1Bps, "LEND-38 slope 1");
        assertEq(m.slope2Bps, model.slope2Bps, "LEND-38 slope 2");
        assertEq(m.kinkBps, model.kinkBps, "LEND-38 kink");
        assertEq(factor, seed % 2_501, "LEND-38 reserve factor");
        assertEq(supplyCap, caps, "LEND-38 supply cap");
        assertEq(borrowCap, (1 << 39) - 1 - caps, "LEND-38 borrow cap");
        assertEq(fee, seed % 901, "LEND-38 fee");
        assertEq(uUsdc.pausedUntil(), T0 + 1 + (seed % 7 days), "LEND-38 pause");
    }

    // ----------------------------------------------------------------------------------------------------- parameters

    function test_parameters_bounds() public {
        expectError(IUTokenTypes.OutOfBounds.selector, 10_001, 10_000);
        uUsdc.setRateModel(rates(10_001, 0, 0, 5_000));
        expectError(IUTokenTypes.OutOfBounds.selector, 20_001, 20_000);
        uUsdc.setRateModel(rates(0, 20_001, 0, 5_000));
        expectError(IUTokenTypes.OutOfBounds.selector, 100_001, 100_000);
        uUsdc.setRateModel(rates(0, 0, 100_001, 5_000));
        expectError(IUTokenTypes.OutOfBounds.selector, 9_901, 9_900);
        uUsdc.setRateModel(rates(0, 0, 0, 9_901));
        expectError(IUTokenTypes.OutOfBounds.selector, 999, 1_000);
        uUsdc.setRateModel(rates(0, 0, 0, 999));
        expectError(IUTokenTypes.OutOfBounds.selector, 2_501, 2_500);
        uUsdc.setReserveFactor(2_501);
        expectError(IUTokenTypes.OutOfBounds.selector, 901, 900);
        uUsdc.setFlashFee(901);
        expectError(IUTokenTypes.OutOfBounds.selector, 1 << 39, (1 << 39) - 1);
        uUsdc.setCaps(1 << 39, 0);
        expectError(IUTokenTypes.OutOfBounds.selector, 1 << 39, (1 << 39) - 1);
        uUsdc.setCaps(0, 1 << 39);
        expectError(IUTokenTypes.OutOfBounds.selector, 5e9 ether, (1 << 92) - 1);
        uWeth.setCaps(5e9, 0);
        expectError(IUTokenTypes.OutOfBounds.selector, 5e9 ether, (1 << 92) - 1);
        uWeth.setCaps(0, 5e9);
        uWeth.setCaps(4.9e9, 4.9e9);
    }

    function test_parameters_pastInterestIsPaidByThePastCurve() public {
        openPosition(10_000e6);
        vm.warp(T0 + 30 days);
        uint256 owed = uUsdc.debtOf(bob);
        uUsdc.setRateModel(rates(10_000, 20_000, 100_000, 1_000));
        assertEq(uUsdc.debtOf(bob), owed, "LEND-38 nothing backwards");
        uint256 reserve = uUsdc.totals().reserve;
        vm.warp(T0 + 60 days);
        reserve = uUsdc.totals().reserve;
        uUsdc.setReserveFactor(0);
        assertEq(uUsdc.totals().reserve, reserve, "LEND-38 nothing backwards");
    }

    function test_asset_bounds() public {
        expectError(ILendControllerTypes.OutOfBounds.selector, 9_501, 9_500);
        controller.setAsset(0, parameters(0, 9_501, 5_000));
        expectError(ILendControllerTypes.OutOfBounds.selector, 9_001, 9_000);
        controller.setAsset(0, parameters(9_001, 9_500, 5_000));
        expectError(ILendControllerTypes.OutOfBounds.selector, 8_801, 8_800);
        controller.setAsset(0, parameters(8_801, 8_800, 5_000));
        expectError(ILendControllerTypes.OutOfBounds.selector, 10_001, 10_000);
        controller.setAsset(0, parameters(0, 8_800, 10_001));
        expectError(ILendControllerTypes.OutOfBounds.selector, 999, 1_000);
        controller.setAsset(0, parameters(0, 8_800, 999));
        expectError(ILendControllerTypes.UnknownId.selector, 3);
        controller.setAsset(3, parameters(0, 8_800, 5_000));
        expectError(ILendControllerTypes.UnknownId.selector, 3);
        controller.assetInfo(3);
        expectError(ILendControllerTypes.UnknownId.selector, 3);
        controller.withdrawable(3, bob);
    }

    function test_threshold_fallsSlowly() public {
        expectError(ILendControllerTypes.OutOfBounds.selector, 501, 500);
        controller.setAsset(0, parameters(0, 8_299, 5_000));
        controller.setAsset(0, parameters(8_000, 8_300, 5_000));
        assertEq(controller.assetInfo(0).loweredAt, T0, "LEND-38 remembered");
        vm.warp(T0 + 7 days - 1);
        expectError(ILendControllerTypes.LoweredTooSoon.selector, T0 + 7 days);
        controller.setAsset(0, parameters(8_000, 8_299, 5_000));
        // Up at once.
        controller.setAsset(0, parameters(8_000, 9_000, 5_000));
        vm.warp(T0 + 7 days);
        controller.setAsset(0, parameters(8_000, 8_500, 5_000));
    }

    function test_bonus_formula() public view {
        assertEq(controller.assetInfo(0).bonus, 37_344_398_340_248_962, "LEND-25 3.7 % at 88 %");
        assertEq(controller.assetInfo(1).bonus, 63_829_787_234_042_553, "LEND-25 6.4 % at 80 %");
        assertEq(controller.assetInfo(2).bonus, 81_081_081_081_081_081, "LEND-25 8.1 % at 75 %");
    }

    /// @dev (1 + bonus) * threshold < 1 for every threshold that can be set.
    function testFuzz_bonus_neverEatsTheMargin(uint256 threshold) public {
        threshold = bound(threshold, 0, 9_500);
        IUToken pool = DeployLend.pool(address(manager), address(controller), address(usdc), 3, "uX", hooks);
        controller.list(address(pool), parameters(0, threshold, 5_000));
        uint256 bonus = controller.assetInfo(3).bonus;
        assertLe(bonus, 0.1e18, "LEND-25 10 % at most");
        assertLe(((1e18 + bonus) * threshold) / 10_000, 1e18 - 1, "INV-LEND-11 a partial liquidation improves");
    }

    // --------------------------------------------------------------------------------------------------------- listing

    function test_list() public {
        IUToken pool = DeployLend.pool(address(manager), address(controller), address(usdc), 3, "uX", hooks);
        vm.expectEmit(address(controller));
        emit ILendControllerTypes.AssetListed(3, address(usdc), address(pool));
        assertEq(controller.list(address(pool), parameters(8_000, 8_500, 5_000)), 3, "LEND-39 id");
        ILendControllerTypes.AssetInfo memory info = controller.assetInfo(3);
        assertEq(info.pool, address(pool), "LEND-39 pool");
        assertEq(info.decimals, 6, "LEND-39 decimals");
        assertEq(info.parameters.collateralFactor, 8_000, "LEND-39 collateral factor");
        assertEq(info.parameters.threshold, 8_500, "LEND-39 threshold");
        assertEq(info.parameters.closeFactor, 5_000, "LEND-39 close factor");
        expectError(ILendControllerTypes.InvalidPool.selector, address(pool));
        controller.list(address(pool), parameters(8_000, 8_500, 5_000));
    }

    function test_list_refusesForeignPoolsAndMissingPrices() public {
        ILendController other = DeployLend.controller(address(manager), address(oracle), treasury);
        address pool = address(
            DeployLend.pool(address(manager), address(other), address(usdc), 3, "uX", DeployLend.hooks(address(other)))
        );
        expectError(ILendControllerTypes.InvalidPool.selector, pool);
        controller.list(pool, parameters(0, 0, 5_000));
        pool = address(DeployLend.pool(address(manager), address(controller), address(usdc), 3, "uX", hooks));
        setQuality(address(usdc), IPriceOracle.Quality.Fallback);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILendControllerTypes.PriceNotFresh.selector,
                address(usdc),
                IPriceOracle.Quality.Fallback
            )
        );
        controller.list(pool, parameters(0, 0, 5_000));
        pool = address(
            DeployLend.pool(address(manager), address(controller), address(token("No Feed", "NO", 18)), 3, "uX", hooks)
        );
        vm.expectRevert();
        controller.list(pool, parameters(0, 0, 5_000));
    }

    function test_treasury() public {
        controller.setTreasury(carol);
        assertEq(controller.treasury(), carol, "LEND-23 treasury");
        assertEq(controller.oracle(), address(oracle), "LEND-39 oracle");
        expectError(ILendControllerTypes.InvalidAccount.selector, address(0));
        controller.setTreasury(address(0));
        expectError(ILendControllerTypes.InvalidAccount.selector, address(0));
        this.deployController(address(0));
    }

    function deployController(address treasury_) external {
        DeployLend.controller(address(manager), address(oracle), treasury_);
    }

    // ------------------------------------------------------------------------------------------------------- authority

    /// @dev LEND-43.
    function test_restricted_isGovernances() public {
        bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, carol);
        vm.startPrank(carol);
        vm.expectRevert(refused);
        uUsdc.setRateModel(rates(0, 0, 0, 5_000));
        vm.expectRevert(refused);
        uUsdc.setReserveFactor(0);
        vm.expectRevert(refused);
        uUsdc.setCaps(0, 0);
        vm.expectRevert(refused);
        uUsdc.setFlashFee(0);
        vm.expectRevert(refused);
        uUsdc.pause(1);
        vm.expectRevert(refused);
        uUsdc.unpause();
        vm.expectRevert(refused);
        uUsdc.retire();
        vm.expectRevert(refused);
        controller.list(address(uUsdc), parameters(0, 0, 5_000));
        vm.expectRevert(refused);
        controller.setAsset(0, parameters(0, 0, 5_000));
        vm.expectRevert(refused);
        controller.setTreasury(carol);
        vm.stopPrank();
    }

    /// @dev At the pool nobody but the controller reaches them; at their own address they refuse by name.
    function test_poolHooks_areTheControllers() public {
        bytes[5] memory calls = [
            abi.encodeCall(uUsdc.settle, (bob, carol, 1, false)),
            abi.encodeCall(uUsdc.forgive, (bob)),
            abi.encodeCall(uUsdc.seize, (bob, carol, 1, 0, false, true)),
            abi.encodeCall(uUsdc.lend, (carol, 1)),
            abi.encodeCall(uUsdc.collect, (carol, 1))
        ];
        bytes memory refused = abi.encodeWithSelector(IUTokenTypes.NotController.selector, carol);
        for (uint256 i; i < calls.length; ++i) {
            vm.startPrank(carol);
            (bool ok, ) = address(uUsdc).call(calls[i]);
            assertTrue(!ok, "LEND-45 not at the pool");
            bytes memory reason;
            (ok, reason) = hooks.call(calls[i]);
            assertTrue(!ok, "LEND-45 not beside it");
            assertEq(keccak256(reason), keccak256(refused), "LEND-45 by name");
            vm.stopPrank();
        }
    }

    function test_controllerHooks_areThePools() public {
        bytes memory refused = abi.encodeWithSelector(ILendControllerTypes.NotPool.selector, carol);
        vm.startPrank(carol);
        vm.expectRevert(refused);
        controller.onBorrow(0, address(usdc), bob, 1, 1);
        vm.expectRevert(refused);
        controller.onWithdraw(0, address(usdc), bob, 1, 1);
        vm.expectRevert(refused);
        controller.onRepaid(0, bob);
        vm.expectRevert(refused);
        controller.onCollateral(0, address(usdc), bob, true, 1, 1);
        vm.stopPrank();
        // A pool cannot speak for another.
        vm.prank(address(uWeth));
        vm.expectRevert(abi.encodeWithSelector(ILendControllerTypes.NotPool.selector, address(uWeth)));
        controller.onRepaid(0, bob);
    }

    /// @dev At their own addresses the extensions do nothing.
    /// LEND-46.
    function test_extensions_refuseDirectCalls() public {
        IUTokenTypes.PoolSetup memory setup = IUTokenTypes.PoolSetup(
            address(manager),
            address(controller),
            address(usdc),
            3
        );
        address admin = DeployLend.adminExtension(setup);
        IUToken extension = IUToken(DeployLend.extension(setup, admin, "uX"));
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        extension.setCollateral(true);
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        extension.approve(bob, 1);
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        extension.sweepReserve();
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        IUToken(admin).sweepReserve();
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        IUToken(admin).fundInsurance(1);
        ILendController liquidation_ = ILendController(
            Artifacts.deploy(
                "contracts/lend/LiquidationExtension.sol:LiquidationExtension",
                abi.encode(address(oracle), address(controller))
            )
        );
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        liquidation_.liquidate(liquidation(bob, uUsdc, uWeth, 1));
        vm.expectRevert(IUTokenTypes.NotThroughCore.selector);
        liquidation_.assetCount();
    }
}
