// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ChainlinkFeedAdapter} from "../../contracts/oracle/ChainlinkFeedAdapter.sol";
import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IPriceFeedSender} from "../../contracts/oracle/interfaces/IPriceFeedSender.sol";
import {PriceFeedReceiver} from "../../contracts/oracle/PriceFeedReceiver.sol";
import {PriceFeedSender} from "../../contracts/oracle/PriceFeedSender.sol";
import {PriceOracle} from "../../contracts/oracle/PriceOracle.sol";
import {VerifierCheck} from "../../contracts/oracle/VerifierCheck.sol";
import {AggregatorMock} from "../mocks/oracle/AggregatorMock.sol";
import {EndpointStub} from "../mocks/oracle/EndpointStub.sol";
import {Artifacts} from "../support/Artifacts.sol";

/// @notice The oracle's contracts by name.
library DeployOracle {
    function endpoint() internal returns (EndpointStub) {
        return EndpointStub(Artifacts.deploy("test/mocks/oracle/EndpointStub.sol:EndpointStub", ""));
    }

    function aggregator(uint8 decimals) internal returns (AggregatorMock) {
        string memory artifact = "test/mocks/oracle/AggregatorMock.sol:AggregatorMock";
        return AggregatorMock(Artifacts.deploy(artifact, abi.encode(decimals)));
    }

    function receiver(
        address endpoint_,
        address authority,
        address owner,
        uint32 sourceEid,
        uint256 blockTime
    ) internal returns (PriceFeedReceiver) {
        bytes memory arguments = abi.encode(endpoint_, authority, owner, sourceEid, blockTime);
        string memory artifact = "contracts/oracle/PriceFeedReceiver.sol:PriceFeedReceiver";
        return PriceFeedReceiver(payable(Artifacts.deploy(artifact, arguments)));
    }

    function sender(
        IPriceFeedSender.PathSetup memory path,
        IPriceFeedSender.FeedSetup[] memory feeds
    ) internal returns (PriceFeedSender) {
        string memory artifact = "contracts/oracle/PriceFeedSender.sol:PriceFeedSender";
        return PriceFeedSender(payable(Artifacts.deploy(artifact, abi.encode(path, feeds))));
    }

    function oracle(address authority, address receiver_, address observer) internal returns (PriceOracle) {
        string memory artifact = "contracts/oracle/PriceOracle.sol:PriceOracle";
        return PriceOracle(Artifacts.deploy(artifact, abi.encode(authority, receiver_, observer)));
    }

    function adapter(
        IPriceFeedReceiver receiver_,
        uint256 feedId,
        string memory description
    ) internal returns (ChainlinkFeedAdapter) {
        string memory artifact = "contracts/oracle/ChainlinkFeedAdapter.sol:ChainlinkFeedAdapter";
        return ChainlinkFeedAdapter(Artifacts.deploy(artifact, abi.encode(receiver_, feedId, description)));
    }

    function verifierCheck(address endpoint_) internal returns (VerifierCheck) {
        return
            VerifierCheck(Artifacts.deploy("contracts/oracle/VerifierCheck.sol:VerifierCheck", abi.encode(endpoint_)));
    }
}
