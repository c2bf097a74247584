// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../support/Test.sol";
import {RewardsHandler} from "./RewardsHandler.sol";

/// @notice INV-CMP-06 after any sequence of actions.
contract RewardsInvariantTest is Test {
    RewardsHandler private handler;

    function setUp() public {
        handler = new RewardsHandler();
        handler.setUp();
        targetContract(address(handler));
    }

    function invariant_rewards() public view {
        handler.check();
    }

    /// @dev The handler's actions reach what they are about: a root is proposed, judged, activated and claimed from.
    function test_actions_reach() public {
        handler.pass(7 days);
        handler.proposeRoot(0, 0, type(uint256).max / 7, 900e18);
        handler.challengeRoot(1);
        handler.ruleOnRoot(true);
        handler.pass(1 days);
        handler.activateRoot();
        for (uint256 i; i < 4; ++i) handler.claimLeaf(i, false);
        handler.bondMore(1, 5_000e18);
        handler.pass(7 days);
        handler.proposeRoot(1, 0, type(uint256).max / 5, 1_500e18);
        handler.challengeRoot(0);
        handler.pass(7 days);
        handler.dropRoot();
        handler.proposeRoot(1, 0, type(uint256).max / 3, 1_500e18);
        handler.pass(1 days);
        handler.activateRoot();
        handler.claimAll(2);
        handler.check();
        assertEq(handler.activations(), 2, "INV-CMP-06 roots become active");
        assertEq(handler.rulings(), 1, "INV-CMP-06 a challenge is judged");
        assertGe(handler.payments(), 1, "INV-CMP-06 claims are paid");
    }

    /// @dev The handler's checks can fail: a unit too many is seen.
    function test_check_seesAUnit() public {
        handler.check();
        handler.forget(1);
        try handler.check() {
            revert Untrue("the check sees nothing");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(Unequal.selector), "the check sees the unit");
        }
    }
}
