// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {DeployLend} from "./DeployLend.sol";
import {LendTest} from "./LendTest.sol";

/// @notice The most that there can be: 64 assets, an account in all of them. Nothing may outgrow a block.
contract ManyAssetsTest is LendTest {
    uint256 private constant MOST = 64;
    /// @dev A third of a block.
    uint256 private constant LIMIT = 5_000_000;

    IUToken[] private pools;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 3; i < MOST; ++i) {
            pools.push(
                addPool(address(weth), "uX", parameters(7_500, 8_000, 5_000), rates(0, 500, 30_000, 8_000), 1_000)
            );
        }
        supply(alice, uUsdc, 1_000_000e6);
        for (uint256 i; i < pools.length; ++i) {
            vm.startPrank(bob);
            weth.approve(address(pools[i]), MAX);
            pools[i].deposit(0.1 ether, bob);
            pools[i].setCollateral(true);
            vm.stopPrank();
        }
    }

    function test_list_thereIsALimit() public {
        IUToken pool = DeployLend.pool(address(manager), address(controller), address(weth), MOST, "uX", hooks);
        expectError(ILendControllerTypes.OutOfBounds.selector, 65, 64);
        controller.list(address(pool), parameters(0, 0, 5_000));
    }

    function test_gas_ofAnAccountInAll() public {
        uint256 gas_ = gasleft();
        borrow(bob, uUsdc, 13_000e6);
        assertLe(gas_ - gasleft(), LIMIT, "LEND-16 borrowing fits a block");
        gas_ = gasleft();
        withdraw(bob, pools[7], 0.01 ether);
        assertLe(gas_ - gasleft(), LIMIT, "LEND-17 withdrawing fits a block");
        (uint256 bits, uint256 debtBits) = controller.accountBits(bob);
        assertEq(bits, (type(uint64).max >> 3) << 3, "LEND-18 every bit but the first three");
        assertEq(debtBits, 1, "LEND-10 one debt");
        setWeth(2_600);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, pools[60], 100e6);
        order.collateralId = 63;
        vm.prank(carol);
        gas_ = gasleft();
        controller.liquidate(order);
        assertLe(gas_ - gasleft(), LIMIT, "LEND-24 a liquidation fits a block");
    }

    /// @dev The ids at the ends of the bitmaps.
    function test_ids_atTheEnds() public {
        vm.prank(carol);
        weth.approve(address(pools[60]), MAX);
        supply(carol, pools[60], 10 ether);
        borrow(bob, pools[60], 1 ether);
        (, uint256 debtBits) = controller.accountBits(bob);
        assertEq(debtBits, 1 << 63, "LEND-10 the last bit");
        assertEq(controller.healthOf(bob).debt, 3_000e18, "LEND-16 counted");
        vm.startPrank(bob);
        pools[60].repay(MAX, bob);
        pools[60].setCollateral(false);
        vm.stopPrank();
        (uint256 bits, uint256 none) = controller.accountBits(bob);
        assertEq(bits >> 63, 0, "LEND-18 off");
        assertEq(none, 0, "LEND-14 repaid");
    }
}
