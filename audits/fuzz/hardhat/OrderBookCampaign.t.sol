// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IOrderNFT} from "../../../contracts/dex/interfaces/IOrderNFT.sol";
import {OrderBookHandler} from "../../../test/invariants/OrderBookHandler.sol";
import {Deploy} from "../../../test/support/Deploy.sol";
import {Test} from "../../../test/support/Test.sol";
import {Vm} from "../../../test/support/Vm.sol";

/// @notice The handler of the Solidity tests under Hardhat's clock.
contract CampaignHandler is OrderBookHandler {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function _warp(uint256 to) internal override {
        VM.warp(to);
    }

    function _deployBook() internal override returns (IAccessManager manager, IOrderNFT orderBook) {
        manager = Deploy.accessManager(address(this));
        orderBook = Deploy.bareOrderBook(address(manager), address(0xC011), 600);
    }
}

/// @notice The order book's invariants for long campaigns with Hardhat: one walk checks all of them after every call,
/// where the suite's tests walk once for each.
contract OrderBookCampaign is Test {
    CampaignHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new CampaignHandler();
        targetContract(address(handler));
    }

    // solhint-disable-next-line func-name-mixedcase
    function invariant_INV_DEX_01_to_13() public view {
        for (uint256 n = 1; n <= 13; ++n) handler.check(n);
    }
}
