// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {TetherToken} from "../mocks/TetherToken.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {LendTest} from "./LendTest.sol";
import {DeployLend} from "./DeployLend.sol";

/// @notice Tokens that do not do what ERC-20 says: each is handled or refused, and the test says which.
contract WeirdTokensTest is LendTest {
    HostileToken private bad;
    IUToken private pool;

    function setUp() public override {
        super.setUp();
        bad = new HostileToken(18);
        pool = newPool(address(bad));
        bad.mint(alice, 1_000 ether);
        bad.mint(bob, 1_000 ether);
        vm.prank(alice);
        bad.approve(address(pool), MAX);
        vm.prank(bob);
        bad.approve(address(pool), MAX);
        supply(alice, pool, 100 ether);
        collateral(bob, uWeth, 100 ether);
        borrow(bob, pool, 10 ether);
    }

    function newPool(address asset) private returns (IUToken) {
        oracle.set(asset, 1e18);
        return addPool(asset, "uBAD", parameters(7_500, 8_000, 5_000), rates(0, 800, 40_000, 7_500), 1_500);
    }

    function pullFails(address from, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IUTokenTypes.PullFailed.selector, address(bad), from, amount));
    }

    function pushFails(address to, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IUTokenTypes.PushFailed.selector, address(bad), to, amount));
    }

    function test_fee_isRefused() public {
        bad.setFee(100);
        bytes memory refused = abi.encodeWithSelector(
            IUTokenTypes.UnexpectedTransfer.selector,
            address(bad),
            10 ether,
            9.9 ether
        );
        vm.expectRevert(refused);
        supply(alice, pool, 10 ether);
        vm.expectRevert(refused);
        repay(bob, pool, 10 ether);
        // Who leaves pays the fee itself.
        withdraw(alice, pool, 10 ether);
        assertEq(pool.totals().cash, 80 ether, "LEND-44 the pool's count is exact");
    }

    /// @dev Out of the pool the borrower bears the fee; on the way back the pool would.
    function test_fee_flashLoanIsRefused() public {
        LendActor actor = newActor();
        bad.mint(address(actor), 100 ether);
        actor.execute(address(bad), abi.encodeCall(bad.approve, (address(pool), MAX)));
        bad.setFee(100);
        vm.expectRevert(
            abi.encodeWithSelector(
                IUTokenTypes.UnexpectedTransfer.selector,
                address(bad),
                90.008 ether,
                80 ether + 9.90792 ether
            )
        );
        pool.flashLoan(actor, address(bad), 10 ether, "");
        bad.setFee(0);
        pool.flashLoan(actor, address(bad), 10 ether, "");
        assertEq(bad.balanceOf(address(pool)), 90.008 ether, "LEND-44 back with its fee");
        assertEq(pool.totals().cash, 90.008 ether, "LEND-44 the pool's count is exact");
    }

    function test_noReturn_isHandled() public {
        bad.setModes(HostileToken.Mode.NoReturn, HostileToken.Mode.NoReturn);
        supply(alice, pool, 10 ether);
        withdraw(alice, pool, 10 ether);
        repay(bob, pool, 5 ether);
        borrow(bob, pool, 1 ether);
        checkSolvent(pool, "LEND-44 solvent");
    }

    function test_tether_isHandled() public {
        TetherToken tether = new TetherToken();
        IUToken other = newPool(address(tether));
        tether.mint(alice, 1_000e6);
        vm.prank(alice);
        tether.approve(address(other), 500e6);
        supply(alice, other, 500e6);
        withdraw(alice, other, 500e6);
        assertEq(tether.balanceOf(alice), 1_000e6, "LEND-44 all back");
    }

    function test_false_isRefused() public {
        bad.setModes(HostileToken.Mode.FalseUnmoved, HostileToken.Mode.FalseUnmoved);
        pullFails(alice, 1 ether);
        supply(alice, pool, 1 ether);
        pushFails(alice, 1 ether);
        withdraw(alice, pool, 1 ether);
        bad.setModes(HostileToken.Mode.FalseMoved, HostileToken.Mode.FalseMoved);
        pullFails(alice, 1 ether);
        supply(alice, pool, 1 ether);
        pushFails(alice, 1 ether);
        withdraw(alice, pool, 1 ether);
    }

    function test_trueWithoutMoving_isRefused() public {
        bad.setModes(HostileToken.Mode.Honest, HostileToken.Mode.TrueUnmoved);
        vm.expectRevert(abi.encodeWithSelector(IUTokenTypes.UnexpectedTransfer.selector, address(bad), 1 ether, 0));
        supply(alice, pool, 1 ether);
    }

    function test_blocked_canLeaveByAnotherAddress() public {
        bad.setBlocked(alice, true);
        pushFails(alice, 10 ether);
        withdraw(alice, pool, 10 ether);
        vm.prank(alice);
        pool.withdraw(10 ether, carol, alice);
        assertEq(bad.balanceOf(carol), 10 ether, "LEND-44 paid to another address");
        // Others repay for who is blocked.
        bad.setBlocked(bob, true);
        bad.mint(dave, 100 ether);
        vm.startPrank(dave);
        bad.approve(address(pool), MAX);
        pool.repay(MAX, bob);
        vm.stopPrank();
        assertEq(pool.debtOf(bob), 0, "LEND-44 repaid by another");
    }

    function test_paused_stopsItsPoolOnly() public {
        bad.setPaused(true);
        pullFails(alice, 1 ether);
        supply(alice, pool, 1 ether);
        supply(alice, uUsdc, 1e6);
        withdraw(bob, uWeth, 1 ether);
    }

    function test_revertAndReturnBombs_areContained() public {
        bad.setModes(HostileToken.Mode.Reverts, HostileToken.Mode.Reverts);
        pullFails(alice, 1 ether);
        supply(alice, pool, 1 ether);
        bad.setModes(HostileToken.Mode.RevertBomb, HostileToken.Mode.RevertBomb);
        pullFails(alice, 1 ether);
        supply(alice, pool, 1 ether);
        bad.setModes(HostileToken.Mode.ReturnBomb, HostileToken.Mode.ReturnBomb);
        supply(alice, pool, 1 ether);
        withdraw(alice, pool, 1 ether);
    }

    /// @dev Known limit 1: what a balance gains is nobody's, what it loses is missed by the last to leave, by a named error.
    function test_knownLimit_rebasing() public {
        uint256 price = sharePrice(pool);
        bad.rebase(1.1e18);
        assertEq(sharePrice(pool), price, "LEND-44 a gain moves nothing");
        bad.rebase(0.5e18);
        assertEq(sharePrice(pool), price, "LEND-44 nor does a loss");
        withdraw(alice, pool, 40 ether);
        pushFails(alice, 50 ether);
        withdraw(alice, pool, 50 ether);
    }

    function test_hooks_areHarmless() public {
        LendActor actor = new LendActor();
        bad.mint(address(actor), 10 ether);
        bad.setHooked(address(actor), true);
        actor.execute(address(bad), abi.encodeCall(bad.approve, (address(pool), MAX)));
        actor.execute(address(pool), abi.encodeCall(pool.deposit, (10 ether, address(actor))));
        actor.execute(address(pool), abi.encodeCall(pool.withdraw, (10 ether, address(actor), address(actor))));
        assertEq(actor.callbacks(), 2, "LEND-44 told twice");
        assertEq(bad.balanceOf(address(actor)), 10 ether, "LEND-44 all back");
    }

    function test_decimals_above18AreRefused() public {
        HostileToken token = new HostileToken(19);
        expectError(IUTokenTypes.UnsupportedToken.selector, address(token));
        this.deploy(address(token));
    }

    function deploy(address token) external returns (IUToken) {
        return DeployLend.pool(address(manager), address(controller), token, 9, "uBAD", hooks);
    }

    function testFuzz_decimals(uint8 decimals, uint256 amount, uint256 time) public {
        decimals = uint8(bound(decimals, 0, 18));
        HostileToken token = new HostileToken(decimals);
        IUToken other = newPool(address(token));
        amount = bound(amount, 10, 1e9 * 10 ** uint256(decimals));
        token.mint(carol, amount);
        vm.prank(carol);
        token.approve(address(other), MAX);
        supply(carol, other, amount);
        collateral(dave, uWeth, 900_000 ether);
        borrow(dave, other, amount / 2);
        vm.warp(T0 + bound(time, 0, 365 days));
        uint256 owed = other.debtOf(dave);
        token.mint(dave, owed);
        vm.prank(dave);
        token.approve(address(other), MAX);
        repay(dave, other, MAX);
        uint256 back = redeemAll(carol, other);
        assertGe(back, amount, "LEND-44 nothing is lost");
        assertLe(back, amount + owed - amount / 2, "INV-LEND-02 nor made of nothing");
    }
}
