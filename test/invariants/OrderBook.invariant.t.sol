// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IOrderNFT} from "../../contracts/dex/interfaces/IOrderNFT.sol";
import {Deploy} from "../support/Deploy.sol";
import {Test} from "../support/Test.sol";
import {Vm} from "../support/Vm.sol";
import {OrderBookHandler} from "./OrderBookHandler.sol";

/// @notice The handler under Hardhat's clock.
contract ClockedHandler is OrderBookHandler {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function _warp(uint256 to) internal override {
        VM.warp(to);
    }

    function _deployBook() internal override returns (IAccessManager manager, IOrderNFT orderBook) {
        manager = Deploy.accessManager(address(this));
        orderBook = Deploy.bareOrderBook(address(manager), address(0xC011), 600);
    }
}

/// @notice INV-DEX-01 to 13 over random sequences of all actions.
contract OrderBookInvariantTest is Test {
    ClockedHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new ClockedHandler();
        targetContract(address(handler));
    }

    function invariant_INV_DEX_01_solvency() public view {
        handler.check(1);
    }

    function invariant_INV_DEX_02_remainingIsWhatWasPaidInLessWhatLeft() public view {
        handler.check(2);
    }

    function invariant_INV_DEX_04_splitFillsAreNeutral() public view {
        handler.check(4);
    }

    function invariant_INV_DEX_05_endedIdsStayEnded() public view {
        handler.check(5);
    }

    function invariant_INV_DEX_06_balancesCountOrders() public view {
        handler.check(6);
    }

    function invariant_INV_DEX_07_ownersAloneDecide() public view {
        handler.check(7);
    }

    /// @dev Checked by the actions themselves: what an actor paid and got, and what was refused.
    function invariant_INV_DEX_03_08_09_10_11_12_13_byAction() public view {
        handler.check(3);
        handler.check(8);
        handler.check(9);
        handler.check(10);
        handler.check(11);
        handler.check(12);
        handler.check(13);
    }
}

/// @notice A fixed walk through the handler, to show that each action is reached and goes through.
contract OrderBookHandlerTest is Test {
    uint256 private constant STEPS = 700;
    uint256 private constant KINDS = 18;

    ClockedHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new ClockedHandler();
    }

    function test_handler_reachesEveryAction() public {
        for (uint256 i; i < STEPS; ++i) step(uint256(keccak256(abi.encode(i))));
        string[20] memory actions = [
            "create",
            "createFor",
            "createMany",
            "fill",
            "sweep",
            "cancel",
            "cancelMany",
            "cancelSigned",
            "amend",
            "raiseEpoch",
            "transfer",
            "approve",
            "setOperator",
            "withdrawCredit",
            "sweepFees",
            "setFee",
            "pause",
            "unpause",
            "misbehave",
            "program"
        ];
        for (uint256 i; i < actions.length; ++i) assertGe(handler.done(actions[i]), 1, actions[i]);
        assertGe(handler.done("warp"), 1, "warp");
        for (uint256 n = 1; n <= 13; ++n) handler.check(n);
    }

    function step(uint256 seed) private {
        uint256 kind = seed % (KINDS + 4);
        (uint256 a, uint256 b, uint256 c) = (salt(seed, 1), salt(seed, 2), salt(seed, 3));
        (uint256 d, uint256 e, uint256 f) = (salt(seed, 4), salt(seed, 5), salt(seed, 6));
        if (kind == 0) handler.create(a, b, c, d, e, f);
        else if (kind == 1) handler.createFor(a, b, c, d, e);
        else if (kind == 2) handler.createMany(a, b, c, d, e);
        else if (kind == 3) handler.sweep(a, b, c, d, e);
        else if (kind == 4) handler.cancel(a, b);
        else if (kind == 5) handler.cancelMany(a, b);
        else if (kind == 6) handler.cancelSigned(a, b);
        else if (kind == 7) handler.amend(a, b, c, d);
        else if (kind == 8) handler.raiseEpoch(a, b);
        else if (kind == 9) handler.transfer(a, b, c);
        else if (kind == 10) handler.approve(a, b, c);
        else if (kind == 11) handler.setOperator(a, b, c % 2 == 0);
        else if (kind == 12) handler.withdrawCredit(a, b);
        else if (kind == 13) handler.sweepFees(a);
        else if (kind == 14) handler.setFee(a);
        else if (kind == 15) handler.pause(a);
        else if (kind == 16) handler.warp(a);
        else if (kind == 17) handler.misbehave(a);
        else if (kind == 18) handler.program(a, b);
        else if (kind == 19) handler.create(a, b, c, d, e, f);
        else handler.fill(a, b, c, d);
    }

    function salt(uint256 seed, uint256 n) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, n)));
    }
}
