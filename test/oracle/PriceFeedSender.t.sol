// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IPriceFeedSender} from "../../contracts/oracle/interfaces/IPriceFeedSender.sol";
import {IUlnConfig} from "../../contracts/oracle/interfaces/IUlnConfig.sol";
import {PriceFeedSender} from "../../contracts/oracle/PriceFeedSender.sol";
import {AggregatorMock} from "../mocks/oracle/AggregatorMock.sol";
import {EndpointStub} from "../mocks/oracle/EndpointStub.sol";
import {DeployOracle} from "./DeployOracle.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice What is read, refused, packed and paid for on Ethereum.
contract PriceFeedSenderTest is OracleTest {
    uint32 private constant PEAQ = 30_302;
    uint256 private constant FEE = 0.01 ether;

    AggregatorMock private eth;
    AggregatorMock private btc;
    PriceFeedSender private source;
    address private payer = address(0xFA7E2);

    function setUp() public override {
        super.setUp();
        (eth, btc) = (DeployOracle.aggregator(8), DeployOracle.aggregator(8));
        source = DeployOracle.sender(path(), feeds());
        eth.set(3_000e8, clock - 100);
        btc.set(60_000e8, clock);
        vm.deal(payer, 1 ether);
    }

    // ------------------------------------------------------------------------------------------------- construction

    function test_constructor_leavesNobodyInCharge() public {
        assertEq(source.owner(), address(0), "ORA-01 no owner");
        assertEq(endpoint.delegates(address(source)), address(0), "ORA-01 no delegate");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        source.setPeer(PEAQ, bytes32(0));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        source.setDelegate(address(this));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        source.transferOwnership(address(this));
    }

    function test_constructor_fixesThePath() public view {
        assertEq(source.peers(PEAQ), peerOf(address(receiver)), "ORA-02 receiver");
        assertEq(endpoint.sendLibraries(address(source), PEAQ), address(endpoint), "ORA-02 library");
        (uint32 size, address executor) = abi.decode(endpoint.executorConfig(), (uint32, address));
        assertEq(size, 10_000, "ORA-02 message size");
        assertEq(executor, address(0xE8EC), "ORA-02 executor");
        IUlnConfig.UlnConfig memory config = endpoint.getAppUlnConfig(address(source), PEAQ);
        assertEq(config.confirmations, 15, "ORA-02 confirmations");
        assertEq(config.requiredDVNCount, 2, "ORA-02 two verifiers");
        assertEq(config.requiredDVNs[1], address(0xD2), "ORA-02 by name");
        assertEq(config.optionalDVNCount, 255, "ORA-02 no optional ones, whatever the default");
    }

    function test_constructor_takesOptionalVerifiers() public {
        IPriceFeedSender.PathSetup memory setup = path();
        setup.optionalDVNs = new address[](2);
        (setup.optionalDVNs[0], setup.optionalDVNs[1], setup.optionalThreshold) = (address(0xD3), address(0xD4), 1);
        PriceFeedSender other = DeployOracle.sender(setup, feeds());
        IUlnConfig.UlnConfig memory config = endpoint.getAppUlnConfig(address(other), PEAQ);
        assertEq(config.optionalDVNCount, 2, "ORA-02 two optional ones");
        assertEq(config.optionalDVNThreshold, 1, "ORA-02 one of them");
    }

    function test_constructor_refusesOneVerifier() public {
        IPriceFeedSender.PathSetup memory setup = path();
        setup.requiredDVNs = new address[](1);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.TooFewDVNs.selector, 1, 2));
        DeployOracle.sender(setup, feeds());
    }

    function test_constructor_refusesNoReceiver() public {
        IPriceFeedSender.PathSetup memory setup = path();
        setup.receiver = address(0);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.InvalidReceiver.selector));
        DeployOracle.sender(setup, feeds());
    }

    function test_constructor_refusesNoFeeds() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.NoFeeds.selector));
        DeployOracle.sender(path(), new IPriceFeedSender.FeedSetup[](0));
    }

    function test_constructor_refusesFeedsThatMakeNoSense() public {
        IPriceFeedSender.FeedSetup[] memory list = feeds();
        list[1].feedId = uint32(ETH);
        expectInvalidFeed(list, ETH);
        list = feeds();
        list[0].aggregator = address(0);
        expectInvalidFeed(list, ETH);
        list = feeds();
        list[1].heartbeat = 59;
        expectInvalidFeed(list, BTC);
        list = feeds();
        list[1].heartbeat = 2 days + 1;
        expectInvalidFeed(list, BTC);
        list = feeds();
        list[0].minAnswer = list[0].maxAnswer;
        expectInvalidFeed(list, ETH);
    }

    function test_views_listTheFeeds() public view {
        uint256[] memory ids = source.feedIds();
        assertEq(ids.length, 2, "ORA-03 two feeds");
        assertEq(ids[1], BTC, "ORA-03 in their order");
        (address aggregator, uint256 maxAge, uint256 least, uint256 most) = source.feed(ETH);
        assertEq(aggregator, address(eth), "ORA-03 aggregator");
        assertEq(maxAge, MAX_AGE, "ORA-03 heartbeat and a tenth");
        assertEq(least, 1e8, "ORA-03 lower bound");
        assertEq(most, 1_000_000e8, "ORA-03 upper bound");
    }

    // --------------------------------------------------------------------------------------------------------- push

    function test_push_packsWhatItRead() public {
        uint256[] memory ids = both();
        bytes memory expected = message(
            clock,
            abi.encodePacked(record(ETH, 3_000e8, 100, (1 << 32) | 2), record(BTC, 60_000e8, 0, (1 << 32) | 2))
        );
        vm.expectEmit(address(source));
        emit IPriceFeedSender.PricesPushed(keccak256(expected), payer, ids);
        vm.prank(payer);
        bytes32 guid = source.push{value: FEE}(ids, "");
        assertEq(guid, keccak256(expected), "ORA-04 LayerZero's id");
        assertEq(keccak256(endpoint.message()), keccak256(expected), "ORA-04 message");
        assertEq(endpoint.receiver(), peerOf(address(receiver)), "ORA-04 to the receiver");
    }

    function test_push_arrivesAsItWasSent() public {
        push(both());
        bytes memory sent = endpoint.message();
        deliver(sent);
        pass(60);
        push(both());
        deliver(endpoint.message());
        assertEq(answerOf(ETH), 3_000e8, "ORA-04 from end to end");
        assertEq(receiver.accepted(ETH).updatedAt, T0 - 100, "ORA-04 Chainlink's time");
        assertEq(answerOf(BTC), 60_000e8, "ORA-04 both");
    }

    function test_push_paysForItsDelivery() public {
        push(both());
        // Type 3, executor, 17 bytes, lzReceive, 60,000 + 2 x 20,000.
        assertEq(keccak256(endpoint.options()), keccak256(gasOption(100_000)), "ORA-05 fixed gas");
        bytes memory more = hex"000301001101000000000000000000000000000003e8";
        vm.prank(payer);
        source.push{value: FEE}(both(), more);
        assertEq(
            keccak256(endpoint.options()),
            keccak256(abi.encodePacked(gasOption(100_000), hex"01001101000000000000000000000000000003e8")),
            "ORA-05 and what the caller adds"
        );
    }

    function test_push_refusesOtherOptions() public {
        expectInvalidOptions(hex"0001");
        expectInvalidOptions(hex"03");
        expectInvalidOptions(hex"0002000000000000000000000000000000000000000000000000000000000000");
        push(one(ETH), hex"0003");
    }

    function test_push_returnsWhatIsTooMuch() public {
        vm.prank(payer);
        source.push{value: 0.5 ether}(both(), "");
        assertEq(payer.balance, 1 ether - FEE, "ORA-06 the fee only");
        assertEq(address(source).balance, 0, "ORA-06 nothing stays");
    }

    function test_push_refusesTooLittle() public {
        uint256[] memory ids = both();
        assertEq(source.quote(ids, ""), FEE, "ORA-06 quote");
        vm.expectRevert(abi.encodeWithSelector(EndpointStub.InsufficientFee.selector, FEE, FEE - 1));
        vm.prank(payer);
        source.push{value: FEE - 1}(ids, "");
    }

    function test_push_refusesNothingAndTheUnknown() public {
        expectRefusal(new uint256[](0), abi.encodeWithSelector(IPriceFeedSender.NoFeeds.selector));
        expectRefusal(one(9), abi.encodeWithSelector(IPriceFeedSender.UnknownFeed.selector, 9));
        expectRefusal(one(1 << 32), abi.encodeWithSelector(IPriceFeedSender.UnknownFeed.selector, 1 << 32));
    }

    // ------------------------------------------------------------------------------------------------------- rounds

    function test_push_refusesBadAnswers() public {
        eth.set(0, clock);
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.InvalidAnswer.selector, ETH, int256(0)));
        eth.set(-1, clock);
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.InvalidAnswer.selector, ETH, int256(-1)));
        eth.set(type(int256).min, clock);
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.InvalidAnswer.selector, ETH, type(int256).min));
    }

    function test_push_refusesAnswersAtTheBounds() public {
        eth.set(1e8, clock);
        expectOutOfBounds(1e8);
        eth.set(1_000_000e8, clock);
        expectOutOfBounds(1_000_000e8);
        eth.set(type(int256).max, clock);
        expectOutOfBounds(uint256(type(int256).max));
        eth.set(1e8 + 1, clock);
        push(one(ETH));
        eth.set(1_000_000e8 - 1, clock);
        push(one(ETH));
    }

    function test_push_refusesStaleRounds() public {
        eth.set(3_000e8, clock - MAX_AGE);
        push(one(ETH));
        eth.set(3_000e8, clock - MAX_AGE - 1);
        expectRefusal(
            ETH,
            abi.encodeWithSelector(IPriceFeedSender.StaleRound.selector, ETH, clock - MAX_AGE - 1, MAX_AGE)
        );
    }

    function test_push_refusesIncompleteRounds() public {
        eth.setRound(AggregatorMock.Round(7, 3_000e8, 0, 0, 7));
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.IncompleteRound.selector, ETH, 7));
        eth.setRound(AggregatorMock.Round(7, 3_000e8, clock, clock, 6));
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.IncompleteRound.selector, ETH, 7));
    }

    function test_push_refusesTheFuture() public {
        eth.set(3_000e8, clock + 1);
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.FutureRound.selector, ETH, clock + 1));
    }

    function test_push_refusesRoundsThatDoNotFit() public {
        uint80 phase = uint80(1) << 64;
        setRoundId(phase * 256 + 1);
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.RoundTooLarge.selector, ETH, phase * 256 + 1));
        setRoundId(phase + (1 << 32));
        expectRefusal(ETH, abi.encodeWithSelector(IPriceFeedSender.RoundTooLarge.selector, ETH, phase + (1 << 32)));
        setRoundId(phase * 255 + type(uint32).max);
        push(one(ETH));
        assertEq(
            keccak256(endpoint.message()),
            keccak256(message(clock, record(ETH, 3_000e8, 0, type(uint40).max))),
            "ORA-07 the largest round"
        );
    }

    function test_push_aHostileAggregatorStopsItsOwnFeedOnly() public {
        eth.setMode(AggregatorMock.Mode.Reverting);
        uint256[] memory ids = both();
        vm.expectRevert(abi.encodeWithSelector(AggregatorMock.Refused.selector));
        vm.prank(payer);
        source.push{value: FEE}(ids, "");
        push(one(BTC));
    }

    function test_quote_revertsWherePushWould() public {
        eth.set(0, clock);
        uint256[] memory ids = one(ETH);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.InvalidAnswer.selector, ETH, int256(0)));
        source.quote(ids, "");
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.InvalidOptions.selector, bytes(hex"0001")));
        source.quote(one(BTC), hex"0001");
    }

    function testFuzz_push_readsEveryRound(int256 answer, uint256 updatedAt, uint80 roundId, uint80 answeredIn) public {
        eth.setRound(AggregatorMock.Round(roundId, answer, updatedAt, updatedAt, answeredIn));
        bool isGood =
            answer > 1e8 &&
                answer < 1_000_000e8 &&
                updatedAt != 0 &&
                answeredIn >= roundId &&
                updatedAt <= clock &&
                clock - updatedAt <= MAX_AGE &&
                roundId >> 64 <= 255 &&
                uint64(roundId) <= type(uint32).max;
        vm.prank(payer);
        (bool isOk, ) = address(source).call{value: FEE}(abi.encodeCall(source.push, (one(ETH), "")));
        assertEq(isOk, isGood, "ORA-07 refused exactly when it must be");
    }

    // ------------------------------------------------------------------------------------------------------ helpers

    function path() private view returns (IPriceFeedSender.PathSetup memory setup) {
        setup.endpoint = address(endpoint);
        (setup.receiverEid, setup.receiver) = (PEAQ, address(receiver));
        (setup.library_, setup.executor, setup.maxMessageSize) = (address(endpoint), address(0xE8EC), 10_000);
        setup.confirmations = 15;
        setup.requiredDVNs = new address[](2);
        (setup.requiredDVNs[0], setup.requiredDVNs[1]) = (address(0xD1), address(0xD2));
        (setup.baseGas, setup.gasPerFeed) = (60_000, 20_000);
    }

    function feeds() private view returns (IPriceFeedSender.FeedSetup[] memory list) {
        list = new IPriceFeedSender.FeedSetup[](2);
        list[0] = IPriceFeedSender.FeedSetup(uint32(ETH), address(eth), uint32(HEARTBEAT), 1e8, 1_000_000e8);
        list[1] = IPriceFeedSender.FeedSetup(uint32(BTC), address(btc), uint32(HEARTBEAT), 1e8, 1_000_000e8);
    }

    function both() private pure returns (uint256[] memory ids) {
        ids = new uint256[](2);
        (ids[0], ids[1]) = (ETH, BTC);
    }

    function one(uint256 feedId) private pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = feedId;
    }

    function push(uint256[] memory ids) private {
        push(ids, "");
    }

    function push(uint256[] memory ids, bytes memory options) private {
        vm.prank(payer);
        source.push{value: FEE}(ids, options);
    }

    function setRoundId(uint80 roundId) private {
        eth.setRound(AggregatorMock.Round(roundId, 3_000e8, clock, clock, roundId));
    }

    function gasOption(uint128 gas_) private pure returns (bytes memory) {
        return abi.encodePacked(uint16(3), uint8(1), uint16(17), uint8(1), gas_);
    }

    function expectRefusal(uint256 feedId, bytes memory error) private {
        expectRefusal(one(feedId), error);
    }

    function expectRefusal(uint256[] memory ids, bytes memory error) private {
        vm.expectRevert(error);
        vm.prank(payer);
        source.push{value: FEE}(ids, "");
    }

    function expectOutOfBounds(uint256 answer) private {
        expectRefusal(
            ETH,
            abi.encodeWithSelector(IPriceFeedSender.AnswerOutOfBounds.selector, ETH, answer, 1e8, 1_000_000e8)
        );
    }

    function expectInvalidOptions(bytes memory options) private {
        uint256[] memory ids = one(ETH);
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.InvalidOptions.selector, options));
        vm.prank(payer);
        source.push{value: FEE}(ids, options);
    }

    function expectInvalidFeed(IPriceFeedSender.FeedSetup[] memory list, uint256 feedId) private {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedSender.InvalidFeed.selector, feedId));
        DeployOracle.sender(path(), list);
    }
}
