// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {BlockingToken} from "../mocks/BlockingToken.sol";
import {HookToken} from "../mocks/HookToken.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice A token that calls back, and one that refuses a receiver: what USDC does not do, or does to some.
contract PaymentsHostileTest is ComputeTest {
    HookToken private hook;

    // --------------------------------------------------------------------------------------------------- reentrancy

    /// @dev Every way in, tried from within a payment, by who may use it: governance and plans too.
    function test_payment_isEnteredByNobody() public {
        useHook();
        bytes32[] memory noProof;
        bytes[17] memory calls = [
            abi.encodeCall(IPaymentsEscrow.deposit, (payer, 1)),
            abi.encodeCall(escrow.depositWithPermit, (payer, 1, T0, 27, 0, 0)),
            abi.encodeCall(IPaymentsEscrow.reserve, (provider, 1)),
            abi.encodeCall(escrow.release, (payer, provider, 1, T0, "")),
            abi.encodeCall(escrow.giveNotice, (provider, 1)),
            abi.encodeCall(escrow.endNotice, (payer, provider)),
            abi.encodeCall(escrow.thaw, (1)),
            abi.encodeCall(escrow.cancelThaw, (1)),
            abi.encodeCall(escrow.withdraw, (other)),
            abi.encodeCall(escrow.setPayoutAddress, (other)),
            abi.encodeCall(escrow.setReleaser, (other)),
            abi.encodeCall(escrow.releaseHold, (provisionId, 1)),
            abi.encodeCall(escrow.claimCredit, (other)),
            abi.encodeCall(escrow.sweepFees, ()),
            abi.encodeCall(escrow.charge, (payer, 1)),
            abi.encodeCall(escrow.payFromPot, (provisionId, 1)),
            abi.encodeCall(escrow.potToInsurance, (1))
        ];
        for (uint256 i; i < calls.length; ++i) assertLocked(address(escrow), calls[i], i + 1);
        assertLocked(address(escrow), abi.encodeCall(escrow.setFee, (0)), 18);
        assertLocked(address(signers), abi.encodeCall(ISignerRegistry.raise, (payer, provider, 1, noProof)), 19);
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](1);
        items[0] = itemBy(PAYER_KEY, voucherOf(1 * VALUE, 99));
        assertLocked(address(collector), abi.encodeCall(IVoucherCollector.collect, (items)), 20);
    }

    /// @dev The same voucher, from within its own payment: it is paid once.
    function test_payment_ofAVoucherIsNotEnteredByIt() public {
        useHook();
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](1);
        items[0] = itemBy(PAYER_KEY, voucherOf(10 * VALUE, 1));
        hook.setHook(address(collector), abi.encodeCall(IVoucherCollector.collect, (items)));
        assertStatus(collector.collect(items)[0], IVoucherCollector.Status.Paid, 10 * USD, "VOU-01 paid");
        assertEq(hook.failed(), 1, "VOU-01 not from within");
        assertEq(bytes32(hook.lastFailure()), bytes32(IGuardianPausable.Reentrancy.selector), "VOU-01 locked");
        assertEq(usdc.balanceOf(provider), 9.5e6, "VOU-01 once");
    }

    /// @dev A pause from within a payment stops what comes later, and neither the payment nor its fee.
    function test_payment_survivesAPauseFromWithin() public {
        useHook();
        hook.setHook(
            address(this),
            abi.encodeCall(this.inside, (address(escrow), abi.encodeCall(IGuardianPausable.pause, (1 days))))
        );
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(10 * VALUE, 1))),
            IVoucherCollector.Status.Paid,
            10 * USD,
            "INV-CMP-03 paid"
        );
        assertEq(hook.succeeded(), 1, "INV-CMP-03 paused from within");
        (uint256 waiting, ) = escrow.fees();
        assertEq(waiting, 0.5e6, "PAY-08 the fee waits");
        hook.setHook(address(0), "");
        vm.expectRevert(abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 1 days));
        escrow.deposit(payer, 1);
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(20 * VALUE, 1))),
            IVoucherCollector.Status.Paid,
            10 * USD,
            "INV-CMP-03 and the next is paid too"
        );
    }

    /// @dev A deposit counts before its tokens come: nobody may spend it in between.
    function test_deposit_isEnteredByNobody() public {
        useHook();
        hook.setHook(
            address(this),
            abi.encodeCall(this.inside, (address(escrow), abi.encodeCall(escrow.charge, (payer, 1))))
        );
        usdc.mint(address(this), 1);
        uint256 before = hook.failed();
        usdc.approve(address(escrow), 1);
        escrow.deposit(payer, 1);
        assertEq(bytes32(hook.lastFailure()), bytes32(IGuardianPausable.Reentrancy.selector), "PAY-01 locked");
        assertEq(hook.failed(), before + 1, "PAY-01 within the deposit alone");
    }

    function inside(address target, bytes calldata data) external {
        if (bytes4(data) == ISignerRegistry.raise.selector) vm.prank(signer);
        (bool success, bytes memory answer) = target.call(data);
        if (!success) {
            assembly {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------ refusal

    /// @dev Whom the token refuses keeps a credit; the other provider of the batch is paid.
    function test_refusedPayout_becomesACredit() public {
        BlockingToken picky = new BlockingToken();
        useToken(address(picky));
        uint256 id = ComputeIds.provisionId(other, 1);
        stakeFor(id, 10_000e18);
        picky.setBlocked(provider);
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(40 * VALUE, 1);
        (voucher.provider, voucher.collectionId) = (other, collectionOf(id, 0, 1));
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](2);
        bool isFirst = uint160(other) < uint160(provider);
        items[isFirst ? 0 : 1] = itemBy(PAYER_KEY, voucher);
        items[isFirst ? 1 : 0] = itemBy(PAYER_KEY, voucherOf(10 * VALUE, 1));
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.Credited(provider, provider, 9.5e6);
        IVoucherCollector.Result[] memory results = collector.collect(items);
        assertStatus(results[isFirst ? 1 : 0], IVoucherCollector.Status.Paid, 10 * USD, "PAY-09 paid, as a credit");
        assertStatus(results[isFirst ? 0 : 1], IVoucherCollector.Status.Paid, 40 * USD, "PAY-09 paid");
        assertEq(usdc.balanceOf(other), 38 * USD, "PAY-09 the other is not held up");
        assertEq(escrow.creditOf(provider), 9.5e6, "PAY-09 owed");

        bytes memory nobody = abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0));
        vm.startPrank(provider);
        vm.expectRevert(nobody);
        escrow.claimCredit(address(0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(escrow)));
        escrow.claimCredit(address(escrow));
        vm.expectRevert();
        escrow.claimCredit(provider);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.CreditClaimed(provider, insurance, 9.5e6);
        assertEq(escrow.claimCredit(insurance), 9.5e6, "PAY-09 to another address");
        vm.expectRevert(IPaymentsEscrow.NothingToDo.selector);
        escrow.claimCredit(insurance);
        vm.stopPrank();
        assertEq(usdc.balanceOf(insurance), 9.5e6, "PAY-09 there");
    }

    /// @dev What is held and refused when it is released becomes a credit too, once.
    function test_refusedRelease_becomesACredit() public {
        BlockingToken picky = new BlockingToken();
        useToken(address(picky));
        uint256 id = ComputeIds.provisionId(other, 1);
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, 1);
        (voucher.provider, voucher.collectionId) = (other, collectionOf(id, 0, 1));
        collectOne(itemBy(PAYER_KEY, voucher));
        picky.setBlocked(other);
        vm.warp((T0 / 1 days + 8) * 1 days);
        assertEq(escrow.releaseHold(id, T0 / 1 days), 9.5e6, "PAY-09 released");
        assertEq(escrow.creditOf(other), 9.5e6, "PAY-09 as a credit");
        assertEq(escrow.heldOn(id, T0 / 1 days), 0, "PAY-09 no longer held");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function useHook() private {
        hook = new HookToken();
        useToken(address(hook));
        authoriseSigner();
        reserve(payer, provider, 100 * USD);
        vm.prank(payer);
        escrow.thaw(uint96(10 * USD));
    }

    function useToken(address token) private {
        usdc = DemoToken(token);
        deployPayments();
        deposit(payer, 1_000 * USD);
        stakeFor(provisionId, 100_000e18);
    }

    /// @dev Pays a voucher that calls back with `data` when the provider is paid.
    function assertLocked(address target, bytes memory data, uint256 period) private {
        hook.setHook(address(this), abi.encodeCall(this.inside, (target, data)));
        uint256 before = hook.failed();
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(1 * VALUE, period))),
            IVoucherCollector.Status.Paid,
            1 * USD,
            "PAY-07 the payment itself stands"
        );
        assertEq(hook.failed(), before + 1, "PAY-07 nobody enters a payment");
        assertEq(bytes32(hook.lastFailure()), bytes32(IGuardianPausable.Reentrancy.selector), "PAY-07 for the lock");
        hook.setHook(address(0), "");
    }
}
