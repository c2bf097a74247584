// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IOrderDescriptor} from "../../contracts/dex/interfaces/IOrderDescriptor.sol";
import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {IPairObserver} from "../../contracts/dex/interfaces/IPairObserver.sol";
import {ISignatureTransfer} from "../../contracts/dex/interfaces/ISignatureTransfer.sol";
import {OrderExtension} from "../../contracts/dex/OrderExtension.sol";
import {OrderMakerExtension} from "../../contracts/dex/OrderMakerExtension.sol";
import {OrderNFT} from "../../contracts/dex/OrderNFT.sol";
import {OrderBookHandler} from "../../test/invariants/OrderBookHandler.sol";
import {HEVM} from "./IHevm.sol";

/// @notice The order book's invariants for Echidna and Medusa: the handler of the Solidity tests, its properties by name.
contract OrderBookFuzz is OrderBookHandler {
    function _warp(uint256 to) internal override {
        HEVM.warp(to);
    }

    /// @dev These engines know no artifacts: the contracts are compiled in.
    function _deployBook() internal override returns (IAccessManager manager, IOrderNFT orderBook) {
        AccessManager authority = new AccessManager(address(this));
        IPairObserver observer = IPairObserver(address(0));
        OrderExtension extension = new OrderExtension(
            address(authority),
            IOrderDescriptor(address(0)),
            observer,
            ISignatureTransfer(address(0))
        );
        OrderMakerExtension makers = new OrderMakerExtension(address(extension), observer);
        OrderNFT core = new OrderNFT(address(authority), address(makers), observer, address(0xC011), 600);
        return (IAccessManager(address(authority)), IOrderNFT(address(core)));
    }

    // solhint-disable func-name-mixedcase

    function property_INV_DEX_01_solvency() external view returns (bool) {
        return this.holds(1);
    }

    function property_INV_DEX_02_remaining() external view returns (bool) {
        return this.holds(2);
    }

    function property_INV_DEX_03_price() external view returns (bool) {
        return this.holds(3);
    }

    function property_INV_DEX_04_splitNeutrality() external view returns (bool) {
        return this.holds(4);
    }

    function property_INV_DEX_05_endedIds() external view returns (bool) {
        return this.holds(5);
    }

    function property_INV_DEX_06_balances() external view returns (bool) {
        return this.holds(6);
    }

    function property_INV_DEX_07_owners() external view returns (bool) {
        return this.holds(7);
    }

    function property_INV_DEX_08_to_13_byAction() external view returns (bool) {
        for (uint256 n = 8; n <= 13; ++n) {
            if (!this.holds(n)) return false;
        }
        return true;
    }
}
