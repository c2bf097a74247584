// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IOrderNFT} from "../../../contracts/dex/interfaces/IOrderNFT.sol";
import {OrderBookHandler} from "../../../test/invariants/OrderBookHandler.sol";
import {Deploy} from "../../../test/support/Deploy.sol";
import {Vm} from "../../../test/support/Vm.sol";

/// @notice The handler of the Solidity tests under Hardhat's clock.
contract OrderBookCampaignHandler is OrderBookHandler {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function _warp(uint256 to) internal override {
        VM.warp(to);
    }

    function _deployBook() internal override returns (IAccessManager manager, IOrderNFT orderBook) {
        manager = Deploy.accessManager(address(this));
        orderBook = Deploy.bareOrderBook(address(manager), address(0xC011), 600);
    }
}
