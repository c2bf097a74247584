// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {LendTest} from "./LendTest.sol";

/// @notice A token that calls its senders and receivers, and an account that then tries this pool and the others.
contract LendReentrancyTest is LendTest {
    HostileToken private bad;
    IUToken private uBad;
    LendActor private actor;

    function setUp() public override {
        super.setUp();
        bad = new HostileToken(18);
        oracle.set(address(bad), 1_000e18);
        uBad = addPool(address(bad), "uBAD", parameters(7_500, 8_000, 5_000), rates(0, 800, 40_000, 7_500), 1_500);
        actor = newActor();
        supply(alice, uUsdc, 1_000_000e6);
        supply(alice, uWeth, 1_000 ether);
        bad.mint(alice, 1_000 ether);
        bad.mint(address(actor), 1_000 ether);
        vm.startPrank(alice);
        bad.approve(address(uBad), MAX);
        uBad.deposit(100 ether, alice);
        vm.stopPrank();
        run(address(bad), abi.encodeCall(bad.approve, (address(uBad), MAX)));
        run(address(uBad), abi.encodeCall(uBad.deposit, (100 ether, address(actor))));
        run(address(uBad), abi.encodeCall(uBad.setCollateral, (true)));
        run(address(uUsdc), abi.encodeCall(uUsdc.borrow, (1_000e6, address(actor), address(actor))));
        run(address(uBad), abi.encodeCall(uBad.borrow, (1 ether, address(actor), address(actor))));
        // Health at the collateral factor below 1 for somebody, so that a liquidation fails by the lock and by nothing else.
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, 22_000e6);
        setWeth(2_700);
        bad.setHooked(address(actor), true);
    }

    function run(address target, bytes memory data) private {
        actor.execute(target, data);
    }

    /// @dev Everything in this pool, and everything elsewhere that looks at the actor's account.
    function programAll() private returns (uint256 count) {
        address me = address(actor);
        bytes[] memory nested = new bytes[](1);
        nested[0] = abi.encodeCall(uBad.accrue, ());
        bytes[18] memory here = [
            abi.encodeCall(uBad.deposit, (1, me)),
            abi.encodeCall(uBad.mint, (1, me)),
            abi.encodeCall(uBad.withdraw, (1, me, me)),
            abi.encodeCall(uBad.redeem, (1e6, me, me)),
            abi.encodeCall(uBad.borrow, (1, me, me)),
            abi.encodeCall(uBad.borrowShares, (1, me, me)),
            abi.encodeCall(uBad.repay, (1, me)),
            abi.encodeCall(uBad.repayShares, (1, me)),
            abi.encodeCall(uBad.flashLoan, (actor, address(bad), 1, "")),
            abi.encodeCall(uBad.transfer, (bob, 1)),
            abi.encodeCall(uBad.accrue, ()),
            abi.encodeCall(uBad.setCollateral, (false)),
            abi.encodeCall(uBad.multicall, (nested)),
            abi.encodeCall(uBad.sweepReserve, ()),
            abi.encodeCall(uBad.fundInsurance, (1)),
            abi.encodeCall(uBad.totalAssets, ()),
            abi.encodeCall(uBad.convertToAssets, (1e18)),
            abi.encodeCall(uBad.maxWithdraw, (me))
        ];
        for (uint256 i; i < here.length; ++i) actor.program(address(uBad), here[i]);
        actor.program(address(uUsdc), abi.encodeCall(uUsdc.borrow, (1, me, me)));
        actor.program(address(uWeth), abi.encodeCall(uWeth.borrow, (1, me, me)));
        actor.program(address(controller), abi.encodeCall(controller.healthOf, (me)));
        actor.program(address(controller), abi.encodeCall(controller.liquidate, (liquidation(bob, uBad, uWeth, 1))));
        return here.length + 4;
    }

    function checkAllRefused(uint256 count) private view {
        LendActor.Attempt[] memory attempts = actor.attempts();
        assertGe(attempts.length, count, "INV-LEND-18 all were tried");
        for (uint256 i; i < attempts.length; ++i) {
            assertTrue(!attempts[i].success, "INV-LEND-18 refused");
            assertEq(
                bytes32(bytes4(attempts[i].result)),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-LEND-18 by the lock, not by chance"
            );
        }
    }

    function test_whileSupplying() public {
        uint256 count = programAll();
        run(address(uBad), abi.encodeCall(uBad.deposit, (10 ether, address(actor))));
        checkAllRefused(count);
        assertEq(uBad.previewRedeem(uBad.balanceOf(address(actor))), 110 ether, "INV-LEND-18 the outer call stands");
    }

    function test_whileWithdrawing() public {
        uint256 count = programAll();
        run(address(uBad), abi.encodeCall(uBad.withdraw, (10 ether, address(actor), address(actor))));
        checkAllRefused(count);
    }

    function test_whileBorrowing() public {
        uint256 count = programAll();
        run(address(uBad), abi.encodeCall(uBad.borrow, (1 ether, address(actor), address(actor))));
        checkAllRefused(count);
        assertEq(uBad.debtOf(address(actor)), 2 ether, "INV-LEND-18 once");
    }

    function test_whileRepaying() public {
        uint256 count = programAll();
        run(address(uBad), abi.encodeCall(uBad.repay, (0.5 ether, address(actor))));
        checkAllRefused(count);
    }

    function test_whileFundingTheInsurance() public {
        uint256 count = programAll();
        run(address(uBad), abi.encodeCall(uBad.fundInsurance, (1 ether)));
        checkAllRefused(count);
    }

    /// @dev The controller's lock and the debt pool's stand through a liquidation; the collateral pool's through its payout.
    function test_whileLiquidating() public {
        // Carol is ill, with collateral in the hostile token.
        bad.mint(carol, 100 ether);
        vm.startPrank(carol);
        bad.approve(address(uBad), MAX);
        uBad.deposit(10 ether, carol);
        uBad.setCollateral(true);
        uUsdc.borrow(7_000e6, carol, carol);
        vm.stopPrank();
        oracle.set(address(bad), 860e18);
        ILendControllerTypes.Liquidation memory order = liquidation(carol, uUsdc, uBad, 1_000e6);
        (order.asShares, order.data) = (false, "x");
        // While the collateral is paid out: 18 calls to its pool, and the account's in others.
        uint256 count = programAll();
        actor.program(address(uUsdc), abi.encodeCall(uUsdc.deposit, (1, address(actor))));
        actor.program(address(uUsdc), abi.encodeCall(uUsdc.totalAssets, ()));
        bytes memory nested = abi.encodeCall(controller.liquidate, (liquidation(bob, uUsdc, uWeth, 1_000e6)));
        actor.program(address(controller), nested);
        actor.setMustSucceed(false);
        run(address(controller), abi.encodeCall(controller.liquidate, (order)));
        assertGe(actor.callbacks(), 2, "INV-LEND-18 at the payout and in the callback");
        LendActor.Attempt[] memory attempts = actor.attempts();
        for (uint256 i; i < count + 3; ++i) {
            assertEq(
                bytes32(bytes4(attempts[i].result)),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-LEND-18 while paid out"
            );
        }
        // In the callback the collateral's pool is open again: all that happened there is written.
        for (uint256 i = count + 3; i < attempts.length; ++i) {
            uint256 call_ = i - count - 3;
            if (call_ < 18) continue;
            assertTrue(!attempts[i].success, "INV-LEND-18 debt pool and controller are locked");
        }
        checkSolvent(uBad, "INV-LEND-01 solvent");
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
    }

    /// @dev What is not of this pool and not of this account goes on: a lock is no denial of service.
    function test_othersGoOn() public {
        actor.program(address(uWeth), abi.encodeCall(uWeth.deposit, (1 ether, address(actor))));
        actor.program(address(uUsdc), abi.encodeCall(uUsdc.repay, (1e6, address(actor))));
        run(address(uBad), abi.encodeCall(uBad.deposit, (10 ether, address(actor))));
        LendActor.Attempt[] memory attempts = actor.attempts();
        assertTrue(attempts[0].success, "INV-LEND-18 supply elsewhere");
        assertTrue(attempts[1].success, "INV-LEND-18 repay elsewhere");
    }
}
