// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../support/Test.sol";
import {PaymentsHandler} from "./PaymentsHandler.sol";

/// @notice INV-CMP-01 to 03, 05 and 10 after any sequence of actions.
contract PaymentsInvariantTest is Test {
    PaymentsHandler private handler;

    function setUp() public {
        handler = new PaymentsHandler();
        handler.setUp();
        targetContract(address(handler));
    }

    function invariant_payments() public view {
        handler.check();
    }

    /// @dev The handler's checks can fail: a unit too many in the escrow is seen.
    function test_check_seesAUnit() public {
        handler.check();
        handler.putIn(0, 5);
        handler.check();
        handler.usdcToEscrow(1);
        try handler.check() {
            revert Untrue("the check sees nothing");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(Unequal.selector), "the check sees the unit");
        }
    }
}
