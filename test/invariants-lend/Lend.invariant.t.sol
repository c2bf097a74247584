// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {DemoToken} from "../../contracts/demo/DemoToken.sol";
import {ILendController} from "../../contracts/lend/interfaces/ILendController.sol";
import {IUToken} from "../../contracts/lend/interfaces/IUToken.sol";
import {DeployLend} from "../lend/DeployLend.sol";
import {Artifacts} from "../support/Artifacts.sol";
import {Test} from "../support/Test.sol";
import {Vm} from "../support/Vm.sol";
import {LendHandler} from "./LendHandler.sol";

/// @notice The handler under Hardhat's clock.
contract ClockedLendHandler is LendHandler {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address private hooks;

    function _warp(uint256 to) internal override {
        VM.warp(to);
    }

    function _deployManager() internal override returns (AccessManager) {
        return AccessManager(Artifacts.deploy("AccessManager.sol:AccessManager", abi.encode(address(this))));
    }

    function _deployController(address manager, address oracle_) internal override returns (ILendController) {
        return DeployLend.controller(manager, oracle_, address(0x77EA5));
    }

    function _deployToken(uint8 decimals) internal override returns (DemoToken) {
        bytes memory arguments = abi.encode("Token", "TOKEN", decimals);
        return DemoToken(Artifacts.deploy("contracts/demo/DemoToken.sol:DemoToken", arguments));
    }

    function _deployPool(
        address manager,
        address controller_,
        address asset,
        uint256 id
    ) internal override returns (IUToken) {
        if (hooks == address(0)) hooks = DeployLend.hooks(controller_);
        return DeployLend.pool(manager, controller_, asset, id, "uTOKEN", hooks);
    }

    /// @dev Repays everybody's debts from fresh tokens, sets prices right, and lets everybody take out what it has.
    function unwind() external returns (uint256 owed) {
        for (uint256 i; i < POOLS; ++i) {
            for (uint256 a; a < ACTORS; ++a) {
                address me = address(actors[a]);
                uint256 debt = pools[i].debtOf(me);
                if (debt == 0) continue;
                tokens[i].mint(me, debt);
                (bool ok, ) = _call(a, address(pools[i]), abi.encodeCall(IUToken(address(0)).repay, (debt, me)));
                _check(ok, 17, "a debt cannot be repaid");
            }
        }
        for (uint256 i; i < POOLS; ++i) {
            for (uint256 a; a < ACTORS; ++a) {
                address me = address(actors[a]);
                owed += pools[i].debtOf(me);
                uint256 shares = pools[i].balanceOf(me);
                if (pools[i].previewRedeem(shares) == 0) continue;
                (bool ok, ) = _call(a, address(pools[i]), abi.encodeCall(IUToken(address(0)).redeem, (shares, me, me)));
                _check(ok, 17, "shares cannot be redeemed without any debt");
            }
        }
    }
}

/// @notice INV-LEND-01 to 20 over random sequences of all actions.
contract LendInvariantTest is Test {
    ClockedLendHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new ClockedLendHandler();
        targetContract(address(handler));
    }

    function invariant_INV_LEND_01_solvency() public view {
        handler.check(1);
    }

    function invariant_INV_LEND_02_claims() public view {
        handler.check(2);
    }

    function invariant_INV_LEND_04_supplyAddsUp() public view {
        handler.check(4);
    }

    function invariant_INV_LEND_05_debtAddsUp() public view {
        handler.check(5);
    }

    function invariant_INV_LEND_09_alwaysCollateralised() public view {
        handler.check(9);
    }

    function invariant_INV_LEND_12_bits() public view {
        handler.check(12);
    }

    function invariant_INV_LEND_14_reserve() public view {
        handler.check(14);
    }

    /// @dev Checked by the actions themselves: what must not have changed, what was refused, what was paid.
    function invariant_INV_LEND_03_06_07_08_10_11_15_16_17_19_20_byAction() public view {
        uint256[11] memory numbers = [uint256(3), 6, 7, 8, 10, 11, 15, 16, 17, 19, 20];
        for (uint256 i; i < numbers.length; ++i) handler.check(numbers[i]);
    }
}

/// @notice A fixed walk through the handler, to show that each action is reached and goes through, and that afterwards
/// everybody can repay and leave.
contract LendHandlerTest is Test {
    uint256 private constant STEPS = 1_500;
    uint256 private constant KINDS = 20;

    ClockedLendHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new ClockedLendHandler();
    }

    function test_handler_reachesEveryAction() public {
        for (uint256 i; i < STEPS; ++i) {
            step(uint256(keccak256(abi.encode(i))));
            if (i % 100 == 0) checkAll();
        }
        checkAll();
        string[18] memory actions = [
            "deposit",
            "mint",
            "withdraw",
            "redeem",
            "borrow",
            "repay",
            "transfer",
            "collateralOn",
            "collateralOff",
            "liquidate",
            "liquidateAll",
            "liquidateForShares",
            "flash",
            "donate",
            "sweep",
            "insure",
            "pause",
            "warp"
        ];
        for (uint256 i; i < actions.length; ++i) assertGe(handler.done(actions[i]), 1, actions[i]);
        assertEq(handler.unwind(), 0, "INV-LEND-17 everybody can repay");
        checkAll();
    }

    function checkAll() private view {
        for (uint256 n = 1; n <= 20; ++n) handler.check(n);
    }

    function step(uint256 seed) private {
        uint256 kind = seed % KINDS;
        (uint256 a, uint256 b, uint256 c) = (salt(seed, 1), salt(seed, 2), salt(seed, 3));
        uint256 d = salt(seed, 4);
        if (kind <= 1) handler.deposit(a, b, c);
        else if (kind == 2) handler.mint(a, b, c);
        else if (kind == 3) handler.withdraw(a, b, c);
        else if (kind == 4) handler.redeem(a, b, c);
        else if (kind <= 7) handler.borrow(a, b, c);
        else if (kind == 8) handler.repay(a, b, c, d);
        else if (kind == 9) handler.transfer(a, b, c, d);
        else if (kind == 10) handler.switchCollateral(a, b, c % 4 != 0);
        else if (kind <= 13) handler.liquidate(a, b, c, d);
        else if (kind == 14) handler.crash(a, b, c, d);
        else if (kind == 15) handler.flash(a, b, c);
        else if (kind == 16) handler.movePrice(a, b);
        else if (kind == 17) handler.warp(a);
        else if (kind == 18) handler.reserve(a, b, c);
        else if (a % 3 == 0) handler.pause(b, c);
        else if (a % 3 == 1) handler.donate(b, c, d);
        else handler.accrue(b);
    }

    function salt(uint256 seed, uint256 n) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, n)));
    }
}
