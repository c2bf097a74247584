// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IPeaqDid} from "../../contracts/compute/interfaces/IPeaqDid.sol";
import {IPriceBook} from "../../contracts/compute/interfaces/IPriceBook.sol";
import {IProvisionRegistry} from "../../contracts/compute/interfaces/IProvisionRegistry.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {DidRegistry} from "../../contracts/demo/DidRegistry.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Provisions, their keys, states, DIDs and prices, against the real staking. The test is the dispute manager.
contract ProvisionRegistryTest is ComputeTest {
    uint256 private constant KEY = 0x3AC41;
    uint256 private constant KEY2 = 0x3AC42;
    uint256 private constant MINIMUM = 3_000e18;
    bytes32 private constant MODEL = keccak256("llama-3-8b");
    address private constant DIDS = address(0x800);

    IProvisionRegistry private provisions;
    IPriceBook private prices;

    function setUp() public override {
        super.setUp();
        uint256[] memory minimums = new uint256[](4);
        (minimums[0], minimums[1], minimums[2], minimums[3]) = (1_000e18, MINIMUM, 7_000e18, 15_000e18);
        provisions = IProvisionRegistry(
            deploy("ProvisionRegistry", abi.encode(address(manager), address(staking), minimums))
        );
        provisions.setUp(address(this));
        prices = IPriceBook(
            deploy("PriceBook", abi.encode(address(manager), address(provisions), new IPriceBook.Band[](0)))
        );
    }

    // ---------------------------------------------------------------------------------------------------- register

    function test_register() public {
        bytes memory proof = proofOf(provider, 1, KEY, T0);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.Registered(provisionId, vm.addr(KEY), 0, 1);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.EndpointSet(provisionId, "https://a.example");
        vm.prank(provider);
        uint256 id = provisions.register(0, 1, "https://a.example", vm.addr(KEY), uint64(T0), proof);
        assertEq(id, provisionId, "PRV-01 the id names provider and index");
        IProvisionRegistry.ProvisionView memory seen = provisions.provisionOf(id);
        assertEq(seen.machineKey, vm.addr(KEY), "PRV-01 key");
        assertState(IProvisionRegistry.State.Draft, "PRV-01 a draft");
        assertEq(uint256(seen.service) * 10 + seen.tier, 1, "PRV-01 service and tier");
        assertEq(seen.endpointHash, keccak256("https://a.example"), "PRV-01 endpoint");
        assertEq(provisions.provisionCount(provider), 1, "PRV-01 counted");
        (uint256 of_, uint256 from, uint256 until) = provisions.provisionOfKey(vm.addr(KEY));
        assertEq(of_, id, "PRV-01 the key's provision");
        assertEq(from, T0, "PRV-01 from now");
        assertEq(until, MAX, "PRV-01 still");
        assertEq(provisions.requiredStake(id), 0, "PRV-03 a draft keeps nothing");
    }

    function test_register_refusesBadInput() public {
        bytes memory proof = proofOf(provider, 1, KEY, T0);
        address key = vm.addr(KEY);
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidService.selector, 8));
        provisions.register(8, 0, "", key, uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidTier.selector, 4));
        provisions.register(0, 4, "", key, uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.SignatureExpired.selector, T0 - 1));
        provisions.register(0, 0, "", key, uint64(T0 - 1), proof);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidSignature.selector, key));
        provisions.register(0, 0, "", key, uint64(T0 + 1), proof);
        string memory long = string(new bytes(257));
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.EndpointTooLong.selector, 257, 256));
        provisions.register(0, 0, long, key, uint64(T0), proof);
        provisions.register(0, 0, string(new bytes(256)), key, uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.MachineKeyTaken.selector, key, provisionId));
        provisions.register(0, 0, "", key, uint64(T0), proof);
        vm.stopPrank();
    }

    /// @dev Another's proof, another index's, another chain's or a contract's is none.
    function test_register_proofIsThisProvisions() public {
        address key = vm.addr(KEY);
        bytes memory proof = proofOf(provider, 1, KEY, T0);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidSignature.selector, key));
        provisions.register(0, 0, "", key, uint64(T0), proof);
        proof = proofOf(provider, 2, KEY, T0);
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidSignature.selector, key));
        provisions.register(0, 0, "", key, uint64(T0), proof);
        proof = proofOf(provider, 1, KEY, T0);
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidSignature.selector, key));
        provisions.register(0, 0, "", key, uint64(T0), proof);
        vm.chainId(31337);
        address wallet = address(new SmartWallet(key));
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidSignature.selector, wallet));
        provisions.register(0, 0, "", wallet, uint64(T0), proof);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidSignature.selector, address(0)));
        provisions.register(0, 0, "", address(0), uint64(T0), new bytes(65));
        vm.stopPrank();
    }

    function test_setMachineKey_rotates() public {
        registerOne();
        vm.warp(T0 + 1 days);
        bytes memory proof = proofOf(provider, 1, KEY2, T0 + 1 days);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.NotYourProvision.selector, provisionId, other));
        provisions.setMachineKey(provisionId, vm.addr(KEY2), uint64(T0 + 1 days), proof);
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.MachineKeyTaken.selector, vm.addr(KEY), provisionId));
        provisions.setMachineKey(provisionId, vm.addr(KEY), uint64(T0 + 1 days), proof);
        bytes32 did = provisions.didOf(provisionId);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.MachineKeySet(provisionId, vm.addr(KEY2));
        provisions.setMachineKey(provisionId, vm.addr(KEY2), uint64(T0 + 1 days), proof);
        vm.stopPrank();
        assertTrue(provisions.didOf(provisionId) != did, "PRV-06 another key, another DID");
        address key = vm.addr(KEY);
        assertTrue(!provisions.wasMachineKey(provisionId, key, T0 - 1), "PRV-08 not before it was");
        assertTrue(provisions.wasMachineKey(provisionId, key, T0), "PRV-08 from when it was");
        assertTrue(provisions.wasMachineKey(provisionId, key, T0 + 1 days), "PRV-08 until it was replaced");
        assertTrue(!provisions.wasMachineKey(provisionId, key, T0 + 1 days + 1), "PRV-08 not after");
        assertTrue(provisions.wasMachineKey(provisionId, vm.addr(KEY2), T0 + 9 days), "PRV-08 the new one");
        assertTrue(!provisions.wasMachineKey(provisionId + (1 << 64), key, T0), "PRV-08 of no other provision");
        assertTrue(!provisions.wasMachineKey(0, other, T0), "PRV-08 a stranger's of none");
    }

    // ------------------------------------------------------------------------------------------------------- edges

    function test_edges_wholeLife() public {
        registerOne();
        vm.startPrank(provider);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.Started(provisionId, MINIMUM);
        provisions.start(provisionId);
        assertState(IProvisionRegistry.State.Started, "PRV-02 started");
        assertEq(provisions.requiredStake(provisionId), MINIMUM, "PRV-03 keeps the minimum");
        expectWrongState(IProvisionRegistry.State.Started);
        provisions.start(provisionId);
        vm.stopPrank();

        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.HeartbeatSeen(provisionId, T0);
        beat(KEY);
        assertState(IProvisionRegistry.State.Running, "PRV-04 the first heartbeat makes it run");
        vm.startPrank(provider);
        expectWrongState(IProvisionRegistry.State.Running);
        provisions.start(provisionId);
        expectBounds(599, 600, 7 days);
        provisions.stop(provisionId, 599);
        expectBounds(7 days + 1, 600, 7 days);
        provisions.stop(provisionId, 7 days + 1);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.Draining(provisionId, T0 + 600);
        provisions.stop(provisionId, 600);
        assertState(IProvisionRegistry.State.Draining, "PRV-05 drains");
        assertEq(provisions.requiredStake(provisionId), MINIMUM, "PRV-05 keeps the minimum meanwhile");
        expectWrongState(IProvisionRegistry.State.Draining);
        provisions.stop(provisionId, 600);
        expectWrongState(IProvisionRegistry.State.Draining);
        provisions.start(provisionId);
        vm.warp(T0 + 599);
        assertState(IProvisionRegistry.State.Draining, "PRV-05 to the second");
        vm.warp(T0 + 600);
        assertState(IProvisionRegistry.State.Off, "PRV-05 then it is off");
        assertEq(provisions.requiredStake(provisionId), 0, "PRV-05 and keeps nothing");
        expectWrongState(IProvisionRegistry.State.Off);
        provisions.stop(provisionId, 600);
        provisions.start(provisionId);
        assertState(IProvisionRegistry.State.Started, "PRV-02 and again");
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.TurnedOff(provisionId);
        provisions.stop(provisionId, 0);
        assertState(IProvisionRegistry.State.Off, "PRV-02 one that never ran is off at once");
        vm.stopPrank();
    }

    function test_edges_areTheProviders() public {
        bytes memory refused = abi.encodeWithSelector(
            IProvisionRegistry.NotYourProvision.selector,
            provisionId,
            provider
        );
        vm.startPrank(provider);
        vm.expectRevert(refused);
        provisions.start(provisionId);
        vm.stopPrank();
        registerOne();
        refused = abi.encodeWithSelector(IProvisionRegistry.NotYourProvision.selector, provisionId, other);
        vm.startPrank(other);
        vm.expectRevert(refused);
        provisions.start(provisionId);
        vm.expectRevert(refused);
        provisions.stop(provisionId, 600);
        vm.expectRevert(refused);
        provisions.setEndpoint(provisionId, "x");
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.NotAllowed.selector, other));
        provisions.turnOff(provisionId);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.NotAllowed.selector, other));
        provisions.heartbeat(provisionId);
        vm.stopPrank();
        expectWrongState(IProvisionRegistry.State.Draft);
        vm.prank(provider);
        provisions.stop(provisionId, 600);
        expectWrongState(IProvisionRegistry.State.Draft);
        provisions.turnOff(provisionId);
        expectWrongState(IProvisionRegistry.State.Draft);
        beat(KEY);
        vm.prank(provider);
        provisions.setEndpoint(provisionId, "https://b.example");
        assertEq(provisions.provisionOf(provisionId).endpointHash, keccak256("https://b.example"), "PRV-01 moved");
    }

    function test_start_needsTheMinimum_thawingNotCounted() public {
        registerOne();
        vm.startPrank(provider);
        staking.thaw(provisionId, uint96(100_000e18 - MINIMUM + 1));
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.StakeBelowMinimum.selector, MINIMUM - 1, MINIMUM));
        provisions.start(provisionId);
        staking.cancelThaw(provisionId, 1);
        provisions.start(provisionId);
        vm.stopPrank();
    }

    function test_minimum_changesForLaterStartsOnly() public {
        registerOne();
        vm.prank(provider);
        provisions.start(provisionId);
        provisions.setMinimum(1, 5_000e18);
        assertEq(provisions.requiredStake(provisionId), MINIMUM, "PRV-03 a run keeps its own");
        assertEq(provisions.minimumOf(1), 5_000e18, "PRV-03 later ones");
        vm.startPrank(provider);
        provisions.stop(provisionId, 0);
        provisions.start(provisionId);
        vm.stopPrank();
        assertEq(provisions.requiredStake(provisionId), 5_000e18, "PRV-03 now");
        expectBounds(100e18 - 1, 100e18, 1_000_000e18);
        provisions.setMinimum(1, 100e18 - 1);
        expectBounds(1_000_000e18 + 1, 100e18, 1_000_000e18);
        provisions.setMinimum(1, 1_000_000e18 + 1);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidTier.selector, 4));
        provisions.setMinimum(4, 5_000e18);
    }

    function test_enforceMinimum_afterASlash() public {
        registerOne();
        vm.startPrank(provider);
        staking.thaw(provisionId, uint96(100_000e18 - MINIMUM));
        provisions.start(provisionId);
        vm.stopPrank();
        vm.expectRevert(IProvisionRegistry.NothingToDo.selector);
        provisions.enforceMinimum(provisionId);
        staking.slash(provisionId, 98_000e18, 1_000_000e18, other);
        vm.prank(other);
        provisions.enforceMinimum(provisionId);
        assertState(IProvisionRegistry.State.Off, "INV-CMP-08 off below the minimum");
        vm.expectRevert(IProvisionRegistry.NothingToDo.selector);
        provisions.enforceMinimum(provisionId);
    }

    function test_pause_stopsNewOnesOnly() public {
        registerOne();
        vm.prank(provider);
        provisions.start(provisionId);
        IGuardianPausable(address(provisions)).pause(1 days);
        bytes memory paused = abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 1 days);
        bytes memory proof = proofOf(provider, 2, KEY2, T0);
        vm.startPrank(provider);
        vm.expectRevert(paused);
        provisions.register(0, 0, "", vm.addr(KEY2), uint64(T0), proof);
        vm.expectRevert(paused);
        provisions.start(provisionId);
        vm.stopPrank();
        beat(KEY);
        vm.prank(provider);
        provisions.stop(provisionId, 600);
        assertState(IProvisionRegistry.State.Draining, "PRV-05 stops while paused");
    }

    // -------------------------------------------------------------------------------------------------- heartbeats

    function test_heartbeats_batch_badOnesArePassedOver() public {
        run();
        vm.warp(T0 + 1_000);
        IProvisionRegistry.Heartbeat[] memory items = new IProvisionRegistry.Heartbeat[](7);
        items[0] = signedBeat(KEY, provisionId, T0 + 1_001);
        items[1] = signedBeat(KEY, provisionId, T0 + 399);
        items[2] = signedBeat(KEY2, provisionId, T0 + 1_000);
        items[3] = signedBeat(KEY, provisionId + (1 << 64), T0 + 1_000);
        items[4] = signedBeat(KEY, provisionId, T0 + 400);
        items[5] = signedBeat(KEY, provisionId, T0 + 400);
        items[6] = signedBeat(KEY, provisionId, T0 + 1_000);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.HeartbeatSeen(provisionId, T0 + 400);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.HeartbeatSeen(provisionId, T0 + 1_000);
        assertEq(provisions.heartbeats(items), 2, "PRV-04 two count");
        assertEq(provisions.provisionOf(provisionId).lastHeartbeat, T0 + 1_000, "PRV-04 the last");
        items[6].signature[64] ^= 0x01;
        assertEq(provisions.heartbeats(items), 0, "PRV-04 none twice");
    }

    /// @dev A heartbeat that was kept from before the start does not make it run.
    function test_heartbeats_fromBeforeTheStart() public {
        registerOne();
        vm.warp(T0 + 100);
        vm.prank(provider);
        provisions.start(provisionId);
        IProvisionRegistry.Heartbeat[] memory items = new IProvisionRegistry.Heartbeat[](1);
        items[0] = signedBeat(KEY, provisionId, T0 + 99);
        assertEq(provisions.heartbeats(items), 0, "PRV-04 from before");
        items[0] = signedBeat(KEY, provisionId, T0 + 100);
        assertEq(provisions.heartbeats(items), 1, "PRV-04 from then on");
        assertState(IProvisionRegistry.State.Running, "PRV-04 runs");
    }

    function test_heartbeats_notWhileDraining() public {
        run();
        vm.prank(provider);
        provisions.stop(provisionId, 600);
        vm.warp(T0 + 10);
        expectWrongState(IProvisionRegistry.State.Draining);
        beat(KEY);
        vm.warp(T0 + 1 days);
        assertTrue(!provisions.isAbsent(provisionId), "PRV-05 owes none");
        expectWrongState(IProvisionRegistry.State.Off);
        provisions.accuse(provisionId);
    }

    // ----------------------------------------------------------------------------------------------------- absence

    function test_absence_accusedAndSilent() public {
        run();
        vm.warp(T0 + 3_000 - 1);
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.TooEarly.selector, T0 + 3_000));
        provisions.accuse(provisionId);
        vm.warp(T0 + 3_000);
        vm.expectEmit(address(provisions));
        emit IProvisionRegistry.Accused(provisionId, other);
        vm.prank(other);
        provisions.accuse(provisionId);
        vm.expectRevert(IProvisionRegistry.NothingToDo.selector);
        provisions.accuse(provisionId);
        vm.warp(T0 + 3_600 - 1);
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 not yet");
        vm.warp(T0 + 3_600);
        assertTrue(provisions.isAbsent(provisionId), "DSP-04 60 minutes to the second");
        provisions.turnOff(provisionId);
        assertState(IProvisionRegistry.State.Off, "DSP-04 off");
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 once");
    }

    function test_absence_anAnswerEndsIt() public {
        run();
        vm.warp(T0 + 3_000);
        provisions.accuse(provisionId);
        vm.warp(T0 + 3_599);
        beat(KEY);
        vm.warp(T0 + 3_599 + 3_599);
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 the old accusation is answered");
        assertEq(provisions.provisionOf(provisionId).accusedAt, 0, "DSP-04 forgotten");
    }

    /// @dev The chain stood still for hours: whoever comes first after it finds nobody absent.
    function test_absence_notByAStallOfTheChain() public {
        run();
        vm.warp(T0 + 5 hours);
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 nobody accused it");
        provisions.accuse(provisionId);
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 not in the same block");
        vm.warp(T0 + 5 hours + 599);
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 it has ten minutes");
        beat(KEY);
        assertTrue(!provisions.isAbsent(provisionId), "DSP-04 and answers");
    }

    // --------------------------------------------------------------------------------------------------------- DID

    function test_did_oneToOne() public {
        registerOne();
        bytes32 did = keccak256(abi.encode(block.chainid, address(provisions), provider, vm.addr(KEY)));
        assertEq(provisions.didOf(provisionId), did, "PRV-06 the hash");
    }

    function test_did_attribute_presentAbsentNoPrecompile() public {
        registerOne();
        (bool isSet, bytes memory value) = provisions.didAttribute(provisionId, "cxmpute");
        assertTrue(!isSet && value.length == 0, "PRV-06 a chain without the precompile");
        vm.etch(DIDS, type(DidRegistry).runtimeCode);
        (isSet, value) = provisions.didAttribute(provisionId, "cxmpute");
        assertTrue(!isSet && value.length == 0, "PRV-06 absent");
        vm.prank(vm.addr(KEY));
        IPeaqDid(DIDS).addAttribute(vm.addr(KEY), "cxmpute", "here", 0);
        (isSet, value) = provisions.didAttribute(provisionId, "cxmpute");
        assertTrue(isSet, "PRV-06 present");
        assertEq(string(value), "here", "PRV-06 its value");
    }

    function test_did_standIn_behavesAsTheNode() public {
        vm.etch(DIDS, type(DidRegistry).runtimeCode);
        IPeaqDid dids = IPeaqDid(DIDS);
        vm.expectRevert("Cannot find the item");
        dids.readAttribute(provider, "a");
        vm.expectRevert("AttributeNameExceedMax64");
        dids.addAttribute(provider, new bytes(65), "v", 0);
        vm.expectEmit(DIDS);
        emit IPeaqDid.AddAttribute(address(this), provider, "a", "v", 7);
        dids.addAttribute(provider, "a", "v", 7);
        IPeaqDid.Attribute memory attribute = dids.readAttribute(provider, "a");
        assertEq(string(attribute.value), "v", "PRV-06 anybody writes a name first");
        assertEq(attribute.validity, block.number + 7, "PRV-06 from this block");
        assertEq(attribute.created, T0 * 1000, "PRV-06 in milliseconds");
        vm.expectRevert("AttributeAlreadyExist");
        dids.addAttribute(provider, "a", "w", 0);
        vm.startPrank(provider);
        vm.expectRevert("AttributeAuthorizationFailed");
        dids.updateAttribute(provider, "a", "w", 0);
        vm.expectRevert("AttributeAuthorizationFailed");
        dids.removeAttribute(provider, "a");
        vm.stopPrank();
        vm.expectEmit(DIDS);
        emit IPeaqDid.UpdateAttribute(address(this), provider, "a", "w", 0);
        dids.updateAttribute(provider, "a", "w", 0);
        attribute = dids.readAttribute(provider, "a");
        assertEq(string(attribute.value), "w", "PRV-06 its writer holds it");
        assertEq(attribute.validity, type(uint32).max, "PRV-06 for ever");
        vm.expectRevert("MaxBlockNumberExceeded");
        dids.updateAttribute(provider, "a", "w", type(uint32).max);
        vm.expectEmit(DIDS);
        emit IPeaqDid.RemoveAttribte(provider, "a");
        dids.removeAttribute(provider, "a");
        vm.expectRevert("Cannot find the item");
        dids.readAttribute(provider, "a");
    }

    // ------------------------------------------------------------------------------------------------------ offers

    function test_offers_cutAtOnce_raiseAfterTenMinutes() public {
        registerOne();
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.OutOfBand.selector, 1, 1, IPriceBook.Band(0, 0, 0, 0)));
        prices.setOffer(provisionId, MODEL, 1, 1);
        vm.stopPrank();
        setBand(100, 1_000, 200, 2_000);
        vm.startPrank(provider);
        vm.expectEmit(address(prices));
        emit IPriceBook.OfferSet(provisionId, MODEL, 500, 800, 0, 0, 0);
        prices.setOffer(provisionId, MODEL, 500, 800);
        vm.expectEmit(address(prices));
        emit IPriceBook.OfferSet(provisionId, MODEL, 500, 700, 600, 700, T0 + 600);
        prices.setOffer(provisionId, MODEL, 600, 700);
        vm.warp(T0 + 599);
        assertOffer(true, 500, 700, "PRV-07 the cut at once, the raise not");
        vm.warp(T0 + 600);
        assertOffer(true, 600, 700, "PRV-07 then the raise");
        prices.setOffer(provisionId, MODEL, 900, 700);
        prices.setOffer(provisionId, MODEL, 600, 600);
        vm.warp(T0 + 2_000);
        assertOffer(true, 600, 600, "PRV-07 a raise is taken back before it holds");
        vm.expectEmit(address(prices));
        emit IPriceBook.OfferWithdrawn(provisionId, MODEL);
        prices.withdrawOffer(provisionId, MODEL);
        assertOffer(false, 0, 0, "PRV-07 withdrawn at once");
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.NotOffered.selector, provisionId, MODEL));
        prices.withdrawOffer(provisionId, MODEL);
        vm.stopPrank();
    }

    function test_offers_band() public {
        registerOne();
        setBand(100, 1_000, 200, 2_000);
        uint64[2][4] memory outside = [
            [uint64(99), 500],
            [uint64(1_001), 500],
            [uint64(500), 199],
            [uint64(500), 2_001]
        ];
        vm.startPrank(provider);
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IPriceBook.OutOfBand.selector,
                    outside[i][0],
                    outside[i][1],
                    IPriceBook.Band(100, 1_000, 200, 2_000)
                )
            );
            prices.setOffer(provisionId, MODEL, outside[i][0], outside[i][1]);
        }
        prices.setOffer(provisionId, MODEL, 100, 200);
        prices.setOffer(provisionId, keccak256("other"), 1_000, 2_000);
        vm.stopPrank();
        setBand(101, 1_000, 200, 2_000);
        assertOffer(false, 100, 200, "PRV-07 not in force outside of a new band");
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.NotYourProvision.selector, provisionId, address(this)));
        prices.setOffer(provisionId, MODEL, 500, 500);
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.NotYourProvision.selector, provisionId, address(this)));
        prices.withdrawOffer(provisionId, MODEL);
        uint256 missing = ComputeIds.provisionId(other, 1);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.NotYourProvision.selector, missing, other));
        prices.setOffer(missing, MODEL, 500, 500);
    }

    function test_setBand_refusesBadInput() public {
        expectInvalidBand(2, 1, 0, 0);
        expectInvalidBand(0, 0, 2, 1);
        expectInvalidBand(0, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.InvalidService.selector, 8));
        prices.setBand(8, 0, IPriceBook.Band(0, 1, 0, 1));
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.InvalidTier.selector, 4));
        prices.setBand(0, 4, IPriceBook.Band(0, 1, 0, 1));
        vm.expectEmit(address(prices));
        emit IPriceBook.BandSet(7, 3, IPriceBook.Band(0, 0, 1, 1));
        prices.setBand(7, 3, IPriceBook.Band(0, 0, 1, 1));
        assertEq(prices.bandOf(7, 3).mostOutput, 1, "PRV-07 band");
    }

    // ---------------------------------------------------------------------------------------------- administration

    function test_setUp_once() public {
        vm.expectRevert(IProvisionRegistry.AlreadySet.selector);
        provisions.setUp(other);
        uint256[] memory minimums = new uint256[](4);
        for (uint256 i; i < 4; ++i) minimums[i] = 100e18;
        IProvisionRegistry fresh = IProvisionRegistry(
            deploy("ProvisionRegistry", abi.encode(address(manager), address(staking), minimums))
        );
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidAddress.selector, address(0)));
        fresh.setUp(address(0));
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.InvalidAddress.selector, address(0)));
        this.deployRegistry(address(0), minimums);
        expectBounds(3, 4, 4);
        this.deployRegistry(address(staking), new uint256[](3));
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.InvalidAddress.selector, address(0)));
        this.deployPrices(address(0), new IPriceBook.Band[](0));
        IPriceBook.Band[] memory bands = new IPriceBook.Band[](33);
        for (uint64 i; i < 33; ++i) bands[i] = IPriceBook.Band(0, i + 1, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.InvalidService.selector, 8));
        this.deployPrices(address(provisions), bands);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(bands, 32)
        }
        IPriceBook book = IPriceBook(this.deployPrices(address(provisions), bands));
        assertEq(book.bandOf(0, 0).mostInput, 1, "PRV-07 the first band");
        assertEq(book.bandOf(0, 3).mostInput, 4, "PRV-07 tiers first");
        assertEq(book.bandOf(7, 3).mostInput, 32, "PRV-07 the last band");
        bands[5].leastInput = 7;
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.InvalidBand.selector, bands[5]));
        this.deployPrices(address(provisions), bands);
    }

    // --------------------------------------------------------------------------------------------------- shorthand

    function deployRegistry(address staking_, uint256[] calldata minimums) external {
        deploy("ProvisionRegistry", abi.encode(address(manager), staking_, minimums));
    }

    function deployPrices(address registry_, IPriceBook.Band[] calldata bands) external returns (address) {
        return deploy("PriceBook", abi.encode(address(manager), registry_, bands));
    }

    function registerOne() private {
        bytes memory proof = proofOf(provider, 1, KEY, T0);
        vm.prank(provider);
        provisions.register(0, 1, "", vm.addr(KEY), uint64(T0), proof);
    }

    function run() private {
        registerOne();
        vm.prank(provider);
        provisions.start(provisionId);
        beat(KEY);
    }

    function beat(uint256 key) private {
        vm.prank(vm.addr(key));
        provisions.heartbeat(provisionId);
    }

    function proofOf(address who, uint32 index, uint256 key, uint256 deadline) private view returns (bytes memory) {
        bytes32 typeHash = keccak256("MachineKey(address provider,uint32 index,address machineKey,uint64 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, who, index, vm.addr(key), deadline));
        return sign(key, separator("cxmpute provisions", address(provisions)), structHash);
    }

    function signedBeat(
        uint256 key,
        uint256 id,
        uint256 timestamp
    ) private view returns (IProvisionRegistry.Heartbeat memory) {
        bytes32 structHash = keccak256(
            abi.encode(keccak256("Heartbeat(uint256 provisionId,uint64 timestamp)"), id, timestamp)
        );
        bytes memory signature = sign(key, separator("cxmpute provisions", address(provisions)), structHash);
        return IProvisionRegistry.Heartbeat(id, uint64(timestamp), signature);
    }

    function setBand(uint64 a, uint64 b, uint64 c, uint64 d) private {
        prices.setBand(0, 1, IPriceBook.Band(a, b, c, d));
    }

    function expectInvalidBand(uint64 a, uint64 b, uint64 c, uint64 d) private {
        vm.expectRevert(abi.encodeWithSelector(IPriceBook.InvalidBand.selector, IPriceBook.Band(a, b, c, d)));
        setBand(a, b, c, d);
    }

    function expectBounds(uint256 value, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.OutOfBounds.selector, value, least, most));
    }

    function expectWrongState(IProvisionRegistry.State state) private {
        vm.expectRevert(abi.encodeWithSelector(IProvisionRegistry.WrongState.selector, provisionId, state));
    }

    function assertState(IProvisionRegistry.State state, string memory message) private view {
        assertEq(uint256(provisions.stateOf(provisionId)), uint256(state), message);
    }

    function assertOffer(bool isOffered, uint256 input, uint256 output, string memory message) private view {
        IPriceBook.OfferView memory offer = prices.offerOf(provisionId, MODEL);
        assertEq(offer.isOffered, isOffered, message);
        assertEq(offer.input, input, message);
        assertEq(offer.output, output, message);
    }
}
