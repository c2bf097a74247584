// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {Deploy} from "../support/Deploy.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice INV-DEX-08: a sweep of one book is the sequence of single fills of its twin.
/// @dev Both books hold the same orders; bob sweeps the first, dave fills the second one order at a time. One of the
/// owners can be unpayable, some orders have ended, are private, all-or-none, or have a minimum.
contract SweepDifferentialTest is DexHelpers {
    uint256 private constant ORDERS = 6;

    IOrderNFT private twin;
    HostileToken private money;
    address private dave = address(0xDA7E);
    uint256[] private ids;

    struct Sums {
        uint256 taken;
        uint256 received;
        uint256 paid;
        uint256 filled;
    }

    function setUp() public override {
        super.setUp();
        twin = Deploy.bareOrderBook(address(manager), collector, FEE);
        money = hostileToken(6);
        address[4] memory accounts = [alice, bob, carol, dave];
        for (uint256 i; i < accounts.length; ++i) {
            weth.mint(accounts[i], 1e6 ether);
            vm.startPrank(accounts[i]);
            weth.approve(address(twin), UNLIMITED);
            money.approve(address(twin), UNLIMITED);
            vm.stopPrank();
        }
        money.mint(dave, 1e27);
    }

    function testFuzz_sweep_equalsSingleFills(
        uint256[6] memory seeds,
        uint256 take,
        uint256 fee,
        bool blockAlice
    ) public {
        book.setTakerFee(fee % 3_001);
        twin.setTakerFee(fee % 3_001);
        for (uint256 i; i < ORDERS; ++i) make(seeds[i]);
        if (blockAlice) money.setBlocked(alice, true);
        vm.warp(T0 + 100);
        take = bound(take, 1, 12 ether);

        IOrderTypes.Leg memory leg = legOf(ids, take);
        leg.buyToken = address(money);
        IOrderTypes.LegResult memory swept = sweepAs(bob, leg, withFlags(FillFlags.IMMEDIATE_OR_CANCEL));
        Sums memory single = fillOneByOne(take);

        assertEq(swept.taken, single.taken, "INV-DEX-08 taken");
        assertEq(swept.received, single.received, "INV-DEX-08 received");
        assertEq(swept.paid, single.paid, "INV-DEX-08 paid");
        assertEq(swept.filled, single.filled, "INV-DEX-08 filled");
        compare();
    }

    /// @dev The same with a budget: the sweep pays what the single fills would until the budget is spent.
    function testFuzz_sweep_equalsSingleFillsWithinABudget(uint256[6] memory seeds, uint256 budget) public {
        for (uint256 i; i < ORDERS; ++i) make(seeds[i]);
        vm.warp(T0 + 100);
        budget = bound(budget, 1, 60_000e6);
        IOrderTypes.Leg memory leg = legOf(ids, 18 ether);
        leg.buyToken = address(money);
        leg.maxPay = budget;
        IOrderTypes.LegResult memory swept = sweepAs(bob, leg, withFlags(FillFlags.IMMEDIATE_OR_CANCEL));

        uint256 paid;
        for (uint256 i; i < ORDERS; ++i) {
            Price at = twin.order(ids[i], dave).price;
            (uint256 sold, uint256 cost, ) = twin.quote(ids[i], dave, type(uint96).max);
            if (sold == 0) continue;
            if (paid + cost > budget) {
                uint256 part = at.amountDown(budget - paid);
                if (part == 0) continue;
                (sold, cost, ) = twin.quote(ids[i], dave, part);
                if (sold == 0) continue;
            }
            vm.prank(dave);
            twin.fill(ids[i], sold, UNLIMITED);
            paid += cost;
        }
        assertEq(swept.paid, paid, "INV-DEX-08 paid within the budget");
        compare();
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    /// @dev The same order on both books.
    function make(uint256 seed) private {
        IOrderTypes.NewOrder memory o = newOrder(seed % 2 == 0 ? alice : carol);
        o.buyToken = address(money);
        o.sellAmount = bound(seed >> 8, 1, 3 ether);
        o.price = price(bound(seed >> 64, 1, 5_000e6), 1 ether);
        uint256 kind = (seed >> 128) % 8;
        if (kind == 1) o.expiry = uint32(T0 + 100);
        if (kind == 2) o.privateTaker = carol;
        if (kind == 3) o.terms = uint16(OrderFlags.ALL_OR_NONE);
        if (kind == 4) o.terms = minFillTerms((seed >> 140) % 64);
        if (kind == 5) (o.releaseStart, o.releaseEnd) = (uint40(T0), uint40(T0 + 150));
        if (kind == 6) o.terms = uint16(OrderFlags.EXACT_PAYMENT);
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = o;
        vm.prank(o.maker);
        uint256 id = book.createMany(orders)[0];
        vm.prank(o.maker);
        assertEq(twin.createMany(orders)[0], id, "INV-DEX-08 both books give the same id");
        ids.push(id);
    }

    function fillOneByOne(uint256 take) private returns (Sums memory sums) {
        for (uint256 i; i < ORDERS && sums.taken < take; ++i) {
            (uint256 sold, , ) = twin.quote(ids[i], dave, take - sums.taken);
            if (sold == 0) continue;
            vm.prank(dave);
            (uint256 received, uint256 paid) = twin.fill(ids[i], take - sums.taken, UNLIMITED);
            sums.taken += sold;
            sums.received += received;
            sums.paid += paid;
            ++sums.filled;
        }
    }

    /// @dev What is left, what was credited, what was kept, and what the two takers have.
    function compare() private view {
        for (uint256 i; i < ORDERS; ++i) {
            assertEq(
                book.order(ids[i], address(0)).remaining,
                twin.order(ids[i], address(0)).remaining,
                "INV-DEX-08 remaining"
            );
        }
        assertEq(book.accruedFees(address(weth)), twin.accruedFees(address(weth)), "INV-DEX-08 fees");
        assertEq(book.creditOf(alice, address(money)), twin.creditOf(alice, address(money)), "INV-DEX-08 credits");
        assertEq(book.balanceOf(alice), twin.balanceOf(alice), "INV-DEX-08 alice's tokens");
        assertEq(book.balanceOf(carol), twin.balanceOf(carol), "INV-DEX-08 carol's tokens");
        assertEq(money.balanceOf(address(book)), money.balanceOf(address(twin)), "INV-DEX-08 held");
        assertEq(weth.balanceOf(address(book)), weth.balanceOf(address(twin)), "INV-DEX-08 escrow");
        // Bob was funded with WETH twice, dave once.
        assertEq(weth.balanceOf(bob) - 1e6 ether, weth.balanceOf(dave), "INV-DEX-08 received");
        assertEq(money.balanceOf(bob), money.balanceOf(dave), "INV-DEX-08 paid");
    }
}
