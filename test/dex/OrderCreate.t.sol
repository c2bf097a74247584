// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {OrderId} from "../../contracts/dex/libraries/OrderId.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {HostileReceiver} from "../mocks/HostileReceiver.sol";
import {Vm} from "../support/Vm.sol";
import {DexHelpers} from "./DexHelpers.sol";

contract OrderCreateTest is DexHelpers {
    uint256 private constant MAX = type(uint96).max;

    function createWith(address sell, address buy, uint256 amount, Price at, uint256 expiry, uint256 terms) private {
        vm.prank(alice);
        book.create(sell, buy, amount, at, uint32(expiry), uint16(terms));
    }

    // ------------------------------------------------------------------------------------------------------- plain

    function testFuzz_create_escrowsAndMints(uint256 amount, uint256 buy, uint256 lifetime) public {
        amount = bound(amount, 1, 1e6 ether);
        uint256 expiry = bound(lifetime, T0 + 1, NEVER);
        Price at = price(bound(buy, 1, 1e24), 1 ether);
        uint256 expected = OrderId.pack(alice, 0, expiry);
        uint256 held = weth.balanceOf(alice);

        vm.expectEmit(address(book));
        emit IERC721.Transfer(address(0), alice, expected);
        vm.expectEmit(address(book));
        emit IOrderTypes.OrderCreated(expected, address(weth), address(usdc), amount, at, 0);
        vm.prank(alice);
        uint256 id = book.create(address(weth), address(usdc), amount, at, uint32(expiry), 0);

        assertEq(id, expected, "DEX-01 maker, nonce, expiry");
        assertEq(weth.balanceOf(address(book)), amount, "DEX-01 escrowed");
        assertEq(weth.balanceOf(alice), held - amount, "DEX-01 paid by the maker");
        assertEq(book.ownerOf(id), alice, "DEX-01 owner");
        assertEq(book.balanceOf(alice), 1, "DEX-01 one token");
        IOrderTypes.Order memory o = book.order(id, bob);
        assertEq(o.owner, alice, "DEX-01 view owner");
        assertEq(o.maker, alice, "DEX-01 view maker");
        assertEq(o.nonce, 0, "DEX-01 view nonce");
        assertEq(o.expiry, expiry, "DEX-01 view expiry");
        assertEq(o.sellToken, address(weth), "DEX-01 view sell token");
        assertEq(o.buyToken, address(usdc), "DEX-01 view buy token");
        assertEq(o.remaining, amount, "DEX-01 view remaining");
        assertEq(o.available, amount, "DEX-01 view available");
        assertEq(raw(o.price), raw(at), "DEX-01 view price");
        assertEq(o.terms, 0, "DEX-01 view terms");
        assertEq(o.initial, 0, "DEX-01 no schedule");
        assertEq(uint256(o.status), uint256(IOrderTypes.FillStatus.Fillable), "DEX-01 fillable");
    }

    function test_create_countsNoncesPerMaker() public {
        plainOrder(alice);
        uint256 second = plainOrder(alice);
        assertEq(second, OrderId.pack(alice, 1, NEVER), "DEX-01 second nonce");
        assertEq(plainOrder(bob), OrderId.pack(bob, 0, NEVER), "DEX-01 each maker counts alone");
        (uint256 next, uint256 epoch) = book.nonces(alice);
        assertEq(next, 2, "DEX-01 next nonce");
        assertEq(epoch, 0, "DEX-01 no epoch yet");
        assertEq(book.balanceOf(alice), 2, "DEX-01 balance");
    }

    function test_create_idsAreNotUsedAgain() public {
        uint256 id = plainOrder(alice);
        vm.prank(alice);
        book.cancel(id);
        assertEq(plainOrder(alice), OrderId.pack(alice, 1, NEVER), "DEX-35 a cancelled id does not return");
        assertEq(book.order(id, bob).remaining, 0, "DEX-35 the old id stays empty");
    }

    // ------------------------------------------------------------------------------------------------- bad input

    function test_create_boundsTheAmount() public {
        Price at = price(1, 1);
        expectError(IOrderTypes.InvalidAmount.selector, 0);
        createWith(address(weth), address(usdc), 0, at, NEVER, 0);
        expectError(IOrderTypes.InvalidAmount.selector, MAX + 1);
        createWith(address(weth), address(usdc), MAX + 1, at, NEVER, 0);

        weth.mint(alice, MAX);
        createWith(address(weth), address(usdc), 1, at, NEVER, 0);
        createWith(address(weth), address(usdc), MAX, at, NEVER, 0);
        assertEq(weth.balanceOf(address(book)), MAX + 1, "DEX-02 one unit and the most");
    }

    function test_create_refusesImpossiblePairs() public {
        Price at = price(1, 1);
        address w = address(weth);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.InvalidPair.selector, w, w));
        createWith(w, w, 1, at, NEVER, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.InvalidPair.selector, address(0), w));
        createWith(address(0), w, 1, at, NEVER, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.InvalidPair.selector, w, address(0)));
        createWith(w, address(0), 1, at, NEVER, 0);
    }

    function testFuzz_create_refusesUnnormalisedPrices(uint80 bits) public {
        Price at = Price.wrap(bits & ~uint80(1 << 71));
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.InvalidPrice.selector, at));
        createWith(address(weth), address(usdc), 1, at, NEVER, 0);
    }

    function test_create_needsAnExpiryInTheFuture() public {
        Price at = price(1, 1);
        expectError(IOrderTypes.InvalidExpiry.selector, 0);
        createWith(address(weth), address(usdc), 1, at, 0, 0);
        expectError(IOrderTypes.InvalidExpiry.selector, T0);
        createWith(address(weth), address(usdc), 1, at, T0, 0);
        createWith(address(weth), address(usdc), 1, at, T0 + 1, 0);
        assertEq(book.balanceOf(alice), 1, "DEX-05 the next second will do");
    }

    function testFuzz_create_refusesForeignTerms(uint16 terms) public {
        uint256 foreign = terms & ~OrderFlags.SIMPLE;
        Price at = price(1, 1);
        if (foreign != 0) expectError(IOrderTypes.InvalidTerms.selector, uint256(terms));
        createWith(address(weth), address(usdc), 1, at, NEVER, terms);
        assertEq(book.balanceOf(alice), foreign == 0 ? 1 : 0, "DEX-06 simple terms only");
    }

    function test_create_refusesEveryForeignBit() public {
        Price at = price(1, 1);
        for (uint256 bit; bit < 16; ++bit) {
            uint256 terms = 1 << bit;
            if (terms & OrderFlags.SIMPLE != 0) continue;
            expectError(IOrderTypes.InvalidTerms.selector, terms);
            createWith(address(weth), address(usdc), 1, at, NEVER, terms);
        }
        assertEq(book.balanceOf(alice), 0, "DEX-06 none was made");
    }

    function test_create_refusesWithoutFundsOrAllowance() public {
        Price at = price(1, 1);
        address w = address(weth);
        expectError(IOrderTypes.PullFailed.selector, w, alice, 2e6 ether);
        createWith(w, address(usdc), 2e6 ether, at, NEVER, 0);
        vm.prank(alice);
        weth.approve(address(book), 5);
        expectError(IOrderTypes.PullFailed.selector, w, alice, 6);
        createWith(w, address(usdc), 6, at, NEVER, 0);
        createWith(w, address(usdc), 5, at, NEVER, 0);
        assertEq(book.balanceOf(alice), 1, "DEX-01 the allowance suffices");
    }

    // ----------------------------------------------------------------------------------------------------- for others

    function test_createFor_callerPaysMakerOwns() public {
        uint256 held = weth.balanceOf(bob);
        Price at = price(3_000e6, 1 ether);
        vm.prank(bob);
        uint256 id = book.createFor(alice, address(weth), address(usdc), 1 ether, at, NEVER, 0);
        assertEq(book.ownerOf(id), alice, "DEX-07 the maker owns");
        assertEq(id, OrderId.pack(alice, 0, NEVER), "DEX-07 the maker's id");
        assertEq(weth.balanceOf(bob), held - 1 ether, "DEX-07 the caller pays");
        vm.prank(alice);
        book.cancel(id);
        assertEq(weth.balanceOf(alice), 1e6 ether + 1 ether, "DEX-07 the refund is the maker's");
    }

    function test_createFor_refusesNobodyAndTheBook() public {
        Price at = price(1, 1);
        expectError(IOrderTypes.InvalidAccount.selector, address(0));
        vm.prank(alice);
        book.createFor(address(0), address(weth), address(usdc), 1, at, NEVER, 0);
        expectError(IOrderTypes.InvalidAccount.selector, address(book));
        vm.prank(alice);
        book.createFor(address(book), address(weth), address(usdc), 1, at, NEVER, 0);
    }

    function test_createFor_takesTheSimpleTermsOnly() public {
        Price at = price(1, 1);
        for (uint256 bit; bit < 16; ++bit) {
            uint256 terms = 1 << bit;
            bool simple = terms & OrderFlags.SIMPLE != 0;
            uint256 before = book.balanceOf(alice);
            if (!simple) expectError(IOrderTypes.InvalidTerms.selector, terms);
            vm.prank(bob);
            book.createFor(alice, address(weth), address(usdc), 1, at, NEVER, uint16(terms));
            assertEq(book.balanceOf(alice) - before, simple ? 1 : 0, "DEX-06 simple terms only");
        }
    }

    function test_createFor_asksNoReceiver() public {
        HostileReceiver maker = hostileAccount();
        maker.setAnswers(
            HostileReceiver.Answer.Reverts,
            HostileReceiver.Answer.Reverts,
            HostileReceiver.Answer.Reverts
        );
        Price at = price(1, 1);
        vm.prank(bob);
        uint256 id = book.createFor(address(maker), address(weth), address(usdc), 7, at, NEVER, 0);
        assertEq(book.ownerOf(id), address(maker), "DEX-10 minted without asking");
        assertEq(maker.callbacks(), 0, "DEX-10 no callback");
        fill(bob, id, 7);
        assertEq(usdc.balanceOf(address(maker)), 1e12 + 7, "DEX-10 and filled");
    }

    // ------------------------------------------------------------------------------------------------------ batches

    function test_createMany_paysOnceForATokenInARow() public {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](4);
        for (uint256 i; i < 4; ++i) orders[i] = newOrder(i == 1 ? bob : alice);
        (orders[2].sellToken, orders[2].buyToken) = (address(usdc), address(weth));
        orders[2].sellAmount = 500e6;
        uint256 heldWeth = weth.balanceOf(carol);
        uint256 heldUsdc = usdc.balanceOf(carol);

        vm.recordLogs();
        vm.prank(carol);
        uint256[] memory ids = book.createMany(orders);
        assertEq(countTransfersFrom(carol), 3, "DEX-08 one payment for each run of a token");

        assertEq(weth.balanceOf(carol), heldWeth - 30 ether, "DEX-08 WETH paid");
        assertEq(usdc.balanceOf(carol), heldUsdc - 500e6, "DEX-08 USDC paid");
        assertEq(ids[0], OrderId.pack(alice, 0, NEVER), "DEX-08 first");
        assertEq(ids[1], OrderId.pack(bob, 0, NEVER), "DEX-08 second is bob's");
        assertEq(ids[3], OrderId.pack(alice, 2, NEVER), "DEX-08 fourth");
        for (uint256 i; i < 4; ++i) {
            assertEq(remainingOf(ids[i]), orders[i].sellAmount, "DEX-08 amount");
            assertEq(book.ownerOf(ids[i]), orders[i].maker, "DEX-08 owner");
        }
    }

    function test_createMany_isAllOrNone() public {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](2);
        (orders[0], orders[1]) = (newOrder(alice), newOrder(alice));
        orders[1].sellAmount = 0;
        expectError(IOrderTypes.InvalidAmount.selector, 0);
        vm.prank(alice);
        book.createMany(orders);
        assertEq(book.balanceOf(alice), 0, "DEX-08 none was made");
        assertEq(weth.balanceOf(address(book)), 0, "DEX-08 nothing was taken");
    }

    function test_createMany_ofNoneDoesNothing() public {
        vm.prank(alice);
        assertEq(book.createMany(new IOrderTypes.NewOrder[](0)).length, 0, "DEX-08 an empty batch");
    }

    function test_createMany_refusesForeignTerms() public {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        for (uint256 bit; bit < 16; ++bit) {
            uint256 terms = 1 << bit;
            if (terms & OrderFlags.ALL != 0) continue;
            orders[0] = newOrder(alice);
            orders[0].terms = uint16(terms);
            expectError(IOrderTypes.InvalidTerms.selector, terms);
            vm.prank(alice);
            book.createMany(orders);
        }
        assertEq(book.balanceOf(alice), 0, "DEX-06 none was made");
    }

    function test_createMany_keepsTheSimpleTerms() public {
        IOrderTypes.NewOrder memory o = newOrder(alice);
        o.terms = uint16(OrderFlags.ALL_OR_NONE | OrderFlags.EXACT_PAYMENT) | minFillTerms(60);
        uint256 id = createNew(alice, o);
        assertEq(book.order(id, bob).terms, o.terms, "DEX-06 terms stand as given");
    }

    function countTransfersFrom(address from) private returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            // An ERC-20 transfer has three topics, an ERC-721 transfer four.
            if (logs[i].topics.length != 3 || logs[i].topics[0] != IERC20.Transfer.selector) continue;
            if (logs[i].topics[1] == bytes32(uint256(uint160(from)))) ++count;
        }
    }
}
