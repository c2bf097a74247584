// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {ISubscriptionManager} from "../../contracts/compute/interfaces/ISubscriptionManager.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice Whole transactions, cold, in the steady state: the third period, usage by a signer, fee on.
contract SubscriptionGasTest is SubscriptionTest {
    function setUp() public override {
        super.setUp();
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 8, ISignerRegistry.Caps(0, 0, 0));
    }

    function test_gas_subscribe() public {
        vm.prank(payer);
        plans.subscribe(STARTER, 1, 9);
        vm.snapshotGasLastCall("compute", "planSubscribe");
    }

    function test_gas_renew() public {
        subscribe(payer, STARTER, 9);
        plans.renew(payer);
        vm.snapshotGasLastCall("compute", "planRenew");
    }

    function test_gas_upgrade() public {
        subscribe(payer, STARTER, 9);
        vm.warp(T0 + 10 days);
        vm.prank(payer);
        plans.upgrade(PRO, 1);
        vm.snapshotGasLastCall("compute", "planUpgrade");
    }

    function test_gas_record() public {
        toTheThirdPeriod();
        ISubscriptionManager.Item memory item = itemBy(SIGNER_KEY, usage(3, 1, 1));
        plans.record(item.usage, item.signer, item.signature);
        item = itemBy(SIGNER_KEY, usage(3, 1, 2));
        plans.record(item.usage, item.signer, item.signature);
        vm.snapshotGasLastCall("compute", "planRecord");
    }

    function test_gas_record50() public {
        toTheThirdPeriod();
        ISubscriptionManager.Item[] memory items = new ISubscriptionManager.Item[](50);
        for (uint256 i; i < items.length; ++i) items[i] = itemBy(SIGNER_KEY, usage(3, i, 1));
        plans.recordMany(items);
        for (uint256 i; i < items.length; ++i) items[i] = itemBy(SIGNER_KEY, usage(3, i, 2));
        plans.recordMany(items);
        vm.snapshotGasLastCall("compute", "planRecord50");
    }

    function test_gas_share() public {
        toTheThirdPeriod();
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = recorded(0);
        recorded(1);
        vm.warp(T0 + 3 * PERIOD + WINDOW);
        // Whoever was paid before has a balance, and locks.
        shareWarm();
        plans.share(payer, 3, ids);
        vm.snapshotGasLastCall("compute", "planShare");
    }

    function test_gas_share50() public {
        toTheThirdPeriod();
        bytes32[] memory ids = new bytes32[](50);
        for (uint256 i; i < ids.length; ++i) ids[i] = recorded(i);
        recorded(50);
        vm.warp(T0 + 3 * PERIOD + WINDOW);
        shareWarm();
        uint256 paid = plans.share(payer, 3, ids);
        vm.snapshotGasLastCall("compute", "planShare50");
        assertGe(paid, 1, "SUB-07 paid");
        plans.close(payer, 3);
        vm.snapshotGasLastCall("compute", "planClose");
    }

    function toTheThirdPeriod() private {
        subscribe(payer, STARTER, 9);
        plans.renew(payer);
        ISubscriptionManager.Item memory item = itemBy(SIGNER_KEY, usage(1, 60, 1));
        plans.record(item.usage, item.signer, item.signature);
        vm.warp(T0 + PERIOD);
        plans.renew(payer);
        vm.warp(T0 + 2 * PERIOD);
    }

    function shareWarm() private {
        shareOne(payer, 1, planCollection(provisionId, 60));
    }

    function recorded(uint256 number) private returns (bytes32) {
        ISubscriptionManager.Item memory item = itemBy(SIGNER_KEY, usage(3, number, 1));
        plans.record(item.usage, item.signer, item.signature);
        return item.usage.collectionId;
    }

    function usage(
        uint256 period,
        uint256 number,
        uint256 times
    ) private view returns (ISubscriptionManager.PlanUsage memory u) {
        u = usageOf(period, times * 1e11, times * 100_000);
        u.collectionId = planCollection(provisionId, number);
        u.usageRoot = keccak256(abi.encode(number, times));
    }
}
