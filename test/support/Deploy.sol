// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {IOrderDescriptor} from "../../contracts/dex/interfaces/IOrderDescriptor.sol";
import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {ISignatureTransfer} from "../../contracts/dex/interfaces/ISignatureTransfer.sol";
import {PairObserver} from "../../contracts/dex/PairObserver.sol";
import {Artifacts} from "./Artifacts.sol";

/// @notice The suite's contracts by name.
library Deploy {
    function accessManager(address admin) internal returns (AccessManager) {
        string memory artifact = "AccessManager.sol:AccessManager";
        return AccessManager(Artifacts.deploy(artifact, abi.encode(admin)));
    }

    function demoToken(string memory name, string memory symbol, uint8 decimals) internal returns (DemoToken) {
        bytes memory arguments = abi.encode(name, symbol, decimals);
        return DemoToken(Artifacts.deploy("contracts/demo/DemoToken.sol:DemoToken", arguments));
    }

    function pairObserver(address deployer) internal returns (PairObserver) {
        return PairObserver(Artifacts.deploy("contracts/dex/PairObserver.sol:PairObserver", abi.encode(deployer)));
    }

    function orderDescriptor() internal returns (IOrderDescriptor) {
        return IOrderDescriptor(Artifacts.deploy("contracts/dex/OrderDescriptor.sol:OrderDescriptor", ""));
    }

    function orderExtension(
        address authority,
        IOrderDescriptor descriptor,
        IPairObserver observer,
        ISignatureTransfer permit2
    ) internal returns (address) {
        bytes memory arguments = abi.encode(authority, descriptor, observer, permit2);
        return Artifacts.deploy("contracts/dex/OrderExtension.sol:OrderExtension", arguments);
    }

    function orderMakerExtension(address extension, IPairObserver observer) internal returns (address) {
        bytes memory arguments = abi.encode(extension, observer);
        return Artifacts.deploy("contracts/dex/OrderMakerExtension.sol:OrderMakerExtension", arguments);
    }

    function orderNFT(
        address authority,
        address makerExtension,
        IPairObserver observer,
        address feeCollector,
        uint256 takerFee
    ) internal returns (IOrderNFT) {
        bytes memory arguments = abi.encode(authority, makerExtension, observer, feeCollector, takerFee);
        return IOrderNFT(Artifacts.deploy("contracts/dex/OrderNFT.sol:OrderNFT", arguments));
    }

    /// @notice An order book without descriptor, observer and Permit2.
    function bareOrderBook(address authority, address feeCollector, uint256 takerFee) internal returns (IOrderNFT) {
        address extension = orderExtension(
            authority,
            IOrderDescriptor(address(0)),
            IPairObserver(address(0)),
            ISignatureTransfer(address(0))
        );
        address makers = orderMakerExtension(extension, IPairObserver(address(0)));
        return orderNFT(authority, makers, IPairObserver(address(0)), feeCollector, takerFee);
    }
}
