// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IOrderExtension} from "../../contracts/dex/interfaces/IOrderExtension.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {DiscountSource} from "../mocks/DiscountSource.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {DexHelpers} from "./DexHelpers.sol";

/// @notice The taker's fee, its discount, the relayer's fee on top, and the way of both to their receivers.
contract OrderFeesTest is DexHelpers {
    address private relayer = address(0x4E1A);

    function discounted(uint256 discount) private returns (uint256 fee) {
        DiscountSource source = new DiscountSource();
        source.set(bob, discount);
        book.setFeeDiscount(address(source));
        IOrderTypes.LegResult memory r = sweepAs(
            bob,
            legOf(list(plainOrder(alice)), 1 ether),
            withFlags(FillFlags.USE_DISCOUNT)
        );
        return r.taken - r.received;
    }

    function relayed(uint256 id, uint256 take, uint256 rate) private returns (IOrderTypes.LegResult memory) {
        IOrderTypes.FillOptions memory options;
        (options.relayer, options.relayerFee) = (relayer, uint16(rate));
        return sweepAs(bob, legOf(list(id), take), options);
    }

    // ------------------------------------------------------------------------------------------------------- protocol

    function testFuzz_fee_isRoundedDown(uint256 take, uint256 rate) public {
        rate = bound(rate, 0, 3_000);
        take = bound(take, 1, 10 ether);
        book.setTakerFee(rate);
        uint256 id = plainOrder(alice);
        (uint256 received, ) = fill(bob, id, take);
        uint256 fee = take - received;
        assertEq(fee, (take * rate) / 1e6, "DEX-50 floor");
        assertLe(fee * 1e6, take * 3_000, "DEX-50 30 bps at most, to the unit");
        assertEq(book.accruedFees(address(weth)), fee, "DEX-50 accrued");
    }

    function test_fee_ofDustIsNothing() public {
        uint256 id = plainOrder(alice);
        (uint256 received, ) = fill(bob, id, 1_666);
        assertEq(received, 1_666, "DEX-50 below one unit of fee");
        (received, ) = fill(bob, id, 1_667);
        assertEq(received, 1_666, "DEX-50 one unit of fee");
    }

    function test_fee_accruesPerToken() public {
        fill(bob, plainOrder(alice), 10 ether);
        fill(bob, createOrder(alice, usdc, weth, 1_000e6, price(1 ether, 1_000e6), 0), 1_000e6);
        assertEq(book.accruedFees(address(weth)), 0.006 ether, "DEX-50 WETH");
        assertEq(book.accruedFees(address(usdc)), 0.6e6, "DEX-50 USDC");
    }

    function test_fee_isNotTakenWhenCancelling() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.cancel(id);
        assertEq(weth.balanceOf(alice), 1e6 ether, "DEX-31 all of it");
        assertEq(book.accruedFees(address(weth)), 0, "DEX-50 no fee");
    }

    function test_sweepFees_sendsAllToTheCollector() public {
        uint256 id = plainOrder(alice);
        fill(bob, id, 5 ether);
        vm.expectEmit(address(book));
        emit IOrderTypes.FeesSwept(address(weth), collector, 0.003 ether);
        vm.prank(carol);
        assertEq(book.sweepFees(address(weth)), 0.003 ether, "DEX-51 anybody may");
        assertEq(weth.balanceOf(collector), 0.003 ether, "DEX-51 to the collector");
        assertEq(weth.balanceOf(address(book)), remainingOf(id), "INV-DEX-01 and nothing else");
        assertEq(book.accruedFees(address(weth)), 0, "DEX-51 none is left");
        expectError(IOrderExtension.NothingToSend.selector, address(weth));
        book.sweepFees(address(weth));
    }

    function test_sweepFees_keepsThemWhenTheCollectorCannotReceive() public {
        HostileToken token = hostileToken(18);
        uint256 id = sellHostile(token, alice, 1e18);
        fill(bob, id, 1e18);
        token.setBlocked(collector, true);
        expectError(IOrderTypes.PushFailed.selector, address(token), collector, 0.0006e18);
        book.sweepFees(address(token));
        assertEq(book.accruedFees(address(token)), 0.0006e18, "DEX-51 still there");
        book.setFeeCollector(carol);
        uint256 held = token.balanceOf(carol);
        book.sweepFees(address(token));
        assertEq(token.balanceOf(carol), held + 0.0006e18, "DEX-51 another collector gets them");
    }

    // ------------------------------------------------------------------------------------------------------- discount

    function test_discount_isTakenOffTheFee() public {
        assertEq(discounted(300_000), 0.00042 ether, "DEX-52 30 % off 6 bps");
    }

    function test_discount_roundsTheRateDown() public {
        assertEq(discounted(1), (uint256(599) * 1 ether) / 1e6, "DEX-52 599.9994 millionths become 599");
    }

    function test_discount_ofAllLeavesNoFee() public {
        assertEq(discounted(1e6), 0, "DEX-52 the whole");
        assertEq(discounted(1e6 - 1), 0, "DEX-52 nearly the whole");
        assertEq(discounted(type(uint256).max), 0, "DEX-52 more than the whole counts as the whole");
    }

    function test_discount_isNotAskedForWithoutTheFlag() public {
        DiscountSource source = new DiscountSource();
        source.set(bob, 1e6);
        book.setFeeDiscount(address(source));
        IOrderTypes.LegResult memory r = sweep(bob, legOf(list(plainOrder(alice)), 1 ether));
        assertEq(r.received, 0.9994 ether, "DEX-52 full fee");
    }

    function test_discount_withoutASourceIsNone() public {
        IOrderTypes.LegResult memory r = sweepAs(
            bob,
            legOf(list(plainOrder(alice)), 1 ether),
            withFlags(FillFlags.USE_DISCOUNT)
        );
        assertEq(r.received, 0.9994 ether, "DEX-52 full fee");
    }

    function test_discount_isTheCallersNotTheRecipients() public {
        DiscountSource source = new DiscountSource();
        source.set(carol, 1e6);
        book.setFeeDiscount(address(source));
        IOrderTypes.FillOptions memory options = withFlags(FillFlags.USE_DISCOUNT);
        options.recipient = carol;
        assertEq(
            sweepAs(bob, legOf(list(plainOrder(alice)), 1 ether), options).received,
            0.9994 ether,
            "DEX-52 the caller has none"
        );
    }

    function test_discount_ofABrokenSourceBindsOnlyWhoAsks() public {
        book.setFeeDiscount(address(weth));
        uint256 id = plainOrder(alice);
        vm.expectRevert();
        sweepAs(bob, legOf(list(id), 1 ether), withFlags(FillFlags.USE_DISCOUNT));
        assertEq(sweep(bob, legOf(list(id), 1 ether)).taken, 1 ether, "DEX-52 without the flag it runs");
    }

    // -------------------------------------------------------------------------------------------------------- relayer

    function test_relayer_isCreditedOnTop() public {
        uint256 id = plainOrder(alice);
        vm.expectEmit(address(book));
        emit IOrderTypes.Credited(relayer, address(weth), 0.001 ether);
        IOrderTypes.LegResult memory r = relayed(id, 1 ether, 1_000);
        assertEq(r.received, 1 ether - 0.0006 ether - 0.001 ether, "DEX-53 on top of the protocol's");
        assertEq(book.creditOf(relayer, address(weth)), 0.001 ether, "DEX-53 10 bps");
        assertEq(book.accruedFees(address(weth)), 0.0006 ether, "DEX-53 the protocol's is whole");
        vm.prank(relayer);
        book.withdrawCredit(address(weth), relayer);
        assertEq(weth.balanceOf(relayer), 0.001 ether, "DEX-53 and can withdraw it");
    }

    function test_relayer_takesTenBasisPointsAtMost() public {
        IOrderTypes.FillOptions memory options;
        (options.relayer, options.relayerFee) = (relayer, 1_001);
        uint256 id = plainOrder(alice);
        expectError(IOrderTypes.RelayerFeeTooHigh.selector, 1_001, 1_000);
        sweepAs(bob, legOf(list(id), 1 ether), options);
    }

    function testFuzz_relayer_isRoundedDown(uint256 take, uint256 rate) public {
        take = bound(take, 1, 10 ether);
        rate = bound(rate, 0, 1_000);
        IOrderTypes.LegResult memory r = relayed(plainOrder(alice), take, rate);
        uint256 share = (take * rate) / 1e6;
        assertEq(book.creditOf(relayer, address(weth)), share, "DEX-53 floor");
        assertEq(r.received, take - (take * FEE) / 1e6 - share, "DEX-53 the rest is received");
        assertGe(r.received, 1, "DEX-53 something always is");
    }

    function test_relayer_ofNobodyTakesNothing() public {
        IOrderTypes.FillOptions memory options;
        options.relayerFee = 1_000;
        assertEq(
            sweepAs(bob, legOf(list(plainOrder(alice)), 1 ether), options).received,
            0.9994 ether,
            "DEX-53 no relayer, no fee"
        );
    }
}
