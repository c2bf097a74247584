// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {Price} from "../../contracts/libraries/Price.sol";
import {DexTest} from "../dex/DexTest.sol";

/// @notice What the tests of the periphery share.
abstract contract PeripheryTest is DexTest {
    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant UNLIMITED = type(uint256).max;

    address internal carol = address(0xCA201);

    function createFor(
        address maker,
        address sell,
        address buy,
        uint256 amount,
        Price at,
        uint16 terms
    ) internal returns (uint256) {
        vm.prank(maker);
        return book.create(sell, buy, amount, at, NEVER, terms);
    }

    function createNew(address payer, IOrderTypes.NewOrder memory o) internal returns (uint256) {
        IOrderTypes.NewOrder[] memory orders = new IOrderTypes.NewOrder[](1);
        orders[0] = o;
        vm.prank(payer);
        return book.createMany(orders)[0];
    }

    function newOrder(
        address maker,
        address sell,
        address buy,
        uint256 amount,
        Price at
    ) internal pure returns (IOrderTypes.NewOrder memory o) {
        (o.maker, o.sellToken, o.buyToken, o.sellAmount, o.price) = (maker, sell, buy, amount, at);
        o.expiry = NEVER;
    }

    function balance(address token, address account) internal view returns (uint256) {
        return IERC20(token).balanceOf(account);
    }

    function one(uint256 id) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = id;
    }

    function leg(
        address sell,
        address buy,
        uint256 take,
        uint256 maxPay,
        uint256[] memory ids
    ) internal pure returns (IOrderTypes.Leg memory result) {
        (result.sellToken, result.buyToken) = (sell, buy);
        (result.takeAmount, result.maxPay, result.ids) = (take, maxPay, ids);
    }

    function remainingOf(uint256 id) internal view returns (uint256) {
        return book.order(id, address(0)).remaining;
    }
}
