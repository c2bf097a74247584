// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice Plans, periods, lots and shares.
contract SubscriptionManagerTest is SubscriptionTest {
    function test_subscribe_chargesAPeriod() public {
        subscribe(payer, STARTER, 0);
        assertAccount(payer, 985 * USD, 0, 0, "SUB-02 out of free funds");
        assertBucket(payer, 20e6, 2e6, "SUB-02 a lot");
        record(usageOf(1, 5 * VALUE, 10e6));
        assertBucket(payer, 10e6, 2e6, "SUB-06 used");
        vm.warp(T0 + PERIOD + WINDOW);
        shareOne(payer, 1, planCollection(provisionId, 1));
        assertEq(usdc.balanceOf(provider), 4.75e6, "SUB-07 its list value, less the fee");
        plans.close(payer, 1);
        assertEq(usdc.balanceOf(insurance), 10e6, "SUB-07 the rest");
    }
}
