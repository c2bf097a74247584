// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IAttestationHub} from "../../contracts/compute/interfaces/IAttestationHub.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Test} from "../support/Test.sol";

/// @notice Reports, quorum, medians, silence.
contract AttestationHubTest is Test {
    uint256 private constant WEEK = 7 days;
    uint64 private constant EPOCH = 2_976;
    /// @dev A Thursday, 00:00 UTC: the first second after the epoch.
    uint256 private constant END = (EPOCH + 1) * WEEK;
    uint256 private constant PROVISION = 0x960F1DE << 96;
    bytes32 private constant DATA = keccak256("published");

    AccessManager private manager;
    IAttestationHub private hub;
    /// @dev In the order of their addresses.
    uint256[] private keys;

    function setUp() public {
        vm.warp(END - WEEK);
        manager = AccessManager(Artifacts.deploy("AccessManager.sol:AccessManager", abi.encode(address(this))));
        for (uint256 i; i < 17; ++i) {
            keys.push(0xA77E + i);
            for (uint256 j = i; j != 0 && vm.addr(keys[j - 1]) > vm.addr(keys[j]); --j) {
                (keys[j - 1], keys[j]) = (keys[j], keys[j - 1]);
            }
        }
        hub = deployHub(addressesOf(0, 3), 2);
        vm.warp(END);
    }

    // ------------------------------------------------------------------------------------------------------- reports

    function test_submit_quorumAtK() public {
        assertTrue(!hub.isAttested(EPOCH), "ATT-01 not yet");
        vm.expectEmit(address(hub));
        emit IAttestationHub.Reported(EPOCH, at(0), rootFor(0), DATA);
        submit(EPOCH, 0);
        assertEq(hub.reportsOf(EPOCH), 1, "ATT-01 one");
        assertEq(hub.reportOf(EPOCH, at(0)), rootFor(0), "ATT-01 the root");
        assertTrue(!hub.isAttested(EPOCH), "ATT-01 one of two");
        vm.expectEmit(address(hub));
        emit IAttestationHub.Reported(EPOCH, at(2), rootFor(2), DATA);
        vm.expectEmit(address(hub));
        emit IAttestationHub.Attested(EPOCH);
        vm.prank(address(0x57A6E));
        submit(EPOCH, 2);
        assertTrue(hub.isAttested(EPOCH), "ATT-01 two of two");
        assertEq(hub.lastAttested(), EPOCH, "ATT-01 the last");
        assertTrue(!hub.isFinal(EPOCH), "ATT-01 a third may come");
        submit(EPOCH, 1);
        assertEq(hub.reportsOf(EPOCH), 3, "ATT-01 three");
        assertTrue(hub.isFinal(EPOCH), "ATT-01 no more can come");
    }

    function test_submit_endedEpochsOnly_forAWeek() public {
        vm.warp(END - 1);
        expectRefused(EPOCH, 0, abi.encodeWithSelector(IAttestationHub.EpochNotEnded.selector, END));
        expectRefused(
            type(uint64).max,
            0,
            abi.encodeWithSelector(IAttestationHub.EpochNotEnded.selector, (uint256(type(uint64).max) + 1) * WEEK)
        );
        vm.warp(END);
        submit(EPOCH, 0);
        vm.warp(END + WEEK - 1);
        submit(EPOCH, 1);
        assertTrue(hub.isAttested(EPOCH), "ATT-01 in the last second");
        assertTrue(!hub.isFinal(EPOCH), "ATT-01 not final");
        vm.warp(END + WEEK);
        assertTrue(hub.isFinal(EPOCH), "ATT-01 final");
        expectRefused(EPOCH, 2, abi.encodeWithSelector(IAttestationHub.EpochClosed.selector, END + WEEK));
    }

    function test_submit_theFirstStands() public {
        submit(EPOCH, 0);
        expectRefused(EPOCH, 0, abi.encodeWithSelector(IAttestationHub.AlreadyReported.selector, EPOCH, at(0)));
        bytes memory signature = signReport(keys[0], EPOCH, "another");
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.AlreadyReported.selector, EPOCH, at(0)));
        hub.submit(EPOCH, "another", DATA, at(0), signature);
        assertEq(hub.reportOf(EPOCH, at(0)), rootFor(0), "ATT-01 the first");
    }

    function test_submit_refusesStrangersAndBadInput() public {
        expectRefused(EPOCH, 3, abi.encodeWithSelector(IAttestationHub.NotAttester.selector, at(3)));
        bytes memory signature = signReport(keys[0], EPOCH, bytes32(0));
        vm.expectRevert(IAttestationHub.EmptyReport.selector);
        hub.submit(EPOCH, bytes32(0), DATA, at(0), signature);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.NotAttester.selector, address(0)));
        hub.submit(EPOCH, "root", DATA, address(0), new bytes(65));

        signature = signReport(keys[0], EPOCH, "root");
        bytes memory notSigned = abi.encodeWithSelector(IAttestationHub.InvalidSignature.selector, at(1));
        vm.expectRevert(notSigned);
        hub.submit(EPOCH, "root", DATA, at(1), signature);
        notSigned = abi.encodeWithSelector(IAttestationHub.InvalidSignature.selector, at(0));
        vm.expectRevert(notSigned);
        hub.submit(EPOCH, "other", DATA, at(0), signature);
        vm.expectRevert(notSigned);
        hub.submit(EPOCH, "root", "other", at(0), signature);
        vm.expectRevert(notSigned);
        hub.submit(EPOCH, "root", DATA, at(0), "");
        vm.chainId(block.chainid + 1);
        vm.expectRevert(notSigned);
        hub.submit(EPOCH, "root", DATA, at(0), signature);
        vm.chainId(block.chainid - 1);
        hub.submit(EPOCH, "root", DATA, at(0), signature);
        vm.warp(END + WEEK);
        vm.expectRevert(notSigned);
        hub.submit(EPOCH + 1, "root", DATA, at(0), signature);
    }

    function test_submit_byAContract() public {
        address wallet = address(new SmartWallet(at(0)));
        address[] memory set = new address[](1);
        set[0] = wallet;
        hub.setAttesters(set, 1);
        bytes memory signature = signReport(keys[1], EPOCH, "root");
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.InvalidSignature.selector, wallet));
        hub.submit(EPOCH, "root", DATA, wallet, signature);
        signature = signReport(keys[0], EPOCH, "root");
        hub.submit(EPOCH, "root", DATA, wallet, signature);
        assertTrue(hub.isAttested(EPOCH), "ATT-01 ERC-1271");
    }

    // -------------------------------------------------------------------------------------------------- setAttesters

    function test_setAttesters_bounds() public {
        vm.expectEmit(address(hub));
        emit IAttestationHub.AttestersSet(2, addressesOf(0, 16), 9);
        hub.setAttesters(addressesOf(0, 16), 9);
        (address[] memory set, uint256 quorum) = hub.attestersNow();
        assertEq(set.length, 16, "ATT-03 sixteen");
        assertEq(set[15], at(15), "ATT-03 in order");
        assertEq(quorum, 9, "ATT-03 quorum");
        hub.setAttesters(addressesOf(0, 16), 16);
        hub.setAttesters(addressesOf(0, 1), 1);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadCount.selector, 17));
        hub.setAttesters(addressesOf(0, 17), 9);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadCount.selector, 0));
        hub.setAttesters(new address[](0), 0);
        expectBadQuorum(8, 16);
        expectBadQuorum(17, 16);
        expectBadQuorum(1, 2);
        expectBadQuorum(0, 1);
        expectBadQuorum(1, 3);
        address[] memory bad = addressesOf(0, 2);
        bad[1] = bad[0];
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadAttester.selector, at(0)));
        hub.setAttesters(bad, 2);
        (bad[0], bad[1]) = (at(1), at(0));
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadAttester.selector, at(0)));
        hub.setAttesters(bad, 2);
        bad[0] = address(0);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadAttester.selector, address(0)));
        hub.setAttesters(bad, 2);
        vm.prank(at(0));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, at(0)));
        hub.setAttesters(addressesOf(0, 1), 1);
    }

    function test_setAttesters_removedReportsDoNotCount() public {
        submit(EPOCH, 0);
        hub.setAttesters(addressesOf(1, 3), 2);
        assertEq(hub.reportsOf(EPOCH), 0, "ATT-03 removed, not counted");
        assertEq(hub.reportOf(EPOCH, at(0)), 0, "ATT-03 nor told");
        expectRefused(EPOCH, 0, abi.encodeWithSelector(IAttestationHub.NotAttester.selector, at(0)));
        submit(EPOCH, 1);
        assertTrue(!hub.isAttested(EPOCH), "ATT-03 one of the new set");
        submit(EPOCH, 3);
        assertTrue(hub.isAttested(EPOCH), "ATT-03 two of the new set");
        assertEq(hub.reportsOf(EPOCH), 2, "ATT-03 two");
    }

    /// @dev Who comes back does so without what it said before, and may say it anew.
    function test_setAttesters_whoComesBack_reportsAnew() public {
        submit(EPOCH, 0);
        hub.setAttesters(addressesOf(1, 3), 2);
        hub.setAttesters(addressesOf(0, 3), 2);
        assertEq(hub.reportsOf(EPOCH), 0, "ATT-03 nothing comes back");
        submit(EPOCH, 1);
        assertTrue(!hub.isAttested(EPOCH), "ATT-03 one");
        bytes memory signature = signReport(keys[0], EPOCH, "anew");
        hub.submit(EPOCH, "anew", DATA, at(0), signature);
        assertTrue(hub.isAttested(EPOCH), "ATT-03 two");
        assertEq(hub.reportOf(EPOCH, at(0)), "anew", "ATT-03 anew");
    }

    function test_setAttesters_whoStays_keepsItsReport() public {
        submit(EPOCH, 0);
        hub.setAttesters(addressesOf(0, 5), 3);
        assertEq(hub.reportsOf(EPOCH), 1, "ATT-03 stays");
        submit(EPOCH, 3);
        submit(EPOCH, 4);
        assertTrue(hub.isAttested(EPOCH), "ATT-03 with the new ones");
    }

    /// @dev An attested epoch is its set's for good: who is removed later still counts, who comes later never does.
    function test_setAttesters_attestedEpochs_stay() public {
        submit(EPOCH, 0);
        submit(EPOCH, 1);
        hub.setAttesters(addressesOf(2, 5), 5);
        assertTrue(hub.isAttested(EPOCH), "ATT-03 stays attested");
        assertEq(hub.reportOf(EPOCH, at(0)), rootFor(0), "ATT-03 its reports count");
        expectRefused(EPOCH, 3, abi.encodeWithSelector(IAttestationHub.NotAttester.selector, at(3)));
        assertTrue(!hub.isFinal(EPOCH), "ATT-03 the third may still come");
        submit(EPOCH, 2);
        assertEq(hub.reportsOf(EPOCH), 3, "ATT-03 who was there then and is now");
        assertTrue(hub.isFinal(EPOCH), "ATT-03 all that may have");
        assertTrue(hub.recount(EPOCH), "ATT-03 a recount changes nothing");
        assertEq(hub.reportsOf(EPOCH), 3, "ATT-03 nothing");
    }

    function test_isFinal_whenTheMissingWasRemoved() public {
        submit(EPOCH, 0);
        submit(EPOCH, 1);
        hub.setAttesters(addressesOf(0, 2), 2);
        assertTrue(hub.isFinal(EPOCH), "ATT-03 the third can no longer report");
    }

    /// @dev Fewer are asked for, and nobody is left to report: anybody has the reports counted.
    function test_recount_afterTheQuorumFell() public {
        hub.setAttesters(addressesOf(0, 3), 3);
        submit(EPOCH, 0);
        submit(EPOCH, 1);
        assertTrue(!hub.recount(EPOCH), "ATT-03 three are asked for");
        hub.setAttesters(addressesOf(0, 2), 2);
        assertTrue(!hub.isAttested(EPOCH), "ATT-03 not by itself");
        vm.expectEmit(address(hub));
        emit IAttestationHub.Attested(EPOCH);
        vm.prank(address(0x57A6E));
        assertTrue(hub.recount(EPOCH), "ATT-03 two of two");
        assertTrue(hub.isAttested(EPOCH), "ATT-03 attested");
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.EpochNotEnded.selector, END + WEEK));
        hub.recount(EPOCH + 1);
        vm.warp(END + WEEK);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.EpochClosed.selector, END));
        hub.recount(EPOCH - 1);
    }

    // -------------------------------------------------------------------------------------------------------- median

    function test_median_ofThree() public {
        IAttestationHub.Leaf[] memory leaves = threeLeaves();
        leaves[0].requests = 30;
        leaves[1].requests = 10;
        leaves[2].requests = 20;
        leaves[2].failures = 9;
        IAttestationHub.Claim[] memory claims = attest(leaves);
        IAttestationHub.Leaf memory m = hub.median(EPOCH, claims);
        assertEq(m.provisionId, PROVISION, "ATT-02 provision");
        assertEq(m.hour, 167, "ATT-02 hour");
        assertEq(m.requests, 20, "ATT-02 the middle");
        assertEq(m.inputTokens, 1_000, "ATT-02 input");
        assertEq(m.outputTokens, 500, "ATT-02 output");
        assertEq(m.uptimePpm, 999_000, "ATT-02 uptime");
        assertEq(m.p50Ms, 250, "ATT-02 p50");
        assertEq(m.failures, 1, "ATT-02 failures");
    }

    function test_median_ofTwo_isTheLower() public {
        IAttestationHub.Leaf[] memory leaves = threeLeaves();
        leaves[0].requests = 30;
        leaves[1].requests = 10;
        IAttestationHub.Claim[] memory claims = attest(leaves);
        IAttestationHub.Claim[] memory two = new IAttestationHub.Claim[](2);
        (two[0], two[1]) = (claims[0], claims[1]);
        assertEq(hub.median(EPOCH, two).requests, 10, "ATT-02 the lower of two");
    }

    /// @dev Regression: whatever one of three says, each median is between what the two others measured.
    function testFuzz_median_oneLiarOfThree(uint256 liar, uint64[4] memory lie, uint64[4] memory a) public {
        IAttestationHub.Leaf[] memory leaves = threeLeaves();
        liar %= 3;
        for (uint256 i; i < 3; ++i) {
            uint64[4] memory of_ = i == liar ? lie : a;
            leaves[i].requests = of_[0] ^ (i == (liar + 1) % 3 ? 0xffff : 0);
            leaves[i].outputTokens = of_[1];
            leaves[i].uptimePpm = uint32(of_[2]);
            leaves[i].p50Ms = uint32(of_[3]);
        }
        IAttestationHub.Leaf memory m = hub.median(EPOCH, attest(leaves));
        uint64 b = leaves[(liar + 1) % 3].requests;
        uint64 c = leaves[(liar + 2) % 3].requests;
        assertGe(m.requests, b < c ? b : c, "ATT-02 not below the honest");
        assertLe(m.requests, b < c ? c : b, "ATT-02 not above the honest");
        assertEq(m.outputTokens, a[1], "ATT-02 where the honest agree, that");
        assertEq(m.uptimePpm, uint32(a[2]), "ATT-02 uptime");
        assertEq(m.p50Ms, uint32(a[3]), "ATT-02 p50");
    }

    /// @dev Sixteen claims, sorted beside the contract.
    function testFuzz_median_ofSixteen(uint64[16] memory values) public {
        hub.setAttesters(addressesOf(0, 16), 9);
        IAttestationHub.Leaf[] memory leaves = new IAttestationHub.Leaf[](16);
        for (uint256 i; i < 16; ++i) {
            leaves[i] = leafOf();
            leaves[i].failures = values[i];
        }
        IAttestationHub.Leaf memory m = hub.median(EPOCH, attest(leaves));
        uint256 below;
        uint256 upTo;
        for (uint256 i; i < 16; ++i) {
            if (values[i] < m.failures) ++below;
            if (values[i] <= m.failures) ++upTo;
        }
        assertLe(below, 7, "ATT-02 at most seven are below");
        assertGe(upTo, 8, "ATT-02 at least eight are not above");
    }

    function test_median_refusesTooFew_twice_andOthers() public {
        IAttestationHub.Claim[] memory claims = attest(threeLeaves());
        IAttestationHub.Claim[] memory two = new IAttestationHub.Claim[](2);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.TooFewClaims.selector, 1, 2));
        hub.median(EPOCH, oneOf(claims[0]));
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.TooFewClaims.selector, 0, 2));
        hub.median(EPOCH, new IAttestationHub.Claim[](0));
        (two[0], two[1]) = (claims[1], claims[1]);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.OutOfOrder.selector, at(1)));
        hub.median(EPOCH, two);
        (two[0], two[1]) = (claims[1], claims[0]);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.OutOfOrder.selector, at(0)));
        hub.median(EPOCH, two);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.NotAttested.selector, EPOCH - 1));
        hub.median(EPOCH - 1, claims);
        IAttestationHub.Claim[] memory four = new IAttestationHub.Claim[](4);
        for (uint256 i; i < 3; ++i) four[i] = claims[i];
        four[3] = IAttestationHub.Claim(at(3), claims[0].leaf, claims[0].proof);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.NotAttester.selector, at(3)));
        hub.median(EPOCH, four);
    }

    function test_median_refusesOtherLeaves() public {
        IAttestationHub.Claim[] memory claims = attest(threeLeaves());
        claims[1].leaf.requests += 1;
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.NotInReport.selector, at(1)));
        hub.median(EPOCH, claims);
        claims[1].leaf.requests -= 1;
        claims[1].proof = new bytes32[](0);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.NotInReport.selector, at(1)));
        hub.median(EPOCH, claims);
        claims[1].leaf.hour = 3;
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadClaim.selector, PROVISION, 3));
        hub.median(EPOCH, claims);
        claims[1].leaf.hour = 167;
        claims[1].leaf.provisionId = PROVISION + 1;
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadClaim.selector, PROVISION + 1, 167));
        hub.median(EPOCH, claims);
    }

    function test_median_refusesHour168() public {
        IAttestationHub.Leaf[] memory leaves = threeLeaves();
        for (uint256 i; i < 3; ++i) leaves[i].hour = 168;
        IAttestationHub.Claim[] memory claims = attest(leaves);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadClaim.selector, PROVISION, 168));
        hub.median(EPOCH, claims);
    }

    // ------------------------------------------------------------------------------------------------------- silence

    /// @dev Regression: silence of attesters does not zero a provider: it is told, to the second, and counts as neutral.
    function test_silence_aWeekAfterTheFirstUnattestedEpoch() public {
        assertEq(hub.lastAttested(), EPOCH - 1, "ATT-04 nothing is owed before the hub");
        vm.warp(END + WEEK - 1);
        assertTrue(!hub.isSilent(), "ATT-04 not yet");
        assertTrue(!hub.isSilentEpoch(EPOCH), "ATT-04 nor the epoch");
        vm.warp(END + WEEK);
        assertTrue(hub.isSilent(), "ATT-04 silent");
        assertTrue(hub.isSilentEpoch(EPOCH), "ATT-04 the epoch");
        assertTrue(!hub.isSilentEpoch(EPOCH + 1), "ATT-04 the next one is not");
        // A late report cannot take it back: what was counted neutral stays so.
        expectRefused(EPOCH, 0, abi.encodeWithSelector(IAttestationHub.EpochClosed.selector, END + WEEK));
        submit(EPOCH + 1, 0);
        assertTrue(hub.isSilent(), "ATT-04 one report is no quorum");
        submit(EPOCH + 1, 1);
        assertTrue(!hub.isSilent(), "ATT-04 they speak again");
        assertTrue(hub.isSilentEpoch(EPOCH), "ATT-04 the epoch stays silent");
        vm.warp(END + 3 * WEEK - 1);
        assertTrue(!hub.isSilent(), "ATT-04 the week of the next");
        vm.warp(END + 3 * WEEK);
        assertTrue(hub.isSilent(), "ATT-04 silent again");
        assertTrue(!hub.isSilentEpoch(EPOCH + 1), "ATT-04 what was attested is not");
    }

    function test_silence_endsByTheLastEpoch_whateverTheOrder() public {
        vm.warp(END + WEEK - 1);
        submit(EPOCH, 0);
        submit(EPOCH, 1);
        vm.warp(END + WEEK);
        submit(EPOCH + 1, 0);
        submit(EPOCH + 1, 1);
        assertEq(hub.lastAttested(), EPOCH + 1, "ATT-04 the last");
        assertTrue(!hub.isSilent(), "ATT-04 not silent");
    }

    function test_lastAttested_neverFalls() public {
        submit(EPOCH, 0);
        submit(EPOCH, 1);
        vm.warp(END + 1);
        IAttestationHub late = deployHub(addressesOf(0, 1), 1);
        assertEq(late.lastAttested(), EPOCH, "ATT-04 of its own time");
        bytes32 struct_ = keccak256(
            abi.encode(keccak256("Report(uint64 epoch,bytes32 root,bytes32 dataHash)"), EPOCH, bytes32("root"), DATA)
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domainOf(address(late)), struct_));
        assertEq(late.hashReport(EPOCH, "root", DATA), digest, "ATT-01 typed data");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], digest);
        late.submit(EPOCH, "root", DATA, at(0), abi.encodePacked(r, s, v));
        assertTrue(late.isAttested(EPOCH), "ATT-01 the epoch before the hub");
        assertEq(late.lastAttested(), EPOCH, "ATT-04 stays");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function deployHub(address[] memory set, uint256 quorum) private returns (IAttestationHub) {
        bytes memory arguments = abi.encode(address(manager), set, quorum);
        return IAttestationHub(Artifacts.deploy("contracts/compute/AttestationHub.sol:AttestationHub", arguments));
    }

    function at(uint256 i) private view returns (address) {
        return vm.addr(keys[i]);
    }

    function addressesOf(uint256 first, uint256 count) private view returns (address[] memory list) {
        list = new address[](count);
        for (uint256 i; i < count; ++i) list[i] = at(first + i);
    }

    function rootFor(uint256 i) private pure returns (bytes32) {
        return keccak256(abi.encode("root", i));
    }

    function domainOf(address where) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("cxmpute attestations"),
                    keccak256("1"),
                    block.chainid,
                    where
                )
            );
    }

    function signReport(uint256 key, uint64 epoch, bytes32 root) private view returns (bytes memory) {
        bytes32 typeHash = keccak256("Report(uint64 epoch,bytes32 root,bytes32 dataHash)");
        bytes32 struct_ = keccak256(abi.encode(typeHash, epoch, root, DATA));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domainOf(address(hub)), struct_));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function submit(uint64 epoch, uint256 i) private {
        hub.submit(epoch, rootFor(i), DATA, at(i), signReport(keys[i], epoch, rootFor(i)));
    }

    function expectRefused(uint64 epoch, uint256 i, bytes memory reason) private {
        bytes memory signature = signReport(keys[i], epoch, rootFor(i));
        address attester = at(i);
        vm.expectRevert(reason);
        hub.submit(epoch, rootFor(i), DATA, attester, signature);
    }

    function expectBadQuorum(uint256 quorum, uint256 count) private {
        address[] memory set = addressesOf(0, count);
        vm.expectRevert(abi.encodeWithSelector(IAttestationHub.BadQuorum.selector, quorum, count));
        hub.setAttesters(set, quorum);
    }

    function leafOf() private pure returns (IAttestationHub.Leaf memory) {
        return IAttestationHub.Leaf(PROVISION, 167, 100, 1_000, 500, 999_000, 250, 1);
    }

    function threeLeaves() private pure returns (IAttestationHub.Leaf[] memory leaves) {
        leaves = new IAttestationHub.Leaf[](3);
        for (uint256 i; i < 3; ++i) leaves[i] = leafOf();
    }

    /// @dev Every attester reports a tree of its leaf and another one.
    function attest(IAttestationHub.Leaf[] memory leaves) private returns (IAttestationHub.Claim[] memory claims) {
        claims = new IAttestationHub.Claim[](leaves.length);
        for (uint256 i; i < leaves.length; ++i) {
            IAttestationHub.Leaf memory leaf_ = leaves[i];
            bytes memory encoded = abi.encode(
                leaf_.provisionId,
                leaf_.hour,
                leaf_.requests,
                leaf_.inputTokens,
                leaf_.outputTokens,
                leaf_.uptimePpm,
                leaf_.p50Ms,
                leaf_.failures
            );
            bytes32 leaf = keccak256(bytes.concat(keccak256(encoded)));
            bytes32 sibling = keccak256(abi.encode("another leaf", i));
            bytes32 root = leaf < sibling ? keccak256(abi.encode(leaf, sibling)) : keccak256(abi.encode(sibling, leaf));
            bytes32[] memory proof = new bytes32[](1);
            proof[0] = sibling;
            claims[i] = IAttestationHub.Claim(at(i), leaf_, proof);
            hub.submit(EPOCH, root, DATA, at(i), signReport(keys[i], EPOCH, root));
        }
    }

    function oneOf(IAttestationHub.Claim memory claim) private pure returns (IAttestationHub.Claim[] memory list) {
        list = new IAttestationHub.Claim[](1);
        list[0] = claim;
    }
}
