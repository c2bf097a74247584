// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ChainlinkFeedAdapter} from "../../contracts/oracle/ChainlinkFeedAdapter.sol";
import {IPriceFeedReceiver} from "../../contracts/oracle/interfaces/IPriceFeedReceiver.sol";
import {IPriceFeedSender} from "../../contracts/oracle/interfaces/IPriceFeedSender.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {PriceFeedSender} from "../../contracts/oracle/PriceFeedSender.sol";
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
    ) internal returns (IWholePriceFeedReceiver) {
        return receiverCore(authority, owner, blockTime, receiverExtension(endpoint_, sourceEid));
    }

    function receiverCore(
        address authority,
        address owner,
        uint256 blockTime,
        address extension
    ) internal returns (IWholePriceFeedReceiver) {
        bytes memory arguments = abi.encode(authority, owner, blockTime, extension);
        string memory artifact = "contracts/oracle/PriceFeedReceiver.sol:PriceFeedReceiver";
        return IWholePriceFeedReceiver(Artifacts.deploy(artifact, arguments));
    }

    function receiverExtension(address endpoint_, uint32 sourceEid) internal returns (address) {
        string memory artifact = "contracts/oracle/PriceFeedReceiverExtension.sol:PriceFeedReceiverExtension";
        return Artifacts.deploy(artifact, abi.encode(endpoint_, sourceEid));
    }

    function sender(
        IPriceFeedSender.PathSetup memory path,
        IPriceFeedSender.FeedSetup[] memory feeds
    ) internal returns (PriceFeedSender) {
        string memory artifact = "contracts/oracle/PriceFeedSender.sol:PriceFeedSender";
        return PriceFeedSender(payable(Artifacts.deploy(artifact, abi.encode(path, feeds))));
    }

    function oracle(address authority, address receiver_, address observer) internal returns (IWholePriceOracle) {
        string memory artifact = "contracts/oracle/PriceOracle.sol:PriceOracle";
        address extension = oracleExtension(receiver_, observer);
        return IWholePriceOracle(Artifacts.deploy(artifact, abi.encode(authority, extension)));
    }

    function oracleExtension(address receiver_, address observer) internal returns (address) {
        string memory artifact = "contracts/oracle/PriceOracleExtension.sol:PriceOracleExtension";
        return Artifacts.deploy(artifact, abi.encode(receiver_, observer));
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
