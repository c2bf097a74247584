// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ChainlinkFeedAdapter} from "../../contracts/oracle/ChainlinkFeedAdapter.sol";
import {IChainlinkFeedAdapter} from "../../contracts/oracle/interfaces/IChainlinkFeedAdapter.sol";
import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {DeployOracle} from "./DeployOracle.sol";
import {OracleTest} from "./OracleTest.sol";

/// @notice A feed as Chainlink's consumers see it.
contract ChainlinkFeedAdapterTest is OracleTest {
    uint80 private constant ROUND = (uint80(6) << 64) | 777;

    ChainlinkFeedAdapter private adapter;

    function setUp() public override {
        super.setUp();
        adapter = DeployOracle.adapter(receiver, ETH, "ETH / USD");
        establish(ETH, 3_000e8);
        pass(60);
        deliver(message(clock, record(ETH, 3_010e8, 30, (6 << 32) | 777)));
    }

    function test_adapter_saysWhatChainlinkSaid() public view {
        (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = adapter
            .latestRoundData();
        assertEq(roundId, ROUND, "ORA-90 phase and round");
        assertEq(uint256(answer), 3_010e8, "ORA-90 answer");
        assertEq(startedAt, clock - 30, "ORA-90 start");
        assertEq(updatedAt, clock - 30, "ORA-90 update");
        assertEq(answeredIn, ROUND, "ORA-90 answered in its round");
        assertEq(adapter.decimals(), 8, "ORA-90 decimals");
        assertEq(adapter.description(), "ETH / USD", "ORA-90 description");
        assertEq(adapter.version(), 1, "ORA-90 version");
    }

    function test_adapter_knowsTheLatestRoundOnly() public {
        (, int256 answer, , , ) = adapter.getRoundData(ROUND);
        assertEq(uint256(answer), 3_010e8, "ORA-91 the latest");
        vm.expectRevert(abi.encodeWithSelector(IChainlinkFeedAdapter.NoSuchRound.selector, ROUND - 1, ROUND));
        adapter.getRoundData(ROUND - 1);
    }

    function test_adapter_revertsWhenStale() public {
        uint256 updatedAt = clock - 30;
        pass(30 minutes);
        adapter.latestRoundData();
        pass(1);
        expectNotFresh(updatedAt);
        adapter.latestRoundData();
        expectNotFresh(updatedAt);
        adapter.getRoundData(ROUND);
    }

    function test_adapter_revertsWhilePending() public {
        uint256 updatedAt = clock - 30;
        pass(12);
        deliver(ETH, 4_000e8);
        expectNotFresh(updatedAt);
        adapter.latestRoundData();
    }

    function test_adapter_needsAFeed() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceFeedReceiver.UnknownFeed.selector, 9));
        DeployOracle.adapter(receiver, 9, "");
    }

    function expectNotFresh(uint256 updatedAt) private {
        vm.expectRevert(abi.encodeWithSelector(IChainlinkFeedAdapter.FeedNotFresh.selector, ETH, updatedAt));
    }
}
