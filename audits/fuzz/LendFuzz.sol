// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {PairObserver} from "../../contracts/dex/PairObserver.sol";
import {ControllerExtension} from "../../contracts/lend/ControllerExtension.sol";
import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {LendController} from "../../contracts/lend/LendController.sol";
import {LiquidationExtension} from "../../contracts/lend/LiquidationExtension.sol";
import {UToken} from "../../contracts/lend/UToken.sol";
import {UTokenAdminExtension} from "../../contracts/lend/UTokenAdminExtension.sol";
import {UTokenExtension} from "../../contracts/lend/UTokenExtension.sol";
import {UTokenHooks} from "../../contracts/lend/UTokenHooks.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {IWholePriceFeedReceiver} from "../../contracts/oracle/interfaces/IWholePriceFeedReceiver.sol";
import {IWholePriceOracle} from "../../contracts/oracle/interfaces/IWholePriceOracle.sol";
import {PriceFeedReceiver} from "../../contracts/oracle/PriceFeedReceiver.sol";
import {PriceFeedReceiverExtension} from "../../contracts/oracle/PriceFeedReceiverExtension.sol";
import {PriceOracle} from "../../contracts/oracle/PriceOracle.sol";
import {PriceOracleExtension} from "../../contracts/oracle/PriceOracleExtension.sol";
import {LendOracleHandler} from "./LendOracleHandler.sol";
import {RelayedPrices} from "./RelayedPrices.sol";

/// @notice The invariants of lending with its oracle for Echidna and Medusa, by name. These engines know no artifacts: the
/// contracts are compiled in.
contract LendFuzz is LendOracleHandler {
    function _deployManager() internal override returns (AccessManager) {
        return new AccessManager(address(this));
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
        PriceFeedReceiverExtension extension = new PriceFeedReceiverExtension(endpoint, sourceEid);
        PriceFeedReceiver core = new PriceFeedReceiver(authority, address(this), blockTime, extension);
        return IWholePriceFeedReceiver(address(core));
    }

    function _deployObserver() internal override returns (PairObserver) {
        return new PairObserver(address(this));
    }

    function _deployPrices(
        address authority,
        IWholePriceFeedReceiver receiver,
        PairObserver observer
    ) internal override returns (IWholePriceOracle) {
        PriceOracleExtension extension = new PriceOracleExtension(receiver, observer);
        return IWholePriceOracle(address(new PriceOracle(authority, extension)));
    }

    function _deployLending(address authority, address prices) internal override returns (ILendController) {
        IPriceOracle from = IPriceOracle(prices);
        ControllerExtension views = new ControllerExtension(authority, from);
        LiquidationExtension liquidation = new LiquidationExtension(from, address(views));
        return ILendController(address(new LendController(authority, from, address(liquidation), address(0x77EA5))));
    }

    function _newToken(uint8 decimals) internal override returns (DemoToken) {
        return new DemoToken("Token", "TOKEN", decimals);
    }

    function _deployPool(
        address manager,
        address controller_,
        address asset,
        uint256 id
    ) internal override returns (IUToken) {
        IUTokenTypes.PoolSetup memory setup = IUTokenTypes.PoolSetup(manager, controller_, asset, id);
        UTokenAdminExtension admin = new UTokenAdminExtension(setup);
        UTokenExtension extension = new UTokenExtension(setup, address(admin), "Cxmpute uTOKEN", "uTOKEN");
        return IUToken(address(new UToken(setup, address(extension), address(new UTokenHooks(controller_)))));
    }

    // solhint-disable func-name-mixedcase

    function property_INV_LEND_01_solvency() external view returns (bool) {
        return holds(1);
    }

    function property_INV_LEND_02_claims() external view returns (bool) {
        return holds(2);
    }

    function property_INV_LEND_03_sharePrice() external view returns (bool) {
        return holds(3);
    }

    function property_INV_LEND_04_supplyAddsUp() external view returns (bool) {
        return holds(4);
    }

    function property_INV_LEND_05_debtAddsUp() external view returns (bool) {
        return holds(5);
    }

    function property_INV_LEND_06_health() external view returns (bool) {
        return holds(6);
    }

    function property_INV_LEND_09_alwaysCollateralised() external view returns (bool) {
        return holds(9);
    }

    function property_INV_LEND_10_onlyIllAccounts() external view returns (bool) {
        return holds(10);
    }

    function property_INV_LEND_12_bits() external view returns (bool) {
        return holds(12);
    }

    function property_INV_LEND_14_reserve() external view returns (bool) {
        return holds(14);
    }

    function property_INV_LEND_17_exit() external view returns (bool) {
        return holds(17);
    }

    function property_INV_LEND_07_08_11_15_16_19_20_byAction() external view returns (bool) {
        return holds(7) && holds(8) && holds(11) && holds(15) && holds(16) && holds(19) && holds(20);
    }

    function property_INV_ORA_04_06_quotes() external view returns (bool) {
        return quotesHold();
    }
}
