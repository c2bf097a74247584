// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../support/Test.sol";
import {SubscriptionHandler} from "./SubscriptionHandler.sol";

/// @notice INV-CMP-07 after any sequence of actions.
contract SubscriptionInvariantTest is Test {
    SubscriptionHandler private handler;

    function setUp() public {
        handler = new SubscriptionHandler();
        handler.setUp();
        targetContract(address(handler));
    }

    function invariant_plans() public view {
        handler.check();
    }

    /// @dev The handler's checks can fail: a unit too many in the escrow is seen.
    function test_check_seesAUnit() public {
        handler.start(0, 0, 3);
        handler.record(0, 0, 1, 5e12, 1e6, 0);
        handler.check();
        handler.usdcToEscrow(1);
        try handler.check() {
            revert Untrue("the check sees nothing");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(Unequal.selector), "the check sees the unit");
        }
    }

    /// @dev The actions do what they are named after, in one run through a period.
    function test_actions_reachASharedFee() public {
        handler.start(0, 0, 3);
        handler.renewMany(0);
        handler.record(0, 0, 0, 5e12, 1e6, 0);
        handler.upgrade(0, 1);
        handler.passToAnEnd(0, true, 2);
        handler.share(0, 0, 0, 3);
        handler.close(0, 0);
        handler.check();
    }
}
