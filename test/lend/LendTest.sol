// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {OracleStub} from "../mocks/lend/OracleStub.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Test} from "../support/Test.sol";
import {DeployLend} from "./DeployLend.sol";

/// @notice Three pools (USDC 6, WETH 18, sBTC 8 decimals) with the suite's parameters, an oracle that says what it is told,
/// and funded accounts.
abstract contract LendTest is Test {
    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant MAX = type(uint256).max;
    uint256 internal constant YEAR = 365 days;

    AccessManager internal manager;
    OracleStub internal oracle;
    ILendController internal controller;
    address internal hooks;
    DemoToken internal usdc;
    DemoToken internal weth;
    DemoToken internal sbtc;
    IUToken internal uUsdc;
    IUToken internal uWeth;
    IUToken internal uBtc;
    address internal treasury = address(0x77EA5);
    address internal alice = address(0xA11CE);
    address internal bob = address(0xB0B);
    address internal carol = address(0xCA401);
    address internal dave = address(0xDA7E);

    function setUp() public virtual {
        vm.warp(T0);
        manager = AccessManager(Artifacts.deploy("AccessManager.sol:AccessManager", abi.encode(address(this))));
        oracle = new OracleStub();
        controller = DeployLend.controller(address(manager), address(oracle), treasury);
        hooks = DeployLend.hooks(address(controller));
        usdc = token("USD Coin", "USDC", 6);
        weth = token("Wrapped Ether", "WETH", 18);
        sbtc = token("Synthetic Bitcoin", "sBTC", 8);
        oracle.set(address(usdc), 1e18);
        oracle.set(address(weth), 3_000e18);
        oracle.set(address(sbtc), 100_000e18);
        uUsdc = addPool(address(usdc), "uUSDC", parameters(8_500, 8_800, 5_000), rates(0, 500, 30_000, 8_000), 1_000);
        uWeth = addPool(address(weth), "uWETH", parameters(7_500, 8_000, 5_000), rates(50, 800, 40_000, 7_500), 1_500);
        uBtc = addPool(address(sbtc), "uBTC", parameters(7_000, 7_500, 5_000), rates(100, 1_000, 50_000, 7_000), 2_000);
        fund(alice);
        fund(bob);
        fund(carol);
        fund(dave);
    }

    // ------------------------------------------------------------------------------------------------------ set-up

    function token(string memory name, string memory symbol, uint8 decimals) internal returns (DemoToken) {
        return
            DemoToken(Artifacts.deploy("contracts/demo/DemoToken.sol:DemoToken", abi.encode(name, symbol, decimals)));
    }

    function parameters(
        uint256 collateralFactor,
        uint256 threshold,
        uint256 closeFactor
    ) internal pure returns (ILendControllerTypes.AssetParameters memory) {
        return ILendControllerTypes.AssetParameters(collateralFactor, threshold, closeFactor, false, false);
    }

    function rates(
        uint256 base,
        uint256 slope1,
        uint256 slope2,
        uint256 kink
    ) internal pure returns (IUTokenTypes.RateModel memory) {
        return IUTokenTypes.RateModel(base, slope1, slope2, kink);
    }

    function addPool(
        address asset,
        string memory symbol,
        ILendControllerTypes.AssetParameters memory p,
        IUTokenTypes.RateModel memory model,
        uint256 reserveFactor
    ) internal returns (IUToken pool) {
        uint256 id = controller.assetCount();
        pool = DeployLend.pool(address(manager), address(controller), asset, id, symbol, hooks);
        pool.setRateModel(model);
        pool.setReserveFactor(reserveFactor);
        pool.setCaps(1e9, 1e9);
        pool.setFlashFee(800);
        controller.list(address(pool), p);
    }

    function fund(address account) internal {
        usdc.mint(account, 1e14);
        weth.mint(account, 1e6 ether);
        sbtc.mint(account, 1e13);
        approveAll(account);
    }

    function approveAll(address account) internal {
        vm.startPrank(account);
        usdc.approve(address(uUsdc), MAX);
        weth.approve(address(uWeth), MAX);
        sbtc.approve(address(uBtc), MAX);
        vm.stopPrank();
    }

    function newActor() internal returns (LendActor actor) {
        actor = new LendActor();
        fund(address(actor));
    }

    // ---------------------------------------------------------------------------------------------------- shorthand

    function supply(address who, IUToken pool, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return pool.deposit(assets, who);
    }

    function collateral(address who, IUToken pool, uint256 assets) internal {
        supply(who, pool, assets);
        vm.prank(who);
        pool.setCollateral(true);
    }

    function borrow(address who, IUToken pool, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return pool.borrow(assets, who, who);
    }

    function repay(address who, IUToken pool, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return pool.repay(assets, who);
    }

    function withdraw(address who, IUToken pool, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return pool.withdraw(assets, who, who);
    }

    function liquidation(
        address borrower,
        IUToken debtPool,
        IUToken collateralPool,
        uint256 maxRepay
    ) internal view returns (ILendControllerTypes.Liquidation memory order) {
        order.borrower = borrower;
        (order.debtId, order.collateralId) = (idOf(debtPool), idOf(collateralPool));
        order.maxRepay = maxRepay;
        order.asShares = true;
    }

    function liquidate(
        address who,
        address borrower,
        IUToken debtPool,
        IUToken collateralPool,
        uint256 maxRepay
    ) internal returns (uint256 repaid, uint256 seized) {
        ILendControllerTypes.Liquidation memory order = liquidation(borrower, debtPool, collateralPool, maxRepay);
        vm.prank(who);
        return controller.liquidate(order);
    }

    /// @dev Alice lends USDC and WETH; bob borrows `debt` USDC on 10 WETH (worth 30,000 USD).
    function openPosition(uint256 debt) internal {
        supply(alice, uUsdc, 1_000_000e6);
        supply(alice, uWeth, 1_000 ether);
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, debt);
    }

    /// @dev Without a call, so that a prank or an expected reversion is not spent on it.
    function idOf(IUToken pool) internal view returns (uint256) {
        return
            pool == uUsdc
                ? 0
                : pool == uWeth
                    ? 1
                    : pool == uBtc
                        ? 2
                        : 3;
    }

    function redeemAll(address who, IUToken pool) internal returns (uint256) {
        uint256 shares = pool.balanceOf(who);
        vm.prank(who);
        return pool.redeem(shares, who, who);
    }

    function health(address who) internal view returns (uint256) {
        return controller.healthOf(who).health;
    }

    function setWeth(uint256 usd) internal {
        oracle.set(address(weth), usd * 1e18);
    }

    function setQuality(address asset, IPriceOracle.Quality quality) internal {
        IPriceOracle.Quote memory q = oracle.tryPrice(asset);
        oracle.setQuote(asset, q.low, q.high, quality, 0);
    }

    /// @dev 1e18: assets a share, times 1e6 for the decimals that shares have more.
    function sharePrice(IUToken pool) internal view returns (uint256) {
        IUTokenTypes.Totals memory t = pool.totals();
        return ((pool.totalAssets() + 1) * 1e36) / (t.supplyShares + 1e6);
    }

    /// @dev The pool's balance is at least its cash.
    function checkSolvent(IUToken pool, string memory message) internal view {
        assertGe(IERC20(pool.asset()).balanceOf(address(pool)), pool.totals().cash, message);
    }

    function expectError(bytes4 selector, uint256 a) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a));
    }

    function expectError(bytes4 selector, uint256 a, uint256 b) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a, b));
    }

    function expectError(bytes4 selector, address a) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a));
    }
}
