// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Whole transactions, cold, in the steady state: fee on, every safety on, each voucher by another payer's signer.
contract PaymentsGasTest is ComputeTest {
    /// @dev Four fifths of what a block of peaq holds.
    uint256 private constant BLOCK = 12_000_000;

    function test_gas_deposit() public {
        deposit(payer, 5 * USD);
        usdc.mint(other, 10 * USD);
        vm.prank(other);
        usdc.approve(address(escrow), MAX);
        vm.prank(other);
        escrow.deposit(payer, 5 * USD);
        vm.prank(other);
        escrow.deposit(payer, 4 * USD);
        vm.snapshotGasLastCall("compute", "deposit");
    }

    function test_gas_voucher1() public {
        IVoucherCollector.Item[] memory items = batchOf(1);
        collector.collect(items);
        vm.snapshotGasLastCall("compute", "voucher1");
    }

    function test_gas_voucher50() public {
        IVoucherCollector.Item[] memory items = batchOf(50);
        collector.collect(items);
        vm.snapshotGasLastCall("compute", "voucher50");
    }

    /// @dev VOU-06.
    function test_gas_voucher300() public {
        IVoucherCollector.Item[] memory items = batchOf(300);
        collector.collect(items);
        uint256 gas = vm.snapshotGasLastCall("compute", "voucher300");
        assertLe(gas, BLOCK, "VOU-06 300 vouchers fit a block");
    }

    /// @dev Second vouchers of as many payers, whose firsts were collected before.
    function batchOf(uint256 count) private returns (IVoucherCollector.Item[] memory items) {
        uint256[] memory keys = payersInOrder(count);
        items = new IVoucherCollector.Item[](count);
        for (uint256 i; i < count; ++i) {
            address who = vm.addr(keys[i]);
            deposit(who, 100 * USD);
            reserve(who, provider, 50 * USD);
            authorise(keys[i], SIGNER_KEY, T0 + 1 days, 1, ISignerRegistry.Caps(1, 1, 0));
        }
        for (uint256 i; i < count; ++i) items[i] = itemOf(keys[i], 1.234567 * 1e12);
        collector.collect(items);
        for (uint256 i; i < count; ++i) items[i] = itemOf(keys[i], 2.345678 * 1e12);
    }

    function itemOf(uint256 key, uint256 value) private view returns (IVoucherCollector.Item memory) {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(value, 1);
        voucher.payer = vm.addr(key);
        voucher.usageRoot = keccak256(abi.encode(key, value));
        return itemBy(SIGNER_KEY, voucher);
    }

    /// @dev Of one collection id, so the payers' addresses decide.
    function payersInOrder(uint256 count) private pure returns (uint256[] memory keys) {
        keys = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            uint256 key = 0xBEEF + i;
            uint256 at = i;
            for (; at != 0 && vm.addr(keys[at - 1]) > vm.addr(key); --at) keys[at] = keys[at - 1];
            keys[at] = key;
        }
    }
}
