// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../support/Test.sol";
import {DisputesHandler} from "./DisputesHandler.sol";

/// @notice Bonds, freezes and the limit of slashing, after any sequence of actions.
contract DisputesInvariantTest is Test {
    DisputesHandler private handler;

    function setUp() public {
        handler = new DisputesHandler();
        handler.setUp();
        targetContract(address(handler));
    }

    function invariant_disputes() public view {
        handler.check();
    }

    /// @dev The handler's checks can fail: a unit too many among the bonds is seen.
    function test_check_seesAUnit() public {
        handler.check();
        handler.open(0);
        handler.check();
        handler.unxvToDisputes(1);
        try handler.check() {
            revert Untrue("the check sees nothing");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(Unequal.selector), "the check sees the unit");
        }
    }

    /// @dev Each action does something when its turn comes.
    function test_actions_work() public {
        handler.open(0);
        handler.answer(0);
        handler.uphold(0, 300);
        handler.open(1);
        handler.reject(0);
        handler.open(1);
        handler.answer(0);
        handler.thaw(0, 5_000e18);
        handler.equivocate(0, false);
        handler.absent(1);
        handler.equivocate(1, false);
        handler.topUp(0, 9_000e18);
        handler.check();
        handler.pass(4 days);
        handler.pass(3 days);
        handler.end(0);
        handler.overclaim(4);
        handler.deprovision(0);
        handler.setBond(200e18);
        handler.open(0);
        handler.check();
    }
}
