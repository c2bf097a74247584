// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {PriceMath} from "../../contracts/libraries/PriceMath.sol";
import {IFlashLiquidator} from "../../contracts/periphery/interfaces/IFlashLiquidator.sol";
import {LendTest} from "../lend/LendTest.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Deploy} from "../support/Deploy.sol";

/// @notice Lending and an order book with a taker fee of 6 bps, beside each other. Bob owes 22,000 USDC on 10 WETH; dave
/// makes orders; the keeper owns nothing.
abstract contract LendPeripheryTest is LendTest {
    uint256 internal constant FEE = 600;
    uint32 internal constant NEVER = type(uint32).max;

    IOrderNFT internal book;
    IFlashLiquidator internal liquidator;
    address internal keeper = address(0x4EE9E4);

    function setUp() public virtual override {
        super.setUp();
        book = Deploy.bareOrderBook(address(manager), address(0xC011EC7), FEE);
        liquidator = IFlashLiquidator(
            Artifacts.deploy(
                "contracts/periphery/FlashLiquidator.sol:FlashLiquidator",
                abi.encode(address(controller), address(book))
            )
        );
    }

    // ------------------------------------------------------------------------------------------------------- orders

    /// @return id order of `maker`: `sells` of `sell`, each `sellUnit` for `buyUnit` of `buy`
    function makeOrder(
        address maker,
        address sell,
        uint256 sells,
        uint256 sellUnit,
        address buy,
        uint256 buyUnit
    ) internal returns (uint256 id) {
        vm.startPrank(maker);
        sell.call(abi.encodeCall(IERC20.approve, (address(book), 0)));
        sell.call(abi.encodeCall(IERC20.approve, (address(book), MAX)));
        id = book.create(sell, buy, sells, PriceMath.fromAmountsUp(buyUnit, sellUnit), NEVER, 0);
        vm.stopPrank();
    }

    /// @return id Dave buys WETH at `usd`, for up to a million USDC.
    function bidForWeth(uint256 usd) internal returns (uint256 id) {
        return makeOrder(dave, address(usdc), 1_000_000e6, usd * 1e6, address(weth), 1 ether);
    }

    function leg(address sell, address buy, uint256 id) internal pure returns (IOrderTypes.Leg memory result) {
        (result.sellToken, result.buyToken) = (sell, buy);
        (result.takeAmount, result.maxPay) = (MAX, MAX);
        result.ids = new uint256[](1);
        result.ids[0] = id;
    }

    /// @return received what `paid` buys of an order, fee deducted, and what it costs
    function bought(uint256 id, uint256 budget) internal view returns (uint256 received, uint256 cost) {
        IOrderTypes.Order memory order = book.order(id, address(liquidator));
        uint256 sold = PriceMath.amountDown(order.price, budget, order.available);
        return (sold - (sold * FEE) / 1e6, order.price.costUp(sold));
    }

    // --------------------------------------------------------------------------------------------------------- jobs

    /// @return result 5,440 USDC of Bob's debt for WETH, without legs, profit in USDC
    function job() internal view returns (IFlashLiquidator.Job memory result) {
        result.borrower = bob;
        (result.debtId, result.collateralId) = (0, 1);
        result.maxRepay = 5_440e6;
        result.profitToken = address(usdc);
    }

    function withLeg(
        IFlashLiquidator.Job memory result,
        IOrderTypes.Leg memory one
    ) internal pure returns (IFlashLiquidator.Job memory) {
        result.legs = new IOrderTypes.Leg[](1);
        result.legs[0] = one;
        return result;
    }

    function withLegs(
        IFlashLiquidator.Job memory result,
        IOrderTypes.Leg memory one,
        IOrderTypes.Leg memory other
    ) internal pure returns (IFlashLiquidator.Job memory) {
        result.legs = new IOrderTypes.Leg[](2);
        (result.legs[0], result.legs[1]) = (one, other);
        return result;
    }

    /// @return result `job`, selling all that is seized to the order
    function jobFor(uint256 id) internal view returns (IFlashLiquidator.Job memory result) {
        return withLeg(job(), leg(address(usdc), address(weth), id));
    }

    function run(IFlashLiquidator.Job memory it) internal returns (IFlashLiquidator.Outcome memory) {
        vm.prank(keeper);
        return liquidator.liquidate(it);
    }

    /// @dev Of Bob's position, at 2,720 USD: health 0.989.
    function openUnhealthy() internal {
        openPosition(22_000e6);
        setWeth(2_720);
    }

    // --------------------------------------------------------------------------------------------------- assertions

    function held(address token, address account) internal view returns (uint256) {
        return IERC20(token).balanceOf(account);
    }

    /// @dev Neither balances nor allowances.
    function assertNothingStays(address token) internal view {
        assertEq(held(token, address(liquidator)), 0, "no balance stays");
        assertNoAllowance(token);
    }

    function assertNoAllowance(address token) internal view {
        assertEq(IERC20(token).allowance(address(liquidator), address(book)), 0, "no allowance to the book");
        for (uint256 id; id < controller.assetCount(); ++id) {
            address pool = controller.assetInfo(id).pool;
            assertEq(IERC20(token).allowance(address(liquidator), pool), 0, "no allowance to a pool");
        }
    }

    function assertNothingStays() internal view {
        assertNothingStays(address(usdc));
        assertNothingStays(address(weth));
        assertNothingStays(address(sbtc));
        assertNothingStays(address(uUsdc));
        assertNothingStays(address(uWeth));
    }
}
