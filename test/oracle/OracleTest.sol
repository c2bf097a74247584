// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";

import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IPriceSources} from "../../contracts/oracle/interfaces/IPriceSources.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {PairObserver} from "../../contracts/dex/PairObserver.sol";
import {EndpointStub} from "../mocks/oracle/EndpointStub.sol";
import {Deploy} from "../support/Deploy.sol";
import {Test} from "../support/Test.sol";
import {DeployOracle} from "./DeployOracle.sol";

/// @notice Receiver and oracle, with this test as governance, timelock and the DEX's order book, and a chain whose
/// blocks come every six seconds.
abstract contract OracleTest is Test {
    /// @dev The first second of every test: the beginning of a bucket of ten minutes.
    uint256 internal constant T0 = 1_800_000_000;
    uint256 internal constant BLOCK0 = 1_000_000;
    uint256 internal constant BLOCK_TIME = 6;
    uint32 internal constant ETHEREUM = 30_101;
    uint256 internal constant NEVER = type(uint256).max;
    uint256 internal constant NO_PRICE = type(uint128).max;

    uint256 internal constant ETH = 1;
    uint256 internal constant BTC = 2;
    uint256 internal constant HEARTBEAT = 1 hours;
    uint256 internal constant MAX_AGE = 66 minutes;

    AccessManager internal manager;
    EndpointStub internal endpoint;
    IWholePriceFeedReceiver internal receiver;
    IWholePriceOracle internal oracle;
    PairObserver internal observer;
    address internal sender = address(0x5E4DE2);
    address internal stranger = address(0x57A6E2);
    address internal weth = address(0x3E7);
    /// @dev Seconds of the chain, so that no test relies on when the compiler reads the clock.
    uint256 internal clock;
    uint256 internal height;
    uint64 private _nonce;

    function setUp() public virtual {
        (clock, height) = (T0, BLOCK0);
        vm.warp(clock);
        vm.roll(height);
        manager = Deploy.accessManager(address(this));
        endpoint = DeployOracle.endpoint();
        receiver = DeployOracle.receiver(
            address(endpoint),
            address(manager),
            address(this),
            ETHEREUM,
            BLOCK_TIME * 1000
        );
        observer = Deploy.pairObserver(address(this));
        observer.bind(address(this));
        oracle = DeployOracle.oracle(address(manager), address(receiver), address(observer));
        receiver.setPeer(ETHEREUM, peerOf(sender));
        receiver.addFeed(ETH, 8, HEARTBEAT);
        receiver.addFeed(BTC, 8, HEARTBEAT);
        oracle.setSources(weth, oneSource(feedSource(ETH)));
    }

    // -------------------------------------------------------------------------------------------------------- clock

    /// @dev Seconds with all their blocks.
    function pass(uint256 duration) internal {
        clock += duration;
        height += duration / BLOCK_TIME;
        vm.warp(clock);
        vm.roll(height);
    }

    /// @dev Seconds with one block at their end.
    function stall(uint256 duration) internal {
        clock += duration;
        height += 1;
        vm.warp(clock);
        vm.roll(height);
    }

    // ----------------------------------------------------------------------------------------------------- messages

    function peerOf(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function record(uint256 feedId, uint256 answer, uint256 age, uint256 round) internal pure returns (bytes memory) {
        return abi.encodePacked(uint32(feedId), uint88(answer), uint24(age), uint40(round));
    }

    function message(uint256 observedAt, bytes memory records) internal pure returns (bytes memory) {
        return abi.encodePacked(uint32(observedAt), records);
    }

    function origin() internal returns (Origin memory) {
        return Origin(ETHEREUM, peerOf(sender), ++_nonce);
    }

    function deliver(bytes memory message_) internal {
        Origin memory from = origin();
        vm.prank(address(endpoint));
        receiver.lzReceive(from, bytes32(0), message_, stranger, "");
    }

    /// @dev One price, updated and observed at `observedAt`.
    function deliver(uint256 feedId, uint256 answer, uint256 observedAt) internal {
        deliver(message(observedAt, record(feedId, answer, 0, observedAt & type(uint40).max)));
    }

    /// @dev One price of now.
    function deliver(uint256 feedId, uint256 answer) internal {
        deliver(feedId, answer, clock);
    }

    /// @dev A first price, confirmed, and its grace over; the clock stands at a bucket's beginning, the price is of now.
    function establish(uint256 feedId, uint256 answer) internal {
        deliver(feedId, answer);
        pass(60);
        deliver(feedId, answer);
        pass(840);
        deliver(feedId, answer);
        pass(300);
        deliver(feedId, answer);
        assertEq(clock % 600, 0, "beginning of a bucket");
    }

    // ------------------------------------------------------------------------------------------------------ sources

    function feedSource(uint256 feedId) internal pure returns (IPriceSources.Source memory source) {
        source.kind = IPriceSources.SourceKind.Feed;
        source.feedId = uint32(feedId);
    }

    function aggregatorSource(
        address at,
        uint256 heartbeat
    ) internal pure returns (IPriceSources.Source memory source) {
        source.kind = IPriceSources.SourceKind.Aggregator;
        (source.at, source.heartbeat) = (at, uint32(heartbeat));
    }

    function dexSource(address quoteToken) internal pure returns (IPriceSources.Source memory source) {
        source.kind = IPriceSources.SourceKind.Dex;
        (source.at, source.minVolume, source.minBlocks) = (quoteToken, 50_000, 10);
    }

    function oneSource(
        IPriceSources.Source memory source
    ) internal pure returns (IPriceSources.Source[] memory sources) {
        sources = new IPriceSources.Source[](1);
        sources[0] = source;
    }

    function twoSources(
        IPriceSources.Source memory first,
        IPriceSources.Source memory second
    ) internal pure returns (IPriceSources.Source[] memory sources) {
        sources = new IPriceSources.Source[](2);
        (sources[0], sources[1]) = (first, second);
    }

    // --------------------------------------------------------------------------------------------------- assertions

    function answerOf(uint256 feedId) internal view returns (uint256) {
        return receiver.accepted(feedId).answer;
    }

    function pendingOf(uint256 feedId) internal view returns (uint256) {
        (IPriceFeedReceiver.Answer memory answer, , ) = receiver.pending(feedId);
        return answer.answer;
    }

    function assertState(uint256 feedId, IPriceFeedReceiver.FeedState state, string memory text) internal view {
        assertEq(uint256(receiver.quote(feedId).state), uint256(state), text);
    }

    function assertQuality(address asset, IPriceOracle.Quality quality, string memory text) internal view {
        assertEq(uint256(oracle.tryPrice(asset).quality), uint256(quality), text);
    }

    function expectStale(address asset, uint256 updatedAt) internal {
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.StalePrice.selector, asset, updatedAt));
        oracle.price(asset);
    }
}
