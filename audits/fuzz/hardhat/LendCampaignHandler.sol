// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {DemoToken} from "../../../contracts/demo/DemoToken.sol";
import {PairObserver} from "../../../contracts/dex/PairObserver.sol";
import {ILendController} from "../../../contracts/lend/interfaces/ILendController.sol";
import {IUToken} from "../../../contracts/lend/interfaces/IUToken.sol";
import {IWholePriceFeedReceiver} from "../../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {DeployLend} from "../../../test/lend/DeployLend.sol";
import {DeployOracle} from "../../../test/oracle/DeployOracle.sol";
import {Deploy} from "../../../test/support/Deploy.sol";
import {LendOracleHandler} from "../LendOracleHandler.sol";
import {RelayedPrices} from "../RelayedPrices.sol";

/// @notice The handler under Hardhat, over the contracts as they are deployed.
contract LendCampaignHandler is LendOracleHandler {
    function _deployManager() internal override returns (AccessManager) {
        return Deploy.accessManager(address(this));
    }

    function _deployRelay() internal override returns (RelayedPrices) {
        return new RelayedPrices();
    }

    function _deployReceiver(
        address endpoint,
        address authority,
        uint32 sourceEid,
        uint256 blockTime
    ) internal override returns (IWholePriceFeedReceiver) {
        return DeployOracle.receiver(endpoint, authority, address(this), sourceEid, blockTime);
    }

    function _deployObserver() internal override returns (PairObserver) {
        return Deploy.pairObserver(address(this));
    }

    function _deployPrices(
        address authority,
        IWholePriceFeedReceiver receiver,
        PairObserver observer
    ) internal override returns (IWholePriceOracle) {
        return DeployOracle.oracle(authority, address(receiver), address(observer));
    }

    function _deployLending(address authority, address prices) internal override returns (ILendController) {
        return DeployLend.controller(authority, prices, address(0x77EA5));
    }

    function _newToken(uint8 decimals) internal override returns (DemoToken) {
        return Deploy.demoToken("Token", "TOKEN", decimals);
    }

    function _deployPool(
        address manager,
        address controller_,
        address asset,
        uint256 id
    ) internal override returns (IUToken) {
        return DeployLend.pool(manager, controller_, asset, id, "uTOKEN", DeployLend.hooks(controller_));
    }
}
