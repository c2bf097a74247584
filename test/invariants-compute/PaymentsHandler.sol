// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {ComputeTest} from "../compute/ComputeTest.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";

/// @notice Three payers, one of them a contract, two providers with a provision each and two collections per payer: whatever
/// they may do, in any order, with what must hold after it reckoned beside the contracts.
contract PaymentsHandler is ComputeTest {
    uint256 private constant PAYERS = 3;
    uint256 private constant PROVIDERS = 2;
    uint256 private constant PERIODS = 2;
    uint256 private constant DAY = 1 days;

    error AlreadySetUp();
    error NotOwner(address caller);

    address private immutable owner = msg.sender;

    address[PAYERS] private payers;
    uint256[PAYERS] private keys;
    uint256[PROVIDERS] private provisions;
    uint256[PROVIDERS] private providerKeys = [0x960F1DE, 0x960F2DE];

    uint256 public deposited;
    uint256 public withdrawn;
    uint256 public staked;
    uint256 public pot;
    /// @dev What a signer reserved on a day, and in all: by payer.
    mapping(address payer => mapping(uint256 day => uint256)) private raisedOn;
    mapping(address payer => uint256) private raised;
    /// @dev The highest value that was validly signed, and brought: by payer and collection.
    mapping(address payer => mapping(bytes32 collection => uint256)) private highest;
    mapping(address payer => mapping(bytes32 collection => uint256)) private paidBefore;
    bool public violated;
    string public violation;

    function setUp() public override {
        if (address(escrow) != address(0)) revert AlreadySetUp();
        super.setUp();
        (deposited, staked) = (1_000 * USD, 100_000e18);
        for (uint256 i; i < PROVIDERS; ++i) provisions[i] = ComputeIds.provisionId(vm.addr(providerKeys[i]), 1);
        keys = [PAYER_KEY, 0xB0B, 0xCA401];
        for (uint256 i; i < PAYERS; ++i) {
            address key = vm.addr(keys[i]);
            payers[i] = i == 2 ? address(new SmartWallet(key)) : key;
            bytes memory proof = signProof(payers[i], SIGNER_KEY, T0);
            vm.prank(payers[i]);
            signers.authorise(
                signer,
                uint40(T0 + 30 days),
                0xff,
                ISignerRegistry.Caps(200e6, 2_000e6, 0),
                uint64(T0),
                proof
            );
        }
    }

    // ------------------------------------------------------------------------------------------------------ actions

    function putIn(uint256 who, uint256 amount) external {
        amount = bound(amount, 1, 500 * USD);
        deposit(payers[who % PAYERS], amount);
        deposited += amount;
    }

    function hold(uint256 who, uint256 whom, uint96 amount) external {
        vm.prank(payers[who % PAYERS]);
        escrow.reserve(providerOf(whom), uint96(bound(amount, 1, 300 * USD)));
    }

    function raise(uint256 who, uint256 whom, uint96 amount) external {
        address payer_ = payers[who % PAYERS];
        amount = uint96(bound(amount, 1, 250 * USD));
        vm.prank(signer);
        signers.raise(payer_, providerOf(whom), amount, new bytes32[](0));
        raised[payer_] += amount;
        raisedOn[payer_][block.timestamp / DAY] += amount;
        note(raised[payer_] <= 2_000e6 && raisedOn[payer_][block.timestamp / DAY] <= 200e6, "INV-CMP-02 caps");
    }

    function notice(uint256 who, uint256 whom, uint96 amount) external {
        vm.prank(payers[who % PAYERS]);
        escrow.giveNotice(providerOf(whom), uint96(bound(amount, 1, 300 * USD)));
    }

    function endNotice(uint256 who, uint256 whom) external {
        escrow.endNotice(payers[who % PAYERS], providerOf(whom));
    }

    function thaw(uint256 who, uint96 amount) external {
        vm.prank(payers[who % PAYERS]);
        escrow.thaw(uint96(bound(amount, 1, 500 * USD)));
    }

    function cancelThaw(uint256 who, uint96 amount) external {
        vm.prank(payers[who % PAYERS]);
        escrow.cancelThaw(uint96(bound(amount, 1, 500 * USD)));
    }

    function withdraw(uint256 who) external {
        vm.prank(payers[who % PAYERS]);
        withdrawn += escrow.withdraw(address(0xD00));
    }

    /// @dev One voucher or two, by the signer, the payer or a stranger; the second may be out of order.
    function collect(uint256 who, uint256 whom, uint256 period, uint256 value, uint256 by, bool two) external {
        IVoucherCollector.Item[] memory items = new IVoucherCollector.Item[](two ? 2 : 1);
        items[0] = itemOf(who, whom, period, value, by);
        if (two) items[1] = itemOf(who, whom, period + 1, value / 2, by >> 8);
        (uint256 guaranteed, ) = escrow.guaranteed(items[0].voucher.payer, items[0].voucher.provider);
        IVoucherCollector.Result[] memory results = collector.collect(items);
        for (uint256 i; i < items.length; ++i) settle(items[i], results[i]);
        // Whoever has a voucher within the guarantee is paid: paused or not, whatever the payer did before.
        uint256 due = results[0].units;
        if (results[0].status == IVoucherCollector.Status.PartlyPaid && due < guaranteed) {
            note(false, "INV-CMP-03 a voucher within the reservation was not paid");
        }
        if (results[0].status == IVoucherCollector.Status.NoFunds && guaranteed != 0) {
            note(false, "INV-CMP-03 nothing was paid although something was guaranteed");
        }
    }

    function settle(IVoucherCollector.Item memory item, IVoucherCollector.Result memory result) private {
        IVoucherCollectorCore.Voucher memory voucher = item.voucher;
        uint256 before = paidBefore[voucher.payer][voucher.collectionId];
        (uint256 units, ) = collector.collectedOf(voucher.payer, voucher.collectionId);
        note(units == before + result.units, "INV-CMP-02 collected is what was paid");
        paidBefore[voucher.payer][voucher.collectionId] = units;
        bool isSigned = item.signer == signer || item.signer == voucher.payer;
        note(isSigned || result.units == 0, "INV-CMP-02 a stranger's voucher was paid");
        if (isSigned && voucher.valueAggregate > highest[voucher.payer][voucher.collectionId]) {
            highest[voucher.payer][voucher.collectionId] = voucher.valueAggregate;
        }
        uint256 most = (highest[voucher.payer][voucher.collectionId] + 999_999) / 1_000_000;
        note(units <= most, "INV-CMP-02 more was paid than was ever signed");
        if (result.status == IVoucherCollector.Status.Paid) {
            note(units == (uint256(voucher.valueAggregate) + 999_999) / 1_000_000, "INV-CMP-02 paid is all of it");
        }
    }

    function charge(uint256 who, uint96 amount) external {
        amount = uint96(bound(amount, 1, 100 * USD));
        escrow.charge(payers[who % PAYERS], amount);
        pot += amount;
    }

    function payFromPot(uint256 whom, uint96 amount) external {
        amount = uint96(bound(amount, 1, 100 * USD));
        escrow.payFromPot(provisions[whom % PROVIDERS], amount);
        pot -= amount;
    }

    function potToInsurance(uint96 amount) external {
        amount = uint96(bound(amount, 1, 100 * USD));
        escrow.potToInsurance(amount);
        pot -= amount;
    }

    function releaseHold(uint256 whom, uint256 daysAgo) external {
        escrow.releaseHold(provisions[whom % PROVIDERS], block.timestamp / DAY - (daysAgo % 12));
    }

    function sweepFees() external {
        escrow.sweepFees();
    }

    function setFee(uint256 bps) external {
        escrow.setFee(bps % 2_001);
    }

    function addStake(uint256 whom, uint96 amount) external {
        amount = uint96(bound(amount, 1, 5_000e18));
        stakeFor(provisions[whom % PROVIDERS], amount);
        staked += amount;
    }

    function thawStake(uint256 whom, uint96 amount) external {
        vm.prank(providerOf(whom));
        staking.thaw(provisions[whom % PROVIDERS], uint96(bound(amount, 1, 120_000e18)));
    }

    function deprovision(uint256 whom) external {
        uint256 id = provisions[whom % PROVIDERS];
        uint256 locked = staking.lockedOf(id);
        vm.prank(providerOf(whom));
        staking.deprovision(id);
        (uint256 tokens, ) = staking.stakeOf(id);
        note(tokens >= locked, "INV-CMP-05 stake left that backs a fee");
        note(!staking.isFrozen(id), "INV-CMP-05 stake left that is frozen");
    }

    function unstake(uint256 whom, uint256 amount) external {
        amount = bound(amount, 1, 50_000e18);
        vm.prank(providerOf(whom));
        staking.unstake(amount, address(0xD00));
        staked -= amount;
    }

    function freeze(uint256 whom, bool on) external {
        if (on) staking.freeze(provisions[whom % PROVIDERS]);
        else staking.unfreeze(provisions[whom % PROVIDERS]);
    }

    function slash(uint256 whom, uint256 amount, bool toFiler) external {
        uint256 id = provisions[whom % PROVIDERS];
        (uint256 tokens, ) = staking.stakeOf(id);
        uint256 most = staking.slashedRecently(id);
        if (most < tokens / 10) most = tokens / 10;
        staked -= staking.slash(id, amount % 20_000e18, tokens, toFiler ? address(0xF11E) : address(0));
        note(staking.slashedRecently(id) <= most, "INV-CMP-05 more than a tenth was slashed in seven days");
    }

    function pause(uint256 duration) external {
        IGuardianPausable(address(escrow)).pause(bound(duration, 1, 7 days));
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 3 days));
    }

    // ------------------------------------------------------------------------------------------------------- checks

    /// @notice Breaks INV-CMP-01 for a test of the check itself. Its owner alone: the fuzzer calls from elsewhere.
    function usdcToEscrow(uint256 amount) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        usdc.mint(address(escrow), amount);
    }

    /// @notice Reverts when something does not hold, or did not during some action.
    function check() external view {
        if (violated) revert Untrue(violation);
        uint256 sum = pot;
        for (uint256 i; i < PAYERS; ++i) {
            (uint256 free, uint256 thawing, uint256 thawEnds) = escrow.accountOf(payers[i]);
            sum += free + thawing;
            assertTrue(thawing == 0 || thawEnds != 0, "INV-CMP-01 what thaws has an end");
            for (uint256 p; p < PROVIDERS; ++p) {
                (uint256 amount, uint256 noticed, ) = escrow.reservationOf(payers[i], providerOf(p));
                sum += amount;
                assertLe(noticed, amount, "INV-CMP-01 a notice is within its reservation");
            }
        }
        uint256 earned;
        uint256 tokens;
        for (uint256 p; p < PROVIDERS; ++p) {
            for (uint256 day = T0 / DAY; day <= block.timestamp / DAY; ++day) {
                sum += escrow.heldOn(provisions[p], day);
            }
            sum += escrow.creditOf(providerOf(p));
            earned += usdc.balanceOf(providerOf(p));
            (uint256 own, uint256 thawing_) = staking.stakeOf(provisions[p]);
            assertLe(thawing_, own, "INV-CMP-05 what thaws is within the stake");
            tokens += own + staking.idleOf(providerOf(p));
        }
        (uint256 waiting, uint256 collected) = escrow.fees();
        sum += waiting;
        assertEq(usdc.balanceOf(address(escrow)), sum, "INV-CMP-01 the escrow holds what it owes, to the unit");
        uint256 out = withdrawn + earned + usdc.balanceOf(feeCollector) + usdc.balanceOf(insurance);
        assertEq(deposited, out + sum, "INV-CMP-10 nothing is lost, nothing is made");
        assertEq(collected, waiting + usdc.balanceOf(feeCollector), "INV-CMP-10 fees are swept or wait");
        assertEq(unxv.balanceOf(address(staking)), tokens, "INV-CMP-05 the stake is there, to the unit");
        assertEq(staked, tokens, "INV-CMP-05 nothing is lost but by slashing");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function itemOf(
        uint256 who,
        uint256 whom,
        uint256 period,
        uint256 value,
        uint256 by
    ) private view returns (IVoucherCollector.Item memory item) {
        who %= PAYERS;
        IVoucherCollectorCore.Voucher memory voucher = IVoucherCollectorCore.Voucher(
            payers[who],
            providerOf(whom),
            collectionOf(provisions[whom % PROVIDERS], ComputeIds.KIND_USAGE, period % PERIODS),
            uint128(bound(value, 0, 400 * VALUE)),
            uint64(block.timestamp),
            bytes32(0)
        );
        uint256 key =
            by % 4 == 0
                ? keys[who]
                : by % 4 == 1
                    ? providerKeys[0]
                    : SIGNER_KEY;
        item = itemBy(key, voucher);
        if (key == keys[who]) item.signer = payers[who];
    }

    function providerOf(uint256 whom) private view returns (address) {
        return vm.addr(providerKeys[whom % PROVIDERS]);
    }

    function note(bool holds, string memory what) private {
        if (!holds) (violated, violation) = (true, what);
    }
}
