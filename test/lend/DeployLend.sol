// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {Artifacts} from "../support/Artifacts.sol";

/// @notice The lending contracts by name, from their artifacts.
library DeployLend {
    function controller(address authority, address oracle, address treasury) internal returns (ILendController) {
        address views = Artifacts.deploy(
            "contracts/lend/ControllerExtension.sol:ControllerExtension",
            abi.encode(authority, oracle)
        );
        address liquidation = Artifacts.deploy(
            "contracts/lend/LiquidationExtension.sol:LiquidationExtension",
            abi.encode(oracle, views)
        );
        return
            ILendController(
                Artifacts.deploy(
                    "contracts/lend/LendController.sol:LendController",
                    abi.encode(authority, oracle, liquidation, treasury)
                )
            );
    }

    function pool(
        address authority,
        address controller_,
        address asset,
        uint256 id,
        string memory symbol,
        address hooks_
    ) internal returns (IUToken) {
        IUTokenTypes.PoolSetup memory setup = IUTokenTypes.PoolSetup(authority, controller_, asset, id);
        return IUToken(core(setup, extension(setup, adminExtension(setup), symbol), hooks_));
    }

    function adminExtension(IUTokenTypes.PoolSetup memory setup) internal returns (address) {
        return Artifacts.deploy("contracts/lend/UTokenAdminExtension.sol:UTokenAdminExtension", abi.encode(setup));
    }

    function extension(
        IUTokenTypes.PoolSetup memory setup,
        address next,
        string memory symbol
    ) internal returns (address) {
        bytes memory arguments = abi.encode(setup, next, string.concat("Cxmpute ", symbol), symbol);
        return Artifacts.deploy("contracts/lend/UTokenExtension.sol:UTokenExtension", arguments);
    }

    /// @dev For all pools of `controller_`.
    function hooks(address controller_) internal returns (address) {
        return Artifacts.deploy("contracts/lend/UTokenHooks.sol:UTokenHooks", abi.encode(controller_));
    }

    function core(IUTokenTypes.PoolSetup memory setup, address next, address hooks_) internal returns (address) {
        return Artifacts.deploy("contracts/lend/UToken.sol:UToken", abi.encode(setup, next, hooks_));
    }
}
