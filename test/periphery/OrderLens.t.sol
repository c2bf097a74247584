// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {OrderLens} from "../../contracts/periphery/OrderLens.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {BlockingToken} from "../mocks/BlockingToken.sol";
import {PeripheryTest} from "./PeripheryTest.sol";

/// @notice The lens against the book that it looks at.
contract OrderLensTest is PeripheryTest {
    OrderLens private lens;

    function setUp() public override {
        super.setUp();
        lens = OrderLens(Artifacts.deploy("contracts/periphery/OrderLens.sol:OrderLens", abi.encode(book)));
        fund(carol);
    }

    // ------------------------------------------------------------------------------------------------------- orders

    function test_orders_tellsEach() public {
        uint256[] memory ids = new uint256[](3);
        ids[0] = ask(1 ether, 3_000e6);
        ids[1] = ids[0] + 1;
        IOrderTypes.NewOrder memory o = newOrder(alice, address(weth), address(usdc), 2 ether, price(1, 1));
        o.privateTaker = bob;
        ids[2] = createNew(alice, o);

        IOrderTypes.Order[] memory orders = lens.orders(ids, carol);
        assertEq(orders.length, 3, "one each");
        for (uint256 i; i < 3; ++i) {
            assertEq(
                keccak256(abi.encode(orders[i])),
                keccak256(abi.encode(book.order(ids[i], carol))),
                "as the book tells it"
            );
        }
        assertStatus(orders[1].status, IOrderTypes.FillStatus.Nonexistent, "gone");
        assertStatus(orders[2].status, IOrderTypes.FillStatus.Private, "not Carol's");
        assertStatus(lens.orders(ids, bob)[2].status, IOrderTypes.FillStatus.Fillable, "but Bob's");
    }

    // ------------------------------------------------------------------------------------------------------ previews

    function test_previewLeg_saysWhyAnOrderIsPassedOver() public {
        uint256[] memory ids = new uint256[](9);
        ids[0] = ask(1 ether, 3_000e6) + 1;
        vm.prank(bob);
        ids[1] = book.create(address(weth), address(usdc), 1 ether, price(1, 1), uint32(T0 + 1), 0);
        ids[2] = createOrder(bob, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        IOrderTypes.NewOrder memory o = newOrder(alice, address(weth), address(usdc), 1 ether, price(1, 1));
        o.privateTaker = bob;
        ids[3] = createNew(alice, o);
        o.privateTaker = address(0);
        (o.releaseStart, o.releaseEnd) = (uint40(T0 + 100), uint40(T0 + 200));
        ids[4] = createNew(alice, o);
        ids[5] = createOrder(alice, weth, usdc, 10 ether, price(3_000e6, 1 ether), uint16(OrderFlags.ALL_OR_NONE));
        ids[6] = createOrder(alice, usdc, weth, 1e6, price(1, 1), 0);
        ids[7] = ask(1 ether, 3_500e6);
        ids[8] = ask(1 ether, 3_000e6);
        vm.prank(bob);
        book.raiseEpoch(2);
        vm.warp(T0 + 1);

        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 2 ether, UNLIMITED, ids);
        leg_.limits = new Price[](9);
        for (uint256 i; i < 9; ++i) leg_.limits[i] = price(3_400e6, 1 ether);
        leg_.limits[6] = Price.wrap(type(uint80).max);
        (IOrderTypes.LegResult memory result, IOrderTypes.FillStatus[] memory statuses, uint256[] memory taken) = lens
            .previewLeg(leg_, carol);

        assertStatus(statuses[0], IOrderTypes.FillStatus.Nonexistent, "0");
        assertStatus(statuses[1], IOrderTypes.FillStatus.Expired, "1");
        assertStatus(statuses[2], IOrderTypes.FillStatus.Cancelled, "2");
        assertStatus(statuses[3], IOrderTypes.FillStatus.Private, "3");
        assertStatus(statuses[4], IOrderTypes.FillStatus.NotReleased, "4");
        assertStatus(statuses[5], IOrderTypes.FillStatus.BelowMinFill, "5");
        assertStatus(statuses[6], IOrderTypes.FillStatus.OtherPair, "6");
        assertStatus(statuses[7], IOrderTypes.FillStatus.AboveLimit, "7");
        assertStatus(statuses[8], IOrderTypes.FillStatus.Fillable, "8");
        assertEq(taken[8], 1 ether, "taken of the last");
        assertEq(result.filled, 1, "one order");
        assertSweepIs(leg_, carol, result);
    }

    function test_previewLeg_saysBudgetSpent() public {
        uint256[] memory ids = new uint256[](2);
        ids[0] = ask(1 ether, 3_000e6);
        ids[1] = createOrder(alice, weth, usdc, 5, price(7e6, 1), 0);
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 2 ether, 3_001e6, ids);
        (, IOrderTypes.FillStatus[] memory statuses, ) = lens.previewLeg(leg_, carol);
        assertStatus(statuses[0], IOrderTypes.FillStatus.Fillable, "paid from the budget");
        assertStatus(statuses[1], IOrderTypes.FillStatus.BudgetSpent, "a million is left, and one unit costs seven");
    }

    function test_previewLeg_takesNothingBehindACompletedLeg() public {
        uint256[] memory ids = new uint256[](2);
        ids[0] = ask(1 ether, 3_000e6);
        ids[1] = ask(1 ether, 3_000e6);
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 1 ether, UNLIMITED, ids);
        (IOrderTypes.LegResult memory result, , uint256[] memory taken) = lens.previewLeg(leg_, carol);
        assertEq(result.filled, 1, "one order was enough");
        assertEq(taken[1], 0, "the other one is not touched");
        assertSweepIs(leg_, carol, result);
    }

    function test_previewLeg_revertsForLimitsThatDoNotFit() public {
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 1, 1, one(ask(1 ether, 1e6)));
        leg_.limits = new Price[](2);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.LimitCountMismatch.selector, 2, 1));
        lens.previewLeg(leg_, carol);
    }

    function test_previewLeg_countsAnIdThatComesTwiceOnce() public {
        uint256[] memory ids = new uint256[](3);
        ids[0] = ask(1 ether, 3_000e6);
        ids[1] = ids[0];
        ids[2] = ids[0];
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 5 ether, UNLIMITED, ids);
        (IOrderTypes.LegResult memory result, IOrderTypes.FillStatus[] memory statuses, ) = lens.previewLeg(
            leg_,
            carol
        );
        assertEq(result.taken, 1 ether, "once");
        assertStatus(statuses[1], IOrderTypes.FillStatus.Nonexistent, "it is gone by then");
        assertSweepIs(leg_, carol, result);
    }

    /// @dev Any book, any leg: what the lens says is what the sweep does.
    function testFuzz_previewLeg_isTheSweep(uint256 seed) public {
        setFee(draw(seed, 0) % 3_001);
        uint256[] memory ids = new uint256[](8);
        for (uint256 i; i < 6; ++i) ids[i] = someOrder(seed, i);
        ids[6] = ids[draw(seed, 6) % 6];
        ids[7] = ids[draw(seed, 7) % 6];
        // Epoch, expiry and release all bite for some.
        (uint256 next, ) = book.nonces(alice);
        if (next > 1 && draw(seed, 8) % 2 == 0) {
            vm.prank(alice);
            book.raiseEpoch(next / 2);
        }
        vm.warp(T0 + 50);

        IOrderTypes.Leg memory leg_ = leg(
            address(weth),
            address(usdc),
            1 + (draw(seed, 9) % 40 ether),
            draw(seed, 10) % 2 == 0 ? UNLIMITED : draw(seed, 11) % 100_000e6,
            ids
        );
        if (draw(seed, 12) % 2 == 0) {
            leg_.limits = new Price[](8);
            for (uint256 i; i < 8; ++i) leg_.limits[i] = price(3_050e6 + (draw(seed, 200 + i) % 100e6), 1 ether);
        }
        (IOrderTypes.LegResult memory result, IOrderTypes.FillStatus[] memory statuses, uint256[] memory taken) = lens
            .previewLeg(leg_, carol);
        uint256 sum;
        for (uint256 i; i < 8; ++i) {
            sum += taken[i];
            if (taken[i] != 0)
                assertStatus(statuses[i], IOrderTypes.FillStatus.Fillable, "only the fillable are taken");
        }
        assertEq(sum, result.taken, "the parts are the whole");
        uint256[] memory before = remainders(ids);
        assertSweepIs(leg_, carol, result);
        uint256[] memory later = remainders(ids);
        for (uint256 i; i < 6; ++i) {
            uint256 gone;
            for (uint256 j; j < 8; ++j) {
                if (ids[j] == ids[i]) gone += taken[j];
            }
            assertEq(before[i] - later[i], gone, "each order lost what the lens says");
        }
    }

    // -------------------------------------------------------------------------------------------------------- wallet

    function test_wallet_tellsBalancesAllowancesAndCredits() public {
        // Bob's payment is refused by the token, so that it becomes his credit.
        BlockingToken picky = new BlockingToken();
        picky.mint(carol, 1_000);
        vm.prank(carol);
        picky.approve(address(book), 600);
        uint256 id = createFor(bob, address(weth), address(picky), 100, price(5, 1), 0);
        picky.setBlocked(bob);
        vm.prank(carol);
        book.fill(id, 100, UNLIMITED);

        address[] memory tokens = new address[](4);
        (tokens[0], tokens[1], tokens[2]) = (address(picky), address(weth), address(0xDEAD));
        tokens[3] = address(book);
        (uint256[] memory balances, uint256[] memory allowances, uint256[] memory credits) = lens.wallet(carol, tokens);
        assertEq(balances[0], 500, "balance");
        assertEq(allowances[0], 100, "allowance");
        assertEq(balances[1], weth.balanceOf(carol), "another token's balance");
        assertEq(allowances[1], UNLIMITED, "and allowance");
        assertEq(balances[2] + allowances[2], 0, "an address without code spoils nothing");
        assertEq(balances[3] + allowances[3], 0, "nor does a contract that knows no allowance");
        assertEq(credits[0], 0, "no credit of Carol's");
        (, , credits) = lens.wallet(bob, tokens);
        assertEq(credits[0], 500, "but of Bob's");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function ask(uint256 sell, uint256 buy) private returns (uint256) {
        return createOrder(alice, weth, usdc, sell, price(buy, sell), 0);
    }

    function someOrder(uint256 seed, uint256 i) private returns (uint256) {
        uint256 kind = draw(seed, 20 + i) % 8;
        address maker = draw(seed, 30 + i) % 2 == 0 ? alice : bob;
        IOrderTypes.NewOrder memory o = newOrder(
            maker,
            address(weth),
            address(usdc),
            1 + (draw(seed, 40 + i) % 10 ether),
            price(3_000e6 + (draw(seed, 50 + i) % 200e6), 1 ether)
        );
        if (kind == 0) (o.sellToken, o.buyToken, o.sellAmount) = (address(usdc), address(weth), 1e6);
        if (kind == 1) o.privateTaker = draw(seed, 60 + i) % 2 == 0 ? carol : bob;
        if (kind == 2) (o.releaseStart, o.releaseEnd) = (uint40(T0 + (draw(seed, 70 + i) % 60)), uint40(T0 + 100));
        if (kind == 3) o.terms = uint16(OrderFlags.ALL_OR_NONE);
        if (kind == 4) o.terms = uint16((55 + (draw(seed, 80 + i) % 10)) << OrderFlags.MIN_FILL_SHIFT);
        if (kind == 5) o.expiry = uint32(T0 + 1 + (draw(seed, 90 + i) % 100));
        if (kind == 6) {
            (o.releaseStart, o.releaseEnd) = (uint40(T0), uint40(T0 + 100));
            o.terms = uint16((55 + (draw(seed, 80 + i) % 10)) << OrderFlags.MIN_FILL_SHIFT);
        }
        return createNew(maker, o);
    }

    /// @dev Carries the sweep out, immediate-or-cancel, and compares its sums.
    function assertSweepIs(IOrderTypes.Leg memory leg_, address taker, IOrderTypes.LegResult memory expected) private {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = leg_;
        IOrderTypes.FillOptions memory options;
        options.flags = uint8(FillFlags.IMMEDIATE_OR_CANCEL);
        vm.prank(taker);
        IOrderTypes.LegResult[] memory results = book.fillOrders(legs, options);
        assertEq(results[0].taken, expected.taken, "taken");
        assertEq(results[0].received, expected.received, "received");
        assertEq(results[0].paid, expected.paid, "paid");
        assertEq(results[0].filled, expected.filled, "filled");
    }

    function remainders(uint256[] memory ids) private view returns (uint256[] memory result) {
        result = new uint256[](ids.length);
        for (uint256 i; i < ids.length; ++i) result[i] = remainingOf(ids[i]);
    }

    function assertStatus(
        IOrderTypes.FillStatus actual,
        IOrderTypes.FillStatus expected,
        string memory message
    ) private pure {
        assertEq(uint256(actual), uint256(expected), message);
    }

    function draw(uint256 seed, uint256 which) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, which)));
    }
}
