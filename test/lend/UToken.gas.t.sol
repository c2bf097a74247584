// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";

import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {PlainBorrower} from "../mocks/lend/PlainBorrower.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Whole transactions, cold, as receipts would say. The oracle is a stub with one word a price, as the peers' are.
contract UTokenGasTest is LendTest {
    address private user = address(0x1111111111111111111111111111111111111111);
    address private other = address(0x2222222222222222222222222222222222222222);

    function setUp() public override {
        super.setUp();
        fund(user);
        fund(other);
        openPosition(15_000e6);
        vm.warp(T0 + 1 days);
    }

    function test_gas_supplyNew() public {
        supply(user, uUsdc, 1_234.567891e6);
        vm.snapshotGasLastCall("lend", "supplyNew");
    }

    function test_gas_supply() public {
        supply(user, uUsdc, 1_234.567891e6);
        vm.warp(T0 + 2 days);
        supply(user, uUsdc, 2_345.678912e6);
        vm.snapshotGasLastCall("lend", "supply");
    }

    function test_gas_withdraw() public {
        supply(user, uUsdc, 2_345.678912e6);
        vm.warp(T0 + 2 days);
        withdraw(user, uUsdc, 1_234.567891e6);
        vm.snapshotGasLastCall("lend", "withdraw");
    }

    function test_gas_borrowFirst() public {
        collateral(user, uWeth, 10 ether);
        vm.warp(T0 + 2 days);
        borrow(user, uUsdc, 1_234.567891e6);
        vm.snapshotGasLastCall("lend", "borrowFirst");
    }

    function test_gas_borrow() public {
        collateral(user, uWeth, 10 ether);
        borrow(user, uUsdc, 1_234.567891e6);
        vm.warp(T0 + 2 days);
        borrow(user, uUsdc, 2_345.678912e6);
        vm.snapshotGasLastCall("lend", "borrow");
    }

    function test_gas_withdrawWithDebt() public {
        collateral(user, uWeth, 10 ether);
        borrow(user, uUsdc, 1_234.567891e6);
        vm.warp(T0 + 2 days);
        withdraw(user, uWeth, 1.23456 ether);
        vm.snapshotGasLastCall("lend", "withdrawWithDebt");
    }

    function test_gas_repay() public {
        collateral(user, uWeth, 10 ether);
        borrow(user, uUsdc, 2_345.678912e6);
        vm.warp(T0 + 2 days);
        repay(user, uUsdc, 1_234.567891e6);
        vm.snapshotGasLastCall("lend", "repay");
    }

    function test_gas_liquidate() public {
        prepare();
        liquidate(other, user, uUsdc, uWeth, 5_000.123456e6);
        vm.snapshotGasLastCall("lend", "liquidate");
    }

    function test_gas_liquidateForAsset() public {
        prepare();
        ILendControllerTypes.Liquidation memory order = liquidation(user, uUsdc, uWeth, 5_000.123456e6);
        order.asShares = false;
        vm.prank(other);
        controller.liquidate(order);
        vm.snapshotGasLastCall("lend", "liquidateForAsset");
    }

    function test_gas_flashLoan() public {
        PlainBorrower borrower = new PlainBorrower();
        borrower.approve(usdc, address(uUsdc));
        usdc.mint(address(borrower), 1_000e6);
        vm.prank(user);
        uUsdc.flashLoan(IERC3156FlashBorrower(address(borrower)), address(usdc), 123_456.789123e6, "");
        vm.snapshotGasLastCall("lend", "flashLoan");
    }

    function test_gas_transfer() public {
        supply(user, uUsdc, 2_345.678912e6);
        supply(other, uUsdc, 2_345.678912e6);
        vm.prank(user);
        uUsdc.transfer(other, 1e12);
        vm.snapshotGasLastCall("lend", "transfer");
    }

    /// @dev A first liquidation fills the slots that later ones only change: the liquidator's shares, the insurance.
    function prepare() private {
        supply(other, uWeth, 1 ether);
        collateral(user, uWeth, 10 ether);
        borrow(user, uUsdc, 22_000e6);
        collateral(carol, uWeth, 10 ether);
        borrow(carol, uUsdc, 22_000e6);
        setWeth(2_720);
        liquidate(other, carol, uUsdc, uWeth, 5_000e6);
        vm.warp(T0 + 1 days + 1 hours);
    }
}
