// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../../../test/support/Test.sol";
import {LendCampaignHandler} from "./LendCampaignHandler.sol";

/// @notice The invariants of lending with its oracle for long campaigns with Hardhat: one walk checks all of them after
/// every call.
contract LendCampaign is Test {
    LendCampaignHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        vm.roll(1_000_000);
        handler = new LendCampaignHandler();
        targetContract(address(handler));
    }

    // solhint-disable-next-line func-name-mixedcase
    function invariant_INV_LEND_01_to_20() public view {
        uint256[8] memory ofTheState = [uint256(1), 2, 4, 5, 9, 12, 14, 15];
        for (uint256 i; i < ofTheState.length; ++i) handler.check(ofTheState[i]);
        // Of the others the actions themselves remember the first violation.
        for (uint256 n = 1; n <= 20; ++n) assertEq(handler.violation(n), "", "INV-LEND");
        assertTrue(handler.quotesHold(), "INV-ORA-04, 06");
    }
}
