// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {DeployOracle} from "./DeployOracle.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice Who configures the receiver, and within which bounds.
contract ReceiverConfigTest is OracleTest {
    function test_constructor_bindsThePath() public view {
        assertEq(receiver.owner(), address(this), "ORA-50 owner");
        assertEq(endpoint.delegates(address(receiver)), address(this), "ORA-50 LayerZero's delegate");
        assertEq(receiver.authority(), address(manager), "ORA-50 authority");
        assertEq(uint256(receiver.SOURCE_EID()), ETHEREUM, "ORA-50 source");
        (uint256 beatAt, uint256 beatBlock, uint256 blockTime) = receiver.beat();
        assertEq(beatAt, T0, "ORA-50 first beat");
        assertEq(beatBlock, BLOCK0, "ORA-50 its block");
        assertEq(blockTime, 6_000, "ORA-50 block time");
    }

    function test_constructor_boundsTheBlockTime() public {
        address extension = DeployOracle.receiverExtension(address(endpoint), ETHEREUM);
        expectOutOfBounds(499, 500, 30_000);
        DeployOracle.receiverCore(address(manager), address(this), 499, extension);
        expectOutOfBounds(30_001, 500, 30_000);
        DeployOracle.receiverCore(address(manager), address(this), 30_001, extension);
        DeployOracle.receiverCore(address(manager), address(this), 500, extension);
        DeployOracle.receiverCore(address(manager), address(this), 30_000, extension);
    }

    function test_constructor_needsAnOwner() public {
        address extension = DeployOracle.receiverExtension(address(endpoint), ETHEREUM);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableInvalidOwner.selector, address(0)));
        DeployOracle.receiverCore(address(manager), address(0), 6_000, extension);
    }

    function test_extension_doesNothingAtItsOwnAddress() public {
        address at = DeployOracle.receiverExtension(address(endpoint), ETHEREUM);
        IWholePriceFeedReceiver extension = IWholePriceFeedReceiver(at);
        assertEq(extension.authority(), address(0), "ORA-55 no authority");
        assertEq(extension.owner(), address(endpoint), "ORA-55 an owner that never calls");
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        extension.addFeed(3, 8, 1 hours);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        extension.setPeer(ETHEREUM, peerOf(sender));
        Origin memory from = origin();
        vm.prank(address(endpoint));
        vm.expectRevert();
        extension.lzReceive(from, bytes32(0), message(clock, record(ETH, 1_000e8, 0, 1)), stranger, "");
    }

    function test_ownership_isGivenOnWithThePath() public {
        receiver.transferOwnership(stranger);
        assertEq(receiver.owner(), stranger, "ORA-53 the new owner");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        receiver.setPeer(ETHEREUM, peerOf(stranger));
        vm.prank(stranger);
        receiver.setDelegate(stranger);
        assertEq(endpoint.delegates(address(receiver)), stranger, "ORA-53 LayerZero's delegate");
    }

    function test_layerZero_knowsTheReceiver() public view {
        (uint64 sends, uint64 receives) = receiver.oAppVersion();
        assertEq(uint256(sends), 0, "ORA-50 sends nothing");
        assertEq(uint256(receives), 2, "ORA-50 LayerZero's version of a receiver");
        assertEq(address(receiver.endpoint()), address(endpoint), "ORA-50 endpoint");
        assertEq(uint256(receiver.nextNonce(ETHEREUM, peerOf(sender))), 0, "ORA-50 in any order");
    }

    function test_addFeed_once() public {
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.FeedAdded(3, 18, 24 hours);
        receiver.addFeed(3, 18, 24 hours);
        (uint256 decimals, uint256 maxAge) = receiver.feedConfig(3);
        assertEq(decimals, 18, "ORA-51 decimals");
        assertEq(maxAge, 95_040, "ORA-51 heartbeat and a tenth");
        assertEq(receiver.accepted(3).answer, 0, "ORA-51 no price yet");
        assertEq(receiver.accepted(3).updatedAt, 0, "ORA-51 never updated");

        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.FeedExists.selector, 3));
        receiver.addFeed(3, 8, 1 hours);
    }

    function test_addFeed_keepsItsBounds() public {
        expectOutOfBounds(1 << 32, 0, type(uint32).max);
        receiver.addFeed(1 << 32, 8, 1 hours);
        expectOutOfBounds(28, 0, 27);
        receiver.addFeed(3, 28, 1 hours);
        expectOutOfBounds(59, 60, 2 days);
        receiver.addFeed(3, 8, 59);
        expectOutOfBounds(2 days + 1, 60, 2 days);
        receiver.addFeed(3, 8, 2 days + 1);
        receiver.addFeed(type(uint32).max, 27, 2 days);
        receiver.addFeed(0, 0, 60);
        (, uint256 maxAge) = receiver.feedConfig(type(uint32).max);
        assertEq(maxAge, 190_080, "ORA-51 the longest heartbeat");
        (, maxAge) = receiver.feedConfig(0);
        assertEq(maxAge, 66, "ORA-51 the shortest");
    }

    function test_setHeartbeat_keepsTheRest() public {
        establish(ETH, 1_000e8);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.HeartbeatSet(ETH, 24 hours);
        receiver.setHeartbeat(ETH, 24 hours);
        (uint256 decimals, uint256 maxAge) = receiver.feedConfig(ETH);
        assertEq(decimals, 8, "ORA-52 decimals stay");
        assertEq(maxAge, 95_040, "ORA-52 maximum age");
        assertEq(answerOf(ETH), 1_000e8, "ORA-52 the price stays");

        expectOutOfBounds(59, 60, 2 days);
        receiver.setHeartbeat(ETH, 59);
        expectOutOfBounds(2 days + 1, 60, 2 days);
        receiver.setHeartbeat(ETH, 2 days + 1);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownFeed.selector, 9));
        receiver.setHeartbeat(9, 1 hours);
    }

    function test_setBlockTime_keepsItsBounds() public {
        expectOutOfBounds(499, 500, 30_000);
        receiver.setBlockTime(499);
        expectOutOfBounds(30_001, 500, 30_000);
        receiver.setBlockTime(30_001);
        vm.expectEmit(address(receiver));
        emit IPriceFeedReceiver.BlockTimeSet(500);
        receiver.setBlockTime(500);
    }

    function test_setPeer_namesTheSender() public {
        assertEq(receiver.peers(ETHEREUM), peerOf(sender), "ORA-53 LayerZero's mapping");
        receiver.setPeer(ETHEREUM, peerOf(stranger));
        assertEq(receiver.peers(ETHEREUM), peerOf(stranger), "ORA-53 follows");
        sender = stranger;
        deliver(ETH, 1_000e8);
        assertEq(pendingOf(ETH), 1_000e8, "ORA-53 and is accepted");
    }

    function test_setPeer_refusesOtherChainsAndAddresses() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownSource.selector, uint32(1)));
        receiver.setPeer(1, peerOf(sender));
        bytes32 wide = bytes32(uint256(1) << 160);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.InvalidPeer.selector, wide));
        receiver.setPeer(ETHEREUM, wide);
    }

    function test_configuration_isNobodyElses() public {
        expectUnauthorized();
        receiver.addFeed(3, 8, 1 hours);
        expectUnauthorized();
        receiver.setHeartbeat(ETH, 2 hours);
        expectUnauthorized();
        receiver.setBlockTime(2_000);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        vm.prank(stranger);
        receiver.setPeer(ETHEREUM, peerOf(stranger));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        vm.prank(stranger);
        receiver.setDelegate(stranger);
    }

    function test_views_revertForUnknownFeeds() public {
        expectUnknown();
        receiver.freshPrice(9);
        expectUnknown();
        receiver.quote(9);
        expectUnknown();
        receiver.accepted(9);
        expectUnknown();
        receiver.pending(9);
        expectUnknown();
        receiver.feedConfig(9);
    }

    // ----------------------------------------------------------------------------------------------------- decimals

    function test_decimals_ofSixEightEighteen() public {
        assertNormalised(6, 1_234_567891, 1_234.567891e18, 1_234.567891e18);
        assertNormalised(8, 1_234_56789123, 1_234.56789123e18, 1_234.56789123e18);
        assertNormalised(18, 1_234.567891234567891234e18, 1_234.567891234567891234e18, 1_234.567891234567891234e18);
        assertNormalised(0, 1_234, 1_234e18, 1_234e18);
        assertNormalised(27, 0.05e27 + 1, 0.05e18, 0.05e18 + 1);
        assertNormalised(19, 15, 1, 2);
    }

    function test_decimals_aPriceBelowTheLeastUnitIsNone() public {
        addPrice(27, 999_999_999);
        assertState(27, IPriceFeedReceiver.FeedState.Stale, "ORA-54 zero is never a price");
        uint256 fresh = receiver.freshPrice(27);
        assertEq(fresh, 0, "ORA-54 nor a fresh one");
    }

    function testFuzz_decimals(uint256 decimals, uint256 answer) public {
        decimals = bound(decimals, 0, 27);
        answer = bound(answer, decimals > 18 ? 10 ** (decimals - 18) : 1, type(uint88).max);
        addPrice(decimals + 100, answer);
        IPriceFeedReceiver.FeedQuote memory quoted = receiver.quote(decimals + 100);
        uint256 fresh = receiver.freshPrice(decimals + 100);
        assertEq(fresh, quoted.low, "ORA-54 the low");
        assertLe(quoted.high - quoted.low, 1, "ORA-54 a unit apart at most");
        if (decimals <= 18) assertEq(quoted.low, answer * 10 ** (18 - decimals), "ORA-54 exact");
        else assertEq(quoted.low, answer / 10 ** (decimals - 18), "ORA-54 rounded down");
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function assertNormalised(uint256 decimals, uint256 answer, uint256 low, uint256 high) private {
        addPrice(decimals, answer);
        IPriceFeedReceiver.FeedQuote memory quoted = receiver.quote(decimals);
        assertEq(quoted.low, low, "ORA-54 low");
        assertEq(quoted.high, high, "ORA-54 high");
    }

    function addPrice(uint256 feedId, uint256 answer) private {
        receiver.addFeed(feedId, feedId >= 100 ? feedId - 100 : feedId, 1 hours);
        pass(6);
        deliver(feedId, answer);
        pass(60);
        deliver(feedId, answer);
    }

    function expectOutOfBounds(uint256 value, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.OutOfBounds.selector, value, least, most));
    }

    function expectUnauthorized() private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        vm.prank(stranger);
    }

    function expectUnknown() private {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownFeed.selector, 9));
    }
}
