// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FixedPointMathLib} from "solady/src/utils/FixedPointMathLib.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexTest} from "./DexTest.sol";

/// @notice Observed orders in the real order book.
contract OrderObservedTest is DexTest {
    uint256 private constant T0 = 1_800_000_000;

    function test_create_revertsForAPairThatNobodyPaidFor() public {
        IOrderTypes.NewOrder[] memory orders = newOrders(price(3_000e6, 1 ether));
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.PairNotObserved.selector, address(weth), address(usdc)));
        vm.prank(alice);
        book.createMany(orders);

        observer.grow(address(usdc), address(weth), 2);
        vm.prank(alice);
        assertEq(book.createMany(orders).length, 1, "and passes once somebody did");
    }

    function test_fill_isRecordedOnlyWhereTheOrderAsks() public {
        observer.grow(address(weth), address(usdc), 4);
        uint256 plain = createOrder(alice, weth, usdc, 1 ether, price(2_900e6, 1 ether), 0);
        vm.prank(bob);
        book.fill(plain, 1 ether, type(uint256).max);
        (uint256 held, ) = observer.cardinality(address(weth), address(usdc));
        assertEq(held, 0, "a plain order leaves no trace");

        uint256 watched = createObserved(price(3_000e6, 1 ether));
        // The price is rounded up to its 72 bits, and the payment with it to the next unit.
        (uint256 amount0, uint256 amount1) = sorted(0.5 ether, 1_500e6 + 1);
        (address token0, address token1) = tokens();
        vm.expectEmit();
        emit IPairObserver.Observed(token0, token1, amount0, amount1);
        vm.prank(bob);
        book.fill(watched, 0.5 ether, type(uint256).max);
        assertEq(sumsNow().volume0, amount0, "volume of token0");
        assertEq(sumsNow().volume1, amount1, "volume of token1");
    }

    function test_fill_sweepIsOneObservationAtTheWeightedPrice() public {
        observer.grow(address(weth), address(usdc), 4);
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0].sellToken = address(weth);
        legs[0].buyToken = address(usdc);
        legs[0].takeAmount = 2 ether;
        legs[0].maxPay = 1e12;
        legs[0].ids = new uint256[](2);
        legs[0].ids[0] = createObserved(price(3_000e6, 1 ether));
        legs[0].ids[1] = createObserved(price(3_100e6, 1 ether));
        IOrderTypes.FillOptions memory options;
        vm.prank(bob);
        book.fillOrders(legs, options);

        assertEq(sumsNow().blocks, 1, "one block");
        vm.warp(T0 + 600);
        int256 mean = int256(sumsNow().logPriceSeconds) / 600;
        // 6,100 USDC for 2 WETH, in units: 3,050e6 for 1e18.
        int256 expected = FixedPointMathLib.lnWad(3_050e6 * 1e18) - FixedPointMathLib.lnWad(1e18 * 1e18);
        if (address(weth) > address(usdc)) expected = -expected;
        assertTrue(mean - expected < 1e9 && expected - mean < 1e9, "the sweep's average price");
    }

    function createObserved(Price at) private returns (uint256) {
        vm.prank(alice);
        return book.createMany(newOrders(at))[0];
    }

    function newOrders(Price at) private view returns (IOrderTypes.NewOrder[] memory orders) {
        orders = new IOrderTypes.NewOrder[](1);
        orders[0].maker = alice;
        orders[0].sellToken = address(weth);
        orders[0].buyToken = address(usdc);
        orders[0].sellAmount = 1 ether;
        orders[0].price = at;
        orders[0].expiry = NEVER;
        orders[0].terms = uint16(OrderFlags.OBSERVED);
    }

    function sumsNow() private view returns (IPairObserver.Observation memory) {
        (address token0, address token1) = tokens();
        return observer.observe(token0, token1, 0);
    }

    function tokens() private view returns (address, address) {
        return address(weth) < address(usdc) ? (address(weth), address(usdc)) : (address(usdc), address(weth));
    }

    function sorted(uint256 ofWeth, uint256 ofUsdc) private view returns (uint256, uint256) {
        return address(weth) < address(usdc) ? (ofWeth, ofUsdc) : (ofUsdc, ofWeth);
    }
}
