// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../../../test/support/Test.sol";
import {OrderBookCampaignHandler} from "./OrderBookCampaignHandler.sol";

/// @notice The order book's invariants for long campaigns with Hardhat: one walk checks all of them after every call,
/// where the suite's tests walk once for each.
contract OrderBookCampaign is Test {
    OrderBookCampaignHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new OrderBookCampaignHandler();
        targetContract(address(handler));
    }

    // solhint-disable-next-line func-name-mixedcase
    function invariant_INV_DEX_01_to_13() public view {
        for (uint256 n = 1; n <= 13; ++n) handler.check(n);
    }
}
