// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IFlashLiquidator} from "../../contracts/periphery/interfaces/IFlashLiquidator.sol";
import {LendPeripheryTest} from "./LendPeripheryTest.sol";

/// @notice What a flash liquidation brings, to the unit, and when it refuses.
contract FlashLiquidatorTest is LendPeripheryTest {
    /// @dev 2 WETH and 60 % of the bonus on them, for 5,440 USDC at 2,720.
    uint256 private constant SEIZED = 2.076595744680851062 ether;
    /// @dev SEIZED at 2,700, less 6 bps, less 5,440.
    uint256 private constant PROFIT = 163.444425e6;

    // --------------------------------------------------------------------------------------------------- the profit

    function test_liquidate_profitIsExact() public {
        openUnhealthy();
        uint256 id = bidForWeth(2_700);
        (uint256 received, uint256 cost) = bought(id, SEIZED);
        assertEq(received, 5_440e6 + PROFIT, "FLQ-01 what the seized WETH sells for");
        uint256 wethOfDave = weth.balanceOf(dave);
        uint256 owed = uUsdc.debtOf(bob);

        IFlashLiquidator.Outcome memory outcome = run(jobFor(id));

        assertEq(outcome.repaid, 5_440e6, "FLQ-01 repaid");
        assertEq(outcome.seized, SEIZED, "FLQ-01 seized");
        assertEq(outcome.own, 0, "FLQ-01 nothing of its own");
        assertEq(outcome.profit, PROFIT, "FLQ-01 profit");
        assertEq(usdc.balanceOf(keeper), PROFIT, "FLQ-01 the keeper has it");
        assertEq(weth.balanceOf(keeper), SEIZED - cost, "FLQ-01 and the WETH that is worth less than a unit of USDC");
        assertLe(SEIZED - cost, uint256(1 ether) / 2_700e6, "FLQ-01 no more of it");
        assertEq(weth.balanceOf(dave) - wethOfDave, cost, "FLQ-01 the maker has the rest");
        assertEq(owed - uUsdc.debtOf(bob), 5_440e6, "FLQ-01 Bob owes less");
        assertNothingStays();
        checkSolvent(uUsdc, "USDC solvent");
        checkSolvent(uWeth, "WETH solvent");
    }

    function test_liquidate_tells() public {
        openUnhealthy();
        uint256 id = bidForWeth(2_700);
        vm.expectEmit(address(liquidator));
        emit IFlashLiquidator.FlashLiquidated(bob, keeper, alice, 5_440e6, SEIZED, 0, address(usdc), PROFIT);
        IFlashLiquidator.Job memory it = jobFor(id);
        it.recipient = alice;
        run(it);
    }

    function test_liquidate_sendsToTheRecipient() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        it.recipient = address(0x9EC);
        run(it);
        assertEq(usdc.balanceOf(address(0x9EC)), PROFIT, "FLQ-01 the recipient's");
        assertEq(usdc.balanceOf(keeper), 0, "FLQ-01 not the keeper's");
        assertEq(weth.balanceOf(keeper), 0, "FLQ-01 in no token");
        assertNothingStays();
    }

    function test_liquidate_keepsTheProfitInTheCollateral() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        // 5,440 / 0.9994, rounded up: just enough.
        it.legs[0].takeAmount = 5_443.265960e6;
        it.profitToken = address(weth);
        it.minProfit = 0.0605 ether;
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(weth.balanceOf(keeper), outcome.profit, "FLQ-02 profit in WETH");
        // 5,443.26596 / 2,700
        assertLe(outcome.profit, SEIZED - 2.016024429 ether, "FLQ-02 what was not sold");
        assertGe(outcome.profit, SEIZED - 2.016024430 ether, "FLQ-02 to the last digits");
        assertLe(usdc.balanceOf(keeper), 1, "FLQ-02 USDC was bought to the unit");
        assertNothingStays();
    }

    function test_liquidate_revertsBelowTheLeastProfit() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        it.minProfit = PROFIT + 1;
        expectTooSmall(address(usdc), PROFIT, 0, PROFIT + 1);
        run(it);
        it.minProfit = PROFIT;
        run(it);
        assertEq(usdc.balanceOf(keeper), PROFIT, "FLQ-02 exactly the least");
    }

    function test_liquidate_revertsBelowTheLeastProfitInATokenItDoesNotEarn() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        it.profitToken = address(sbtc);
        it.minProfit = 1;
        expectTooSmall(address(sbtc), 0, 0, 1);
        run(it);
    }

    function test_liquidate_revertsWhenTheTradesBringTooLittle() public {
        openUnhealthy();
        // SEIZED at 2,600 are 5,395.909392 after fees.
        uint256 id = bidForWeth(2_600);
        (uint256 received, ) = bought(id, SEIZED);
        expectShort(5_440e6, received, 0);
        run(jobFor(id));
        // And without any trade.
        expectShort(5_440e6, 0, 0);
        run(job());
        assertEq(uUsdc.debtOf(bob), 22_000e6, "FLQ-03 no debt was repaid");
        assertEq(held(address(weth), address(liquidator)), 0, "FLQ-03 nothing was seized");
    }

    // ---------------------------------------------------------------------------------------------------- own money

    function test_own_addsWhatIsMissingAndNoMore() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = job();
        usdc.mint(keeper, 10_000e6);
        vm.prank(keeper);
        usdc.approve(address(liquidator), MAX);
        it.profitToken = address(weth);
        it.minProfit = SEIZED;
        it.maxOwn = 5_440e6 - 1;
        expectShort(5_440e6, 0, 5_440e6 - 1);
        run(it);
        it.maxOwn = 10_000e6;
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.own, 5_440e6, "FLQ-04 what was missing");
        assertEq(outcome.profit, SEIZED, "FLQ-04 all that was seized");
        assertEq(usdc.balanceOf(keeper), 10_000e6 - 5_440e6, "FLQ-04 paid by the keeper");
        assertEq(weth.balanceOf(keeper), SEIZED, "FLQ-04 who has the WETH");
        assertNothingStays();
        // Nothing of one call is left for the next.
        setWeth(2_600);
        outcome = run(jobFor(bidForWeth(2_700)));
        assertEq(outcome.own, 0, "FLQ-04 nothing of its own now");
    }

    function test_own_fillsUpWhatTheOrdersLack() public {
        openUnhealthy();
        // 4,000 USDC are bid for.
        uint256 id = makeOrder(dave, address(usdc), 4_000e6, 2_700e6, address(weth), 1 ether);
        usdc.mint(keeper, 2_000e6);
        vm.prank(keeper);
        usdc.approve(address(liquidator), 2_000e6);
        IFlashLiquidator.Job memory it = jobFor(id);
        it.maxOwn = 2_000e6;
        it.profitToken = address(weth);
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.own, 5_440e6 - (4_000e6 - 2.4e6), "FLQ-04 the rest of the repayment");
        assertEq(usdc.balanceOf(keeper), 2_000e6 - outcome.own, "FLQ-04 from the keeper");
        assertEq(weth.balanceOf(keeper), outcome.profit, "FLQ-04 and the unsold WETH to it");
        assertNothingStays();
    }

    function test_own_isNoProfit() public {
        openUnhealthy();
        usdc.mint(keeper, 10_000e6);
        vm.prank(keeper);
        usdc.approve(address(liquidator), MAX);
        IFlashLiquidator.Job memory it = job();
        it.maxOwn = MAX;
        expectTooSmall(address(usdc), 0, 5_440e6, 0);
        run(it);
    }

    /// @dev Whoever else has approved this contract pays for nobody.
    function test_own_isTheCallersOnly() public {
        openUnhealthy();
        vm.prank(alice);
        usdc.approve(address(liquidator), MAX);
        uint256 had = usdc.balanceOf(alice);
        IFlashLiquidator.Job memory it = job();
        it.maxOwn = MAX;
        it.recipient = alice;
        it.profitToken = address(weth);
        vm.expectRevert(bytes4(keccak256("TransferFromFailed()")));
        run(it);
        assertEq(usdc.balanceOf(alice), had, "FLQ-04 Alice pays nothing");
    }

    // ---------------------------------------------------------------------------------------------------- the trades

    function test_legs_throughAThirdToken() public {
        openUnhealthy();
        // WETH for sBTC, and sBTC for USDC.
        uint256 first = makeOrder(dave, address(sbtc), 100e8, 0.027e8, address(weth), 1 ether);
        uint256 second = bidFor(address(sbtc), 1e8, 100_000);
        (uint256 btc, ) = bought(first, SEIZED);
        (uint256 received, ) = bought(second, btc);
        IFlashLiquidator.Outcome memory outcome = run(
            withLegs(job(), leg(address(sbtc), address(weth), first), leg(address(usdc), address(sbtc), second))
        );
        assertEq(outcome.profit, received - 5_440e6, "FLQ-05 what both trades leave");
        assertEq(usdc.balanceOf(keeper), outcome.profit, "FLQ-05 for the keeper");
        assertNothingStays();
    }

    function test_legs_overManyOrdersPassingOverWhatIsGone() public {
        openUnhealthy();
        uint256 best = makeOrder(dave, address(usdc), 2_710e6, 2_710e6, address(weth), 1 ether);
        uint256 gone = makeOrder(dave, address(usdc), 2_705e6, 2_705e6, address(weth), 1 ether);
        uint256 last = bidForWeth(2_700);
        vm.prank(dave);
        book.cancel(gone);
        IFlashLiquidator.Job memory it = jobFor(best);
        it.legs[0].ids = new uint256[](3);
        (it.legs[0].ids[0], it.legs[0].ids[1], it.legs[0].ids[2]) = (best, gone, last);
        (uint256 rest, ) = bought(last, SEIZED - 1 ether);
        IFlashLiquidator.Outcome memory outcome = run(it);
        // The fee is of each order: 1.626 on the first.
        assertGe(outcome.profit + 1, 2_710e6 - 1.626e6 + rest - 5_440e6, "FLQ-05 both orders");
        assertLe(outcome.profit, 2_710e6 - 1.626e6 + rest - 5_440e6 + 1, "FLQ-05 and no more");
        assertNothingStays();
    }

    function test_legs_keepTheirLimits() public {
        openUnhealthy();
        uint256 id = bidForWeth(2_700);
        IFlashLiquidator.Job memory it = jobFor(id);
        it.legs[0].minReceive = 5_440e6 + PROFIT + 1;
        vm.expectRevert(
            abi.encodeWithSelector(IOrderTypes.ReceivedTooLittle.selector, 5_440e6 + PROFIT, 5_440e6 + PROFIT + 1)
        );
        run(it);
        it.legs[0].minReceive = 5_440e6 + PROFIT;
        run(it);
        setWeth(2_600);
        vm.prank(dave);
        book.cancel(id);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.ReceivedTooLittle.selector, 0, 5_440e6 + PROFIT));
        run(it);
    }

    /// @dev A second trade of what the first one sold finds nothing to pay with, and brings nothing.
    function test_legs_payNoMoreThanTheCallHolds() public {
        openUnhealthy();
        weth.mint(address(liquidator), 1 ether);
        uint256 id = bidForWeth(2_700);
        IFlashLiquidator.Job memory it = withLegs(
            job(),
            leg(address(usdc), address(weth), id),
            leg(address(usdc), address(weth), id)
        );
        assertEq(run(it).profit, PROFIT, "FLQ-05 as of one trade");
        setWeth(2_600);
        it.legs[1].minReceive = 1e6;
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.ReceivedTooLittle.selector, 0, 1e6));
        run(it);
        assertEq(weth.balanceOf(address(liquidator)), 1 ether, "FLQ-09 what lay here is not sold");
    }

    function test_legs_ofPrivateOrders() public {
        openUnhealthy();
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = IOrderTypes.NewOrder({
            maker: dave,
            sellToken: address(usdc),
            buyToken: address(weth),
            sellAmount: 10_000e6,
            price: book.order(bidForWeth(2_700), dave).price,
            expiry: NEVER,
            terms: 0,
            privateTaker: address(liquidator),
            releaseStart: 0,
            releaseEnd: 0
        });
        vm.prank(dave);
        uint256 id = book.createMany(orders)[0];
        assertEq(run(jobFor(id)).profit, PROFIT, "FLQ-05 this contract is the taker");
    }

    /// @dev What was bought and not needed is the recipient's too.
    function test_liquidate_repaysLessThanPlanned() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        it.maxRepay = MAX;
        uint256 most = controller.previewLiquidation(bob, 0, 1, MAX).repaid;
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.repaid, most, "FLQ-01 up to the target health");
        assertEq(usdc.balanceOf(keeper), outcome.profit, "FLQ-01 profit");
        assertNothingStays();
        vm.expectRevert(abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, health(bob)));
        run(it);
    }

    // ------------------------------------------------------------------------------------------------------- shares

    function test_shares_redeemedAreTheAsset() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        (it.asShares, it.redeemShares) = (true, MAX);
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.seized, SEIZED * 1e6, "FLQ-06 shares");
        assertEq(outcome.profit, PROFIT, "FLQ-06 the same profit");
        assertEq(uWeth.balanceOf(keeper), 0, "FLQ-06 no shares are left");
        assertNothingStays();
    }

    function test_shares_areRedeemedAsFarAsCashServes() public {
        illiquid();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        vm.expectRevert(abi.encodeWithSelector(IUTokenTypes.InsufficientCash.selector, SEIZED, 1 ether));
        run(it);
        (it.asShares, it.redeemShares, it.maxOwn) = (true, MAX, MAX);
        it.profitToken = address(uWeth);
        usdc.mint(keeper, 5_440e6);
        vm.prank(keeper);
        usdc.approve(address(liquidator), MAX);
        (uint256 received, ) = bought(it.legs[0].ids[0], 1 ether);
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.own, 5_440e6 - received, "FLQ-06 the cash was sold, the keeper added the rest");
        assertEq(outcome.profit, (SEIZED - 1 ether) * 1e6, "FLQ-06 the other shares are the profit");
        assertEq(uWeth.balanceOf(keeper), outcome.profit, "FLQ-06 and the keeper's");
        assertNothingStays();
    }

    function test_shares_areSoldThemselves() public {
        illiquid();
        // Dave buys uWETH at 2,700 USDC for what 1 WETH is worth.
        uint256 id = makeOrder(dave, address(usdc), 100_000e6, 2_700e6, address(uWeth), 1e24);
        IFlashLiquidator.Job memory it = withLeg(job(), leg(address(usdc), address(uWeth), id));
        it.asShares = true;
        uint256 shares = uWeth.balanceOf(dave);
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.profit, PROFIT, "FLQ-06 as for the asset");
        assertGe(uWeth.balanceOf(dave) - shares, SEIZED * 1e6 - 1e15, "FLQ-06 Dave has the shares");
        assertNothingStays();
    }

    function test_shares_someAreRedeemed() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        (it.asShares, it.redeemShares) = (true, 2.05 ether * 1e6);
        IFlashLiquidator.Outcome memory outcome = run(it);
        (uint256 received, ) = bought(it.legs[0].ids[0], 2.05 ether);
        assertEq(outcome.profit, received - 5_440e6, "FLQ-06 2.05 WETH were sold");
        assertEq(uWeth.balanceOf(keeper), (SEIZED - 2.05 ether) * 1e6, "FLQ-06 the other shares are kept");
        assertNothingStays();
    }

    // --------------------------------------------------------------------------------------------------- same asset

    function test_sameAsset_needsNoTrade() public {
        openBoth();
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 0, 1_000e6);
        IFlashLiquidator.Job memory it = job();
        (it.collateralId, it.maxRepay) = (0, 1_000e6);
        // 60 % of 3.73 %.
        it.minProfit = 22.4e6;
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.repaid, 1_000e6, "FLQ-07 repaid");
        assertEq(outcome.profit, p.assets - 1_000e6, "FLQ-07 the bonus");
        assertEq(usdc.balanceOf(keeper), p.assets - 1_000e6, "FLQ-07 is the keeper's");
        assertNothingStays();
        checkSolvent(uUsdc, "solvent");
    }

    /// @dev The pool is locked until it is paid: its shares are no money yet.
    function test_sameAsset_sharesNeedOwnMoney() public {
        openBoth();
        IFlashLiquidator.Job memory it = job();
        (it.collateralId, it.maxRepay, it.asShares) = (0, 1_000e6, true);
        it.profitToken = address(uUsdc);
        expectShort(1_000e6, 0, 0);
        run(it);
        it.redeemShares = MAX;
        vm.expectRevert(bytes4(keccak256("Reentrancy()")));
        run(it);
        (it.redeemShares, it.maxOwn) = (0, 1_000e6);
        usdc.mint(keeper, 1_000e6);
        vm.prank(keeper);
        usdc.approve(address(liquidator), MAX);
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(uUsdc.balanceOf(keeper), outcome.seized, "FLQ-07 the shares are the keeper's");
        assertEq(outcome.profit, outcome.seized, "FLQ-07 and the profit");
        assertNothingStays();
    }

    // ----------------------------------------------------------------------------------------------------- bad debt

    function test_badDebt_isLiquidatedWithProfit() public {
        openPosition(22_000e6);
        setWeth(1_500);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        assertTrue(p.strikesOff, "FLQ-08 less collateral than debt");
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(1_500));
        it.maxRepay = MAX;
        (uint256 received, ) = bought(it.legs[0].ids[0], 10 ether);
        uint256 supplied = uUsdc.totalAssets();
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.repaid, p.repaid, "FLQ-08 repaid what the collateral is worth");
        assertEq(outcome.seized, 10 ether, "FLQ-08 all of it");
        assertEq(outcome.profit, received - p.repaid, "FLQ-08 60 % of the bonus, less the fee");
        assertEq(uUsdc.debtOf(bob), 0, "FLQ-08 the rest is struck off");
        assertEq(supplied - uUsdc.totalAssets(), 22_000e6 - p.repaid, "FLQ-08 and the suppliers'");
        assertNothingStays();
    }

    function test_badDebt_ofWorthlessCollateral() public {
        openPosition(22_000e6);
        oracle.set(address(weth), 1);
        IFlashLiquidator.Job memory it = job();
        (it.maxRepay, it.maxOwn) = (MAX, 1);
        (it.profitToken, it.minProfit) = (address(weth), 10 ether);
        usdc.mint(keeper, 1);
        vm.prank(keeper);
        usdc.approve(address(liquidator), 1);
        IFlashLiquidator.Outcome memory outcome = run(it);
        assertEq(outcome.own, 1, "FLQ-08 for one unit");
        assertEq(weth.balanceOf(keeper), 10 ether, "FLQ-08 all of the collateral");
        assertEq(uUsdc.debtOf(bob), 0, "FLQ-08 and the debt is gone");
        assertNothingStays();
    }

    // ---------------------------------------------------------------------------------------------------- bad input

    function test_liquidate_revertsAfterItsDeadline() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        it.deadline = T0 - 1;
        expectError(IFlashLiquidator.DeadlinePassed.selector, T0 - 1);
        run(it);
        assertEq(uUsdc.debtOf(bob), 22_000e6, "FLQ-14 too late");
        it.deadline = T0;
        run(it);
        assertEq(uUsdc.debtOf(bob), 16_560e6, "FLQ-14 in its last second");
    }

    function test_liquidate_revertsForARecipientThatWouldKeepIt() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        it.recipient = address(liquidator);
        expectError(IFlashLiquidator.InvalidRecipient.selector, address(liquidator));
        run(it);
        it.recipient = address(book);
        expectError(IFlashLiquidator.InvalidRecipient.selector, address(book));
        run(it);
    }

    function test_liquidate_revertsForUnknownPools() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = job();
        it.debtId = 3;
        expectError(ILendControllerTypes.UnknownId.selector, 3);
        run(it);
        (it.debtId, it.collateralId) = (0, 64);
        expectError(ILendControllerTypes.UnknownId.selector, 64);
        run(it);
    }

    function test_liquidate_revertsAsTheControllerDoes() public {
        openPosition(22_000e6);
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        vm.expectRevert(
            abi.encodeWithSelector(ILendControllerTypes.AccountHealthy.selector, bob, 1.090909090909090909e18)
        );
        run(it);
        setWeth(2_720);
        setQuality(address(weth), IPriceOracle.Quality.Halted);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILendControllerTypes.PriceNotFresh.selector,
                address(weth),
                IPriceOracle.Quality.Halted
            )
        );
        run(it);
        oracle.setQuote(address(weth), 2_720e18, 2_720e18, IPriceOracle.Quality.Fresh, T0 + 1);
        expectError(ILendControllerTypes.LiquidationTooEarly.selector, T0 + 1);
        run(it);
    }

    /// @dev An account of this contract itself cannot come about by its own doing, and would be refused.
    function test_liquidate_refusesItself() public {
        openUnhealthy();
        IFlashLiquidator.Job memory it = job();
        it.borrower = address(liquidator);
        vm.expectRevert(ILendControllerTypes.SelfLiquidation.selector);
        run(it);
    }

    // --------------------------------------------------------------------------------------------------------- fuzz

    /// @dev Whatever the prices and amounts: it pays what it says or reverts, and every unit of USDC is somewhere.
    function testFuzz_liquidate_conserves(uint256 price, uint256 bid, uint256 part, uint256 least, bool shares) public {
        openPosition(22_000e6);
        oracle.set(address(weth), bound(price, 1_000e18, 2_749e18));
        uint256 id = makeOrder(dave, address(usdc), 1_000_000e6, bound(bid, 900e6, 3_000e6), address(weth), 1 ether);
        IFlashLiquidator.Job memory it = jobFor(id);
        it.maxRepay = bound(part, 1, 25_000e6);
        it.minProfit = bound(least, 0, 300e6);
        if (shares) (it.asShares, it.redeemShares) = (true, MAX);
        uint256 total = usdcOfAll();

        vm.prank(keeper);
        try liquidator.liquidate(it) returns (IFlashLiquidator.Outcome memory outcome) {
            assertGe(outcome.profit, it.minProfit, "FLQ-01 at least the least");
            assertEq(usdc.balanceOf(keeper), outcome.profit, "FLQ-01 the profit arrived");
            assertLe(outcome.repaid, it.maxRepay, "FLQ-01 no more repaid than asked");
        } catch {
            assertEq(usdc.balanceOf(keeper), 0, "FLQ-01 nothing happened");
            assertEq(uUsdc.debtOf(bob), 22_000e6, "FLQ-01 to nobody");
        }
        assertEq(usdcOfAll(), total, "FLQ-01 every unit is somewhere");
        assertNothingStays();
        checkSolvent(uUsdc, "USDC solvent");
        checkSolvent(uWeth, "WETH solvent");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    /// @dev Bob, with one WETH of cash left in its pool.
    function illiquid() private {
        openPosition(22_000e6);
        collateral(dave, uUsdc, 10_000_000e6);
        borrow(dave, uWeth, 1_009 ether);
        setWeth(2_720);
    }

    /// @dev Bob owes 28,000 USDC on 10,000 USDC and 10 WETH: health 0.97.
    function openBoth() private {
        openPosition(22_000e6);
        collateral(bob, uUsdc, 10_000e6);
        borrow(bob, uUsdc, 6_000e6);
        setWeth(2_300);
    }

    function bidFor(address token, uint256 unit, uint256 usd) private returns (uint256) {
        return makeOrder(dave, address(usdc), 1_000_000e6, usd * 1e6, token, unit);
    }

    function usdcOfAll() private view returns (uint256) {
        return
            usdc.balanceOf(address(uUsdc)) +
            usdc.balanceOf(address(book)) +
            usdc.balanceOf(address(liquidator)) +
            usdc.balanceOf(keeper) +
            usdc.balanceOf(dave) +
            usdc.balanceOf(bob);
    }

    function expectTooSmall(address token, uint256 gained, uint256 own, uint256 least) private {
        vm.expectRevert(abi.encodeWithSelector(IFlashLiquidator.ProfitTooSmall.selector, token, gained, own, least));
    }

    function expectShort(uint256 repaid, uint256 has, uint256 maxOwn) private {
        vm.expectRevert(
            abi.encodeWithSelector(IFlashLiquidator.RepaymentShort.selector, address(usdc), repaid, has, maxOwn)
        );
    }
}
