// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISubscriptionManager} from "../../contracts/compute/interfaces/ISubscriptionManager.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice The marketplace with its subscription manager, three plans, and a second provider.
abstract contract SubscriptionTest is ComputeTest {
    uint256 internal constant PERIOD = 30 days;
    uint256 internal constant WINDOW = 7 days;
    uint256 internal constant STARTER = 1;
    uint256 internal constant PRO = 2;
    uint256 internal constant SCALE = 3;
    uint256 internal constant RIVAL_KEY = 0x41BA1;

    ISubscriptionManager internal plans;
    uint256 internal rivalProvision = ComputeIds.provisionId(vm.addr(RIVAL_KEY), 1);

    function setUp() public virtual override {
        super.setUp();
        plans.addPlan(ISubscriptionManager.Terms(15e6, 1, 40, 20e6));
        plans.addPlan(ISubscriptionManager.Terms(69e6, 4, 200, 100e6));
        plans.addPlan(ISubscriptionManager.Terms(249e6, 15, 1_000, 600e6));
        stakeFor(rivalProvision, 100_000e18);
    }

    function subscriptionManager() internal override returns (address) {
        plans = ISubscriptionManager(
            deploy("SubscriptionManager", abi.encode(address(manager), address(escrow), address(signers)))
        );
        return address(plans);
    }

    // ---------------------------------------------------------------------------------------------------- shorthand

    function subscribe(address who, uint256 planId, uint256 renewals) internal {
        vm.prank(who);
        plans.subscribe(planId, 1, uint16(renewals));
    }

    function planCollection(uint256 id, uint256 number) internal pure returns (bytes32) {
        return collectionOf(id, ComputeIds.KIND_PLAN, number);
    }

    /// @dev Of the payer with the provision's first collection, of now, without a usage tree.
    function usageOf(
        uint256 period,
        uint256 listValue,
        uint256 tokens
    ) internal view returns (ISubscriptionManager.PlanUsage memory) {
        return usageWith(provisionId, period, listValue, tokens);
    }

    function usageWith(
        uint256 id,
        uint256 period,
        uint256 listValue,
        uint256 tokens
    ) internal view returns (ISubscriptionManager.PlanUsage memory) {
        return
            ISubscriptionManager.PlanUsage(
                payer,
                period,
                planCollection(id, 1),
                uint128(listValue),
                uint64(tokens),
                uint64(block.timestamp),
                bytes32(0)
            );
    }

    function record(ISubscriptionManager.PlanUsage memory usage) internal {
        plans.record(usage, payer, signUsage(PAYER_KEY, usage));
    }

    function itemBy(
        uint256 key,
        ISubscriptionManager.PlanUsage memory usage
    ) internal view returns (ISubscriptionManager.Item memory) {
        return ISubscriptionManager.Item(usage, vm.addr(key), signUsage(key, usage));
    }

    function shareOne(address who, uint256 period, bytes32 collectionId) internal returns (uint256) {
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = collectionId;
        return plans.share(who, period, ids);
    }

    // --------------------------------------------------------------------------------------------------- signatures

    function signUsage(uint256 key, ISubscriptionManager.PlanUsage memory usage) internal view returns (bytes memory) {
        return sign(key, separator("cxmpute plans", address(plans)), usageHash(usage));
    }

    function usageHash(ISubscriptionManager.PlanUsage memory u) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(
                        "PlanUsage(address subscriber,uint256 period,bytes32 collectionId,uint128 listValue,uint64 bucketTokens,uint64 timestamp,bytes32 usageRoot)"
                    ),
                    u.subscriber,
                    u.period,
                    u.collectionId,
                    u.listValue,
                    u.bucketTokens,
                    u.timestamp,
                    u.usageRoot
                )
            );
    }

    // ------------------------------------------------------------------------------------------------------- checks

    function assertBucket(address who, uint256 tokens, uint256 overage, string memory message) internal view {
        (uint256 actual, uint256 actualOverage) = plans.bucketOf(who);
        assertEq(actual, tokens, string.concat(message, ": tokens"));
        assertEq(actualOverage, overage, string.concat(message, ": overage"));
    }

    function assertRecorded(
        address who,
        uint256 period,
        bytes32 collectionId,
        uint256 listValue,
        uint256 tokens,
        string memory message
    ) internal view {
        (uint256 value, uint256 used, ) = plans.recorded(who, period, collectionId);
        assertEq(value, listValue, string.concat(message, ": list value"));
        assertEq(used, tokens, string.concat(message, ": tokens"));
    }
}
