// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {OrderFlags} from "../../contracts/dex/libraries/OrderFlags.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {HostileReceiver} from "../mocks/HostileReceiver.sol";
import {HostileToken} from "../mocks/HostileToken.sol";
import {DexTest} from "./DexTest.sol";

/// @notice What the tests of the order book say again and again.
abstract contract DexHelpers is DexTest {
    /// @dev The first second of every test. Spelled out, since the optimiser may read the clock once a function.
    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant UNLIMITED = type(uint256).max;
    /// @dev One unit for one unit.
    Price internal constant PRICE_ONE = Price.wrap(uint80((uint256(120) << 72) | (1 << 71)));

    address internal carol = address(0xCA201);

    function setUp() public virtual override {
        super.setUp();
        fund(carol);
    }

    // ---------------------------------------------------------------------------------------------------- creation

    /// @return id an order of `maker`: 10 WETH at 3,000 USDC
    function plainOrder(address maker) internal returns (uint256 id) {
        return createOrder(maker, weth, usdc, 10 ether, price(3_000e6, 1 ether), 0);
    }

    function orderUntil(address maker, uint256 expiry) internal returns (uint256 id) {
        vm.prank(maker);
        return book.create(address(weth), address(usdc), 10 ether, price(3_000e6, 1 ether), uint32(expiry), 0);
    }

    /// @return o 10 WETH at 3,000 USDC for `maker`, no rare feature
    function newOrder(address maker) internal view returns (IOrderTypes.NewOrder memory o) {
        o.maker = maker;
        o.sellToken = address(weth);
        o.buyToken = address(usdc);
        o.sellAmount = 10 ether;
        o.price = price(3_000e6, 1 ether);
        o.expiry = NEVER;
    }

    function createNew(address payer, IOrderTypes.NewOrder memory o) internal returns (uint256 id) {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = o;
        vm.prank(payer);
        uint256[] memory ids = book.createMany(orders);
        // Empty where the test expects a reversion.
        if (ids.length != 0) id = ids[0];
    }

    function minFillTerms(uint256 log2Units) internal pure returns (uint16) {
        return uint16(log2Units << OrderFlags.MIN_FILL_SHIFT);
    }

    // ------------------------------------------------------------------------------------------------------ filling

    function fill(address taker, uint256 id, uint256 amount) internal returns (uint256 received, uint256 paid) {
        vm.prank(taker);
        return book.fill(id, amount, UNLIMITED);
    }

    /// @return leg WETH for USDC over `ids`, without limits
    function legOf(uint256[] memory ids, uint256 takeAmount) internal view returns (IOrderTypes.Leg memory leg) {
        leg.sellToken = address(weth);
        leg.buyToken = address(usdc);
        leg.takeAmount = takeAmount;
        leg.maxPay = UNLIMITED;
        leg.ids = ids;
    }

    function sweepAs(
        address taker,
        IOrderTypes.Leg memory leg,
        IOrderTypes.FillOptions memory options
    ) internal returns (IOrderTypes.LegResult memory result) {
        IOrderTypes.Leg[] memory legs = new IOrderTypes.Leg[](1);
        legs[0] = leg;
        vm.prank(taker);
        IOrderTypes.LegResult[] memory results = book.fillOrders(legs, options);
        // Empty where the test expects a reversion.
        if (results.length != 0) result = results[0];
    }

    function sweep(address taker, IOrderTypes.Leg memory leg) internal returns (IOrderTypes.LegResult memory) {
        return sweepAs(taker, leg, noOptions());
    }

    function noOptions() internal pure returns (IOrderTypes.FillOptions memory options) {}

    function withFlags(uint256 flags) internal pure returns (IOrderTypes.FillOptions memory options) {
        options.flags = uint8(flags);
    }

    // ------------------------------------------------------------------------------------------------------- lists

    function list(uint256 a) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = a;
    }

    function list(uint256 a, uint256 b) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](2);
        (ids[0], ids[1]) = (a, b);
    }

    function list(uint256 a, uint256 b, uint256 c) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](3);
        (ids[0], ids[1], ids[2]) = (a, b, c);
    }

    // ---------------------------------------------------------------------------------------------------- reversion

    function expectNotFillable(uint256 id, IOrderTypes.FillStatus status) internal {
        vm.expectRevert(abi.encodeWithSelector(IOrderTypes.NotFillable.selector, id, status));
    }

    function expectError(bytes4 selector) internal {
        vm.expectRevert(abi.encodeWithSelector(selector));
    }

    function expectError(bytes4 selector, uint256 a) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a));
    }

    function expectError(bytes4 selector, address a) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a));
    }

    function expectError(bytes4 selector, uint256 a, uint256 b) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a, b));
    }

    function expectError(bytes4 selector, address a, uint256 b) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a, b));
    }

    function expectError(bytes4 selector, address a, uint256 b, uint256 c) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a, b, c));
    }

    function expectError(bytes4 selector, address a, address b, uint256 c) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, a, b, c));
    }

    // ------------------------------------------------------------------------------------------------ hostile tokens

    /// @return token a misbehaving token; alice, bob and carol hold and have approved it
    function hostileToken(uint8 decimals) internal returns (HostileToken token) {
        token = new HostileToken(decimals);
        fundHostile(token, alice);
        fundHostile(token, bob);
        fundHostile(token, carol);
    }

    function fundHostile(HostileToken token, address account) internal {
        token.mint(account, 1e27);
        vm.prank(account);
        token.approve(address(book), UNLIMITED);
    }

    /// @return account a contract that holds and has approved WETH and USDC
    function hostileAccount() internal returns (HostileReceiver account) {
        account = new HostileReceiver();
        fund(address(account));
    }

    function sellHostile(HostileToken token, address maker, uint256 amount) internal returns (uint256 id) {
        vm.prank(maker);
        return book.create(address(token), address(usdc), amount, price(1e6, 1e18), NEVER, 0);
    }

    /// @return id 10 WETH for `token`, 3,000e18 units for each
    function buyHostile(HostileToken token, address maker, uint16 terms) internal returns (uint256 id) {
        vm.prank(maker);
        return book.create(address(weth), address(token), 10 ether, price(3_000e18, 1e18), NEVER, terms);
    }

    // --------------------------------------------------------------------------------------------------- assertions

    function remainingOf(uint256 id) internal view returns (uint256) {
        return book.order(id, address(0)).remaining;
    }

    function statusOf(uint256 id, address taker) internal view returns (IOrderTypes.FillStatus) {
        return book.order(id, taker).status;
    }

    function assertStatus(
        uint256 id,
        address taker,
        IOrderTypes.FillStatus expected,
        string memory message
    ) internal view {
        assertEq(uint256(statusOf(id, taker)), uint256(expected), message);
    }

    function assertHeld(address token, address account, uint256 expected, string memory message) internal view {
        assertEq(IERC20(token).balanceOf(account), expected, message);
    }

    function raw(Price p) internal pure returns (uint256) {
        return Price.unwrap(p);
    }
}
