// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Balances, reservations, thaws and their administration.
contract PaymentsEscrowTest is ComputeTest {
    // ------------------------------------------------------------------------------------------------------ deposit

    function test_deposit_forAnybody() public {
        usdc.mint(other, 5 * USD);
        vm.startPrank(other);
        usdc.approve(address(escrow), 5 * USD);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.Deposited(payer, other, 5 * USD);
        escrow.deposit(payer, 5 * USD);
        vm.stopPrank();
        assertAccount(payer, 1_005 * USD, 0, 0, "PAY-01 deposited");
        assertEq(usdc.balanceOf(address(escrow)), 1_005 * USD, "PAY-01 there");
        assertEq(usdc.balanceOf(other), 0, "PAY-01 from the caller");
    }

    function test_deposit_refusesBadInput() public {
        vm.expectRevert(IPaymentsEscrow.ZeroAmount.selector);
        escrow.deposit(payer, 0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0)));
        escrow.deposit(address(0), 1);
        uint256 tooMuch = uint256(type(uint96).max) - 1_000 * USD + 1;
        usdc.mint(address(this), tooMuch);
        usdc.approve(address(escrow), tooMuch);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.AmountTooLarge.selector, 1 << 96));
        escrow.deposit(payer, tooMuch);
        escrow.deposit(payer, tooMuch - 1);
        assertAccount(payer, type(uint96).max, 0, 0, "PAY-01 to the last unit");
    }

    function test_deposit_withPermit() public {
        usdc.mint(payer, 7 * USD);
        bytes32 typeHash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, payer, address(escrow), 7 * USD, 0, T0));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", usdc.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, digest);
        // Somebody brings it before: what counts is the allowance.
        vm.prank(other);
        usdc.permit(payer, address(escrow), 7 * USD, T0, v, r, s);
        vm.prank(payer);
        escrow.depositWithPermit(payer, 7 * USD, T0, v, r, s);
        assertAccount(payer, 1_007 * USD, 0, 0, "PAY-01 with a permit");
        vm.expectRevert();
        vm.prank(payer);
        escrow.depositWithPermit(payer, 1, T0, v, r, s);
    }

    function test_pause_stopsNewFundsOnly() public {
        reserve(payer, provider, 100 * USD);
        vm.startPrank(payer);
        escrow.thaw(uint96(10 * USD));
        vm.stopPrank();
        IGuardianPausable(address(escrow)).pause(7 days);
        bytes memory paused = abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 7 days);
        vm.expectRevert(paused);
        escrow.deposit(payer, 1);
        vm.expectRevert(paused);
        vm.prank(payer);
        escrow.reserve(provider, 1);
        vm.startPrank(payer);
        escrow.giveNotice(provider, uint96(50 * USD));
        escrow.thaw(uint96(10 * USD));
        escrow.cancelThaw(uint96(5 * USD));
        vm.warp(T0 + 24 hours);
        escrow.endNotice(payer, provider);
        escrow.withdraw(payer);
        vm.stopPrank();
        assertEq(usdc.balanceOf(payer), 15 * USD, "PAY-06 out while paused");
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(20 * VALUE, 1))),
            IVoucherCollector.Status.Paid,
            20 * USD,
            "INV-CMP-03 vouchers collect while paused"
        );
    }

    // -------------------------------------------------------------------------------------------------- reservations

    function test_reserve_freeFundsOnly() public {
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.Reserved(payer, provider, 600 * USD);
        reserve(payer, provider, 600 * USD);
        assertAccount(payer, 1_000 * USD, 600 * USD, 0, "PAY-02 reserved");
        assertReserved(payer, provider, 600 * USD, "PAY-02 for the provider");
        vm.prank(payer);
        escrow.thaw(uint96(300 * USD));
        expectInsufficientFree(100 * USD, 100 * USD + 1);
        reserve(payer, other, 100 * USD + 1);
        reserve(payer, other, 100 * USD);
        assertAccount(payer, 1_000 * USD, 700 * USD, 300 * USD, "PAY-02 nothing is free");
        vm.expectRevert(IPaymentsEscrow.ZeroAmount.selector);
        reserve(payer, other, 0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0)));
        reserve(payer, address(0), 1);
    }

    function test_notice_twoHoursToTheSecond() public {
        reserve(payer, provider, 100 * USD);
        (uint256 amount, uint256 left) = escrow.guaranteed(payer, provider);
        assertEq(amount, 100 * USD, "PAY-11 all of it");
        assertEq(left, MAX, "PAY-11 for good");
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.NoticeGiven(payer, provider, 60 * USD, T0 + 2 hours);
        vm.prank(payer);
        escrow.giveNotice(provider, uint96(60 * USD));
        (amount, left) = escrow.guaranteed(payer, provider);
        assertEq(amount, 100 * USD, "PAY-11 still all of it");
        assertEq(left, 2 hours, "PAY-11 for two hours");
        vm.warp(T0 + 2 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.TooEarly.selector, T0 + 2 hours));
        escrow.endNotice(payer, provider);
        vm.warp(T0 + 2 hours);
        (amount, left) = escrow.guaranteed(payer, provider);
        assertEq(amount, 40 * USD, "PAY-11 without what can be taken back");
        assertEq(left, 0, "PAY-11 at any moment");
        vm.prank(other);
        assertEq(escrow.endNotice(payer, provider), 60 * USD, "PAY-05 by anybody");
        assertAccount(payer, 1_000 * USD, 40 * USD, 0, "PAY-05 free again");
        vm.expectRevert(IPaymentsEscrow.NothingToDo.selector);
        escrow.endNotice(payer, provider);
    }

    function test_notice_replacesAndStartsAnew() public {
        reserve(payer, provider, 100 * USD);
        vm.startPrank(payer);
        escrow.giveNotice(provider, uint96(60 * USD));
        vm.warp(T0 + 1 hours);
        escrow.giveNotice(provider, uint96(10 * USD));
        vm.stopPrank();
        vm.warp(T0 + 2 hours);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.TooEarly.selector, T0 + 3 hours));
        escrow.endNotice(payer, provider);
        vm.warp(T0 + 3 hours);
        assertEq(escrow.endNotice(payer, provider), 10 * USD, "PAY-05 the last one counts");
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientReservation.selector, 90 * USD, 91 * USD));
        escrow.giveNotice(provider, uint96(91 * USD));
        vm.prank(payer);
        vm.expectRevert(IPaymentsEscrow.ZeroAmount.selector);
        escrow.giveNotice(provider, 0);
    }

    /// @dev What is collected between is subtracted; what is noticed goes last.
    function test_notice_collectedInBetween() public {
        authoriseSigner();
        reserve(payer, provider, 100 * USD);
        vm.prank(payer);
        escrow.giveNotice(provider, uint96(60 * USD));
        collectOne(itemBy(SIGNER_KEY, voucherOf(30 * VALUE, 1)));
        (, uint256 notice, ) = escrow.reservationOf(payer, provider);
        assertEq(notice, 60 * USD, "PAY-05 out of the rest first");
        collectOne(itemBy(SIGNER_KEY, voucherOf(75 * VALUE, 1)));
        (, notice, ) = escrow.reservationOf(payer, provider);
        assertEq(notice, 25 * USD, "PAY-05 then out of what is noticed");
        vm.warp(T0 + 2 hours);
        assertEq(escrow.endNotice(payer, provider), 25 * USD, "PAY-05 what is left");
        assertAccount(payer, 925 * USD, 0, 0, "PAY-05 paid and free");
    }

    function test_release_byTheProvidersSignature() public {
        reserve(payer, provider, 100 * USD);
        bytes memory signature = signRelease(PROVIDER_KEY, 40 * USD, 0, T0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidSignature.selector, provider));
        escrow.release(payer, provider, uint96(41 * USD), T0, signature);
        vm.prank(other);
        escrow.release(payer, provider, uint96(40 * USD), T0, signature);
        assertAccount(payer, 1_000 * USD, 60 * USD, 0, "PAY-04 free at once");
        assertEq(escrow.releaseNonce(payer, provider), 1, "PAY-04 counted");
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidSignature.selector, provider));
        escrow.release(payer, provider, uint96(40 * USD), T0, signature);
        signature = signRelease(PAYER_KEY, 1, 1, T0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidSignature.selector, provider));
        escrow.release(payer, provider, 1, T0, signature);
        signature = signRelease(PROVIDER_KEY, 61 * USD, 1, T0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientReservation.selector, 60 * USD, 61 * USD));
        escrow.release(payer, provider, uint96(61 * USD), T0, signature);
        signature = signRelease(PROVIDER_KEY, 1, 1, T0);
        vm.warp(T0 + 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.SignatureExpired.selector, T0));
        escrow.release(payer, provider, 1, T0, signature);
        vm.expectRevert(IPaymentsEscrow.ZeroAmount.selector);
        escrow.release(payer, provider, 0, T0 + 1, signature);
    }

    function test_release_byTheReleaser() public {
        reserve(payer, provider, 100 * USD);
        vm.prank(provider);
        escrow.setReleaser(signer);
        escrow.release(payer, provider, uint96(10 * USD), T0, signRelease(SIGNER_KEY, 10 * USD, 0, T0));
        escrow.release(payer, provider, uint96(10 * USD), T0, signRelease(PROVIDER_KEY, 10 * USD, 1, T0));
        assertReserved(payer, provider, 80 * USD, "PAY-04 by either");
        vm.prank(provider);
        escrow.setReleaser(address(0));
        bytes memory signature = signRelease(SIGNER_KEY, 10 * USD, 2, T0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidSignature.selector, provider));
        escrow.release(payer, provider, uint96(10 * USD), T0, signature);
    }

    /// @dev A notice that is out for more than what is left after a release shrinks with it.
    function test_release_shrinksTheNotice() public {
        reserve(payer, provider, 100 * USD);
        vm.prank(payer);
        escrow.giveNotice(provider, uint96(90 * USD));
        escrow.release(payer, provider, uint96(40 * USD), T0, signRelease(PROVIDER_KEY, 40 * USD, 0, T0));
        vm.warp(T0 + 2 hours);
        assertEq(escrow.endNotice(payer, provider), 60 * USD, "PAY-05 no more than there is");
        assertAccount(payer, 1_000 * USD, 0, 0, "PAY-05 all free, once");
    }

    // -------------------------------------------------------------------------------------------------------- thaws

    function test_thaw_twentyFourHoursToTheSecond() public {
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.Thawing(payer, 400 * USD, T0 + 24 hours);
        vm.prank(payer);
        escrow.thaw(uint96(400 * USD));
        expectInsufficientFree(600 * USD, 601 * USD);
        vm.prank(payer);
        escrow.thaw(uint96(601 * USD));
        vm.warp(T0 + 24 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.TooEarly.selector, T0 + 24 hours));
        vm.prank(payer);
        escrow.withdraw(other);
        vm.warp(T0 + 24 hours);
        vm.prank(payer);
        assertEq(escrow.withdraw(other), 400 * USD, "PAY-06 all of it");
        assertEq(usdc.balanceOf(other), 400 * USD, "PAY-06 to whom it says");
        assertAccount(payer, 600 * USD, 0, 0, "PAY-06 gone");
        vm.prank(payer);
        vm.expectRevert(IPaymentsEscrow.NothingToDo.selector);
        escrow.withdraw(other);
    }

    function test_thaw_moreStartsAnew_andLessMayStay() public {
        vm.startPrank(payer);
        escrow.thaw(uint96(400 * USD));
        vm.warp(T0 + 23 hours);
        escrow.thaw(uint96(1));
        vm.warp(T0 + 24 hours);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.TooEarly.selector, T0 + 47 hours));
        escrow.withdraw(payer);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.ThawCancelled(payer, 1);
        escrow.cancelThaw(1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientThaw.selector, 400 * USD, 400 * USD + 1));
        escrow.cancelThaw(uint96(400 * USD + 1));
        escrow.cancelThaw(uint96(400 * USD));
        (, uint256 thawing, uint256 ends) = escrow.accountOf(payer);
        assertEq(thawing, 0, "PAY-06 nothing thaws");
        assertEq(ends, 0, "PAY-06 nor ends");
        vm.expectRevert(IPaymentsEscrow.NothingToDo.selector);
        escrow.withdraw(payer);
        escrow.reserve(provider, uint96(1_000 * USD));
        vm.stopPrank();
    }

    function test_withdraw_refusesNowhere() public {
        vm.startPrank(payer);
        escrow.thaw(1);
        vm.warp(T0 + 24 hours);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0)));
        escrow.withdraw(address(0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(escrow)));
        escrow.withdraw(address(escrow));
        vm.stopPrank();
    }

    // ---------------------------------------------------------------------------------------------------------- pot

    function test_pot_isTheSubscriptionManagers() public {
        escrow.charge(payer, uint96(300 * USD));
        assertAccount(payer, 700 * USD, 0, 0, "PAY-07 charged");
        escrow.payFromPot(provisionId, uint96(100 * USD));
        assertEq(usdc.balanceOf(provider), 95 * USD, "PAY-08 less the fee");
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientPot.selector, 200 * USD, 200 * USD + 1));
        escrow.potToInsurance(uint96(200 * USD + 1));
        escrow.potToInsurance(uint96(200 * USD));
        assertEq(usdc.balanceOf(insurance), 200 * USD, "PAY-07 the rest is the insurance's");
        reserve(payer, provider, 650 * USD);
        expectInsufficientFree(50 * USD, 51 * USD);
        escrow.charge(payer, uint96(51 * USD));
        bytes memory refused = abi.encodeWithSelector(IPaymentsEscrow.NotAllowed.selector, other);
        vm.startPrank(other);
        vm.expectRevert(refused);
        escrow.charge(payer, 1);
        vm.expectRevert(refused);
        escrow.payFromPot(provisionId, 1);
        vm.expectRevert(refused);
        escrow.potToInsurance(1);
        vm.expectRevert(refused);
        escrow.raiseFor(payer, provider, 1);
        vm.expectRevert(refused);
        escrow.collect(provisionId, new uint256[](0));
        vm.stopPrank();
    }

    // ----------------------------------------------------------------------------------------------- administration

    function test_setUp_once() public {
        vm.expectRevert(IPaymentsEscrow.AlreadySet.selector);
        escrow.setUp(other, other, other);
        IPaymentsEscrow fresh = IPaymentsEscrow(deployEscrow(address(usdc), address(staking), 0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0)));
        fresh.setUp(address(0), other, other);
        expectUnauthorised(other);
        vm.prank(other);
        fresh.setUp(other, other, other);
    }

    function test_parameters_areGovernancesAndBounded() public {
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.FeeTooHigh.selector, 2_001, 2_000));
        escrow.setFee(2_001);
        escrow.setFee(2_000);
        escrow.setFeeCollector(other);
        escrow.setInsurance(other);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0)));
        escrow.setFeeCollector(address(0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(escrow)));
        escrow.setInsurance(address(escrow));
        expectUnauthorised(other);
        vm.prank(other);
        escrow.setFee(0);
        expectUnauthorised(other);
        vm.prank(other);
        escrow.setFeeCollector(other);
        expectUnauthorised(other);
        vm.prank(other);
        escrow.setInsurance(other);
    }

    function test_constructor_refusesNobody() public {
        bytes memory invalid = abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(0));
        vm.expectRevert(invalid);
        this.tryToDeploy(address(0), address(staking));
        vm.expectRevert(invalid);
        this.tryToDeploy(address(usdc), address(0));
    }

    function tryToDeploy(address token, address staking_) external {
        deployEscrow(token, staking_, FEE_BPS);
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function signRelease(
        uint256 key,
        uint256 amount,
        uint256 nonce,
        uint256 deadline
    ) private view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "Release(address payer,address provider,uint96 amount,uint256 nonce,uint64 deadline)"
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, payer, provider, amount, nonce, deadline));
        return sign(key, separator("cxmpute escrow", address(escrow)), structHash);
    }

    function expectInsufficientFree(uint256 free, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientFree.selector, free, amount));
    }

    function expectUnauthorised(address who) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, who));
    }
}
