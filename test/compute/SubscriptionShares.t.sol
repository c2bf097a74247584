// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {ISubscriptionManager} from "../../contracts/compute/interfaces/ISubscriptionManager.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {HookToken} from "../mocks/HookToken.sol";
import {RefusingToken} from "../mocks/RefusingToken.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice How a period's fee is shared among those that served the subscriber, and what is left of it.
contract SubscriptionSharesTest is SubscriptionTest {
    address private rival = vm.addr(RIVAL_KEY);
    bytes32 private mine = planCollection(provisionId, 1);
    bytes32 private theirs = planCollection(rivalProvision, 1);

    function setUp() public override {
        super.setUp();
        subscribe(payer, STARTER, 9);
    }

    // -------------------------------------------------------------------------------------------------------- rules

    function test_share_listValueWhenTheFeeReaches() public {
        record(usageOf(1, 4 * VALUE + 999_999, 1e6));
        record(usageWith(rivalProvision, 1, 6 * VALUE, 1e6));
        end(1);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.Shared(payer, 1, mine, 4 * USD);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.ProviderPaid(provisionId, provider, 4 * USD, 0.2e6, 0);
        vm.prank(other);
        assertEq(shareOne(payer, 1, mine), 4 * USD, "SUB-07 its list value, rounded down");
        assertEq(usdc.balanceOf(provider), 3.8e6, "SUB-07 less the platform's fee");
        assertShared(mine, true, "SUB-07 shared");
        assertShared(theirs, false, "SUB-07 not the other");
        assertEq(shareOne(payer, 1, theirs), 6 * USD, "SUB-07 the other's");
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.Closed(payer, 1, 5 * USD);
        vm.prank(other);
        assertEq(plans.close(payer, 1), 5 * USD, "SUB-07 the rest");
        assertEq(usdc.balanceOf(insurance), 5 * USD, "SUB-07 is the insurance's");
        assertEq(plans.periodOf(payer, 1).settled, 15 * USD, "SUB-07 conserved");
        expectNothingToDo();
        plans.close(payer, 1);
    }

    function test_share_proRataWhenItDoesNot() public {
        record(usageOf(1, 20 * VALUE, 1e6));
        record(usageWith(rivalProvision, 1, 40 * VALUE + 1, 1e6));
        end(1);
        assertEq(plans.shareOf(payer, 1, mine), 5 * USD - 1, "SUB-07 what it will be");
        assertEq(shareOne(payer, 1, mine), 5 * USD - 1, "SUB-07 a third, rounded down");
        assertEq(shareOne(payer, 1, theirs), 10 * USD, "SUB-07 two thirds, rounded down");
        assertEq(plans.shareOf(payer, 1, mine), 5 * USD - 1, "SUB-07 what it was");
        assertEq(plans.close(payer, 1), 1, "SUB-07 the unit");
    }

    function test_share_onlyAfterTheWindow() public {
        record(usageOf(1, 4 * VALUE, 1e6));
        vm.warp(T0 + PERIOD + WINDOW - 1);
        bytes memory early = abi.encodeWithSelector(ISubscriptionManager.TooEarly.selector, T0 + PERIOD + WINDOW);
        vm.expectRevert(early);
        shareOne(payer, 1, mine);
        vm.expectRevert(early);
        plans.close(payer, 1);
        record(usageOf(1, 5 * VALUE, 1e6));
        vm.warp(T0 + PERIOD + WINDOW);
        assertEq(shareOne(payer, 1, mine), 5 * USD, "SUB-07 to the second");
        bytes memory none = abi.encodeWithSelector(ISubscriptionManager.NoPeriod.selector, payer, 2);
        vm.expectRevert(none);
        shareOne(payer, 2, mine);
        vm.expectRevert(none);
        plans.close(payer, 2);
    }

    function test_share_eachOnce() public {
        record(usageOf(1, 4 * VALUE, 1e6));
        record(usageWith(rivalProvision, 1, 6 * VALUE, 1e6));
        end(1);
        bytes32[] memory ids = new bytes32[](5);
        (ids[0], ids[1], ids[2], ids[3], ids[4]) = (mine, mine, theirs, planCollection(provisionId, 2), mine);
        assertEq(plans.share(payer, 1, ids), 10 * USD, "SUB-07 once in a call");
        assertEq(usdc.balanceOf(provider), 3.8e6, "SUB-07 one");
        assertEq(usdc.balanceOf(rival), 5.7e6, "SUB-07 and another");
        expectNothingToDo();
        plans.share(payer, 1, ids);
        expectNothingToDo();
        plans.share(payer, 1, new bytes32[](0));
        expectNothingToDo();
        shareOne(payer, 1, planCollection(provisionId, 2));
    }

    /// @dev One payment for neighbours of one provision; whoever stands between them changes no amount.
    function test_share_neighboursTogether() public {
        ISubscriptionManager.PlanUsage memory second = usageOf(1, 2 * VALUE, 1);
        second.collectionId = planCollection(provisionId, 2);
        record(usageOf(1, 3 * VALUE, 1));
        record(second);
        record(usageWith(rivalProvision, 1, 4 * VALUE, 1));
        end(1);
        bytes32[] memory ids = new bytes32[](3);
        (ids[0], ids[1], ids[2]) = (mine, second.collectionId, theirs);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.ProviderPaid(provisionId, provider, 5 * USD, 0.25e6, 0);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.ProviderPaid(rivalProvision, rival, 4 * USD, 0.2e6, 0);
        plans.share(payer, 1, ids);
    }

    function test_share_whatIsWorthNoUnit() public {
        record(usageOf(1, 999_999, 1));
        assertEq(plans.periodOf(payer, 1).unshared, 0, "SUB-07 nothing waits for what is worth nothing");
        record(usageWith(rivalProvision, 1, 1_000_000, 1));
        assertEq(plans.periodOf(payer, 1).unshared, 1, "SUB-07 for a unit it does");
        end(1);
        expectNothingToDo();
        shareOne(payer, 1, mine);
        // Its part of a unit's fee is none, but it is through with it.
        assertEq(shareOne(payer, 1, theirs), 1, "SUB-07 a unit");
        assertEq(usdc.balanceOf(rival), 0, "SUB-07 which is the platform's, rounded up");
        assertEq(plans.close(payer, 1), 15 * USD - 1, "SUB-07 the rest");
    }

    /// @dev A share that is rounded down to nothing is through, and makes no payment.
    function test_share_ofNothing() public {
        record(usageOf(1, 1_000_000, 1));
        record(usageWith(rivalProvision, 1, type(uint128).max, 1));
        end(1);
        assertEq(shareOne(payer, 1, mine), 0, "SUB-07 nothing");
        assertShared(mine, true, "SUB-07 and through");
        assertEq(shareOne(payer, 1, theirs), 15 * USD - 1, "SUB-07 the most there can be");
        assertEq(plans.close(payer, 1), 1, "SUB-07 the rest");
    }

    function test_share_ofAnUpgradedPeriod() public {
        vm.warp(T0 + 15 days);
        vm.prank(payer);
        plans.upgrade(PRO, 1);
        record(usageOf(1, 100 * VALUE, 1));
        vm.warp(T0 + PERIOD + WINDOW);
        assertEq(shareOne(payer, 1, mine), 42 * USD, "SUB-05 what was charged for it");
        expectNothingToDo();
        plans.close(payer, 1);
    }

    function test_share_nothingOfAnotherPeriod() public {
        vm.warp(T0 + PERIOD - 1);
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        record(usageOf(1, 100 * VALUE, 1));
        record(usageOf(2, 100 * VALUE, 2));
        end(1);
        assertEq(shareOne(payer, 1, mine), 15 * USD, "SUB-07 the first period's fee");
        vm.warp(T0 + 2 * PERIOD + WINDOW);
        assertEq(shareOne(payer, 2, mine), 15 * USD, "SUB-07 the second's");
        assertEq(usdc.balanceOf(address(escrow)), 970 * USD + 1.5e6, "SUB-07 balance and fees remain");
    }

    // -------------------------------------------------------------------------------------------------------- close

    function test_close_withoutUsage() public {
        end(1);
        assertEq(plans.close(payer, 1), 15 * USD, "SUB-07 all of it");
        assertEq(usdc.balanceOf(insurance), 15 * USD, "SUB-07 is there");
        expectNothingToDo();
        plans.close(payer, 1);
    }

    /// @dev What nobody can be due need not wait for those that do not come; what they are due does.
    function test_close_neverTakesWhatIsDue() public {
        record(usageOf(1, 4 * VALUE + 600_000, 1));
        record(usageWith(rivalProvision, 1, 6 * VALUE + 600_000, 1));
        end(1);
        assertEq(plans.close(payer, 1), 15 * USD - (10 * USD + 1), "SUB-07 beyond all list values");
        expectNothingToDo();
        plans.close(payer, 1);
        assertEq(shareOne(payer, 1, mine), 4 * USD, "SUB-07 its share is there");
        expectNothingToDo();
        plans.close(payer, 1);
        assertEq(shareOne(payer, 1, theirs), 6 * USD, "SUB-07 and the other's");
        assertEq(plans.close(payer, 1), 1, "SUB-07 what rounding left");
        assertEq(plans.periodOf(payer, 1).settled, 15 * USD, "SUB-07 conserved");
    }

    function test_close_nothingBeyondListValues() public {
        record(usageOf(1, 15 * VALUE, 1));
        end(1);
        expectNothingToDo();
        plans.close(payer, 1);
        assertEq(shareOne(payer, 1, mine), 15 * USD, "SUB-07 all of it");
    }

    /// @dev SUB-07: whatever the list values, chunks and closes: conserved to the unit, and nobody has more than its due.
    function testFuzz_share_conserved(uint256 seed, uint256 count, uint256 firstClose) public {
        count = bound(count, 1, 8);
        uint256 sum;
        uint256[] memory values = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            values[i] =
                (word >> 8) %
                (
                    word % 3 == 0
                        ? 2e6
                        : word % 3 == 1
                            ? 10 * VALUE
                            : type(uint128).max
                );
            sum += values[i];
            ISubscriptionManager.PlanUsage memory usage = usageOf(1, values[i], 1);
            usage.collectionId = collectionAt(i);
            if (values[i] != 0) record(usage);
        }
        end(1);
        uint256 settled;
        for (uint256 i; i < count; ++i) {
            if (i == firstClose % count) settled += tryClose();
            uint256 due = values[i] / 1e6;
            if (sum != 0 && (15e6 * values[i]) / sum < due) due = (15e6 * values[i]) / sum;
            assertEq(plans.shareOf(payer, 1, collectionAt(i)), due, "SUB-07 min(list value, part of the fee)");
            if (values[i] < 1e6) continue;
            assertEq(shareOne(payer, 1, collectionAt(i)), due, "SUB-07 is paid");
            settled += due;
        }
        settled += tryClose();
        assertEq(settled, 15 * USD, "SUB-07 conserved to the unit");
        assertEq(plans.periodOf(payer, 1).settled, 15 * USD, "SUB-07 and known");
        (uint256 fees, ) = escrow.fees();
        uint256 paid = usdc.balanceOf(provider) + usdc.balanceOf(rival) + usdc.balanceOf(insurance) + fees;
        assertEq(paid, 15 * USD, "SUB-07 in money too");
    }

    function collectionAt(uint256 i) private view returns (bytes32) {
        return planCollection(i % 2 == 0 ? provisionId : rivalProvision, 1 + i);
    }

    function tryClose() private returns (uint256) {
        try plans.close(payer, 1) returns (uint256 amount) {
            return amount;
        } catch {
            return 0;
        }
    }

    // ------------------------------------------------------------------------------------- who could gain, or hinder

    /// @dev A subscriber that serves itself takes back at most its fee, and the platform's part is lost to it.
    function test_worst_subscriberPaysItself() public {
        uint256 own = ComputeIds.provisionId(payer, 1);
        record(usageOf(1, 10 * VALUE, 1));
        record(usageWith(own, 1, type(uint128).max, 1));
        end(1);
        assertEq(shareOne(payer, 1, planCollection(own, 1)), 15 * USD - 1, "SUB-07 at most the fee");
        // Without stake half of it is held, for seven days.
        assertLe(usdc.balanceOf(payer), 14.25e6, "SUB-07 less the platform's");
        assertEq(shareOne(payer, 1, mine), 0, "SUB-07 known limit: the provider that served it has none of it");
    }

    /// @dev Dust without end makes sharing no dearer for who has a share, and the rest does not wait for it.
    function test_worst_dustHindersNobody() public {
        for (uint256 i = 1; i <= 40; ++i) {
            ISubscriptionManager.PlanUsage memory dust = usageOf(1, 1_000_000, 0);
            dust.collectionId = planCollection(ComputeIds.provisionId(other, uint32(i)), 1);
            record(dust);
        }
        record(usageWith(rivalProvision, 1, 4 * VALUE, 1e6));
        end(1);
        uint256 before = gasleft();
        assertEq(shareOne(payer, 1, theirs), 4 * USD, "SUB-07 its share alone");
        assertLe(before - gasleft(), 250_000, "SUB-07 at the price of one");
        assertEq(plans.close(payer, 1), 11 * USD - 40, "SUB-07 the rest but for the dust");
        assertEq(plans.periodOf(payer, 1).unshared, 40, "SUB-07 which waits");
    }

    /// @dev Whoever takes its share first, or brings others', keeps nobody from its own.
    function test_worst_sharesOfOthersFirst() public {
        record(usageOf(1, 4 * VALUE, 1));
        record(usageWith(rivalProvision, 1, 6 * VALUE, 1));
        end(1);
        shareOne(payer, 1, theirs);
        bytes32[] memory ids = new bytes32[](2);
        (ids[0], ids[1]) = (theirs, mine);
        assertEq(plans.share(payer, 1, ids), 4 * USD, "SUB-07 what is done is passed over");
    }

    /// @dev A provider or an insurance that the token refuses keeps nobody from its share.
    function test_worst_refusedPayout() public {
        record(usageOf(1, 4 * VALUE, 1));
        record(usageWith(rivalProvision, 1, 6 * VALUE, 1));
        end(1);
        vm.etch(address(usdc), address(new RefusingToken("USD Coin", "USDC", 6)).code);
        RefusingToken(address(usdc)).setRefused(provider, true);
        RefusingToken(address(usdc)).setRefused(insurance, true);
        vm.expectRevert();
        plans.close(payer, 1);
        bytes32[] memory ids = new bytes32[](2);
        (ids[0], ids[1]) = (mine, theirs);
        assertEq(plans.share(payer, 1, ids), 10 * USD, "SUB-07 both");
        assertEq(escrow.creditOf(provider), 3.8e6, "PAY-09 a credit");
        assertEq(usdc.balanceOf(rival), 5.7e6, "SUB-07 and a payment");
        RefusingToken(address(usdc)).setRefused(insurance, false);
        assertEq(plans.close(payer, 1), 5 * USD, "SUB-07 the rest later");
    }

    /// @dev A token that hands control over in the middle of a payment: nothing is paid twice.
    function test_worst_reentrantPayout() public {
        record(usageOf(1, 4 * VALUE, 1));
        record(usageWith(rivalProvision, 1, 6 * VALUE, 1));
        end(1);
        vm.etch(address(usdc), address(new HookToken()).code);
        HookToken token = HookToken(address(usdc));
        bytes32[] memory ids = new bytes32[](2);
        (ids[0], ids[1]) = (mine, theirs);
        token.setHook(address(plans), abi.encodeCall(ISubscriptionManager.share, (payer, 1, ids)));
        assertEq(shareOne(payer, 1, mine), 4 * USD, "SUB-07 one");
        assertEq(token.failed(), 1, "SUB-07 not another within it");
        assertShared(theirs, false, "SUB-07 which is not lost");
        token.setHook(address(plans), abi.encodeCall(ISubscriptionManager.close, (payer, 1)));
        assertEq(shareOne(payer, 1, theirs), 6 * USD, "SUB-07 the other");
        assertEq(token.succeeded(), 0, "SUB-07 no close within it");
        token.setHook(address(0), "");
        assertEq(plans.close(payer, 1), 5 * USD, "SUB-07 the rest, once");
        assertEq(usdc.balanceOf(provider), 3.8e6, "SUB-07 once each");
        assertEq(usdc.balanceOf(rival), 5.7e6, "SUB-07 once each");
        assertEq(usdc.balanceOf(insurance), 5 * USD, "SUB-07 and once");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function end(uint256 period) private {
        vm.warp(plans.periodOf(payer, period).recordUntil);
    }

    function assertShared(bytes32 id, bool isShared, string memory message) private view {
        (, , bool actual) = plans.recorded(payer, 1, id);
        assertEq(actual, isShared, message);
    }

    function expectNothingToDo() private {
        vm.expectRevert(ISubscriptionManager.NothingToDo.selector);
    }
}
