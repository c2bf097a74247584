// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendTest} from "./LendTest.sol";

/// @notice What counts as collateral, and what can be done with it.
contract CollateralTest is LendTest {
    function test_switch_onAndOff() public {
        supply(bob, uWeth, 10 ether);
        vm.expectEmit(address(uWeth));
        emit IUTokenTypes.CollateralSwitched(bob, true);
        vm.prank(bob);
        uWeth.setCollateral(true);
        assertTrue(uWeth.isCollateral(bob), "LEND-18 on");
        (uint256 bits, ) = controller.accountBits(bob);
        assertEq(bits, 2, "LEND-18 bit");
        vm.prank(bob);
        uWeth.setCollateral(true);
        vm.prank(bob);
        uWeth.setCollateral(false);
        assertTrue(!uWeth.isCollateral(bob), "LEND-18 off");
        (bits, ) = controller.accountBits(bob);
        assertEq(bits, 0, "LEND-18 no bit");
    }

    function test_switch_offWithDebtNeedsCover() public {
        openPosition(10_000e6);
        vm.prank(bob);
        expectError(ILendControllerTypes.Undercollateralised.selector, 0, 10_000e18);
        uWeth.setCollateral(false);
        collateral(bob, uUsdc, 20_000e6);
        setQuality(address(weth), IPriceOracle.Quality.Halted);
        // What is switched off needs no price.
        vm.prank(bob);
        uWeth.setCollateral(false);
        withdraw(bob, uWeth, 10 ether);
    }

    function test_switch_refusesAnAssetThatCannotBeCollateral() public {
        ILendControllerTypes.AssetParameters memory p = parameters(0, 0, 5_000);
        oracle.set(address(this), 1e18);
        (bool ok, ) = address(this).call(abi.encodeCall(this.decimals, ()));
        assertTrue(ok, "set-up");
        address pool = address(addPool(address(this), "uX", p, rates(0, 0, 0, 5_000), 0));
        vm.prank(bob);
        expectError(ILendControllerTypes.NotCollateral.selector, 3);
        IUTokenSwitch(pool).setCollateral(true);
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    // ----------------------------------------------------------------------------------------------------- transfers

    function test_transfer_ofCollateralKeepsTheSenderCovered() public {
        openPosition(15_000e6);
        vm.startPrank(bob);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILendControllerTypes.Undercollateralised.selector,
                14_999.99775000000000075e18,
                15_000e18
            )
        );
        uWeth.transfer(carol, 3.333334333333333333 ether * 1e6);
        uWeth.transfer(carol, 3.333333 ether * 1e6);
        uWeth.approve(dave, MAX);
        vm.stopPrank();
        vm.prank(dave);
        vm.expectRevert();
        uWeth.transferFrom(bob, carol, 1 ether * 1e6);
        assertGe(health(bob), 1e18, "INV-LEND-06 healthy");
        // To itself nothing changes.
        vm.prank(bob);
        uWeth.transfer(bob, 6 ether * 1e6);
    }

    function test_receiving_switchesNothingOn() public {
        supply(alice, uWeth, 10 ether);
        vm.prank(alice);
        uWeth.transfer(carol, 10 ether * 1e6);
        assertTrue(!uWeth.isCollateral(carol), "LEND-19 off");
        (uint256 bits, ) = controller.accountBits(carol);
        assertEq(bits, 0, "LEND-19 no bit");
        supply(alice, uUsdc, 1_000e6);
        vm.expectRevert();
        borrow(carol, uUsdc, 1e6);
        // A liquidator's shares neither.
        setQuality(address(weth), IPriceOracle.Quality.Halted);
        vm.prank(carol);
        uWeth.transfer(dave, 10 ether * 1e6);
    }

    // ----------------------------------------------------------------------------------------------------- isolation

    function test_isolation_standsAlone() public {
        isolate(2);
        collateral(bob, uWeth, 1 ether);
        supply(bob, uBtc, 1e8);
        vm.prank(bob);
        expectError(ILendControllerTypes.IsolationBroken.selector, 2);
        uBtc.setCollateral(true);
        collateral(carol, uBtc, 1e8);
        supply(carol, uWeth, 1 ether);
        vm.prank(carol);
        expectError(ILendControllerTypes.IsolationBroken.selector, 2);
        uWeth.setCollateral(true);
        assertTrue(!uBtc.isCollateral(bob), "LEND-20 what is isolated joins nothing");
        assertTrue(!uWeth.isCollateral(carol), "LEND-20 nothing joins what is isolated");
    }

    function test_isolation_borrowsMarkedAssetsOnly() public {
        isolate(2);
        supply(alice, uUsdc, 100_000e6);
        supply(alice, uWeth, 100 ether);
        collateral(carol, uBtc, 1e8);
        expectError(ILendControllerTypes.IsolationBroken.selector, 1);
        borrow(carol, uWeth, 1 ether);
        expectError(ILendControllerTypes.IsolationBroken.selector, 0);
        borrow(carol, uUsdc, 1e6);
        ILendControllerTypes.AssetParameters memory p = parameters(8_500, 8_800, 5_000);
        p.isolationDebt = true;
        controller.setAsset(0, p);
        borrow(carol, uUsdc, 70_000e6);
        vm.expectRevert();
        borrow(carol, uUsdc, 1e6);
        // Leaving is free.
        repay(carol, uUsdc, 10_000e6);
        withdraw(carol, uBtc, 0.1e8);
        assertEq(uWeth.debtOf(carol), 0, "LEND-20 what is not marked is not lent");
        assertEq(uUsdc.debtOf(carol), 60_000e6, "LEND-20 what is marked is, and can be repaid");
    }

    /// @dev An asset that becomes isolated later freezes nobody's exit.
    function test_isolation_laterLetsEverybodyLeave() public {
        openPosition(1_000e6);
        collateral(bob, uBtc, 1e8);
        isolate(2);
        expectError(ILendControllerTypes.IsolationBroken.selector, 2);
        borrow(bob, uUsdc, 1e6);
        withdraw(bob, uWeth, 1 ether);
        vm.prank(bob);
        uBtc.setCollateral(false);
        borrow(bob, uUsdc, 1e6);
        assertEq(uUsdc.debtOf(bob), 1_001e6, "LEND-20 free again without it");
    }

    function isolate(uint256 id) private {
        ILendControllerTypes.AssetInfo memory info = controller.assetInfo(id);
        info.parameters.isolated = true;
        controller.setAsset(id, info.parameters);
    }
}

interface IUTokenSwitch {
    function setCollateral(bool on) external;
}
