// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {GreedyWallet} from "../mocks/compute/GreedyWallet.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Vouchers into payments: totals, order, funds, signatures, batches.
contract VoucherCollectorTest is ComputeTest {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() public override {
        super.setUp();
        authoriseSigner();
        reserve(payer, provider, 100 * USD);
    }

    // ------------------------------------------------------------------------------------------------------- totals

    function test_collect_paysTheDifference() public {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, 1);
        bytes32 digest = collector.hashVoucher(voucher);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.ProviderPaid(provisionId, provider, 10 * USD, 0.5e6, 0);
        vm.expectEmit(address(collector));
        emit IVoucherCollector.Collected(voucher.collectionId, payer, 10 * USD, 10 * VALUE, 0);
        assertPaid(itemBy(SIGNER_KEY, voucher), 10 * USD, "VOU-01 all of it");
        assertEq(usdc.balanceOf(provider), 9.5e6, "PAY-08 less the fee");
        assertAccount(payer, 990 * USD, 90 * USD, 0, "VOU-01 out of the reservation");
        (uint256 units, uint160 last) = collector.collectedOf(payer, voucher.collectionId);
        assertEq(units, 10 * USD, "VOU-01 counted");
        assertEq(uint256(last), uint256(digest) >> 96, "VOU-01 and bound");

        assertStatus(
            collectOne(itemBy(SIGNER_KEY, voucher)),
            IVoucherCollector.Status.NothingDue,
            0,
            "VOU-01 the same again"
        );
        assertPaid(itemBy(SIGNER_KEY, voucherOf(25 * VALUE, 1)), 15 * USD, "VOU-01 the difference");
        assertStatus(
            collectOne(itemBy(SIGNER_KEY, voucherOf(24 * VALUE, 1))),
            IVoucherCollector.Status.NothingDue,
            0,
            "VOU-01 a lower one"
        );
        (units, last) = collector.collectedOf(payer, voucher.collectionId);
        assertEq(units, 25 * USD, "INV-CMP-02 the highest");
        assertTrue(uint256(last) != uint256(digest) >> 96, "VOU-01 bound to the last that paid");
    }

    /// @dev 1e-12 USD are exact: rounded up once a collection, not once a voucher.
    function test_collect_roundsOnceACollection() public {
        assertPaid(itemBy(SIGNER_KEY, voucherOf(1, 1)), 1, "VOU-01 the first unit");
        assertStatus(
            collectOne(itemBy(SIGNER_KEY, voucherOf(1_000_000, 1))),
            IVoucherCollector.Status.NothingDue,
            0,
            "VOU-01 covers all of it"
        );
        assertPaid(itemBy(SIGNER_KEY, voucherOf(1_000_001, 1)), 1, "VOU-01 then the next");
    }

    function test_collect_anyOrderGivesTheSameEnd() public {
        assertPaid(itemBy(SIGNER_KEY, voucherOf(30 * VALUE, 1)), 30 * USD, "VOU-01 the highest first");
        for (uint256 value = 10; value <= 30; value += 10) {
            assertStatus(
                collectOne(itemBy(SIGNER_KEY, voucherOf(value * VALUE, 1))),
                IVoucherCollector.Status.NothingDue,
                0,
                "VOU-01 then nothing"
            );
        }
        assertEq(usdc.balanceOf(provider), 28.5e6, "VOU-01 paid once");
    }

    // -------------------------------------------------------------------------------------------------------- funds

    /// @dev What 0G loses: a voucher that was paid in part stays due.
    function test_collect_partlyPaidKeepsTheDebt() public {
        IVoucherCollector.Item memory item = itemBy(SIGNER_KEY, voucherOf(140 * VALUE, 1));
        assertStatus(collectOne(item), IVoucherCollector.Status.PartlyPaid, 100 * USD, "VOU-02 what there is");
        assertStatus(collectOne(item), IVoucherCollector.Status.NoFunds, 0, "VOU-02 nothing is there");
        reserve(payer, provider, 30 * USD);
        assertStatus(collectOne(item), IVoucherCollector.Status.PartlyPaid, 30 * USD, "VOU-02 after a top-up");
        reserve(payer, provider, 30 * USD);
        assertPaid(item, 10 * USD, "VOU-02 the rest of the same voucher");
        assertReserved(payer, provider, 20 * USD, "VOU-02 and no more");
    }

    /// @dev A signer reaches the reservation for its provider; the payer itself all that is not reserved for others.
    function test_collect_payerBeyondTheReservation() public {
        reserve(payer, other, 500 * USD);
        vm.prank(payer);
        escrow.thaw(uint96(300 * USD));
        assertStatus(
            collectOne(itemBy(SIGNER_KEY, voucherOf(150 * VALUE, 1))),
            IVoucherCollector.Status.PartlyPaid,
            100 * USD,
            "VOU-04 a signer"
        );
        assertPaid(itemBy(PAYER_KEY, voucherOf(150 * VALUE, 1)), 50 * USD, "VOU-04 the payer, out of free funds");
        assertAccount(payer, 850 * USD, 500 * USD, 300 * USD, "VOU-04 free funds first");
        assertPaid(itemBy(PAYER_KEY, voucherOf(250 * VALUE, 1)), 100 * USD, "VOU-04 then out of what thaws");
        assertAccount(payer, 750 * USD, 500 * USD, 250 * USD, "VOU-04 which shrinks");
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(900 * VALUE, 1))),
            IVoucherCollector.Status.PartlyPaid,
            250 * USD,
            "VOU-04 never what is reserved for others"
        );
        assertAccount(payer, 500 * USD, 500 * USD, 0, "INV-CMP-01 the rest is the other's");
        vm.warp(T0 + 24 hours);
        vm.prank(payer);
        assertEq(escrow.withdraw(payer), 0, "PAY-06 nothing is left of the thaw");
    }

    /// @dev What the stake does not cover waits for seven days, and is not lost.
    function test_collect_withoutStakeIsHeld() public {
        uint256 id = ComputeIds.provisionId(other, 1);
        reserve(payer, other, 100 * USD);
        bytes32 collection = collectionOf(id, ComputeIds.KIND_USAGE, 1);
        IVoucherCollectorCore.Voucher memory voucher = IVoucherCollectorCore.Voucher(
            payer,
            other,
            collection,
            100 * VALUE,
            uint64(T0),
            0
        );
        assertPaid(itemBy(SIGNER_KEY, voucher), 100 * USD, "PAY-09 paid");
        assertEq(usdc.balanceOf(other), 0, "PAY-09 and held");
        uint256 day = T0 / 1 days;
        assertEq(escrow.heldOn(id, day), 95 * USD, "PAY-09 all but the fee");
        uint256 endsAt = (day + 8) * 1 days;
        vm.warp(endsAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.TooEarly.selector, endsAt));
        escrow.releaseHold(id, day);
        vm.warp(endsAt);
        staking.freeze(id);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.Frozen.selector, id));
        escrow.releaseHold(id, day);
        staking.unfreeze(id);
        escrow.releaseHold(id, day);
        assertEq(usdc.balanceOf(other), 95 * USD, "PAY-09 released");
        vm.expectRevert(IPaymentsEscrow.NothingToDo.selector);
        escrow.releaseHold(id, day);
    }

    /// @dev Stake that covers half of a payment holds half of it: 10 USD are 100 UNXV, of which twice as many are locked.
    function test_collect_coveredInPart() public {
        uint256 id = ComputeIds.provisionId(other, 1);
        stakeFor(id, 1_000e18);
        reserve(payer, other, 100 * USD);
        IVoucherCollectorCore.Voucher memory voucher = IVoucherCollectorCore.Voucher(
            payer,
            other,
            collectionOf(id, ComputeIds.KIND_SPOT, 1),
            100 * VALUE,
            uint64(T0),
            0
        );
        assertPaid(itemBy(SIGNER_KEY, voucher), 100 * USD, "PAY-09 paid");
        assertEq(staking.lockedOf(id), 1_000e18, "STK-03 all is locked");
        assertEq(escrow.heldOn(id, T0 / 1 days), 50 * USD, "PAY-09 what is not covered");
        assertEq(usdc.balanceOf(other), 45 * USD, "PAY-09 the rest at once");
    }

    function test_collect_feeRoundsUp_andIsSwept() public {
        assertPaid(itemBy(SIGNER_KEY, voucherOf(21e6, 1)), 21, "PAY-08 twenty-one units");
        (uint256 waiting, uint256 collected) = escrow.fees();
        assertEq(waiting, 2, "PAY-08 1.05 rounded up");
        assertEq(usdc.balanceOf(provider), 19, "PAY-08 the rest");
        escrow.setFee(0);
        assertPaid(itemBy(SIGNER_KEY, voucherOf(42e6, 1)), 21, "PAY-08 another fee");
        assertEq(usdc.balanceOf(provider), 40, "PAY-08 for later payments");
        vm.prank(other);
        assertEq(escrow.sweepFees(), 2, "PAY-10 by anybody");
        assertEq(usdc.balanceOf(feeCollector), 2, "PAY-10 to the collector");
        (waiting, collected) = escrow.fees();
        assertEq(waiting, 0, "PAY-10 none waits");
        assertEq(collected, 2, "PAY-10 but all are counted");
        assertEq(escrow.feesCollected(), 2, "PAY-10 of all time");
        vm.expectRevert(IPaymentsEscrow.NothingToDo.selector);
        escrow.sweepFees();
    }

    function test_collect_toThePayoutAddress() public {
        vm.prank(provider);
        escrow.setPayoutAddress(other);
        assertPaid(itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 1)), 10 * USD, "PAY-08 paid");
        assertEq(usdc.balanceOf(other), 9.5e6, "PAY-08 to where the provider says");
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InvalidAddress.selector, address(escrow)));
        escrow.setPayoutAddress(address(escrow));
    }

    // ---------------------------------------------------------------------------------------------------- refusals

    function test_collect_refusesDirtyCollections() public {
        bytes32 good = collectionOf(provisionId, 0, 1);
        bytes32[5] memory dirty = [
            collectionOf(ComputeIds.provisionId(other, 1), 0, 1),
            collectionOf(ComputeIds.provisionId(provider, 0), 0, 1),
            collectionOf(provisionId, ComputeIds.KIND_PLAN, 1),
            bytes32(uint256(good) | (0x80 << 56)),
            bytes32(uint256(1))
        ];
        for (uint256 i; i < dirty.length; ++i) {
            IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, 1);
            voucher.collectionId = dirty[i];
            assertRefused(itemBy(SIGNER_KEY, voucher), IVoucherCollector.Status.BadCollection, "VOU-05 dirty");
        }
        IVoucherCollectorCore.Voucher memory nobodys = voucherOf(10 * VALUE, 1);
        (nobodys.provider, nobodys.collectionId) = (address(0), bytes32(uint256(1) << 64));
        assertRefused(itemBy(SIGNER_KEY, nobodys), IVoucherCollector.Status.BadCollection, "VOU-05 nobody's");
    }

    function test_collect_refusesTheFuture() public {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, 1);
        voucher.timestamp = uint64(T0 + 61);
        assertRefused(itemBy(SIGNER_KEY, voucher), IVoucherCollector.Status.FutureTimestamp, "VOU-08 61 s");
        voucher.timestamp = uint64(T0 + 60);
        assertPaid(itemBy(SIGNER_KEY, voucher), 10 * USD, "VOU-08 60 s");
    }

    function test_collect_refusesWhoDoesNotSignForThePayer() public {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, 1);
        assertRefused(itemBy(PROVIDER_KEY, voucher), IVoucherCollector.Status.NotASigner, "VOU-05 a stranger");
        IVoucherCollector.Item memory item = itemBy(PROVIDER_KEY, voucher);
        item.signer = signer;
        assertRefused(item, IVoucherCollector.Status.BadSignature, "VOU-05 in another's name");
        item.signer = payer;
        assertRefused(item, IVoucherCollector.Status.BadSignature, "VOU-05 in the payer's");
        item.signer = address(0);
        assertRefused(item, IVoucherCollector.Status.NotASigner, "VOU-05 nobody");
        voucher.payer = address(0);
        item = itemBy(SIGNER_KEY, voucher);
        item.signer = address(0);
        assertRefused(item, IVoucherCollector.Status.BadSignature, "VOU-05 for nobody");
        voucher = voucherOf(10 * VALUE, 1);
        vm.warp(T0 + 10);
        vm.prank(payer);
        signers.revoke(signer);
        assertPaid(itemBy(SIGNER_KEY, voucher), 10 * USD, "SIG-02 stamped before the revocation");
        assertRefused(
            itemBy(SIGNER_KEY, voucherOf(20 * VALUE, 1)),
            IVoucherCollector.Status.NotASigner,
            "SIG-02 stamped at it"
        );
    }

    /// @dev INV-CMP-09: no field, chain or contract can be exchanged under a signature.
    function test_collect_refusesMutatedSignatures() public {
        IVoucherCollectorCore.Voucher memory signed = voucherOf(10 * VALUE, 1);
        bytes memory signature = signVoucher(SIGNER_KEY, signed);
        IVoucherCollectorCore.Voucher memory v = voucherOf(10 * VALUE, 1);
        v.valueAggregate += 1;
        assertMutated(v, signature, "INV-CMP-09 value");
        v = voucherOf(10 * VALUE, 1);
        v.timestamp -= 1;
        assertMutated(v, signature, "INV-CMP-09 timestamp");
        v = voucherOf(10 * VALUE, 1);
        v.usageRoot = bytes32(uint256(1));
        assertMutated(v, signature, "INV-CMP-09 usage root");
        assertMutated(voucherOf(10 * VALUE, 2), signature, "INV-CMP-09 collection");
        v = voucherOf(10 * VALUE, 1);
        (v.provider, v.collectionId) = (other, collectionOf(ComputeIds.provisionId(other, 1), 0, 1));
        assertMutated(v, signature, "INV-CMP-09 provider");

        bytes32 hash = voucherHash(signed);
        signature = sign(SIGNER_KEY, separatorOn("cxmpute vouchers", address(collector), block.chainid + 1), hash);
        assertMutated(signed, signature, "INV-CMP-09 chain");
        signature = sign(SIGNER_KEY, separator("cxmpute vouchers", address(escrow)), hash);
        assertMutated(signed, signature, "INV-CMP-09 contract");
        signature = sign(SIGNER_KEY, separator("cxmpute voucher", address(collector)), hash);
        assertMutated(signed, signature, "INV-CMP-09 name");
        assertMutated(signed, highS(signVoucher(SIGNER_KEY, signed)), "INV-CMP-09 high s");
        assertMutated(signed, "", "INV-CMP-09 none");
        assertPaid(itemBy(SIGNER_KEY, signed), 10 * USD, "INV-CMP-09 and the signed one");
    }

    function test_collect_aContractPays() public {
        SmartWallet wallet = new SmartWallet(signer);
        deposit(address(wallet), 50 * USD);
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(20 * VALUE, 1);
        voucher.payer = address(wallet);
        IVoucherCollector.Item memory item = itemBy(SIGNER_KEY, voucher);
        item.signer = address(wallet);
        assertPaid(item, 20 * USD, "VOU-05 as an account's");
        item = itemBy(PROVIDER_KEY, voucherOf(30 * VALUE, 1));
        (item.voucher.payer, item.signer) = (address(wallet), address(wallet));
        item.signature = signVoucher(PROVIDER_KEY, item.voucher);
        assertRefused(item, IVoucherCollector.Status.BadSignature, "VOU-05 by its owner alone");
    }

    // -------------------------------------------------------------------------------------------------------- batch

    function test_batch_oneStatusAnItem() public {
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](6);
        items[0] = itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 1));
        items[1] = itemBy(PROVIDER_KEY, voucherOf(10 * VALUE, 2));
        items[2] = itemBy(SIGNER_KEY, voucherOf(20 * VALUE, 3));
        items[3] = itemBy(SIGNER_KEY, voucherOf(90 * VALUE, 4));
        items[4] = itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 5));
        items[5] = itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 4));
        IVoucherCollector.Result[] memory results = collector.collect(items);
        assertStatus(results[0], IVoucherCollector.Status.Paid, 10 * USD, "VOU-03 paid");
        assertStatus(results[1], IVoucherCollector.Status.NotASigner, 0, "VOU-03 a bad one");
        assertStatus(results[2], IVoucherCollector.Status.Paid, 20 * USD, "VOU-03 paid behind it");
        assertStatus(results[3], IVoucherCollector.Status.PartlyPaid, 70 * USD, "VOU-03 in part");
        assertStatus(results[4], IVoucherCollector.Status.NoFunds, 0, "VOU-03 nothing left");
        assertStatus(results[5], IVoucherCollector.Status.OutOfOrder, 0, "VOU-03 out of order");
        assertEq(usdc.balanceOf(provider), 95 * USD, "VOU-03 one transfer");
        assertEq(collector.collect(new IVoucherCollector.Item[](0)).length, 0, "VOU-03 none");
    }

    /// @dev The same voucher twice in one call must not be paid twice.
    function test_batch_refusesRepetition() public {
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](3);
        items[0] = itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 1));
        items[1] = items[0];
        items[2] = itemBy(SIGNER_KEY, voucherOf(20 * VALUE, 1));
        IVoucherCollector.Result[] memory results = collector.collect(items);
        assertStatus(results[0], IVoucherCollector.Status.Paid, 10 * USD, "VOU-03 once");
        assertStatus(results[1], IVoucherCollector.Status.OutOfOrder, 0, "VOU-03 not twice");
        assertStatus(results[2], IVoucherCollector.Status.OutOfOrder, 0, "VOU-03 nor another of the collection");
        assertEq(usdc.balanceOf(provider), 9.5e6, "VOU-03 paid once");
    }

    /// @dev A contract that burns all it is given, or answers without end, ends nobody else's payment.
    function test_batch_greedyWalletsEndNothing() public {
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](3);
        for (uint256 i; i < 2; ++i) {
            address wallet = address(new GreedyWallet(i == 0));
            deposit(wallet, 10 * USD);
            IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, i + 1);
            voucher.payer = wallet;
            items[i] = IVoucherCollector.Item(voucher, wallet, "");
        }
        items[2] = itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 3));
        IVoucherCollector.Result[] memory results = collector.collect{gas: 1_000_000}(items);
        assertStatus(results[0], IVoucherCollector.Status.BadSignature, 0, "VOU-03 endless");
        assertStatus(results[1], IVoucherCollector.Status.BadSignature, 0, "VOU-03 long");
        assertStatus(results[2], IVoucherCollector.Status.Paid, 10 * USD, "VOU-03 the third is paid");
    }

    function test_batch_ofSeveralProviders() public {
        uint256 id = ComputeIds.provisionId(other, 7);
        stakeFor(id, 10_000e18);
        reserve(payer, other, 50 * USD);
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(40 * VALUE, 1);
        (voucher.provider, voucher.collectionId) = (other, collectionOf(id, 0, 1));
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](2);
        bool isFirst = uint160(other) < uint160(provider);
        items[isFirst ? 0 : 1] = itemBy(SIGNER_KEY, voucher);
        items[isFirst ? 1 : 0] = itemBy(SIGNER_KEY, voucherOf(10 * VALUE, 1));
        collector.collect(items);
        assertEq(usdc.balanceOf(other), 38 * USD, "VOU-03 one provider");
        assertEq(usdc.balanceOf(provider), 9.5e6, "VOU-03 and another");
    }

    /// @dev INV-CMP-04: a batch is its items, one by one.
    function testFuzz_batch_equalsSingleCalls(uint256 seed) public {
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](5);
        for (uint256 i; i < items.length; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            uint256 key =
                word % 4 == 0
                    ? PROVIDER_KEY
                    : word % 4 == 1
                        ? PAYER_KEY
                        : SIGNER_KEY;
            items[i] = itemBy(key, voucherOf((word >> 8) % (60 * VALUE), i + 1));
        }
        uint256[5] memory units;
        uint256 total;
        IVoucherCollector.Result[] memory results = collector.collect(items);
        for (uint256 i; i < items.length; ++i) units[i] = results[i].units;
        total = usdc.balanceOf(provider);
        (uint256 balance, uint256 reserved) = fundsOf(payer);

        setUp();
        uint256 paid;
        for (uint256 i; i < items.length; ++i) {
            // Signed anew: the contracts are others.
            uint256 key =
                items[i].signer == payer
                    ? PAYER_KEY
                    : items[i].signer == signer
                        ? SIGNER_KEY
                        : PROVIDER_KEY;
            uint256 units_ = collectOne(itemBy(key, items[i].voucher)).units;
            assertEq(units_, units[i], "INV-CMP-04 each the same");
            paid += units_;
        }
        assertAccount(payer, balance, reserved, 0, "INV-CMP-04 the payer's end");
        // The fee is rounded once a call: by less than a unit each.
        assertLe(usdc.balanceOf(provider), total, "INV-CMP-04 the provider's");
        assertGe(usdc.balanceOf(provider) + items.length, total, "INV-CMP-04 but for the fee's rounding");
        assertEq(paid, 1_000 * USD - balance, "INV-CMP-10 what is paid is gone");
    }

    // ------------------------------------------------------------------------------------------------------ preview

    function test_preview_saysWhatWouldBePaid() public {
        IVoucherCollector.Item memory item = itemBy(SIGNER_KEY, voucherOf(140 * VALUE, 1));
        assertStatus(collector.preview(item), IVoucherCollector.Status.PartlyPaid, 100 * USD, "VOU-07 in part");
        item = itemBy(PAYER_KEY, voucherOf(140 * VALUE, 1));
        assertStatus(collector.preview(item), IVoucherCollector.Status.Paid, 140 * USD, "VOU-07 the payer's");
        collectOne(item);
        assertStatus(collector.preview(item), IVoucherCollector.Status.NothingDue, 0, "VOU-07 nothing");
        item = itemBy(SIGNER_KEY, voucherOf(150 * VALUE, 1));
        assertStatus(collector.preview(item), IVoucherCollector.Status.NoFunds, 0, "VOU-07 no funds");
        item = itemBy(PROVIDER_KEY, voucherOf(150 * VALUE, 1));
        assertStatus(collector.preview(item), IVoucherCollector.Status.NotASigner, 0, "VOU-07 a bad one");
    }

    function test_hashVoucher_isEip712s() public view {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(10 * VALUE, 1);
        bytes32 domain = separator("cxmpute vouchers", address(collector));
        bytes32 expected = keccak256(abi.encodePacked("\x19\x01", domain, voucherHash(voucher)));
        assertEq(collector.hashVoucher(voucher), expected, "VOU-05 the digest");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function assertPaid(IVoucherCollector.Item memory item, uint256 units, string memory message) private {
        assertStatus(collectOne(item), IVoucherCollector.Status.Paid, units, message);
    }

    function assertRefused(
        IVoucherCollector.Item memory item,
        IVoucherCollector.Status status,
        string memory message
    ) private {
        (uint256 balance, uint256 reserved) = fundsOf(payer);
        assertStatus(collectOne(item), status, 0, message);
        assertAccount(payer, balance, reserved, 0, message);
    }

    function assertMutated(
        IVoucherCollectorCore.Voucher memory voucher,
        bytes memory signature,
        string memory message
    ) private {
        assertRefused(
            IVoucherCollector.Item(voucher, signer, signature),
            IVoucherCollector.Status.BadSignature,
            message
        );
    }

    /// @dev The other signature of the same key and digest.
    function highS(bytes memory signature) private pure returns (bytes memory) {
        bytes32 r;
        uint256 s;
        uint8 v = uint8(signature[64]);
        assembly {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        return abi.encodePacked(r, ORDER - s, v == 27 ? uint8(28) : uint8(27));
    }
}
