// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {WrappedPeaq} from "../../contracts/demo/WrappedPeaq.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {FillFlags} from "../../contracts/dex/libraries/FillFlags.sol";
import {IOrderRouter} from "../../contracts/periphery/interfaces/IOrderRouter.sol";
import {OrderRouter} from "../../contracts/periphery/OrderRouter.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {CoinReceiver} from "../mocks/CoinReceiver.sol";
import {HookToken} from "../mocks/HookToken.sol";
import {TetherToken} from "../mocks/TetherToken.sol";
import {Permit2Signer} from "../support/Permit2Signer.sol";
import {PeripheryTest} from "./PeripheryTest.sol";

/// @notice Paying through Permit2 and in coin. `payer` signs; Alice and Bob are makers.
contract OrderRouterTest is PeripheryTest, Permit2Signer {
    uint256 private constant KEY = 0x9A7E5;
    uint256 private constant DEADLINE = T0 + 100;

    /// @dev Permit2's own errors.
    error InvalidNonce();
    error InvalidSigner();
    error SignatureExpired(uint256 deadline);

    OrderRouter private router;
    WrappedPeaq private wpeaq;
    address private payer;

    function setUp() public override {
        super.setUp();
        wpeaq = new WrappedPeaq();
        bytes memory arguments = abi.encode(book, permit2, wpeaq);
        router = OrderRouter(payable(Artifacts.deploy("contracts/periphery/OrderRouter.sol:OrderRouter", arguments)));
        payer = vm.addr(KEY);
        weth.mint(payer, 100 ether);
        usdc.mint(payer, 1e12);
        vm.startPrank(payer);
        weth.approve(address(permit2), UNLIMITED);
        usdc.approve(address(permit2), UNLIMITED);
        usdc.approve(address(router), UNLIMITED);
        vm.stopPrank();
        vm.deal(payer, 100 ether);
        vm.deal(alice, 1_000 ether);
        vm.startPrank(alice);
        wpeaq.deposit{value: 1_000 ether}();
        wpeaq.approve(address(book), UNLIMITED);
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------------------- Permit2

    function test_fillWithPermit2_takesOnlyWhatTheLegPays() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(usdc), 2 ether, 7_000e6, one(id)));
        IOrderTypes.LegResult[] memory results = fillSigned(legs, carol);

        assertEq(results[0].taken, 1 ether, "all there was");
        assertEq(weth.balanceOf(carol), 1 ether - 0.0006 ether, "to the recipient, less the fee");
        assertEq(usdc.balanceOf(payer), 1e12 - results[0].paid, "the rest never left");
        assertEq(usdc.balanceOf(alice), 1e12 + results[0].paid, "the maker is paid");
        assertNothingStays();
    }

    function test_fillWithPermit2_isTheCallersWhenNoRecipientIsNamed() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        fillSigned(legsOf(leg(address(weth), address(usdc), 1 ether, 4_000e6, one(id))), address(0));
        assertEq(weth.balanceOf(payer), 101 ether - 0.0006 ether, "the caller receives");
    }

    function test_fillWithPermit2_paysSeveralLegs() public {
        uint256 idA = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        uint256 idB = createOrder(bob, usdc, weth, 3_100e6, price(1 ether, 3_100e6), 0);
        uint256 idC = createFor(alice, address(wpeaq), address(usdc), 10 ether, price(1e6, 10 ether), 0);
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](3);
        legs[0] = leg(address(weth), address(usdc), 1 ether, 3_001e6, one(idA));
        legs[1] = leg(address(usdc), address(weth), 3_100e6, 2 ether, one(idB));
        legs[2] = leg(address(wpeaq), address(usdc), 10 ether, 2e6, one(idC));
        IOrderTypes.LegResult[] memory results = fillSigned(legs, carol);
        for (uint256 i; i < 3; ++i) assertEq(results[i].filled, 1, "each leg");
        assertEq(usdc.balanceOf(payer), 1e12 - results[0].paid - results[2].paid, "two legs are paid in USDC");
        assertEq(weth.balanceOf(payer), 100 ether - results[1].paid, "one in WETH");
        assertEq(wpeaq.balanceOf(carol), results[2].received, "received");
        assertNothingStays();
    }

    function test_fillWithPermit2_leavesThePermitOfALegThatPaysNothing() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](2);
        legs[0] = leg(address(usdc), address(weth), 1e6, 1 ether, one(12345));
        legs[1] = leg(address(weth), address(usdc), 1 ether, 4_000e6, one(id));
        IOrderRouter.Permit[] memory permits = signAll(legs);
        IOrderTypes.FillOptions memory options;
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);

        // The first leg's permit is unused, and still its signer's only.
        (legs[0].ids, legs[0].takeAmount) = (one(createOrder(bob, usdc, weth, 1e6, price(1 ether, 3_000e6), 0)), 1e6);
        legs = legsOf(legs[0]);
        IOrderRouter.Permit[] memory left = new IOrderRouter.Permit[](1);
        left[0] = permits[0];
        vm.expectRevert(InvalidSigner.selector);
        vm.prank(bob);
        router.fillWithPermit2(legs, options, left);
        vm.prank(payer);
        assertEq(router.fillWithPermit2(legs, options, left)[0].filled, 1, "its signer may use it");
        legs = legsOf(refilled(legs[0]));
        vm.expectRevert(InvalidNonce.selector);
        vm.prank(payer);
        router.fillWithPermit2(legs, options, left);
    }

    function test_fillWithPermit2_needsOnePermitALeg() public {
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(usdc), 1, 1, one(1)));
        IOrderTypes.FillOptions memory options;
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.PermitCountMismatch.selector, 0, 1));
        router.fillWithPermit2(legs, options, new IOrderRouter.Permit[](0));
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.PermitCountMismatch.selector, 2, 1));
        router.fillWithPermit2(legs, options, new IOrderRouter.Permit[](2));
    }

    function test_fillWithPermit2_revertsForSomebodyElsesSignature() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(usdc), 1 ether, 4_000e6, one(id)));
        IOrderRouter.Permit[] memory permits = signAll(legs);
        IOrderTypes.FillOptions memory options;
        options.recipient = bob;
        vm.expectRevert(InvalidSigner.selector);
        vm.prank(bob);
        router.fillWithPermit2(legs, options, permits);
    }

    function test_fillWithPermit2_revertsWhenTheLegIsNotTheOneSigned() public {
        uint256 id = createOrder(alice, weth, usdc, 1 ether, price(3_000e6, 1 ether), 0);
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(usdc), 1 ether, 4_000e6, one(id)));
        IOrderRouter.Permit[] memory permits = signAll(legs);
        legs[0].maxPay = 4_001e6;
        IOrderTypes.FillOptions memory options;
        vm.expectRevert(InvalidSigner.selector);
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);
        legs[0].maxPay = 4_000e6;
        vm.warp(DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(SignatureExpired.selector, DEADLINE));
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);
        vm.warp(DEADLINE);
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);
    }

    function test_fillWithPermit2_servesTokensWithoutReturnValues() public {
        TetherToken tether = new TetherToken();
        tether.mint(payer, 10_000e6);
        vm.prank(payer);
        tether.approve(address(permit2), UNLIMITED);
        for (uint256 i; i < 2; ++i) {
            uint256 id = createFor(alice, address(weth), address(tether), 1 ether, price(3_000e6, 1 ether), 0);
            IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(tether), 1 ether, 3_001e6, one(id)));
            IOrderRouter.Permit[] memory permits = new IOrderRouter.Permit[](1);
            permits[0] = permitOf(legs[0], i);
            IOrderTypes.FillOptions memory options;
            vm.prank(payer);
            router.fillWithPermit2(legs, options, permits);
        }
        assertGe(tether.balanceOf(alice), 6_000e6, "paid twice");
        assertEq(tether.balanceOf(address(router)), 0, "nothing stays");
    }

    /// @dev A token that takes a fee brings too little for the maker: the fill reverts, nobody is short.
    function test_fillWithPermit2_revertsForATokenThatTakesAFee() public {
        TetherToken tether = new TetherToken();
        tether.mint(payer, 10_000e6);
        tether.setFee(100);
        vm.prank(payer);
        tether.approve(address(permit2), UNLIMITED);
        uint256 id = createFor(alice, address(weth), address(tether), 1 ether, price(3_000e6, 1 ether), 0);
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(tether), 1 ether, 3_001e6, one(id)));
        IOrderRouter.Permit[] memory permits = signAll(legs);
        IOrderTypes.FillOptions memory options;
        vm.expectRevert(
            abi.encodeWithSelector(IOrderTypes.PullFailed.selector, address(tether), address(router), 3_000e6 + 1)
        );
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);
    }

    /// @dev Several legs in one token that uses its allowance up: the sum is allowed.
    function test_fillWithPermit2_allowsTheSumOfLegsInOneToken() public {
        TetherToken tether = new TetherToken();
        tether.mint(payer, 10_000e6);
        vm.prank(payer);
        tether.approve(address(permit2), UNLIMITED);
        vm.prank(address(router));
        tether.approve(address(book), 3_500e6);
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](2);
        for (uint256 i; i < 2; ++i) {
            uint256 id = createFor(alice, address(weth), address(tether), 1 ether, price(3_000e6, 1 ether), 0);
            legs[i] = leg(address(weth), address(tether), 1 ether, 3_001e6, one(id));
        }
        IOrderRouter.Permit[] memory permits = signAll(legs);
        IOrderTypes.FillOptions memory options;
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);
        assertEq(tether.balanceOf(alice), 6_000e6 + 2, "both are paid");
    }

    // ---------------------------------------------------------------------------------------------------------- coin

    function test_fillWithCoin_refundsWhatIsNotSpent() public {
        uint256 id = createFor(bob, address(weth), address(wpeaq), 1 ether, price(2 ether, 1 ether), 0);
        IOrderTypes.FillOptions memory options;
        options.recipient = carol;
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(wpeaq), 1 ether, 5 ether, one(id));
        vm.prank(payer);
        IOrderTypes.LegResult memory result = router.fillWithCoin{value: 5 ether}(leg_, options);
        assertEq(result.paid, 2 ether, "paid");
        assertEq(payer.balance, 98 ether, "the rest is back");
        assertEq(wpeaq.balanceOf(bob), 2 ether, "the maker has wrapped coin");
        assertEq(weth.balanceOf(carol), 1 ether - 0.0006 ether, "the recipient the tokens");
        assertNothingStays();
    }

    function test_fillWithCoin_spendsAllWithoutRefund() public {
        uint256 id = createFor(bob, address(weth), address(wpeaq), 1 ether, price(2 ether, 1 ether), 0);
        IOrderTypes.FillOptions memory options;
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(wpeaq), 1 ether, 2 ether, one(id));
        CoinReceiver buyer = new CoinReceiver();
        buyer.setMode(CoinReceiver.Mode.Refuses);
        vm.deal(address(this), 2 ether);
        // Nothing comes back, so that even who refuses coin can pay with it.
        buyer.execute{value: 2 ether}(address(router), 2 ether, abi.encodeCall(router.fillWithCoin, (leg_, options)));
        assertEq(weth.balanceOf(address(buyer)), 1 ether - 0.0006 ether, "received");
    }

    function test_fillWithCoin_refundsAllWhenNothingIsFilled() public {
        IOrderTypes.FillOptions memory options;
        options.flags = uint8(FillFlags.IMMEDIATE_OR_CANCEL);
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(wpeaq), 1 ether, 5 ether, one(1));
        vm.prank(payer);
        router.fillWithCoin{value: 5 ether}(leg_, options);
        assertEq(payer.balance, 100 ether, "all back");
        assertNothingStays();
    }

    function test_fillWithCoin_revertsForAnotherTokenOrValue() public {
        IOrderTypes.FillOptions memory options;
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 1, 1, one(1));
        vm.deal(address(this), 10);
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.NotWrappedCoin.selector, address(usdc)));
        router.fillWithCoin{value: 1}(leg_, options);
        leg_.buyToken = address(wpeaq);
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.ValueMismatch.selector, 2, 1));
        router.fillWithCoin{value: 2}(leg_, options);
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.ValueMismatch.selector, 0, 1));
        router.fillWithCoin(leg_, options);
    }

    function test_fillForCoin_paysOutUnwrapped() public {
        uint256 id = createFor(alice, address(wpeaq), address(usdc), 10 ether, price(1e6, 10 ether), 0);
        IOrderTypes.FillOptions memory options;
        options.recipient = carol;
        IOrderTypes.Leg memory leg_ = leg(address(wpeaq), address(usdc), 4 ether, 5e6, one(id));
        vm.prank(payer);
        IOrderTypes.LegResult memory result = router.fillForCoin(leg_, options);
        assertEq(carol.balance, 4 ether - 0.0024 ether, "coin, less the fee");
        assertEq(usdc.balanceOf(payer), 1e12 - result.paid, "only what it cost");
        assertEq(usdc.balanceOf(alice), 1e12 + result.paid, "to the maker");
        assertNothingStays();

        options.recipient = address(0);
        vm.prank(payer);
        router.fillForCoin(leg_, options);
        assertEq(payer.balance, 100 ether + 4 ether - 0.0024 ether, "to the caller when nobody is named");
    }

    function test_fillForCoin_doesNothingWhenNothingIsFilled() public {
        IOrderTypes.FillOptions memory options;
        IOrderTypes.Leg memory leg_ = leg(address(wpeaq), address(usdc), 1 ether, 5e6, one(1));
        vm.expectRevert(IOrderTypes.NothingFilled.selector);
        vm.prank(payer);
        router.fillForCoin(leg_, options);
        options.flags = uint8(FillFlags.IMMEDIATE_OR_CANCEL);
        vm.prank(payer);
        assertEq(router.fillForCoin(leg_, options).filled, 0, "immediate or cancel");
        assertEq(usdc.balanceOf(payer), 1e12, "nothing paid");
    }

    function test_fillForCoin_revertsForAnotherToken() public {
        IOrderTypes.FillOptions memory options;
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(usdc), 1, 1, one(1));
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.NotWrappedCoin.selector, address(weth)));
        router.fillForCoin(leg_, options);
    }

    function test_fillForCoin_spendsOnlyTheCallersAllowance() public {
        uint256 id = createFor(alice, address(wpeaq), address(usdc), 10 ether, price(1e6, 10 ether), 0);
        IOrderTypes.FillOptions memory options;
        IOrderTypes.Leg memory leg_ = leg(address(wpeaq), address(usdc), 4 ether, 5e6, one(id));
        // Bob has USDC, but allowed this router nothing; the payer did.
        vm.expectRevert(SafeTransferLib.TransferFromFailed.selector);
        vm.prank(bob);
        router.fillForCoin(leg_, options);
    }

    function test_createWithCoin_sellsTheCoinForTheCaller() public {
        vm.prank(payer);
        uint256 id = router.createWithCoin{value: 7 ether}(address(usdc), price(1e6, 1 ether), NEVER, 0);
        assertEq(book.ownerOf(id), payer, "the caller owns it");
        IOrderTypes.Order memory made = book.order(id, address(0));
        assertEq(made.sellToken, address(wpeaq), "it sells wrapped coin");
        assertEq(made.remaining, 7 ether, "all that was sent");
        assertNothingStays();
        vm.prank(payer);
        book.cancel(id);
        assertEq(wpeaq.balanceOf(payer), 7 ether, "a cancellation refunds wrapped coin");
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.InvalidAmount.selector, 0));
        router.createWithCoin(address(usdc), price(1e6, 1 ether), NEVER, 0);
    }

    // ------------------------------------------------------------------------------------------------------- options

    function test_fill_passesTheOtherOptionsOn() public {
        uint256 id = createFor(bob, address(weth), address(wpeaq), 1 ether, price(2 ether, 1 ether), 0);
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(wpeaq), 2 ether, 5 ether, one(id));
        IOrderTypes.FillOptions memory options;
        options.flags = uint8(FillFlags.FILL_OR_KILL);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.NotFilledWhole.selector, 1 ether, 2 ether));
        vm.prank(payer);
        router.fillWithCoin{value: 5 ether}(leg_, options);
        options.flags = 0;
        options.deadline = uint40(T0 - 1);
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.DeadlinePassed.selector, T0 - 1));
        vm.prank(payer);
        router.fillWithCoin{value: 5 ether}(leg_, options);
        options.deadline = uint40(T0);
        (options.relayer, options.relayerFee) = (carol, 1_000);
        vm.prank(payer);
        router.fillWithCoin{value: 5 ether}(leg_, options);
        assertEq(book.creditOf(carol, address(weth)), 0.001 ether, "the relayer's fee");
    }

    function test_fill_refusesOptionsThatWouldBeTheRouters() public {
        IOrderTypes.FillOptions memory options;
        options.data = hex"00";
        expectRefused(options, abi.encodeWithSelector(IOrderRouter.OptionNotRouted.selector));
        options.data = "";
        options.flags = uint8(FillFlags.USE_DISCOUNT | FillFlags.IMMEDIATE_OR_CANCEL);
        expectRefused(options, abi.encodeWithSelector(IOrderRouter.OptionNotRouted.selector));
        options.flags = 0;
        options.recipient = address(router);
        expectRefused(options, abi.encodeWithSelector(IOrderRouter.InvalidRecipient.selector, address(router)));
    }

    // ------------------------------------------------------------------------------------------------------- attacks

    function test_onFill_isTheBooksOnly() public {
        IOrderTypes.LegResult[] memory results = new IOrderTypes.LegResult[](1);
        results[0].paid = 1_000e6;
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.NotOrderBook.selector, address(this)));
        router.onFill(results, callbackData(payer));
    }

    /// @dev The payer allowed this router to take USDC. Nobody else can make it do so: the book calls back its caller.
    function test_onFill_cannotBeReachedThroughTheBook() public {
        uint256 id = createFor(alice, address(wpeaq), address(usdc), 10 ether, price(1e6, 10 ether), 0);
        IOrderTypes.FillOptions memory options;
        options.data = callbackData(payer);
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(wpeaq), address(usdc), 1 ether, 5e6, one(id)));
        vm.expectRevert();
        vm.prank(bob);
        book.fillOrders(legs, options);
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.OptionNotRouted.selector));
        vm.prank(bob);
        router.fillForCoin(legs[0], options);
        assertEq(usdc.balanceOf(payer), 1e12, "untouched");
    }

    function test_receive_refusesCoinFromOthers() public {
        CoinReceiver sender = new CoinReceiver();
        vm.deal(address(sender), 1);
        vm.expectRevert(abi.encodeWithSelector(IOrderRouter.UnexpectedCoin.selector, address(sender)));
        sender.execute(address(router), 1, "");
    }

    function test_fillForCoin_hostileRecipientHurtsItsOwnCallOnly() public {
        uint256 id = createFor(alice, address(wpeaq), address(usdc), 10 ether, price(1e6, 10 ether), 0);
        CoinReceiver hostile = new CoinReceiver();
        IOrderTypes.FillOptions memory options;
        options.recipient = address(hostile);
        IOrderTypes.Leg memory leg_ = leg(address(wpeaq), address(usdc), 1 ether, 5e6, one(id));
        hostile.setMode(CoinReceiver.Mode.Refuses);
        vm.expectRevert(SafeTransferLib.ETHTransferFailed.selector);
        vm.prank(payer);
        router.fillForCoin(leg_, options);
        hostile.setMode(CoinReceiver.Mode.BurnsGas);
        vm.prank(payer);
        (bool success, ) = address(router).call{gas: 3_000_000}(abi.encodeCall(router.fillForCoin, (leg_, options)));
        assertEq(success, false, "burning the gas reverts the call that pays for it");
        assertEq(usdc.balanceOf(payer), 1e12, "nothing was paid");
        assertEq(remainingOf(id), 10 ether, "nor filled");

        options.recipient = carol;
        vm.prank(payer);
        assertEq(router.fillForCoin(leg_, options).taken, 1 ether, "another recipient is served");
    }

    /// @dev A recipient that calls back in gets nothing of the call that is under way.
    function test_fillForCoin_keepsCallsApartWhenTheRecipientReenters() public {
        uint256 id = createFor(alice, address(wpeaq), address(usdc), 10 ether, price(1e6, 10 ether), 0);
        CoinReceiver hostile = new CoinReceiver();
        IOrderTypes.FillOptions memory options;
        IOrderTypes.Leg memory leg_ = leg(address(wpeaq), address(usdc), 1 ether, 5e6, one(id));
        hostile.setCall(address(router), abi.encodeCall(router.fillForCoin, (leg_, options)));
        usdc.mint(address(hostile), 5e6);
        hostile.execute(address(usdc), 0, abi.encodeCall(usdc.approve, (address(router), UNLIMITED)));
        options.recipient = address(hostile);
        vm.prank(payer);
        IOrderTypes.LegResult memory result = router.fillForCoin(leg_, options);

        assertEq(hostile.succeeded(), true, "it may trade for itself");
        assertEq(address(hostile).balance, 2 * result.received, "it has what both calls bought");
        assertEq(usdc.balanceOf(payer), 1e12 - result.paid, "the payer paid for one");
        assertEq(usdc.balanceOf(address(hostile)), 5e6 - result.paid, "and it for the other");
        assertNothingStays();
    }

    /// @dev A token with a hook re-enters while the router pays: the book is locked, and every way in is shut.
    function test_fillWithPermit2_isShutWhileATokenHasTheFloor() public {
        HookToken hook = new HookToken();
        hook.mint(payer, 100 ether);
        vm.prank(payer);
        hook.approve(address(permit2), UNLIMITED);
        uint256 id = createFor(alice, address(weth), address(hook), 1 ether, price(1 ether, 1 ether), 0);
        IOrderTypes.Leg[] memory legs = legsOf(leg(address(weth), address(hook), 1 ether, 2 ether, one(id)));
        IOrderTypes.FillOptions memory options;
        options.recipient = carol;
        hook.setHook(
            address(router),
            abi.encodeCall(router.fillWithPermit2, (new IOrderTypes.Leg[](0), options, new IOrderRouter.Permit[](0)))
        );
        IOrderRouter.Permit[] memory permits = signAll(legs);
        vm.prank(payer);
        router.fillWithPermit2(legs, options, permits);
        assertGe(hook.failed(), 2, "at each transfer");
        assertEq(hook.succeeded(), 0, "never");
        assertEq(hook.balanceOf(address(router)), 0, "nothing stays");
    }

    /// @dev Whatever is swept, in whatever way it is paid: the parts add up and the router is empty.
    function testFuzz_fill_conserves(uint256 seed) public {
        setFee(draw(seed, 0) % 3_001);
        uint256[] memory ids = new uint256[](3);
        for (uint256 i; i < 3; ++i) {
            uint256 amount = 1 + (draw(seed, 10 + i) % 5 ether);
            ids[i] = createFor(
                bob,
                address(weth),
                address(wpeaq),
                amount,
                price(1 + (draw(seed, 20 + i) % 3 ether), 1 ether),
                0
            );
        }
        uint256 value = draw(seed, 1) % 30 ether;
        IOrderTypes.Leg memory leg_ = leg(address(weth), address(wpeaq), 1 + (draw(seed, 2) % 16 ether), value, ids);
        IOrderTypes.FillOptions memory options;
        options.flags = uint8(FillFlags.IMMEDIATE_OR_CANCEL);
        options.recipient = carol;
        vm.prank(payer);
        IOrderTypes.LegResult memory result = router.fillWithCoin{value: value}(leg_, options);
        assertLe(result.paid, value, "within the value");
        assertEq(payer.balance, 100 ether - result.paid, "the rest is back");
        assertEq(wpeaq.balanceOf(bob), result.paid, "the maker has the payment");
        assertEq(weth.balanceOf(carol), result.received, "the recipient what was bought");
        assertNothingStays();
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function fillSigned(
        IOrderTypes.Leg[] memory legs,
        address recipient
    ) private returns (IOrderTypes.LegResult[] memory) {
        IOrderTypes.FillOptions memory options;
        options.recipient = recipient;
        IOrderRouter.Permit[] memory permits = signAll(legs);
        vm.prank(payer);
        return router.fillWithPermit2(legs, options, permits);
    }

    function signAll(IOrderTypes.Leg[] memory legs) private view returns (IOrderRouter.Permit[] memory permits) {
        permits = new IOrderRouter.Permit[](legs.length);
        for (uint256 i; i < legs.length; ++i) permits[i] = permitOf(legs[i], i);
    }

    function permitOf(IOrderTypes.Leg memory leg_, uint256 nonce) private view returns (IOrderRouter.Permit memory) {
        Permission memory p = Permission(leg_.buyToken, leg_.maxPay, address(router), nonce, DEADLINE);
        return IOrderRouter.Permit(nonce, DEADLINE, signTransfer(KEY, p));
    }

    /// @dev The same leg over a fresh order.
    function refilled(IOrderTypes.Leg memory leg_) private returns (IOrderTypes.Leg memory) {
        leg_.ids = one(createOrder(bob, usdc, weth, 1e6, price(1 ether, 3_000e6), 0));
        return leg_;
    }

    function legsOf(IOrderTypes.Leg memory leg_) private pure returns (IOrderTypes.Leg[] memory legs) {
        legs = new IOrderTypes.Leg[](1);
        legs[0] = leg_;
    }

    function callbackData(address from) private view returns (bytes memory) {
        uint256[2][] memory payments = new uint256[2][](1);
        payments[0] = [uint256(uint160(address(usdc))), 1_000e6];
        return abi.encode(uint8(1), from, payments, new IOrderRouter.Permit[](0));
    }

    function expectRefused(IOrderTypes.FillOptions memory options, bytes memory reason) private {
        IOrderTypes.Leg memory leg_ = leg(address(wpeaq), address(usdc), 1, 0, one(1));
        vm.expectRevert(reason);
        router.fillForCoin(leg_, options);
        IOrderTypes.Leg[] memory legs = legsOf(leg_);
        vm.expectRevert(reason);
        router.fillWithPermit2(legs, options, new IOrderRouter.Permit[](1));
        leg_ = leg(address(weth), address(wpeaq), 1, 0, one(1));
        vm.expectRevert(reason);
        router.fillWithCoin(leg_, options);
    }

    function assertNothingStays() private view {
        assertEq(weth.balanceOf(address(router)), 0, "no WETH stays");
        assertEq(usdc.balanceOf(address(router)), 0, "no USDC stays");
        assertEq(wpeaq.balanceOf(address(router)), 0, "no wrapped coin stays");
        assertEq(address(router).balance, 0, "no coin stays");
    }

    function draw(uint256 seed, uint256 which) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, which)));
    }
}
