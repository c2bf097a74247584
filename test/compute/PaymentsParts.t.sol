// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {ComputeExtension} from "../../contracts/compute/ComputeExtension.sol";
import {IEscrowExtension} from "../../contracts/compute/interfaces/IEscrowExtension.sol";
import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Cores and their extensions: one storage, one address, nothing alone; and what does not fit a word.
contract PaymentsPartsTest is ComputeTest {
    /// @dev At its own address an extension would take promises that nobody keeps.
    function test_extension_ofTheEscrowDoesNothingAlone() public {
        address alone = deploy("EscrowExtension", abi.encode(address(manager), address(usdc), address(staking)));
        bytes[12] memory calls = [
            abi.encodeCall(IEscrowExtension.depositWithPermit, (payer, 1, T0, 27, 0, 0)),
            abi.encodeCall(IEscrowExtension.release, (payer, provider, 1, T0, "")),
            abi.encodeCall(IEscrowExtension.giveNotice, (provider, 1)),
            abi.encodeCall(IEscrowExtension.endNotice, (payer, provider)),
            abi.encodeCall(IEscrowExtension.thaw, (1)),
            abi.encodeCall(IEscrowExtension.cancelThaw, (1)),
            abi.encodeCall(IEscrowExtension.withdraw, (payer)),
            abi.encodeCall(IEscrowExtension.setPayoutAddress, (payer)),
            abi.encodeCall(IEscrowExtension.setReleaser, (payer)),
            abi.encodeCall(IEscrowExtension.releaseHold, (provisionId, 1)),
            abi.encodeCall(IEscrowExtension.claimCredit, (payer)),
            abi.encodeCall(IEscrowExtension.sweepFees, ())
        ];
        for (uint256 i; i < calls.length; ++i) assertAlone(alone, calls[i]);
    }

    function test_extension_ofTheCollectorDoesNothingAlone() public {
        address alone = deploy("SignerRegistry", abi.encode(address(escrow)));
        ISignerRegistry.Caps memory caps;
        bytes32[] memory noProof;
        bytes[6] memory calls = [
            abi.encodeCall(ISignerRegistry.authorise, (signer, 1, 1, caps, 1, "")),
            abi.encodeCall(ISignerRegistry.setCaps, (signer, caps)),
            abi.encodeCall(ISignerRegistry.revoke, (signer)),
            abi.encodeCall(ISignerRegistry.revokeMany, (new address[](1))),
            abi.encodeCall(ISignerRegistry.raise, (payer, provider, 1, noProof)),
            abi.encodeCall(ISignerRegistry.raiseBySignature, (payer, signer, provider, 1, 1, noProof, ""))
        ];
        for (uint256 i; i < calls.length; ++i) assertAlone(alone, calls[i]);
    }

    /// @dev The core keeps the authority where the extension looks for it, and the pause where it writes it.
    function test_core_andExtensionShareOneStorage() public {
        assertEq(IAccessManaged(address(escrow)).authority(), address(manager), "PAY-07 one authority");
        IGuardianPausable(address(escrow)).pause(1 days);
        assertEq(IGuardianPausable(address(escrow)).pausedUntil(), T0 + 1 days, "PAY-01 paused");
        assertEq(IGuardianPausable(address(escrow)).pauseAllowedAt(), T0 + 4 days, "PAY-01 and not again at once");
        IGuardianPausable(address(escrow)).unpause();
        deposit(payer, 1);
        IGuardianPausable(address(escrow)).retire();
        vm.expectRevert(abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, type(uint40).max));
        escrow.deposit(payer, 1);
    }

    function test_unknownCalls_revert() public {
        (bool success, ) = address(escrow).call(hex"12345678");
        assertTrue(!success, "PAY-07 the escrow knows no such function");
        (success, ) = address(collector).call(hex"12345678");
        assertTrue(!success, "VOU-05 the collector knows no such function");
    }

    function test_domains_areNamed() public view {
        (, string memory name, string memory version, uint256 chain, address at, , ) = IERC5267(address(collector))
            .eip712Domain();
        assertEq(keccak256(bytes(name)), keccak256("cxmpute vouchers"), "VOU-05 the vouchers' domain");
        assertEq(keccak256(bytes(version)), keccak256("1"), "VOU-05 its version");
        assertEq(chain, block.chainid, "VOU-05 its chain");
        assertEq(at, address(collector), "VOU-05 its contract");
        (, name, , , at, , ) = IERC5267(address(escrow)).eip712Domain();
        assertEq(keccak256(bytes(name)), keccak256("cxmpute escrow"), "PAY-04 the releases' domain");
        assertEq(at, address(escrow), "PAY-04 its contract");
    }

    /// @dev INV-CMP-09: where a chain forks, what is signed for one is nothing on the other.
    function test_domains_followTheChain() public {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(1 * VALUE, 1);
        IVoucherCollector.Item memory item = itemBy(PAYER_KEY, voucher);
        vm.chainId(block.chainid + 1);
        bytes32 domain = separator("cxmpute vouchers", address(collector));
        bytes32 expected = keccak256(abi.encodePacked("\x19\x01", domain, voucherHash(voucher)));
        assertEq(collector.hashVoucher(voucher), expected, "INV-CMP-09 another digest");
        assertStatus(collectOne(item), IVoucherCollector.Status.BadSignature, 0, "INV-CMP-09 the other chain's");
        item = itemBy(PAYER_KEY, voucher);
        assertStatus(collectOne(item), IVoucherCollector.Status.Paid, 1 * USD, "INV-CMP-09 this one's");
    }

    /// @dev The digest is over the words as they come: a wider one must not pass for the field it holds.
    function test_vouchers_refuseWordsWiderThanTheirFields() public {
        bytes memory good = abi.encodeCall(IVoucherCollectorCore.hashVoucher, (voucherOf(1 * VALUE, 1)));
        (bool success, ) = address(collector).staticcall(good);
        assertTrue(success, "VOU-05 a clean voucher");
        // payer, provider, valueAggregate, timestamp
        uint8[4] memory words = [0, 1, 3, 4];
        for (uint256 i; i < words.length; ++i) {
            (success, ) = address(collector).staticcall(dirty(good, 4 + uint256(words[i]) * 32));
            assertTrue(!success, "VOU-05 a dirty word hashes to nothing");
        }
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](1);
        items[0] = itemBy(PAYER_KEY, voucherOf(1 * VALUE, 1));
        good = abi.encodeCall(IVoucherCollector.collect, (items));
        for (uint256 i; i < words.length; ++i) {
            // selector, offset, length, offset of the item
            (success, ) = address(collector).call(dirty(good, 4 + 96 + uint256(words[i]) * 32));
            assertTrue(!success, "VOU-05 a dirty word is not collected");
            (uint256 units, ) = collector.collectedOf(payer, items[0].voucher.collectionId);
            assertEq(units, 0, "VOU-05 nothing is paid");
        }
        (success, ) = address(collector).call(good);
        assertTrue(success, "VOU-05 the clean one is collected");
    }

    // -------------------------------------------------------------------------------------------------------- bounds

    /// @dev More than 2^96 units can only be there when the token makes them: no amount is ever cut.
    function test_reservation_fitsItsWord() public {
        deposit(payer, type(uint96).max - 1_000 * USD);
        reserve(payer, provider, type(uint96).max);
        vm.prank(payer);
        escrow.giveNotice(provider, type(uint96).max);
        deposit(payer, 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.AmountTooLarge.selector, 1 << 96));
        reserve(payer, provider, 1);
        (uint256 amount, uint256 notice, uint256 ends) = escrow.reservationOf(payer, provider);
        assertEq(amount, type(uint96).max, "PAY-02 all of it");
        assertEq(notice, type(uint96).max, "PAY-05 noticed");
        assertEq(ends, T0 + 2 hours, "PAY-05 until then");
        reserve(payer, other, 1);
    }

    /// @dev 2^72 units are more than 10^15 USD; a sweep makes room.
    function test_fees_fitTheirWord() public {
        uint256 most = type(uint72).max;
        escrow.setFee(2_000);
        deposit(payer, 5 * most + 5 * USD);
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](1);
        items[0] = itemBy(PAYER_KEY, voucherOf(5 * most * 1e6, 1));
        collector.collect(items);
        (uint256 waiting, ) = escrow.fees();
        assertEq(waiting, most, "PAY-08 the most that waits");
        items[0] = itemBy(PAYER_KEY, voucherOf(5 * most * 1e6 + 1, 1));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.AmountTooLarge.selector, most + 1));
        collector.collect(items);
        assertEq(escrow.sweepFees(), most, "PAY-10 all of it");
        collector.collect(items);
        assertEq(escrow.feesCollected(), most + 1, "PAY-10 of all time");
    }

    /// @dev The lock, the fee, the fees and the collector are one word: none changes another.
    function test_fee_changesNothingElse() public {
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(10 * VALUE, 1))),
            IVoucherCollector.Status.Paid,
            10 * USD,
            "PAY-08 at 5 %"
        );
        escrow.setFee(2_000);
        (uint256 waiting, ) = escrow.fees();
        assertEq(waiting, 0.5e6, "PAY-08 what waits still waits");
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(20 * VALUE, 1))),
            IVoucherCollector.Status.Paid,
            10 * USD,
            "PAY-08 at 20 %"
        );
        (waiting, ) = escrow.fees();
        assertEq(waiting, 2.5e6, "PAY-08 both");
        escrow.sweepFees();
        assertStatus(
            collectOne(itemBy(PAYER_KEY, voucherOf(30 * VALUE, 1))),
            IVoucherCollector.Status.Paid,
            10 * USD,
            "PAY-10 a sweep changes no fee"
        );
        (waiting, ) = escrow.fees();
        assertEq(waiting, 2e6, "PAY-08 still 20 %");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function assertAlone(address alone, bytes memory data) private {
        (bool success, bytes memory answer) = alone.call(data);
        assertTrue(!success, "PAY-07 nothing is done alone");
        assertEq(bytes32(answer), bytes32(ComputeExtension.NotThroughCore.selector), "PAY-07 and it says why");
    }

    /// @dev With the highest bit of the word at `at` set.
    function dirty(bytes memory data, uint256 at) private pure returns (bytes memory copy) {
        copy = bytes.concat(data);
        copy[at] = copy[at] | 0x80;
    }
}
