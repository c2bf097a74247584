// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IFillCallback} from "../../contracts/dex/interfaces/IFillCallback.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {IBatchFlashBorrower} from "../../contracts/lend/interfaces/IBatchFlashBorrower.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {ILiquidationCallback} from "../../contracts/lend/interfaces/ILiquidationCallback.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {PriceMath} from "../../contracts/libraries/PriceMath.sol";
import {IFlashLiquidator} from "../../contracts/periphery/interfaces/IFlashLiquidator.sol";
import {HookToken} from "../mocks/HookToken.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {TetherToken} from "../mocks/TetherToken.sol";
import {LendPeripheryTest} from "./LendPeripheryTest.sol";

/// @notice Who calls back, which tokens are traded, and what they try.
contract FlashLiquidatorHostileTest is LendPeripheryTest {
    uint256 private constant SEIZED = 2.076595744680851062 ether;
    uint256 private constant PROFIT = 163.444425e6;

    // ---------------------------------------------------------------------------------------------------- callbacks

    function test_callback_isAnsweredToTheControllerOnly() public {
        openUnhealthy();
        usdc.mint(address(liquidator), 5_440e6);
        bytes memory data = abi.encode(alice, job(), new IOrderTypes.Leg[](0));
        vm.prank(bob);
        expectError(IFlashLiquidator.NotController.selector, bob);
        ILiquidationCallback(address(liquidator)).onLiquidation(0, 1, 1e6, 1e6, data);
        // Nor to a pool, or the book.
        vm.prank(address(uUsdc));
        expectError(IFlashLiquidator.NotController.selector, address(uUsdc));
        ILiquidationCallback(address(liquidator)).onLiquidation(0, 1, 1e6, 1e6, data);
        vm.prank(address(book));
        expectError(IFlashLiquidator.NotController.selector, address(book));
        ILiquidationCallback(address(liquidator)).onLiquidation(0, 1, 1e6, 1e6, data);
        assertEq(usdc.balanceOf(address(liquidator)), 5_440e6, "untouched");
        assertNoAllowance(address(usdc));
    }

    /// @dev The controller calls back who liquidates, and nobody else, whatever the data says.
    function test_callback_ofSomebodyElsesLiquidationNeverArrives() public {
        openUnhealthy();
        LendActor actor = newActor();
        vm.prank(alice);
        usdc.approve(address(liquidator), MAX);
        ILendControllerTypes.Liquidation memory order = liquidation(bob, uUsdc, uWeth, 5_440e6);
        order.receiver = address(liquidator);
        IFlashLiquidator.Job memory it = job();
        it.maxOwn = MAX;
        order.data = abi.encode(alice, it, new IOrderTypes.Leg[](0));
        uint256 had = usdc.balanceOf(alice);
        actor.execute(address(controller), abi.encodeCall(controller.liquidate, (order)));
        assertEq(actor.callbacks(), 1, "it was the caller's");
        assertEq(usdc.balanceOf(alice), had, "Alice paid nothing");
    }

    /// @dev Nobody can make it borrow by naming it as the receiver of a flash loan.
    function test_callback_ofFlashLoansIsNone() public {
        openUnhealthy();
        uint256[] memory one = new uint256[](1);
        vm.expectRevert();
        controller.flashLoanBatch(IBatchFlashBorrower(address(liquidator)), one, one, "");
        one[0] = 0;
        vm.expectRevert();
        this.flashLoan();
        vm.expectRevert();
        IFillCallback(address(liquidator)).onFill(new IOrderTypes.LegResult[](0), "");
        assertNothingStays();
    }

    function flashLoan() external {
        (bool ok, bytes memory reason) = address(uUsdc).call(
            abi.encodeWithSignature(
                "flashLoan(address,address,uint256,bytes)",
                address(liquidator),
                address(usdc),
                1e6,
                ""
            )
        );
        if (!ok) {
            assembly {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    // -------------------------------------------------------------------------------------------------- what lay here

    /// @dev What somebody left here is not sold, not spent and not sent on.
    function test_donations_stayWhereTheyAre() public {
        openUnhealthy();
        weth.mint(address(liquidator), 5 ether);
        usdc.mint(address(liquidator), 777e6);
        IFlashLiquidator.Outcome memory outcome = run(jobFor(bidForWeth(2_700)));
        assertEq(outcome.profit, PROFIT, "the profit is the call's own");
        assertEq(weth.balanceOf(address(liquidator)), 5 ether, "WETH is where it was");
        assertEq(usdc.balanceOf(address(liquidator)), 777e6, "USDC too");
        assertNoAllowance(address(weth));
        assertNoAllowance(address(usdc));
        // Nor does it pay for a liquidation that brings too little.
        usdc.mint(address(liquidator), 10_000e6);
        vm.expectRevert(
            abi.encodeWithSelector(IFlashLiquidator.RepaymentShort.selector, address(usdc), 1_000e6, 0, 0)
        );
        IFlashLiquidator.Job memory it = job();
        it.maxRepay = 1_000e6;
        run(it);
    }

    /// @dev A token whose holders lose in the middle of the call cannot have it paid by what lay here.
    function test_donations_areGuardedAgainstATokenThatTakesThem() public {
        openUnhealthy();
        (HostileToken token, LendActor maker, IFlashLiquidator.Job memory it) = throughAHostileMaker();
        token.mint(address(liquidator), 500e18);
        run(it);
        assertEq(token.balanceOf(address(liquidator)), 500e18, "untouched as long as it behaves");
        maker.program(address(token), abi.encodeCall(token.rebase, (0.5e18)));
        vm.expectRevert(abi.encodeWithSelector(IFlashLiquidator.TokenMisbehaved.selector, address(token)));
        run(it);
    }

    // ------------------------------------------------------------------------------------------------------ reentry

    /// @dev A maker who is called back by the token that it is paid in tries all that could be of use, in the middle of the
    /// call.
    function test_reentry_findsEverythingLocked() public {
        openUnhealthy();
        (, LendActor maker, IFlashLiquidator.Job memory it) = throughAHostileMaker();
        IFlashLiquidator.Job memory other = job();
        other.recipient = address(maker);
        maker.program(address(liquidator), abi.encodeCall(liquidator.liquidate, (other)));
        maker.program(
            address(controller),
            abi.encodeCall(controller.liquidate, (liquidation(bob, uUsdc, uWeth, 1_000e6)))
        );
        maker.program(address(book), abi.encodeCall(book.cancel, (it.legs[2].ids[0])));
        maker.program(address(uUsdc), abi.encodeCall(uUsdc.deposit, (1e6, address(maker))));
        bytes memory data = abi.encode(address(maker), other, new IOrderTypes.Leg[](0));
        maker.program(
            address(liquidator),
            abi.encodeCall(ILiquidationCallback.onLiquidation, (0, 1, 5_440e6, 1, data))
        );
        maker.program(
            address(usdc),
            abi.encodeCall(IERC20.transferFrom, (address(liquidator), address(maker), 1))
        );

        IFlashLiquidator.Outcome memory outcome = run(it);

        LendActor.Attempt[] memory attempts = maker.attempts();
        assertEq(attempts.length, 6, "all were tried");
        for (uint256 i; i < 4; ++i) assertFailed(attempts[i], IGuardianPausable.Reentrancy.selector, "locked");
        assertFailed(attempts[4], IFlashLiquidator.NotController.selector, "not answered");
        assertFailed(attempts[5], IERC20Errors.ERC20InsufficientAllowance.selector, "not approved");
        assertEq(usdc.balanceOf(keeper), outcome.profit, "the keeper has its profit");
        assertGe(outcome.profit, PROFIT / 2 - 0.02e6, "all but the fees of the detour");
        assertNothingStays();
    }

    /// @dev While one call's tokens are sent out, a token starts another: locked still.
    function test_reentry_whileTheRestIsSent() public {
        openUnhealthy();
        HookToken hook = new HookToken();
        IFlashLiquidator.Job memory it = jobFor(bidForWeth(2_700));
        hook.mint(dave, 10 ether);
        uint256 sells = makeOrder(dave, address(hook), 1 ether, 1 ether, address(usdc), 1e6);
        it = withLegs(it, it.legs[0], leg(address(hook), address(usdc), sells));
        (it.legs[1].takeAmount, it.legs[1].maxPay) = (1 ether, 1e6);
        IFlashLiquidator.Job memory other = job();
        hook.setHook(address(liquidator), abi.encodeCall(liquidator.liquidate, (other)));
        run(it);
        // From the book to the liquidator, and from there to the keeper.
        assertEq(hook.succeeded(), 0, "no call went through");
        assertEq(hook.failed(), 2, "at either movement");
        assertEq(bytes32(bytes4(hook.lastFailure())), bytes32(IGuardianPausable.Reentrancy.selector), "locked");
        assertEq(hook.balanceOf(keeper), 0.9994 ether, "the keeper has what it bought");
    }

    // --------------------------------------------------------------------------------------------------- hostile legs

    /// @dev Legs name tokens freely: what they get called is ERC-20, and harms nobody but their caller.
    function test_legs_withoutATokenRevert() public {
        openUnhealthy();
        uint256 id = bidForWeth(2_700);
        IFlashLiquidator.Job memory it = withLegs(
            job(),
            leg(address(usdc), address(weth), id),
            leg(address(0), address(0xdead), id)
        );
        vm.expectRevert();
        run(it);
        // The order book's own address has an `approve`, of NFTs: there is nothing to take.
        it.legs[1] = leg(address(usdc), address(book), id);
        vm.expectRevert();
        run(it);
        assertNothingStays();
    }

    /// @dev An order of another pair is passed over, so that no leg gives away what it does not name.
    function test_legs_ofAnotherPairFillNothing() public {
        openUnhealthy();
        uint256 btc = makeOrder(dave, address(usdc), 1_000e6, 1_000e6, address(sbtc), 1e8);
        vm.expectRevert(
            abi.encodeWithSelector(IFlashLiquidator.RepaymentShort.selector, address(usdc), 5_440e6, 0, 0)
        );
        run(jobFor(btc));
    }

    /// @dev The caller's limit on an order's price holds when the maker amends it just before.
    function test_legs_amendedInBetweenArePassedOver() public {
        openUnhealthy();
        uint256 id = bidForWeth(2_700);
        IFlashLiquidator.Job memory it = jobFor(id);
        it.legs[0].limits = new Price[](1);
        it.legs[0].limits[0] = book.order(id, keeper).price;
        vm.prank(dave);
        book.amend(id, 1_000_000e6, PriceMath.fromAmountsUp(1 ether, 2_699e6));
        vm.expectRevert(
            abi.encodeWithSelector(IFlashLiquidator.RepaymentShort.selector, address(usdc), 5_440e6, 0, 0)
        );
        run(it);
        it.legs[0].limits[0] = book.order(id, keeper).price;
        run(it);
    }

    /// @dev A false token is bought with the USDC that the repayment needs: the call fails, nothing is lost.
    function test_legs_thatSpendTheRepaymentRevert() public {
        openUnhealthy();
        HostileToken junk = new HostileToken(18);
        junk.mint(dave, 1e27);
        uint256 sells = makeOrder(dave, address(junk), 1e24, 1e18, address(usdc), 1e6);
        IFlashLiquidator.Job memory it = withLegs(
            job(),
            leg(address(usdc), address(weth), bidForWeth(2_700)),
            leg(address(junk), address(usdc), sells)
        );
        vm.expectRevert(
            abi.encodeWithSelector(IFlashLiquidator.RepaymentShort.selector, address(usdc), 5_440e6, 0, 0)
        );
        run(it);
        // Counted in the false token the caller gets what it asked for, with money of its own.
        (it.profitToken, it.minProfit) = (address(junk), 1);
        it.legs[1].maxPay = PROFIT;
        assertGe(run(it).profit, 1, "its own choice");
        assertEq(usdc.balanceOf(keeper), 0, "its own profit");
        assertNothingStays();
    }

    // -------------------------------------------------------------------------------------- tokens without an answer

    /// @dev As debt: no answers, an allowance that must be zero before it is set and is used up by every transfer.
    function test_tether_asDebt() public {
        (TetherToken tether, IUToken pool) = tetherPool();
        vm.prank(bob);
        pool.borrow(20_000e6, bob, bob);
        setWeth(2_400);
        IFlashLiquidator.Job memory it = job();
        (it.debtId, it.maxRepay, it.profitToken) = (3, 2_400e6, address(tether));
        tether.mint(dave, 1e12);
        uint256 id = makeOrder(dave, address(tether), 1e11, 2_380e6, address(weth), 1 ether);
        it = withLeg(it, leg(address(tether), address(weth), id));
        uint256 sum;
        for (uint256 i; i < 3; ++i) {
            IFlashLiquidator.Outcome memory outcome = run(it);
            assertEq(outcome.repaid, 2_400e6, "repaid");
            assertGe(outcome.profit, 60e6, "profit");
            sum += outcome.profit;
        }
        assertEq(tether.balanceOf(keeper), sum, "all of it arrived");
        assertNothingStays(address(tether));
        assertNothingStays(address(weth));
        assertEq(tether.allowance(address(liquidator), address(pool)), 0, "no allowance to the pool");
    }

    function test_tether_asCollateralAndOwnMoney() public {
        (TetherToken tether, IUToken pool) = tetherPool();
        tether.mint(carol, 10_000e6);
        vm.startPrank(carol);
        tether.approve(address(pool), 10_000e6);
        pool.deposit(10_000e6, carol);
        pool.setCollateral(true);
        uUsdc.borrow(8_000e6, carol, carol);
        vm.stopPrank();
        oracle.set(address(tether), 0.9e18);
        uint256 id = makeOrder(dave, address(usdc), 1e11, 0.9e6, address(tether), 1e6);
        IFlashLiquidator.Job memory it = job();
        (it.borrower, it.collateralId, it.maxRepay) = (carol, 3, 1_000e6);
        it = withLeg(it, leg(address(usdc), address(tether), id));
        for (uint256 i; i < 2; ++i) assertGe(run(it).profit, 20e6, "profit");
        assertNothingStays(address(tether));
        assertNothingStays();
    }

    function test_tether_ofTheCaller() public {
        (TetherToken tether, IUToken pool) = tetherPool();
        vm.prank(bob);
        pool.borrow(20_000e6, bob, bob);
        setWeth(2_400);
        tether.mint(keeper, 1_000e6);
        vm.prank(keeper);
        tether.approve(address(liquidator), 1_000e6);
        IFlashLiquidator.Job memory it = job();
        (it.debtId, it.maxRepay, it.profitToken) = (3, 1_000e6, address(weth));
        it.maxOwn = 1_000e6;
        assertEq(run(it).own, 1_000e6, "paid by the caller");
        assertEq(tether.balanceOf(keeper), 0, "to the unit");
        assertNothingStays(address(tether));
    }

    /// @dev A token that begins to take a fee stops the payment, not the books.
    function test_tether_thatTakesAFeeReverts() public {
        (TetherToken tether, IUToken pool) = tetherPool();
        vm.prank(bob);
        pool.borrow(20_000e6, bob, bob);
        setWeth(2_400);
        tether.mint(dave, 1e12);
        uint256 id = makeOrder(dave, address(tether), 1e11, 2_400e6, address(weth), 1 ether);
        IFlashLiquidator.Job memory it = job();
        (it.debtId, it.maxRepay, it.profitToken) = (3, 2_400e6, address(tether));
        it = withLeg(it, leg(address(tether), address(weth), id));
        tether.setFee(10);
        vm.expectRevert(
            abi.encodeWithSelector(
                IUTokenTypes.UnexpectedTransfer.selector,
                address(tether),
                2_400e6,
                2_400e6 - 2.4e6
            )
        );
        run(it);
        assertEq(pool.debtOf(bob), 20_000e6, "nothing happened");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function tetherPool() private returns (TetherToken tether, IUToken pool) {
        tether = new TetherToken();
        oracle.set(address(tether), 1e18);
        pool = addPool(address(tether), "uUSDT", parameters(8_500, 8_800, 5_000), rates(0, 0, 0, 8_000), 0);
        tether.mint(alice, 1_000_000e6);
        vm.startPrank(alice);
        tether.approve(address(pool), 1_000_000e6);
        pool.deposit(1_000_000e6, alice);
        uUsdc.deposit(1_000_000e6, alice);
        uWeth.deposit(100 ether, alice);
        vm.stopPrank();
        collateral(bob, uWeth, 10 ether);
    }

    /// @return token is what the maker of the last trade is paid in, and told of
    /// @return maker a contract
    /// @return it Bob's liquidation with a detour: 10 USDC of the proceeds buy the token, and that buys USDC again
    function throughAHostileMaker()
        private
        returns (HostileToken token, LendActor maker, IFlashLiquidator.Job memory it)
    {
        token = new HostileToken(18);
        token.mint(dave, 1e24);
        maker = newActor();
        uint256 sold = makeOrder(dave, address(token), 1e24, 1e18, address(usdc), 1e6);
        uint256 wanted = makeOrder(address(maker), address(usdc), 1_000e6, 1e6, address(token), 1e18);
        token.setHooked(address(maker), true);
        it = job();
        it.maxRepay = 2_720e6;
        it.legs = new IOrderTypes.Leg[](3);
        it.legs[0] = leg(address(usdc), address(weth), bidForWeth(2_700));
        it.legs[1] = leg(address(token), address(usdc), sold);
        it.legs[1].maxPay = 10e6;
        it.legs[2] = leg(address(usdc), address(token), wanted);
    }

    function assertFailed(LendActor.Attempt memory attempt, bytes4 reason, string memory message) private pure {
        assertTrue(!attempt.success, message);
        assertEq(bytes32(bytes4(attempt.result)), bytes32(reason), message);
    }
}
