// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "../../../contracts/lend/interfaces/IUTokenTypes.sol";
import {Test} from "../../../test/support/Test.sol";
import {Vm} from "../../../test/support/Vm.sol";
import {LendCampaignHandler} from "./LendCampaignHandler.sol";

/// @notice A fixed walk through the handler, to show that each action is reached and goes through, that prices are of every
/// quality, and that debts go bad: a campaign whose actions are all refused holds every invariant.
contract LendReach is Test {
    uint256 private constant MOST_STEPS = 20_000;
    uint256 private constant KINDS = 28;

    LendCampaignHandler private handler;
    /// @dev How often a price was of each quality after a step.
    uint256[4] private seen;
    uint256 private badDebts;

    function setUp() public {
        vm.warp(1_800_000_000);
        vm.roll(1_000_000);
        handler = new LendCampaignHandler();
    }

    // solhint-disable-next-line func-name-mixedcase
    function test_everyActionIsReached() public {
        for (uint256 i; i < MOST_STEPS; ++i) {
            vm.recordLogs();
            step(uint256(keccak256(abi.encode(i))));
            note();
            if (i % 500 != 0) continue;
            checkAll();
            if (bytes(missing()).length == 0) break;
        }
        // A seed in 64 lets it through.
        handler.leave(0);
        checkAll();
        assertEq(missing(), "", "not reached");
        assertEq(handler.done("leave"), 1, "everybody left");
    }

    /// @return The first that was not reached yet; empty for none.
    function missing() private view returns (string memory) {
        string[4] memory qualities = ["halted", "fallback", "pending", "fresh"];
        for (uint256 i; i < qualities.length; ++i) {
            if (seen[i] == 0) return qualities[i];
        }
        if (badDebts == 0) return "bad debts";
        string[29] memory actions = [
            "deposit",
            "mint",
            "withdraw",
            "redeem",
            "borrow",
            "borrowFor",
            "repay",
            "transfer",
            "collateralOn",
            "collateralOff",
            "liquidate",
            "liquidateAll",
            "liquidateForShares",
            "crash",
            "planPart",
            "planTakesAll",
            "planStrikesOff",
            "rushAllowed",
            "rushLate",
            "rushTooEarly",
            "silence",
            "forge",
            "flash",
            "flashBatch",
            "donate",
            "sweep",
            "insure",
            "pause",
            "govern"
        ];
        for (uint256 i; i < actions.length; ++i) {
            if (handler.done(actions[i]) == 0) return actions[i];
        }
        return "";
    }

    /// @dev What the step left of the oracle, and whether suppliers or the reserve lost something by it.
    function note() private {
        for (uint256 i; i < 3; ++i) ++seen[uint256(handler.relay().tryPrice(address(handler.tokens(i))).quality)];
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics.length == 0 || logs[i].topics[0] != IUTokenTypes.BadDebt.selector) continue;
            (uint256 loss, , ) = abi.decode(logs[i].data, (uint256, uint256, uint256));
            if (loss != 0) ++badDebts;
        }
    }

    function checkAll() private view {
        for (uint256 n = 1; n <= 20; ++n) handler.check(n);
        assertTrue(handler.quotesHold(), "INV-ORA-04, 06");
    }

    function step(uint256 seed) private {
        uint256 kind = seed % KINDS;
        (uint256 a, uint256 b, uint256 c, uint256 d) = (salt(seed, 1), salt(seed, 2), salt(seed, 3), salt(seed, 4));
        if (kind <= 2) handler.deposit(a, b, c);
        else if (kind == 3) handler.mint(a, b, c);
        else if (kind == 4) handler.withdraw(a, b, c);
        else if (kind == 5) handler.redeem(a, b, c);
        else if (kind <= 8) handler.borrow(a, b, c);
        else if (kind == 9) handler.borrowFor(a, b, c, d);
        else if (kind == 10) handler.repay(a, b, c, d);
        else if (kind == 11) handler.transfer(a, b, c, d);
        else if (kind == 12) handler.switchCollateral(a, b, c % 4 != 0);
        else if (kind == 13) handler.liquidate(a, b, c, d);
        else if (kind <= 16) handler.crash(a, b, c, d);
        else if (kind <= 19) handler.rush(a, b, c, d);
        else if (kind == 20) handler.movePrice(a, b);
        else if (kind == 21) handler.silence(a);
        else if (kind == 22) handler.forge(a, b, c, d);
        else if (kind == 23) handler.warp(a);
        else stepAside(a, b, c, d);
    }

    function stepAside(uint256 a, uint256 b, uint256 c, uint256 d) private {
        uint256 kind = a % 8;
        if (kind == 0) handler.flash(b, c, d);
        else if (kind == 1) handler.flashBatch(b, c);
        else if (kind == 2) handler.donate(b, c, d);
        else if (kind <= 4) handler.reserve(b, c, d);
        else if (kind == 5) handler.pause(b, c);
        else if (kind == 6) handler.govern(b, c);
        else handler.accrue(b);
    }

    function salt(uint256 seed, uint256 n) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, n)));
    }
}
